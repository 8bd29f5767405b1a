"""The contract of ``Model.stream`` (``runtimes.base``), over every runtime that ships."""

from __future__ import annotations

import json
import os
import signal
import threading
import time

import pytest
from contract_cases import LONG, Case, ask, finished, joined

from runtimes.base import Cancel, Model
from runtimes.errors import Busy, EngineOutOfMemory, Overflow, RuntimeFailure, Unsupported
from runtimes.host import HostedModel
from runtimes.types import (
    Capability,
    Finished,
    FinishReason,
    GenerationParams,
    Grammar,
    JsonSchema,
    Message,
    PromptProgress,
    ReasoningDelta,
    Role,
    TextDelta,
)

pytestmark = pytest.mark.xdist_group("contract")
GREEDY = GenerationParams(temperature=0.0, max_tokens=200)


def test_deltas_then_exactly_one_finished(model: Model) -> None:
    events = list(model.stream(ask("Hello"), GREEDY, Cancel()))
    assert [isinstance(e, Finished) for e in events] == [False] * (len(events) - 1) + [True]
    assert any(isinstance(e, TextDelta) for e in events)
    deltas = [e for e in events if isinstance(e, TextDelta | ReasoningDelta)]
    assert all(e.text for e in deltas)


def test_thinking_is_apart_and_no_tag_is_left(case: Case, model: Model) -> None:
    events = list(model.stream(ask("Hello"), GREEDY, Cancel()))
    for kind in (TextDelta, ReasoningDelta):
        assert "<think>" not in joined(events, kind)
        assert "</think>" not in joined(events, kind)
    assert bool(joined(events, ReasoningDelta)) == case.thinks
    assert joined(events, TextDelta) == joined(events, TextDelta).lstrip()


def test_chinese_comes_in_whole_characters(case: Case, model: Model) -> None:
    events = list(model.stream(ask("解方程 3x - 5 = 10"), GREEDY, Cancel()))
    text = joined(events, TextDelta)
    assert "\ufffd" not in text
    if case.knows_the_dialogues:
        assert any("\u4e00" <= c <= "\u9fff" for c in text)


def test_usage_counts_what_was_written(case: Case, model: Model) -> None:
    events = list(model.stream(ask("Hello"), GREEDY, Cancel()))
    usage = finished(events).usage
    assert usage.answer_tokens > 0
    assert (usage.reasoning_tokens > 0) == case.thinks
    assert usage.seconds >= usage.first_token_seconds >= 0
    counted = model.count_tokens(ask("Hello"))
    if counted is not None:
        assert usage.prompt_tokens == counted


def test_the_window_is_known(model: Model) -> None:
    assert model.context > 0


def test_max_tokens_ends_it_with_its_reason(model: Model) -> None:
    events = list(model.stream(ask(LONG), GenerationParams(max_tokens=7), Cancel()))
    last = finished(events)
    assert last.reason is FinishReason.LENGTH
    assert last.usage.reasoning_tokens + last.usage.answer_tokens <= 7


def test_a_stop_string_ends_the_answer_before_it(model: Model) -> None:
    whole = joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)
    stop = whole[len(whole) // 2 : len(whole) // 2 + 3]
    params = GenerationParams(temperature=0.0, max_tokens=200, stop=(stop,))
    events = list(model.stream(ask("Hello"), params, Cancel()))
    assert joined(events, TextDelta) == whole[: whole.index(stop)]
    assert finished(events).reason is FinishReason.STOP


def test_after_cancel_the_next_event_is_the_last(model: Model) -> None:
    cancel = Cancel()
    events = model.stream(ask(LONG), GenerationParams(temperature=0.0), cancel)
    for event in events:
        if isinstance(event, TextDelta | ReasoningDelta):
            break
    cancel.set()
    start = time.monotonic()
    rest = list(events)
    assert time.monotonic() - start < 3.0
    assert [type(e) for e in rest] == [Finished]
    assert finished(rest).reason is FinishReason.CANCELLED
    assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)


def test_cancel_from_another_thread_while_we_wait(model: Model) -> None:
    cancel = Cancel()
    threading.Timer(0.05, cancel.set).start()
    events = list(model.stream(ask(LONG), GenerationParams(temperature=0.0), cancel))
    assert finished(events).reason in (FinishReason.CANCELLED, FinishReason.STOP)


