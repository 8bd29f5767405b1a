"""Against a real server that was not made for us: llama-cpp-python's, with the micro model."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from openai_peer import CONTEXT, MACHINE, loaded, peer, spec

from runtimes.base import Cancel
from runtimes.errors import EngineFailed, NotFound, Overflow
from runtimes.openai_server import OpenAiServer
from runtimes.openai_server.kinds import Kind
from runtimes.openai_server.model import OpenAiModel
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    Grammar,
    LoadOptions,
    Message,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
    Thinking,
    Wish,
)

pytestmark = pytest.mark.xdist_group("peer")
GREEDY = GenerationParams(temperature=0, max_tokens=200)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with peer() as address:
        yield address


@pytest.fixture
def model(url: str) -> OpenAiModel:
    return loaded(spec(url, thinking=Thinking.ALWAYS))


def ask(text: str) -> list[Message]:
    return [Message(Role.USER, text)]


def parts(events: list[StreamEvent]) -> tuple[str, str]:
    thought = "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    return thought, "".join(e.text for e in events if isinstance(e, TextDelta))


def test_it_is_recognised(model: OpenAiModel) -> None:
    assert model._served.kind is Kind.LLAMA_CPP_PYTHON


def test_a_problem_is_thought_about_and_answered(model: OpenAiModel) -> None:
    events = list(model.stream(ask("Solve 2x + 3 = 11"), GREEDY, Cancel()))
    thought, answer = parts(events)
    assert thought
    assert "\\boxed{x = 4}" in answer
    assert "think>" not in thought + answer
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.reason is FinishReason.STOP
    assert last.usage.reasoning_tokens > 0 < last.usage.answer_tokens


def test_chinese_survives_the_seams(model: OpenAiModel) -> None:
    _, answer = parts(list(model.stream(ask("解方程 3x - 5 = 10"), GREEDY, Cancel())))
    assert "\ufffd" not in answer
    assert any("\u4e00" <= sign <= "\u9fff" for sign in answer)


def test_a_grammar_holds(model: OpenAiModel) -> None:
    params = GenerationParams(temperature=0, constraint=Grammar('root ::= "yes" | "no"'))
    thought, answer = parts(list(model.stream(ask("Hello"), params, Cancel())))
    assert answer in ("yes", "no")
    assert "greet" in thought  # the grammar leaves it free


def test_a_question_beyond_the_window_is_refused(url: str, model: OpenAiModel) -> None:
    """The server sends an empty answer; with the window known it is not even asked."""
    question = ask("12345 " * CONTEXT)
    assert model.context == 0
    with pytest.raises(EngineFailed) as caught:
        list(model.stream(question, GREEDY, Cancel()))
    assert caught.value.remedy is not None
    assert "window" in caught.value.remedy.en
    plan = OpenAiServer().plan(spec(url), MACHINE, Wish(context=CONTEXT))
    known = OpenAiServer().load(spec(url), plan, LoadOptions(), lambda _: None, Cancel())
    with pytest.raises(Overflow):
        next(known.stream(question, GREEDY, Cancel()))


def test_the_length_is_kept(model: OpenAiModel) -> None:
    params = GenerationParams(max_tokens=6)
    events = list(model.stream(ask("Tell me a long story"), params, Cancel()))
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.LENGTH


def test_samples_come_one_after_the_other(model: OpenAiModel) -> None:
    params = GenerationParams(temperature=0, max_tokens=30, seed=1)
    events = list(model.stream_many(ask("Hello"), 3, params, Cancel()))
    texts = [
        parts([event.event for event in events if event.sample == sample]) for sample in range(3)
    ]
    assert texts[0] == texts[1] == texts[2]


def test_a_stopped_answer_leaves_the_server_ready(model: OpenAiModel) -> None:
    cancel = Cancel()
    events = model.stream(ask("Tell me a long story"), GREEDY, cancel)
    next(events)
    cancel.set()
    began = time.monotonic()
    assert [type(event) for event in events] == [Finished]
    assert time.monotonic() - began < 0.2
    assert parts(list(model.stream(ask("Hello"), GREEDY, Cancel())))[1]


@pytest.mark.slow
def test_an_unknown_name_is_refused(url: str) -> None:
    with pytest.raises(NotFound) as caught:
        loaded(spec(url, "another"))
    assert json.dumps(caught.value.remedy.args if caught.value.remedy else ()) == '["micro"]'
