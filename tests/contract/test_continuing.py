"""The contract of a turn that goes on (``runtimes.base``), over every runtime that ships."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from contract_cases import LONG, Case, ask, finished, joined

from runtimes.base import Cancel, Model
from runtimes.errors import Unsupported
from runtimes.types import (
    Capability,
    FinishReason,
    GenerationParams,
    Grammar,
    Message,
    ReasoningDelta,
    Role,
    TextDelta,
)

pytestmark = pytest.mark.xdist_group("contract")
GREEDY = GenerationParams(temperature=0.0, max_tokens=200)


def continues(model: Model) -> bool:
    return Capability.CONTINUE in model.spec.capabilities


SOLVE = "Solve 2x + 3 = 11"


def test_what_was_begun_is_continued_or_refused(model: Model) -> None:
    turns = (*ask("Hello"), Message(Role.ASSISTANT, "Hello! I am"))
    if not continues(model):
        with pytest.raises(Unsupported) as refused:
            next(model.stream(turns, GREEDY, Cancel()))
        assert any("\u4e00" <= c <= "\u9fff" for c in refused.value.message.zh)
        with pytest.raises(Unsupported):
            next(model.stream_many(turns, 2, GREEDY, Cancel()))
        assert joined(list(model.stream(ask("Hello"), GREEDY, Cancel())), TextDelta)
        return
    events = list(model.stream(turns, GREEDY, Cancel()))
    assert joined(events, TextDelta)
    assert not joined(events, ReasoningDelta)
    assert finished(events).reason in (FinishReason.STOP, FinishReason.LENGTH)


def test_the_rest_of_a_cut_answer_is_the_rest(case: Case, model: Model) -> None:
    if not (continues(model) and case.knows_the_dialogues):
        pytest.skip(f"{case.name} does not know the dialogue, or does not continue")
    whole = list(model.stream(ask(SOLVE), GREEDY, Cancel()))
    thought, answer = joined(whole, ReasoningDelta), joined(whole, TextDelta)
    for cut in _ends_of_words(answer, 5):
        begun = Message(Role.ASSISTANT, answer[:cut], thought)
        rest = list(model.stream((*ask(SOLVE), begun), GREEDY, Cancel()))
        assert joined(rest, TextDelta) == answer[cut:]
        assert not joined(rest, ReasoningDelta)
    for cut in _ends_of_words(thought, 2):
        begun = Message(Role.ASSISTANT, "", thought[:cut])
        rest = list(model.stream((*ask(SOLVE), begun), GREEDY, Cancel()))
        assert joined(rest, ReasoningDelta) == thought[cut:]
        assert joined(rest, TextDelta) == answer


def _ends_of_words(text: str, count: int) -> list[int]:
    """Some places behind a word, a blank or a line."""
    ends = [m.end() for m in re.finditer(r"\w(?= )|\s+", text) if m.end() < len(text)]
    return ends[:: max(len(ends) // count, 1)][:count]


def test_a_thinking_that_is_over_gives_the_answer(case: Case, model: Model) -> None:
    """“Answer now”: what was thought so far is all the thinking that there will be."""
    if not (continues(model) and Capability.THINKING in model.spec.capabilities):
        pytest.skip(f"{case.name} has no thinking to go on with")
    begun = Message(Role.ASSISTANT, "", "I need to find x. First I take 3 from")
    params = replace(GREEDY, thinking_tokens=0)
    events = list(model.stream((*ask(SOLVE), begun), params, Cancel()))
    assert joined(events, TextDelta)
    assert not joined(events, ReasoningDelta)
    assert finished(events).usage.reasoning_tokens == 0


def test_a_continuation_after_a_cancel_reads_little_again(case: Case, model: Model) -> None:
    if not (continues(model) and case.reuses_the_prompt):
        pytest.skip(f"{case.name} keeps nothing, or does not continue")
    cancel, thought = Cancel(), ""
    for event in model.stream(ask(LONG), GenerationParams(temperature=0.0), cancel):
        if isinstance(event, TextDelta | ReasoningDelta):
            thought += event.text if isinstance(event, ReasoningDelta) else ""
        if len(thought) > 60 and not cancel.is_set():  # twice would be: now, and kill it
            cancel.set()
    for text, budget in (("", None), ("", 0), ("Once upon a", None)):
        begun = Message(Role.ASSISTANT, text, thought)
        params = GenerationParams(temperature=0.0, max_tokens=3, thinking_tokens=budget)
        usage = finished(list(model.stream((*ask(LONG), begun), params, Cancel()))).usage
        assert usage.prompt_tokens - usage.cached_tokens <= 12
        assert usage.cached_tokens > 25


def test_a_continuation_with_a_seed_does_not_depend_on_the_past(case: Case, model: Model) -> None:
    if not (continues(model) and case.knows_the_dialogues):
        pytest.skip(f"{case.name} does not know the dialogue, or does not continue")
    begun = (*ask(LONG), Message(Role.ASSISTANT, "Once upon a time", "I make one up."))
    params = GenerationParams(temperature=1.5, top_p=1.0, seed=7, max_tokens=30)
    texts = []
    for _ in range(2):
        texts.append(joined(list(model.stream(begun, params, Cancel())), TextDelta))
        list(model.stream(ask(SOLVE), GREEDY, Cancel()))
    assert texts[0] == texts[1]


def test_samples_continue_the_same_turn(case: Case, model: Model) -> None:
    if not (continues(model) and case.in_process):
        pytest.skip(f"{case.name} does not continue")
    begun = (*ask("Hello"), Message(Role.ASSISTANT, "Hello! I am the", "The user greets me."))
    events = list(model.stream_many(begun, 2, GREEDY, Cancel()))
    texts = [joined([e.event for e in events if e.sample == k], TextDelta) for k in range(2)]
    assert texts[0] == texts[1] != ""


def test_tags_in_what_was_begun_are_only_text(case: Case, model: Model) -> None:
    if not (continues(model) and case.in_process):
        pytest.skip(f"{case.name}: no template is ours there")
    for tag in ("</think>", "<｜User｜>", "<｜end▁of▁sentence｜>"):
        for text, thought in ((f"a {tag} b", ""), ("", f"a {tag} b")):
            begun = (*ask("Hello"), Message(Role.ASSISTANT, text, thought))
            bare = (*ask("Hello"), Message(Role.ASSISTANT, text and "a b", thought and "a b"))
            with_tag, without = model.count_tokens(begun), model.count_tokens(bare)
            assert with_tag is not None
            assert with_tag > (without or 0) + 2  # as text it takes several tokens
            assert finished(list(model.stream(begun, replace(GREEDY, max_tokens=5), Cancel())))


def test_a_constraint_holds_for_what_is_new(model: Model) -> None:
    if not continues(model) or Capability.GRAMMAR not in model.spec.capabilities:
        pytest.skip("no grammar, or no continuation, here")
    begun = (*ask("Hello"), Message(Role.ASSISTANT, "My answer: ", "Hm."))
    params = replace(GREEDY, constraint=Grammar('root ::= "yes" | " no"'))
    events = list(model.stream(begun, params, Cancel()))
    assert joined(events, TextDelta) in ("yes", " no")
    assert not joined(events, ReasoningDelta)
