"""Each kind of server gets what it understands, and nothing is dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from openai_peer import MACHINE, loaded, spec
from raw_http import Page, chunk, said, status
from server_kinds import ASKED, PAGES, Serving, sent

from runtimes.base import Cancel
from runtimes.errors import Overflow, Truncated, Unsupported
from runtimes.openai_server import OpenAiServer
from runtimes.openai_server.grammars import after_thinking
from runtimes.openai_server.kinds import DIALECTS, Kind
from runtimes.texts import Text
from runtimes.types import (
    Constraint,
    Defaults,
    Finished,
    Fit,
    GenerationParams,
    Grammar,
    JsonSchema,
    LoadOptions,
    Message,
    ModelSpec,
    Role,
    ServerSource,
    Thinking,
    Tool,
    Wish,
)

ALL = GenerationParams(temperature=0.1, top_p=0.8, top_k=7, min_p=0.05, repeat_penalty=1.1, seed=3)
SCHEMA = '{"type": "object"}'


def asked(kind: str, params: GenerationParams, thinking: Thinking = Thinking.NEVER) -> Any:
    """What a server of a kind is sent."""
    with Serving(kind) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m", thinking))
        list(model.stream(ASKED, params, Cancel()))
        return sent(raw)


NAMES = {
    "vllm": ("top_k", "min_p", "repetition_penalty"),
    "sglang": ("top_k", "min_p", "repetition_penalty"),
    "tensorrt-llm": ("top_k", "min_p", "repetition_penalty"),
    "llama-server": ("top_k", "min_p", "repeat_penalty"),
    "llama-cpp-python": ("top_k", "min_p", "repeat_penalty"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_samplers_have_the_names_that_the_kind_knows(kind: str) -> None:
    body = asked(kind, ALL)
    assert [body[name] for name in NAMES[kind]] == [7, 0.05, 1.1]
    assert (body["temperature"], body["top_p"], body["seed"]) == (0.1, 0.8, 3)


@pytest.mark.parametrize("kind", NAMES)
def test_filters_are_switched_off_by_name_or_the_servers_own_would_act(kind: str) -> None:
    body = asked(kind, GenerationParams())
    off = -1 if kind in ("vllm", "sglang") else 0
    assert [body[name] for name in NAMES[kind]] == [off, 0, 1]


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("unknown", GenerationParams(top_k=5)),
        ("unknown", GenerationParams(min_p=0.1)),
        ("unknown", GenerationParams(repeat_penalty=1.2)),
        ("unknown", GenerationParams(logprobs=1)),
        ("unknown", GenerationParams(constraint=JsonSchema(SCHEMA))),
        ("tgi", GenerationParams(top_k=5)),
        ("lm-studio", GenerationParams(min_p=0.1)),
        ("lm-studio", GenerationParams(logprobs=1)),
        ("ollama", GenerationParams(top_k=5)),
        ("tgi", GenerationParams(constraint=Grammar("root ::= [a]"))),
        ("llama-cpp-python", GenerationParams(constraint=JsonSchema(SCHEMA))),
        ("llama-cpp-python", GenerationParams(tools=(Tool("a", "", SCHEMA),))),
        ("vllm", GenerationParams(thinking_tokens=100)),
        ("vllm", GenerationParams(constraint=JsonSchema("{"))),
    ],
)
def test_what_a_kind_would_drop_is_refused_before_it_is_sent(
    kind: str, params: GenerationParams
) -> None:
    with Serving(kind) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(Unsupported) as caught:
            next(model.stream(ASKED, params, Cancel()))
        assert not raw.of("/v1/chat/completions")
    assert not any(isinstance(arg, Text) for arg in caught.value.message.args)


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_what_only_the_publisher_recommends_is_no_reason_to_refuse(kind: str) -> None:
    """As Qwen3's catalogue entry has it, at a server that does not know all of it."""
    usual = Defaults(
        temperature=0.6, top_k=20, min_p=0.02, repeat_penalty=1.05, thinking=Thinking.OPTIONAL
    )
    with Serving(kind) as raw:
        model = loaded(replace(spec(f"{raw.url}/v1", "m"), defaults=usual))
        there = model.spec.defaults
        params = GenerationParams(
            temperature=there.temperature,
            top_k=there.top_k,
            min_p=there.min_p,
            repeat_penalty=there.repeat_penalty,
            thinking_tokens=0 if there.thinking is Thinking.OPTIONAL else None,
        )
        list(model.stream(ASKED, params, Cancel()))
        body = sent(raw)
    known = DIALECTS[model._served.kind]
    assert (body.get(known.top_k), body.get(known.min_p), body.get(known.repeat)) == (
        20 if known.top_k else None,
        0.02 if known.min_p else None,
        1.05 if known.repeat else None,
    )
    assert ("chat_template_kwargs" in body) is known.template_switch


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_only_what_openai_defines_goes_to_whom_nothing_more_is_known(kind: str) -> None:
    standard = {
        "model",
        "messages",
        "stream",
        "stream_options",
        "temperature",
        "top_p",
        "max_tokens",
        "seed",
        "stop",
    }
    body = asked(kind, GenerationParams(max_tokens=9, seed=1, stop=("x",)))
    more = {
        "llama-server": {"return_progress", "cache_prompt"},
        "lm-studio": {"top_k", "repeat_penalty"},
    }
    known = set(NAMES.get(kind.removesuffix("-old"), ())) | more.get(kind, set())
    assert set(body) - standard == known


