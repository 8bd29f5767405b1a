"""A server that refuses the form of a question gets it in the form that it takes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from openai_peer import loaded, spec
from raw_http import Request, chunk, event, head, said, status
from server_kinds import Serving, sent

from runtimes.base import Cancel
from runtimes.errors import EngineFailed
from runtimes.types import GenerationParams, Message, Role, StreamEvent, TextDelta, ToolCall

ANSWER = said(chunk(content="hi"), chunk(reason="stop"))
SYSTEM = Message(Role.SYSTEM, "be brief")
A, B = Message(Role.USER, "a"), Message(Role.USER, "b")
X = Message(Role.ASSISTANT, "x")
ALTERNATE = "Conversation roles must alternate user/assistant/user/assistant/..."
Refuses = Callable[[Any], str]


def gemma(body: Any) -> str:
    roles = [turn["role"] for turn in body["messages"]]
    if "system" in roles:
        return "System role not supported"
    return "" if _alternates(roles) else ALTERNATE


def mistral_7b(body: Any) -> str:
    """Its template of 2023 looks at the order first, and so refuses instructions, too."""
    return "" if _alternates([turn["role"] for turn in body["messages"]]) else ALTERNATE


def mistral_small(body: Any) -> str:
    roles = [turn["role"] for turn in body["messages"]]
    rest = roles[1:] if roles[0] == "system" else roles
    return "" if _alternates(rest) else f"After the optional system message, {ALTERNATE.lower()}"


def uncounting(body: Any) -> str:
    return "body.stream_options: Extra inputs are not permitted" * ("stream_options" in body)


def openais(body: Any) -> str:
    """A newer model of OpenAI's."""
    if "max_tokens" in body:
        return (
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead."
        )
    if "temperature" in body:
        return (
            f"Unsupported value: 'temperature' does not support {body['temperature']} with this "
            "model. Only the default (1) value is supported."
        )
    return "Unsupported parameter: 'top_p' is not supported with this model." * ("top_p" in body)


def anthropics(body: Any) -> str:
    both = {"temperature", "top_p"} <= body.keys()
    return "`temperature` and `top_p` cannot both be specified for this model." * bool(both)


def _alternates(roles: list[str]) -> bool:
    return all((role == "user") == (n % 2 == 0) for n, role in enumerate(roles))


def serving(*refusals: Refuses, code: int = 400, kind: str = "unknown") -> Serving:
    def answer(request: Request) -> Iterable[bytes]:
        words = next(filter(None, (refuses(request.json) for refuses in refusals)), "")
        return status(code, {"error": {"message": words}}) if words else ANSWER(request)

    return Serving(kind, answer)