def test_cancelled_before_it_began(model: Model) -> None:
    cancel = Cancel()
    cancel.set()
    events = list(model.stream(ask("Hello"), GREEDY, cancel))
    assert [type(e) for e in events] == [Finished]
    assert finished(events).reason is FinishReason.CANCELLED


def test_an_abandoned_stream_is_cancelled(model: Model) -> None:
    events = model.stream(ask(LONG), GenerationParams(), Cancel())
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)


def test_one_stream_at_a_time(model: Model) -> None:
    events = model.stream(ask("Hello"), GREEDY, Cancel())
    next(events)
    with pytest.raises(Busy):
        next(model.stream(ask("Hello"), GREEDY, Cancel()))
    assert finished(list(events)).reason is FinishReason.STOP


def test_the_same_seed_writes_the_same(case: Case, model: Model) -> None:
    if Capability.SEED not in model.spec.capabilities:
        pytest.skip(f"{case.name} does not claim it")
    params = GenerationParams(temperature=1.5, top_p=1.0, seed=7, max_tokens=40)
    texts = [
        joined(list(model.stream(ask(LONG), params, Cancel())), TextDelta, ReasoningDelta)
        for _ in range(2)
    ]
    assert texts[0] == texts[1]
    other = GenerationParams(temperature=1.5, top_p=1.0, max_tokens=5)
    assert finished(list(model.stream(ask(LONG), other, Cancel()))).usage.seed != 7


SCHEMA = '{"type": "object", "properties": {"x": {"type": "integer", "minimum": 0, "maximum": 9}}, "required": ["x"], "additionalProperties": false}'  # noqa: E501


def test_a_schema_is_kept_or_refused(model: Model) -> None:
    params = GenerationParams(
        temperature=0.0, max_tokens=400, thinking_tokens=None, constraint=JsonSchema(SCHEMA)
    )
    if Capability.JSON_SCHEMA not in model.spec.capabilities:
        with pytest.raises(Unsupported):
            next(model.stream(ask("Hello"), params, Cancel()))
        return
    events = list(model.stream(ask("Hello"), params, Cancel()))
    value = json.loads(joined(events, TextDelta))
    assert set(value) == {"x"}
    assert 0 <= value["x"] <= 9


def test_a_grammar_is_kept_or_refused(model: Model) -> None:
    params = GenerationParams(
        temperature=0.0, max_tokens=400, constraint=Grammar('root ::= "yes" | "no"')
    )
    if Capability.GRAMMAR not in model.spec.capabilities:
        with pytest.raises(Unsupported):
            next(model.stream(ask("Hello"), params, Cancel()))
        return
    events = list(model.stream(ask("Hello"), params, Cancel()))
    assert joined(events, TextDelta) in ("yes", "no")


@pytest.mark.parametrize("schema", ["{", "[]", '{"type": "nonsense"}', '{"$ref": "#/nowhere"}'])
def test_a_wrong_schema_is_refused_before_the_first_event(model: Model, schema: str) -> None:
    if Capability.JSON_SCHEMA not in model.spec.capabilities:
        pytest.skip("no schemas here")
    params = GenerationParams(max_tokens=5, constraint=JsonSchema(schema))
    events = model.stream(ask("Hello"), params, Cancel())
    with pytest.raises(Unsupported):
        next(events)
    assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)


def test_log_probabilities_are_told_or_refused(model: Model) -> None:
    params = GenerationParams(temperature=0.0, max_tokens=60, logprobs=2)
    if Capability.LOGPROBS not in model.spec.capabilities:
        with pytest.raises(Unsupported):
            next(model.stream(ask("Hello"), params, Cancel()))
        return
    events = list(model.stream(ask("Hello"), params, Cancel()))
    told = [p for e in events if isinstance(e, TextDelta | ReasoningDelta) for p in e.logprobs]
    assert told
    for token in told:
        assert token.logprob <= 1e-3
        assert len(token.rivals) <= 2
        assert all(value <= 1e-3 for _, value in token.rivals)


