"""On a GPU the next token is begun before the last one is told: the texts stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

pytest.importorskip("llama_cpp")

import numpy as np
from micro_llama import EXACT, GREEDY, PLAN, answer_of, end_of, opened, text_of, user, with_plan

from runtimes.base import Cancel
from runtimes.llamacpp.engine import LlamaModel
from runtimes.llamacpp.sampling import GROUP, candidates
from runtimes.types import (
    Finished,
    FinishReason,
    GenerationParams,
    KvType,
    MemoryPlan,
    ReasoningDelta,
    SampleEvent,
    TextDelta,
)

pytestmark = pytest.mark.xdist_group("llamacpp")
WARM = GenerationParams(temperature=1.3, top_p=1.0, seed=11, max_tokens=60)


@contextmanager
def both(plan: MemoryPlan = PLAN) -> Iterator[tuple[LlamaModel, LlamaModel]]:
    """A model as on a processor, and one that works as on a GPU."""
    with opened(options=EXACT, plan=plan) as plain, opened(options=EXACT, plan=plan) as ahead:
        ahead._context.on_gpu = True
        yield plain, ahead


@pytest.mark.parametrize("params", [GREEDY, WARM, replace(GREEDY, max_tokens=1)])
def test_the_same_is_written(params: GenerationParams) -> None:
    with both() as models:
        plain, ahead = (list(m.stream(user("Hello"), params, Cancel())) for m in models)
    assert text_of(ahead) == text_of(plain)
    assert end_of(ahead).reason is end_of(plain).reason


def test_a_stop_string_ends_it_and_the_cache_knows_what_it_holds() -> None:
    with both() as (plain, ahead):
        whole = answer_of(plain.stream(user("Hello"), GREEDY, Cancel()))
        stopped = replace(GREEDY, stop=(whole[5:8],))
        events = list(ahead.stream(user("Hello"), stopped, Cancel()))
        assert answer_of(events) == whole[: whole.index(whole[5:8])]
        assert end_of(events).reason is FinishReason.STOP
        assert len(ahead._reader.kept) == ahead._context.length()
        again = ahead.stream(user("Hello"), GREEDY, Cancel())
        assert answer_of(again) == whole


def test_an_abandoned_stream_leaves_the_cache_known() -> None:
    with both() as (plain, ahead):
        events = ahead.stream(user("Tell me a long story"), WARM, Cancel())
        for event in events:
            if isinstance(event, ReasoningDelta | TextDelta):
                break
        events.close()  # type: ignore[attr-defined]
        assert len(ahead._reader.kept) == ahead._context.length()
        texts = [text_of(m.stream(user("Hello"), GREEDY, Cancel())) for m in (plain, ahead)]
    assert texts[0] == texts[1]


def test_samples_are_the_same_and_end_each_by_itself() -> None:
    with both(with_plan(parallel=3)) as models:
        plain, ahead = (list(m.stream_many(user("Hello"), 5, WARM, Cancel())) for m in models)
    for sample in range(5):
        assert _own(ahead, sample) == _own(plain, sample)
    assert sorted(e.sample for e in ahead if isinstance(e.event, Finished)) == list(range(5))


def test_samples_that_are_cancelled_end_once() -> None:
    with both(with_plan(parallel=3)) as (_, ahead):
        cancel, events = Cancel(), []
        for event in ahead.stream_many(user("Hello"), 3, WARM, cancel):
            events.append(event)
            if isinstance(event.event, ReasoningDelta | TextDelta):
                cancel.set()
    ends = [(e.sample, e.event.reason) for e in events if isinstance(e.event, Finished)]
    assert sorted(ends) == [(k, FinishReason.CANCELLED) for k in range(3)]


def _own(events: list[SampleEvent], sample: int) -> str:
    return text_of(e.event for e in events if e.sample == sample)


@pytest.mark.parametrize("size", [41, GROUP - 1, GROUP, 41 * GROUP, 50 * GROUP + 7, 30_000])
@pytest.mark.parametrize("spread", [0.8, 3.0])
def test_top_k_takes_the_best_of_all(size: int, spread: float) -> None:
    chance = np.random.default_rng(size)
    logits = (chance.standard_normal(size) * spread).astype(np.float32)
    logits[chance.integers(0, size, size // 3)] = -np.inf
    ids, values = candidates(logits, GenerationParams(top_k=40, top_p=1.0))
    best = np.sort(logits)[::-1][:40]
    assert list(values) == list(best)
    assert len(set(ids.tolist())) == len(ids) == min(40, size)


def test_the_cache_may_be_of_another_kind() -> None:
    with both(replace(PLAN, kv_type=KvType.Q8_0)) as models:
        plain, ahead = (text_of(m.stream(user("Hello"), GREEDY, Cancel())) for m in models)
    assert ahead == plain
