"""Nothing of a conversation is cut in silence: each turn is kept, or folded, in its order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.session.conversation import Conversation, Turn
from assistant.session.window import (
    LAST,
    MAX_LINE,
    MAX_LINES,
    OLDER,
    SUMMARY_TOKENS,
    PromptParts,
    WindowPlan,
    fold_text,
    plan_window,
)
from runtimes.texts import Lang


def talk(number: int) -> Conversation:
    return Conversation(tuple(Turn(f"question {n}", f"answer {n}") for n in range(number)))


def planned(counts: list[int], context: int, *, fixed: int = 100, room: int = 500) -> WindowPlan:
    parts = PromptParts(fixed=fixed, summary=0, turns=tuple(counts))
    return plan_window(talk(len(counts)), parts, context, room)


def names(turns: tuple[Turn, ...]) -> list[int]:
    return [int(turn.question.split()[1]) for turn in turns]


def test_what_fits_is_kept_whole() -> None:
    plan = planned([200] * 5, 1600)
    assert (names(plan.keep), plan.fold, plan.fits) == ([0, 1, 2, 3, 4], (), True)


def test_the_oldest_turns_between_problem_and_last_turns_are_folded() -> None:
    plan = planned([200] * 10, 2500)
    # 2500 - 600 - summary leaves 1580, a quarter of it is freed in one go
    assert (names(plan.keep), names(plan.fold)) == ([0, 6, 7, 8, 9], [1, 2, 3, 4, 5])
    assert plan.fits


def test_no_more_is_folded_than_needed_once_the_middle_is_gone() -> None:
    plan = planned([300, 600, 300, 300], 600 + SUMMARY_TOKENS + 900)
    assert (names(plan.keep), names(plan.fold), plan.fits) == ([0, 2, 3], [1], True)


def test_the_problem_outlives_the_last_turns() -> None:
    plan = planned([100, 100, 900, 900], 600 + SUMMARY_TOKENS + 1000)
    assert (names(plan.keep), names(plan.fold), plan.fits) == ([0, 3], [1, 2], True)
    plan = planned([100, 100, 900, 900], 600 + SUMMARY_TOKENS + 120)
    assert (names(plan.keep), names(plan.fold), plan.fits) == ([0], [1, 2, 3], True)


def test_one_long_turn_is_folded_rather_than_cut() -> None:
    plan = planned([5000], 2000)
    assert (plan.keep, names(plan.fold), plan.fits) == ((), [0], True)


def test_what_cannot_fit_is_told() -> None:
    plan = planned([200] * 3, 800, fixed=400)
    assert (plan.keep, names(plan.fold), plan.fits) == ((), [0, 1, 2], False)
    assert not planned([], 500).fits


def test_counts_must_be_those_of_the_turns() -> None:
    with pytest.raises(ValueError, match="one count"):
        plan_window(talk(2), PromptParts(fixed=1, summary=0, turns=(1,)), 100, 10)


@given(
    counts=st.lists(st.integers(0, 5_000), max_size=40),
    context=st.integers(0, 40_000),
    fixed=st.integers(0, 5_000),
    room=st.integers(0, 5_000),
    summary=st.integers(0, 1_000),
)
def test_every_turn_is_kept_or_folded_and_it_fits_when_that_is_possible(
    counts: list[int], context: int, fixed: int, room: int, summary: int
) -> None:
    parts = PromptParts(fixed=fixed, summary=summary, turns=tuple(counts))
    plan = plan_window(talk(len(counts)), parts, context, room)
    kept, folded = names(plan.keep), names(plan.fold)
    assert sorted(kept + folded) == list(range(len(counts)))
    assert kept == sorted(kept)
    assert folded == sorted(folded)
    taken = sum(counts[n] for n in kept)
    told = max(summary, SUMMARY_TOKENS) if folded else summary
    assert plan.fits == (taken + told + fixed + room <= context)
    if not plan.fits:
        assert kept == []
    last = set(range(1, len(counts))[-LAST:])
    middle = set(range(1, len(counts))) - last
    if (last | {0}) & set(folded):
        assert middle <= set(folded), "the middle goes first"
    if 0 in folded:
        assert kept == [], "the problem goes at the very end"
    between = [n for n in folded if n in middle]
    assert between == sorted(middle)[: len(between)], "the oldest go first"


def test_a_fold_lasts_for_some_turns() -> None:
    counts = [200] * 12
    plan = planned(counts, 2700)
    kept = [counts[n] for n in names(plan.keep)]
    later = PromptParts(fixed=100, summary=SUMMARY_TOKENS, turns=(*kept, 200))
    talked = Conversation((*plan.keep, Turn("one more", "yes")), "summary")
    assert plan_window(talked, later, 2700, 500).fold == ()


def test_old_turns_are_told_by_question_and_answer() -> None:
    turns = (
        Turn("Solve\n 2x = 8", "First…\nso \\boxed{x = 4}.\nGood luck!", "hidden"),
        Turn("And why?", "Because both sides were halved.\n"),
        Turn("stopped", " "),
    )
    assert fold_text(turns, Lang.EN, "Asked: before\n\nAnswer: 1") == (
        "Asked: before\nAnswer: 1\n"
        "Asked: Solve 2x = 8\nAnswer: x = 4\n"
        "Asked: And why?\nAnswer: Because both sides were halved.\n"
        "Asked: stopped"
    )
    assert fold_text(turns[:1], Lang.ZH) == "问：Solve 2x = 8\n答：x = 4"


def test_a_summary_without_a_model_stays_short_and_says_what_it_leaves_out() -> None:
    turns = tuple(Turn("q" * 100_000, "{a" * 100_000) for _ in range(100))
    told = fold_text(turns, Lang.EN).splitlines()
    assert len(told) == MAX_LINES + 1
    assert told[0] == OLDER.en
    again = fold_text(turns, Lang.EN, "\n".join(told))
    assert again.splitlines() == told
    assert all(len(line) <= MAX_LINE + 20 for line in told)


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=8))
def test_no_text_breaks_a_summary(said: list[tuple[str, str]]) -> None:
    turns = [Turn(question + "{0}{x}", answer) for question, answer in said]
    told = fold_text(turns, Lang.ZH)
    assert told.count("问：") >= len(turns)
