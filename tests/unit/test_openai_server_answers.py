"""Answers of each kind of server: thinking, samples, progress, names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from openai_peer import MACHINE, loaded, spec
from raw_http import Page, Request, chunk, listing, said, serving, status
from server_kinds import ANSWER, ASKED, Serving, sent

from runtimes.base import Cancel
from runtimes.errors import NotFound, Offline, Unsupported
from runtimes.openai_server import OpenAiServer
from runtimes.thinktags import KINDS, ThinkTags
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    LoadOptions,
    OllamaSource,
    PromptProgress,
    ReasoningDelta,
    TextDelta,
    Thinking,
    Wish,
)


def counting(count: int) -> Page:
    """vLLM's tokenizer, of a prompt with so many tokens."""
    return lambda _: status(200, {"count": count, "tokens": [7] * 20, "max_model_len": 4096})


def detokenised(text: str) -> Page:
    """The end of that prompt."""
    return lambda _: status(200, {"prompt": text})


def usage(prompt: int) -> dict[str, Any]:
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": 1}}


# --- thinking --------------------------------------------------------------------------------

BARE = said(
    chunk(content="I think"),
    chunk(content="\n</think>\n\n"),
    chunk(content="so"),
    chunk(reason="stop"),
)


def parts(events: list[Any]) -> tuple[str, str]:
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    return thought.strip(), "".join(e.text for e in events if isinstance(e, TextDelta))


@pytest.mark.parametrize("end", ["<think>\n", "<|Assistant|><think>"])
def test_vllms_template_shows_that_the_prompt_opens_the_thinking(end: str) -> None:
    with Serving("vllm", BARE, tokenize=counting(9), detokenize=detokenised(end)) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))  # nothing said that it thinks
        assert Capability.THINKING in model.spec.capabilities
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("I think", "so")


def test_llama_servers_template_does_too() -> None:
    template = lambda _: status(200, {"prompt": "<|User|>1<|Assistant|><think>\n"})  # noqa: E731
    tokens = lambda _: status(200, {"tokens": [1, 2, 3]})  # noqa: E731
    pages = {"apply-template": template, "tokenize": tokens}
    with Serving("llama-server", BARE, **pages) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert model.count_tokens(ASKED) == 3
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("I think", "so")


def test_tgis_template_does_too() -> None:
    page = lambda _: status(  # noqa: E731
        200, {"tokenize_response": [{"id": 1}] * 5, "templated_text": "<think>\n"}
    )
    with Serving("tgi", BARE, chat_tokenize=page) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert model.count_tokens(ASKED) == 5
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("I think", "so")
        assert sent(raw)["max_tokens"] > 1000  # it would stop after 100


def test_what_a_server_did_once_is_expected_of_it() -> None:
    with Serving("unknown", BARE) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("", "I think\nso")
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("I think", "so")


def test_a_server_with_a_parser_of_its_own_is_remembered() -> None:
    answers = iter(
        [
            said(chunk(reasoning_content="hm"), chunk(content="a"), chunk(reason="stop")),
            said(chunk(content="no thought at all"), chunk(reason="stop")),
        ]
    )

    def answer(request: Request) -> Any:
        return next(answers)(request)

    with Serving("unknown", answer) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m", Thinking.ALWAYS))
        assert parts(list(model.stream(ASKED, GenerationParams(), Cancel()))) == ("hm", "a")
        last = parts(list(model.stream(ASKED, GenerationParams(), Cancel())))
        assert last == ("", "no thought at all")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.opens)
def test_tags_that_a_server_leaves_in_the_text_part_it(kind: ThinkTags) -> None:
    text = f"{kind.opens}hm{kind.closes}It is <think>\n4"
    with Serving("unknown", said(*(chunk(content=c) for c in text), chunk(reason="stop"))) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        told = parts(list(model.stream(ASKED, GenerationParams(), Cancel())))
        assert told == ("hm", "It is <think>\n4")


# --- samples, progress, names ----------------------------------------------------------------