STANDARD = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": {"type": "object"}},
    }
}


@pytest.mark.parametrize(
    ("kind", "constraint", "fields"),
    [
        ("vllm", JsonSchema(SCHEMA), STANDARD),
        ("tgi", JsonSchema(SCHEMA), STANDARD),
        ("llama-server", JsonSchema(SCHEMA), STANDARD),
        ("vllm", Grammar("g"), {"structured_outputs": {"grammar": "g"}}),
        ("vllm-old", Grammar("g"), {"guided_grammar": "g"}),
        ("sglang", Grammar("g"), {"ebnf": "g"}),
        ("llama-server", Grammar("g"), {"grammar": "g"}),
        ("llama-cpp-python", Grammar("g"), {"grammar": "g"}),
    ],
)
def test_constraints_in_the_dialect(
    kind: str, constraint: Constraint, fields: dict[str, object]
) -> None:
    body = asked(kind, GenerationParams(constraint=constraint))
    assert {name: body[name] for name in fields} == fields


def test_the_switch_of_a_template_for_thinking() -> None:
    body = asked("vllm", GenerationParams(thinking_tokens=0), Thinking.OPTIONAL)
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    body = asked("vllm", GenerationParams(), Thinking.OPTIONAL)
    assert body["chat_template_kwargs"] == {"enable_thinking": True}
    for kind, thinking in (("vllm", Thinking.ALWAYS), ("tgi", Thinking.OPTIONAL)):
        with pytest.raises(Unsupported):
            asked(kind, GenerationParams(thinking_tokens=0), thinking)


def test_stop_strings_are_ours_where_there_is_thinking() -> None:
    assert asked("vllm", GenerationParams(stop=("a", "b")))["stop"] == ["a", "b"]
    assert "stop" not in asked("vllm", GenerationParams(stop=("a",)), Thinking.ALWAYS)


def test_instructions_go_into_the_users_turn_where_the_model_wants_it() -> None:
    with Serving("vllm") as raw:
        source = ServerSource(f"{raw.url}/v1", "m")
        wanted = ModelSpec(
            id="x", title="x", runtime="server", source=source,
            defaults=Defaults(system_prompt=False),
        )  # fmt: skip
        turns = [Message(Role.SYSTEM, "be brief"), *ASKED]
        list(loaded(wanted).stream(turns, GenerationParams(), Cancel()))
        assert sent(raw)["messages"] == [{"role": "user", "content": "be brief\n\nHello"}]


def test_tgi_gets_no_top_p_that_switches_the_filter_off() -> None:
    assert "top_p" not in asked("tgi", GenerationParams(top_p=1.0))
    assert asked("tgi", GenerationParams(top_p=0.9))["top_p"] == 0.9
    assert asked("vllm", GenerationParams(top_p=1.0))["top_p"] == 1.0


