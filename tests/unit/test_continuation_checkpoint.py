"""Going on with a turn in the checkpoint engine: what is read again, and how thinking ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from checkpoint_micro import CHINESE, GREEDY, ask, finished, joined, opened

from runtimes.base import Cancel
from runtimes.checkpoint.model import CheckpointModel
from runtimes.types import Message, ReasoningDelta, Role, StreamEvent, TextDelta


@pytest.fixture(scope="module")
def model() -> Iterator[CheckpointModel]:
    loaded = opened()
    yield loaded
    loaded.close()


def heard(
    model: CheckpointModel, *turns: Message, budget: int | None = None, most: int = 200
) -> list[StreamEvent]:
    params = replace(GREEDY, thinking_tokens=budget, max_tokens=most)
    return list(model.stream(turns, params, Cancel()))


def begun(text: str, reasoning: str = "") -> Message:
    return Message(Role.ASSISTANT, text, reasoning)


def test_a_thinking_that_was_ended_is_not_read_again(model: CheckpointModel) -> None:
    """The closing words that the engine forces break what the tokenizer would join."""
    whole = heard(model, *ask(CHINESE), budget=9)
    thought, answer = joined(whole, ReasoningDelta), joined(whole, TextDelta)
    assert finished(whole).usage.thinking_cut
    half = answer[: answer.index("\n") + 1]
    rest = heard(model, *ask(CHINESE), begun(half, thought), most=3)
    usage = finished(rest).usage
    assert usage.prompt_tokens - usage.cached_tokens <= 4
    assert answer[len(half) :].startswith(joined(rest, TextDelta))


def test_a_chinese_thinking_ends_with_its_sentence(model: CheckpointModel) -> None:
    whole = joined(heard(model, *ask(CHINESE)), ReasoningDelta)
    sentence = whole.index("。") + 1  # the model itself goes on to the end of the line
    parts = model._parts
    assert parts is not None
    tokens = len(parts.tokens.encode(whole[:sentence]))
    for budget in (tokens, tokens + tokens // 8):
        events = heard(model, *ask(CHINESE), budget=budget)
        assert joined(events, ReasoningDelta).strip() == whole[:sentence]
        assert finished(events).usage.thinking_cut


@pytest.mark.parametrize("tag", ["</think>", "<｜User｜>", "<｜end▁of▁sentence｜>"])
def test_tags_in_what_was_begun_are_text(model: CheckpointModel, tag: str) -> None:
    parts = model._parts
    assert parts is not None
    tokens = parts.tokens
    for attack, plain in (
        (begun(f"a {tag} b"), begun("a b")),
        (begun("", f"a {tag} b"), begun("", "a b")),
    ):
        held, bare = (tokens.prompt((*ask("Hi"), turn))[0] for turn in (attack, plain))
        steers = tokens.id_of(tag)
        assert steers is not None
        assert held.count(steers) == bare.count(steers)
        assert tokens.as_known(held, [*held[:9], steers]) == held
