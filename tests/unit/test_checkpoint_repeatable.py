"""A seed that is given fixes the text, to the last bit, whatever the model did before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from checkpoint_micro import CHINESE, GREEDY, HELLO, ask, finished, joined, opened

from runtimes.base import Cancel
from runtimes.checkpoint.model import CheckpointModel
from runtimes.types import (
    GenerationParams,
    Message,
    PromptProgress,
    ReasoningDelta,
    Role,
    StreamEvent,
    TextDelta,
)

LONG = "3x + 7 = 22, " * 30
FIRST = ask(f"{LONG}{CHINESE}")
SECOND = (*FIRST, Message(Role.ASSISTANT, "x = 5。两边同加 5，再除以 3。"), *ask(HELLO))
WARM = GenerationParams(temperature=1.5, top_p=1.0, max_tokens=24, logprobs=1)
Before = Callable[[CheckpointModel, int], object]


@pytest.fixture(scope="module")
def model() -> Iterator[CheckpointModel]:
    loaded = opened()
    yield loaded
    loaded.close()


def heard(
    model: CheckpointModel, messages: tuple[Message, ...], params: GenerationParams
) -> list[StreamEvent]:
    return list(model.stream(messages, params, Cancel()))


def bits(events: list[StreamEvent]) -> list[float]:
    """The probabilities of all that was written, which no rounding leaves the same."""
    deltas = [e for e in events if isinstance(e, TextDelta | ReasoningDelta)]
    return [lp.logprob for e in deltas for lp in e.logprobs]


def forget(model: CheckpointModel, _seed: int = 0) -> None:
    parts = model._parts
    assert parts is not None
    parts.kv.forget()


def stopped(model: CheckpointModel, seed: int) -> None:
    """Stopped after the second chunk of the prompt."""
    cancel = Cancel()
    for event in model.stream(SECOND, replace(WARM, seed=seed), cancel):
        if isinstance(event, PromptProgress) and event.done - event.cached >= 128:
            cancel.set()


BEFORE: dict[str, Before] = {
    "the first turn": lambda m, seed: heard(m, FIRST, replace(WARM, seed=seed)),
    "the first turn without a seed": lambda m, _seed: heard(m, FIRST, WARM),
    "the same without a seed": lambda m, _seed: heard(m, SECOND, GREEDY),
    "the same": lambda m, seed: heard(m, SECOND, replace(WARM, seed=seed)),
    "samples": lambda m, seed: list(m.stream_many(FIRST, 3, replace(WARM, seed=seed), Cancel())),
    "something longer": lambda m, seed: heard(m, ask(LONG * 3), replace(WARM, seed=seed)),
    "a stop in the prompt": stopped,
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
@pytest.mark.parametrize("chunk", [16, 512])
@pytest.mark.slow
def test_the_text_does_not_depend_on_what_was_done_before(
    before: Before, chunk: int, model: CheckpointModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``chunk`` is what a measurement at the start may have found."""
    parts = model._parts
    assert parts is not None
    monkeypatch.setattr(parts.network, "chunk", chunk)
    for seed in (1, 2):
        forget(model)
        anew = heard(model, SECOND, replace(WARM, seed=seed))
        forget(model)
        before(model, seed)
        again = heard(model, SECOND, replace(WARM, seed=seed))
        assert joined(again) == joined(anew)
        assert bits(again) == bits(anew)


def test_what_was_read_on_the_grid_is_not_read_again(model: CheckpointModel) -> None:
    forget(model)
    seeded = replace(WARM, seed=1)
    first = finished(heard(model, FIRST, seeded)).usage
    second = finished(heard(model, SECOND, seeded)).usage
    assert first.cached_tokens == 0
    assert 0 < second.cached_tokens <= first.prompt_tokens
    assert second.cached_tokens % 64 == 0
    assert first.prompt_tokens - second.cached_tokens < 70


def test_without_a_seed_all_that_is_known_is_used(model: CheckpointModel) -> None:
    forget(model)
    heard(model, FIRST, replace(WARM, seed=1))
    usage = finished(heard(model, FIRST, WARM)).usage
    assert usage.cached_tokens == usage.prompt_tokens - 1
