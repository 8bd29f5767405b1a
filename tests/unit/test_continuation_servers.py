"""Going on with an answer at a server: only where it is known to do so, and in its own way."""

from __future__ import annotations

import json
from typing import Any

import ollama_models
import pytest
from openai_peer import loaded, spec
from raw_http import Page, Raw, Request, chunk, said, status
from server_kinds import ASKED, PAGES, Serving, sent

from runtimes.base import Cancel
from runtimes.errors import Unsupported
from runtimes.openai_server.model import OpenAiModel
from runtimes.types import (
    Capability,
    GenerationParams,
    Grammar,
    Message,
    Role,
    TextDelta,
    Thinking,
    ToolCall,
)

BEGUN = [*ASKED, Message(Role.ASSISTANT, "It is \n\n", "I add.")]
REST = said(chunk(content="\n\n"), chunk(content="four."), chunk(reason="stop"))


def ends_with_the_last(request: Request) -> list[bytes]:
    """A template that leaves the last answer open."""
    messages = json.loads(request.body)["messages"]
    last = messages[-1]
    open_ = last["content"] if last["role"] == "assistant" else "<|assistant|>"
    return status(200, {"prompt": f"<|user|>1{open_}"})


def closes_the_last(_request: Request) -> list[bytes]:
    """``--no-prefill-assistant``: the last answer is whole, and another begins."""
    return status(200, {"prompt": "<|user|>1<|assistant|>begun<|end|><|assistant|>"})


def refuses(_request: Request) -> list[bytes]:
    words = "Assistant response prefill is incompatible with enable_thinking."
    return status(400, {"error": {"code": 400, "message": words}})


def tokenizes(_request: Request) -> list[bytes]:
    return status(200, {"tokens": [1, 2, 3], "count": 3})


def vllm_says(text: str) -> dict[str, Page]:
    return {"tokenize": tokenizes, "detokenize": lambda _: status(200, {"prompt": text})}


def opened(raw: Raw, thinking: Thinking = Thinking.NEVER) -> OpenAiModel:
    return loaded(spec(f"{raw.url}/v1", "m", thinking))


def continued(model: OpenAiModel, params: GenerationParams | None = None) -> str:
    events = model.stream(BEGUN, params or GenerationParams(), Cancel())
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@pytest.mark.parametrize(
    ("kind", "pages", "fields"),
    [
        (
            "vllm",
            vllm_says("1<|assistant|>begun"),
            {"continue_final_message": True, "add_generation_prompt": False},
        ),
        ("sglang", {}, {"continue_final_message": True}),
        (
            "llama-server",
            {"apply-template": ends_with_the_last, "tokenize": tokenizes},
            {},
        ),
    ],
)
def test_each_kind_is_told_in_its_way(
    kind: str, pages: dict[str, Page], fields: dict[str, Any]
) -> None:
    with Serving(kind, REST, **pages) as raw:
        model = opened(raw)
        assert Capability.CONTINUE in model.spec.capabilities
        assert continued(model) == "four."  # its blanks were there already
        body = sent(raw)
        assert body["messages"][-1] == {"role": "assistant", "content": "It is"}
        names = ("continue_final_message", "add_generation_prompt")
        assert {name: body[name] for name in names if name in body} == fields
        list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert not any(name in sent(raw) for name in names)


def test_under_a_constraint_nothing_that_comes_is_taken_for_old_blanks() -> None:
    pages = {"apply-template": ends_with_the_last, "tokenize": tokenizes}
    with Serving(
        "llama-server", said(chunk(content=" four"), chunk(reason="stop")), **pages
    ) as raw:
        params = GenerationParams(constraint=Grammar('root ::= " four"'))
        assert continued(opened(raw), params) == " four"


REFUSING: list[tuple[str, dict[str, Page], Thinking]] = [
    ("llama-server", {}, Thinking.NEVER),  # it does not show its prompts
    (
        "llama-server",
        {"apply-template": closes_the_last, "tokenize": tokenizes},
        Thinking.NEVER,
    ),
    ("llama-server", {"apply-template": refuses, "tokenize": tokenizes}, Thinking.NEVER),
    (
        "llama-server",
        {"apply-template": ends_with_the_last, "tokenize": tokenizes},
        Thinking.ALWAYS,
    ),
    ("vllm", vllm_says("begun<|im_end|>"), Thinking.NEVER),
    ("vllm", vllm_says("1<|assistant|>begun"), Thinking.OPTIONAL),
    ("sglang", {}, Thinking.ALWAYS),
    *((kind, {}, Thinking.NEVER) for kind in sorted(PAGES) if kind not in ("vllm", "sglang")),
]


@pytest.mark.parametrize(("kind", "pages", "thinking"), REFUSING)
def test_where_it_is_not_known_to_work_it_is_refused_before_it_is_sent(
    kind: str, pages: dict[str, Page], thinking: Thinking
) -> None:
    with Serving(kind, REST, **pages) as raw:
        model = opened(raw, thinking)
        assert Capability.CONTINUE not in model.spec.capabilities
        with pytest.raises(Unsupported):
            next(model.stream(BEGUN, GenerationParams(), Cancel()))
        assert not raw.of("/v1/chat/completions")


def test_a_call_of_a_tool_is_no_answer_to_go_on_with() -> None:
    with Serving("sglang", REST) as raw:
        call = Message(Role.ASSISTANT, "", calls=(ToolCall("1", "add", "{}"),))
        with pytest.raises(Unsupported):
            next(opened(raw).stream([*ASKED, call], GenerationParams(), Cancel()))


def test_ollama_does_not_say_that_it_goes_on() -> None:
    """Its documents are silent, and what it does depends on each model's template."""
    with ollama_models.opened() as model:
        with pytest.raises(Unsupported):
            next(model.stream(BEGUN, GenerationParams(), Cancel()))
        assert list(model.stream(ASKED, GenerationParams(), Cancel()))