def text(events: Iterable[StreamEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@pytest.mark.parametrize("code", [400, 422, 500])
@pytest.mark.parametrize(
    ("refuses", "roles", "requests"),
    [
        (gemma, [("user", "be brief\n\na\n\nb"), ("assistant", "x"), ("user", "a")], 3),
        (mistral_7b, [("user", "be brief\n\na\n\nb"), ("assistant", "x"), ("user", "a")], 3),
        (
            mistral_small,
            [("system", "be brief"), ("user", "a\n\nb"), ("assistant", "x"), ("user", "a")],
            2,
        ),
    ],
)
def test_a_conversation_is_asked_in_the_form_that_the_template_takes(
    refuses: Refuses, roles: list[tuple[str, str]], requests: int, code: int
) -> None:
    asked = (SYSTEM, A, B, X, A)
    with serving(refuses, code=code) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert text(model.stream(asked, GenerationParams(), Cancel())) == "hi"
        assert [(turn["role"], turn["content"]) for turn in sent(raw)["messages"]] == roles
        assert len(raw.of("/v1/chat/completions")) == requests
        # and from then on at once
        assert text(model.stream(asked, GenerationParams(), Cancel())) == "hi"
        assert len(raw.of("/v1/chat/completions")) == requests + 1


@pytest.mark.parametrize("kind", ["unknown", "vllm"])
def test_a_server_that_cannot_count_is_not_asked_to(kind: str) -> None:
    with serving(uncounting, gemma, kind=kind) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert text(model.stream((SYSTEM, A), GenerationParams(), Cancel())) == "hi"
        assert "stream_options" not in sent(raw)
        assert [turn["role"] for turn in sent(raw)["messages"]] == ["user"]


def test_newer_models_are_asked_in_newer_words() -> None:
    params = GenerationParams(max_tokens=7)
    with serving(openais) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        for requests in (4, 5):
            assert text(model.stream((A,), params, Cancel())) == "hi"
            assert len(raw.of("/v1/chat/completions")) == requests
        assert sent(raw)["max_completion_tokens"] == 7
        assert not {"max_tokens", "temperature", "top_p"} & sent(raw).keys()
    with serving(anthropics) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert text(model.stream((A,), params, Cancel())) == "hi"
        assert (sent(raw)["temperature"], sent(raw)["max_tokens"]) == (0.6, 7)
        assert "top_p" not in sent(raw)


def test_a_temperature_that_was_asked_for_is_refused_and_not_ignored() -> None:
    with serving(openais) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(EngineFailed, match=r"'temperature' does not support 0\.1 "):
            list(model.stream((A,), GenerationParams(temperature=0.1), Cancel()))
        assert len(raw.of("/v1/chat/completions")) == 1


@pytest.mark.parametrize(
    ("refuses", "requests"),
    [((gemma,), 3), ((mistral_7b,), 3), ((mistral_small,), 2), ((uncounting, gemma), 4)],
)
def test_samples_that_are_refused_side_by_side_are_all_asked_again(
    refuses: tuple[Refuses, ...], requests: int
) -> None:
    n, refused = 3, threading.Barrier(3)

    def together(body: Any) -> str:
        refused.wait(10)
        return ""

    with serving(together, *refuses) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        events = list(model.stream_many((SYSTEM, A, B), n, GenerationParams(), Cancel()))
        for sample in range(n):
            assert text(e.event for e in events if e.sample == sample) == "hi"
        assert len(raw.of("/v1/chat/completions")) == n * requests


def test_what_did_not_help_is_not_remembered() -> None:
    words = [ALTERNATE, "nothing with stream_options please"]
    with serving(lambda _: next(iter(words), "")) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        while words:
            with pytest.raises(EngineFailed):
                list(model.stream((SYSTEM, A, B), GenerationParams(), Cancel()))
            words.pop(0)
        assert text(model.stream((SYSTEM, A, B), GenerationParams(), Cancel())) == "hi"
        assert [turn["role"] for turn in sent(raw)["messages"]] == ["system", "user", "user"]
        assert "stream_options" in sent(raw)


def test_the_same_request_is_not_sent_twice() -> None:
    with serving(mistral_7b) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert text(model.stream((SYSTEM, A), GenerationParams(), Cancel())) == "hi"
        assert len(raw.of("/v1/chat/completions")) == 2  # there were no turns to be joined
    with serving(lambda _: "System role not supported") as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(EngineFailed, match="System role"):
            list(model.stream((A,), GenerationParams(), Cancel()))
        assert len(raw.of("/v1/chat/completions")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        "Developer instruction is not enabled for models/m",
        "Only 'user' and 'assistant' roles are supported!",
    ],
)
def test_instructions_are_refused_in_many_words(words: str) -> None:
    def refuses(body: Any) -> str:
        return words * bool(body["messages"][0]["role"] == "system")

    with serving(refuses) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        assert text(model.stream((SYSTEM, A), GenerationParams(), Cancel())) == "hi"


def test_results_of_tools_stay_apart() -> None:
    calls = tuple(ToolCall(name, "f", "{}") for name in "12")
    asked = (
        A,
        Message(Role.ASSISTANT, "", calls=calls),
        Message(Role.TOOL, "one", answers="1"),
        Message(Role.TOOL, "two", answers="2"),
        A,
        B,
    )

    def refuses(body: Any) -> str:
        return ALTERNATE if [turn["role"] for turn in body["messages"]][-2:] == ["user"] * 2 else ""

    with serving(refuses) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        list(model.stream(asked, GenerationParams(), Cancel()))
        turns = sent(raw)["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "tool", "tool", "user"]
    assert [turn.get("tool_call_id") for turn in turns[2:4]] == ["1", "2"]


@pytest.mark.parametrize(
    ("words", "requests"),
    [("top_k must be -1 or at least 1", 1), (ALTERNATE, 3), ("System role not supported", 2)],
)
def test_a_server_that_refuses_everything_is_given_up(words: str, requests: int) -> None:
    with serving(lambda _: words) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(EngineFailed, match="says") as caught:
            list(model.stream((SYSTEM, A, B), GenerationParams(), Cancel()))
        assert words in str(caught.value)
        assert len(raw.of("/v1/chat/completions")) == requests


def test_an_answer_that_has_begun_is_not_asked_for_again() -> None:
    pieces = [head(), event(chunk(content="hi")), event({"error": {"message": ALTERNATE}})]
    with Serving("unknown", lambda _: pieces) as raw:
        model = loaded(spec(f"{raw.url}/v1", "m"))
        with pytest.raises(EngineFailed, match="alternate"):
            list(model.stream((A, B), GenerationParams(), Cancel()))
        assert len(raw.of("/v1/chat/completions")) == 1