def test_one_request_of_vllm_gives_all_samples() -> None:
    answer = said(
        *(chunk(k, content=f"s{k}") for k in (1, 0, 2)),
        *(chunk(k, "stop") for k in (0, 1, 2)),
        usage(9),
    )
    with Serving("vllm", answer) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream_many(ASKED, 3, GenerationParams(seed=5), Cancel()))
        assert (sent(raw)["n"], sent(raw)["seed"]) == (3, 5)
        assert len(raw.of("/v1/chat/completions")) == 1
    for sample in range(3):
        own = [event.event for event in events if event.sample == sample]
        assert own[0] == TextDelta(f"s{sample}")
        assert isinstance(own[-1], Finished)
        assert own[-1].usage.seed == 5 + sample
        assert own[-1].usage.prompt_tokens == 9


def test_other_servers_are_asked_once_for_each_sample() -> None:
    def answer(request: Request) -> Any:
        return said(chunk(content=str(request.json["seed"])), chunk(reason="stop"))(request)

    with Serving("tgi", answer) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream_many(ASKED, 20, GenerationParams(seed=5), Cancel()))
        assert len(raw.of("/v1/chat/completions")) == 20
    said_by = {e.sample: e.event.text for e in events if isinstance(e.event, TextDelta)}
    assert said_by == {k: str(5 + k) for k in range(20)}


def test_one_failing_sample_ends_all() -> None:
    def answer(request: Request) -> Any:
        if request.json["seed"] == 6:
            return status(500, {"error": {"message": "boom"}})
        return ANSWER(request)

    with Serving("tgi", answer) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(Exception, match="boom"):
            list(model.stream_many(ASKED, 4, GenerationParams(seed=5), Cancel()))


def test_llama_server_tells_how_far_the_prompt_is_read() -> None:
    step = {
        "choices": [],
        "prompt_progress": {"total": 9, "cache": 2, "processed": 5, "time_ms": 1},
    }
    with Serving("llama-server", said(step, chunk(content="x", reason="stop"))) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert events[0] == PromptProgress(5, 9, 2)


def test_a_wrong_name_is_told_with_the_right_ones() -> None:
    with Serving("vllm") as raw:
        with pytest.raises(NotFound) as caught:
            loaded(spec(f"{raw.url}/v1", "wrong"))
        assert caught.value.remedy is not None
        assert caught.value.remedy.args == ("m",)
        assert loaded(spec(f"{raw.url}/v1", ""))._served.name == "m"  # the only one there is


def test_a_gateway_without_a_list_is_taken_as_it_is() -> None:
    with serving({"/v1/chat/completions": ANSWER}) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream(ASKED, GenerationParams(), Cancel()))
        assert isinstance(events[-1], Finished)
        assert events[-1].reason is FinishReason.STOP


def test_an_address_that_is_too_short_is_told_what_it_lacks() -> None:
    with serving({"/llm/v1/models": listing("vllm")}) as raw:
        model = loaded(spec(f"{raw.url}/llm", "m"))
        with pytest.raises(NotFound) as caught:
            list(model.stream(ASKED, GenerationParams(), Cancel()))
    assert caught.value.remedy is not None
    assert "/v1" in caught.value.remedy.en


def test_adapters_and_foreign_models_are_refused() -> None:
    runtime, options = OpenAiServer(), LoadOptions(lora=("a",))
    with Serving("vllm") as raw:
        wanted = spec(f"{raw.url}/v1", "m")
        plan = runtime.plan(wanted, MACHINE, Wish())
        with pytest.raises(Unsupported):
            runtime.load(wanted, plan, options, lambda _: None, Cancel())
    foreign = replace(wanted, source=OllamaSource("m"))
    with pytest.raises(Unsupported):
        runtime.load(foreign, plan, LoadOptions(), lambda _: None, Cancel())


def test_offline_no_other_machine_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OFFLINE", "1")
    wanted = spec("http://192.0.2.1:8000/v1", "m")
    plan = OpenAiServer().plan(wanted, MACHINE, Wish())
    assert plan.because
    with pytest.raises(Offline):
        OpenAiServer().load(wanted, plan, LoadOptions(), lambda _: None, Cancel())