# --- windows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["vllm", "sglang", "llama-server", "tgi", "lm-studio", "ollama"])
def test_the_window_is_the_servers(kind: str) -> None:
    with Serving(kind) as raw:
        wanted = spec(f"{raw.url}/v1", "m")
        assert loaded(wanted).context == 4096
        plan = OpenAiServer().plan(wanted, MACHINE, Wish(context=8192))
        assert plan.fit is Fit.NO
        with pytest.raises(Unsupported):
            OpenAiServer().load(wanted, plan, LoadOptions(), lambda _: None, Cancel())


def test_what_a_window_could_be_at_most_is_not_what_it_is() -> None:
    """LM Studio loads a model at the first question, with 4096 tokens as it comes."""
    known = {"data": [{"id": "m", "state": "not-loaded", "max_context_length": 131072}]}
    with Serving("lm-studio", api__v0__models=lambda _: status(200, known)) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert model.context == 0
        assert model._served.kind is Kind.LM_STUDIO


def test_an_adapter_has_the_window_of_its_base() -> None:
    listed = [
        {"id": "base", "owned_by": "vllm", "parent": None, "max_model_len": 4096},
        {"id": "mine", "owned_by": "vllm", "parent": "base", "max_model_len": None},
    ]
    with Serving("vllm", v1__models=lambda _: status(200, {"data": listed})) as raw:
        assert loaded(spec(f"{raw.url}/v1", "mine")).context == 4096


def counting(count: int) -> Page:
    """vLLM's tokenizer, of a prompt with so many tokens."""
    return lambda _: status(200, {"count": count, "tokens": [7] * 20, "max_model_len": 4096})


def detokenised(text: str) -> Page:
    """The end of that prompt."""
    return lambda _: status(200, {"prompt": text})


def test_a_prompt_is_counted_by_the_server_and_refused_if_it_is_too_long() -> None:
    with Serving("vllm", tokenize=counting(5000), detokenize=detokenised("…")) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert model.count_tokens(ASKED) == 5000
        with pytest.raises(Overflow):
            next(model.stream([Message(Role.USER, "x" * 9000)], GenerationParams(), Cancel()))
        assert not raw.of("/v1/chat/completions")


def test_a_short_prompt_is_not_counted_before_each_question() -> None:
    with Serving("vllm", tokenize=counting(9), detokenize=detokenised("…")) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        before = len(raw.of("/tokenize"))
        list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert len(raw.of("/tokenize")) == before


def usage(prompt: int) -> dict[str, Any]:
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": 1}}


def test_a_server_that_read_less_than_was_sent_is_caught() -> None:
    answer = said(chunk(content="hi"), chunk(reason="stop"), usage(2051))
    with Serving("vllm", answer, tokenize=counting(4000), detokenize=detokenised("…")) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(Truncated) as caught:
            list(model.stream([Message(Role.USER, "x" * 9000)], GenerationParams(), Cancel()))
        assert "2051" in str(caught.value)


@pytest.mark.parametrize("kind", ["ollama", "lm-studio", "unknown"])
def test_without_a_tokenizer_the_number_of_words_tells(kind: str) -> None:
    with Serving(kind, said(chunk(content="x", reason="stop"), usage(2051))) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(Truncated):
            list(model.stream([Message(Role.USER, "word " * 3000)], GenerationParams(), Cancel()))
        events = list(model.stream([Message(Role.USER, "word " * 2000)], ALL_OFF, Cancel()))
        assert isinstance(events[-1], Finished)


ALL_OFF = GenerationParams()


# --- a grammar after the thinking ------------------------------------------------------------


def test_only_the_root_of_a_grammar_is_renamed() -> None:
    gbnf = 'root ::= root-part "root \\" root" [root] # root\nroot-part ::= (root | "x")'
    assert after_thinking(gbnf).endswith(
        'answer-root ::= root-part "root \\" root" [root] # root\nroot-part ::= (answer-root | "x")'
    )


@pytest.mark.parametrize("kind", ["llama-cpp-python", "llama-server"])
def test_a_grammar_leaves_the_thinking_free(kind: str) -> None:
    gbnf = 'root ::= "yes"'
    params = GenerationParams(constraint=Grammar(gbnf))
    assert asked(kind, params)["grammar"] == gbnf
    sent_grammar = asked(kind, params, Thinking.ALWAYS)["grammar"]
    assert sent_grammar == after_thinking(gbnf)
    assert "</think>" in sent_grammar