def test_the_thinking_ends_at_its_budget(case: Case, model: Model) -> None:
    if Capability.THINKING_BUDGET not in model.spec.capabilities:
        pytest.skip(f"{case.name} does not claim it")
    params = GenerationParams(temperature=0.0, thinking_tokens=3, max_tokens=120)
    events = list(model.stream(ask(LONG), params, Cancel()))
    usage = finished(events).usage
    assert usage.thinking_cut
    assert usage.reasoning_tokens <= 3 + 4  # and the words that end it
    assert joined(events, TextDelta)


def test_a_prompt_beyond_the_window_is_refused_and_never_cut(case: Case, model: Model) -> None:
    if not case.counts:
        pytest.skip(f"{case.name} cannot know the length of a prompt")
    long = ask("word " * (model.context * 3))
    with pytest.raises(Overflow):
        list(model.stream(long, GREEDY, Cancel()))
    assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)


def test_samples_end_each_by_itself(model: Model) -> None:
    params = GenerationParams(temperature=1.0, seed=3, max_tokens=30)
    events = list(model.stream_many(ask("Hello"), 3, params, Cancel()))
    ends = [e.sample for e in events if isinstance(e.event, Finished)]
    assert sorted(ends) == [0, 1, 2]
    for sample in range(3):
        own = [e.event for e in events if e.sample == sample]
        assert isinstance(own[-1], Finished)
        assert joined(own, TextDelta, ReasoningDelta)


def test_samples_can_be_cancelled(model: Model) -> None:
    cancel = Cancel()
    events = model.stream_many(ask(LONG), 2, GenerationParams(temperature=0.0), cancel)
    for event in events:
        if isinstance(event.event, TextDelta | ReasoningDelta):
            break
    cancel.set()
    rest = list(events)
    assert all(isinstance(e.event, Finished) for e in rest)


def test_a_second_turn_reads_on(case: Case, model: Model) -> None:
    first = list(model.stream(ask("Solve 2x + 3 = 11"), GREEDY, Cancel()))
    turns = (
        *ask("Solve 2x + 3 = 11"),
        Message(Role.ASSISTANT, joined(first, TextDelta), joined(first, ReasoningDelta)),
        Message(Role.USER, "Check your answer"),
    )
    second = list(model.stream(turns, GREEDY, Cancel()))
    assert joined(second, TextDelta)
    if case.reuses_the_prompt:
        assert finished(second).usage.cached_tokens > 0
        progress = [e for e in second if isinstance(e, PromptProgress)]
        assert progress[-1].done == progress[-1].total


def test_tags_in_a_question_are_only_text(case: Case, model: Model) -> None:
    """A user who writes the template's own tags does not end the turn."""
    if not case.in_process:
        pytest.skip(f"{case.name}: no template is ours there")
    plain = model.count_tokens(ask("a <|user|> b"))
    assert plain is not None
    assert plain > (model.count_tokens(ask("a b")) or 0) + 1


def test_close_may_be_called_any_number_of_times(case: Case) -> None:
    with case.opened() as loaded:
        loaded.close()
        loaded.close()


def test_the_model_says_what_memory_it_takes(case: Case, model: Model) -> None:
    report = model.memory()
    if not case.in_process:
        assert report is None
        return
    assert report is not None
    assert report.weight_bytes > 300_000
    assert report.kv_bytes > 0
    assert report.host_peak > 10 << 20


def test_failures_carry_a_message_in_both_languages(model: Model) -> None:
    events = model.stream(ask("Hello"), GREEDY, Cancel())
    next(events)
    with pytest.raises(RuntimeFailure) as caught:
        next(model.stream(ask("Hello"), GREEDY, Cancel()))
    list(events)
    assert caught.value.message.en
    assert any("\u4e00" <= c <= "\u9fff" for c in caught.value.message.zh)


def test_an_engine_that_is_killed_in_a_stream_comes_again(case: Case, model: Model) -> None:
    if not isinstance(model, HostedModel):
        pytest.skip(f"{case.name} has no process of its own")
    events = model.stream(ask(LONG), GenerationParams(temperature=0.0), Cancel())
    for event in events:
        if isinstance(event, TextDelta | ReasoningDelta):
            break
    assert model.pid is not None
    os.kill(model.pid, signal.SIGKILL)
    with pytest.raises(EngineOutOfMemory):
        list(events)
    assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)
