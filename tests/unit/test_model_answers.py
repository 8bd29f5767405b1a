"""Answers as small models write them: right steps are never refuted, wrong ones are found."""

from __future__ import annotations

import pytest
from model_answers import ModelAnswer, model_answers

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import (
    Doubt,
    Mark,
    NextLine,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Work,
)

ANSWERS = model_answers()
DECIDED = 0.92
"""Of the steps with a relation in them; what is left is given (a formula, an equation that a
story is turned into), and behind a wrong step nothing is."""


def marks(problem: str, *steps: str) -> list[Mark]:
    return list(check_work(Work(problem, steps)).marks)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: a.name)
def test_each_step_gets_the_mark_it_deserves(answer: ModelAnswer) -> None:
    whole = check_work(Work(answer.problem, answer.texts)).marks
    state, early = first_state(answer.problem), []
    for text in answer.texts:
        result = next_line(NextLine(state, text))
        state = result.state
        early.append(result.mark)
    for n, (mark, first) in enumerate(zip(whole, early, strict=True)):
        if answer.wrong is None or n < answer.wrong:
            assert not isinstance(mark.verdict, Refuted), answer.texts[n]
            assert not isinstance(first.verdict, Refuted), answer.texts[n]
    if answer.wrong is not None:
        assert isinstance(whole[answer.wrong].verdict, Refuted)
        assert not isinstance(early[answer.wrong].verdict, Proved | Supported)


def test_most_claims_are_decided() -> None:
    checkable = decided = 0
    for answer in ANSWERS:
        upright = answer.texts[: None if answer.wrong is None else answer.wrong + 1]
        for text, mark in zip(upright, marks(answer.problem, *upright), strict=True):
            claims = any(sign in text for sign in "=<>≈")
            silent = isinstance(mark.verdict, Undecided) and mark.verdict.doubt is Doubt.NOT_A_CLAIM
            checkable += claims or not silent
            decided += not isinstance(mark.verdict, Undecided)
    assert decided >= DECIDED * checkable
    assert sum(a.wrong is not None for a in ANSWERS) >= 20
    assert {a.name[:2] for a in ANSWERS} == {"en", "zh"}


WITNESSES = [
    ("Solve 3x - 6 = 12", "Add 6 to both sides: 3x = 16", "x = 6"),
    ("Solve 3x - 6 = 12", "Divide both sides by 3 to get x = 4", "x = 6"),
    ("解方程 2x + 5 = 13", "两边同时减去 5，得 2x = 18", "x = 4"),
    ("解方程 4x - 3 = 2x + 7", "移项得 4x - 2x = 7 - 3", "x = 5"),
    ("Solve x + y = 10, x - y = 4", "Adding the two equations gives 2x = 16.", "x = 7, y = 3"),
]


@pytest.mark.parametrize(("problem", "step", "witness"), WITNESSES)
def test_a_wrong_step_has_a_counterexample(problem: str, step: str, witness: str) -> None:
    verdict = marks(problem, step)[0].verdict
    assert isinstance(verdict, Refuted)
    assert verdict.witness == witness


PROVED = [
    ("Solve 3x - 6 = 12", ("Add 6 to both sides: 3x = 18",)),
    ("Solve 3x - 6 = 12", ("Divide both sides by 3 to get x - 2 = 4",)),
    ("解方程 2x + 5 = 13", ("两边同时减去 5，得 2x = 8，所以 x = 4。",)),
    ("当 x = 2 时求值", ("代入 x = 2 得 2×2 + 3 = 7",)),
    ("Find the value.", ("Substituting x = 2 into 2x + 3: 2(2) + 3 = 7",)),
    ("A shop", ("Let's compute 15% of 80: 0.15 * 80 = 12",)),
    ("Solve x^2 + 4x - 5 = 0", ("$x = \\frac{-4 \\pm 6}{2}$", "So $x = 1$ or $x = -5$.")),
    ("Solve x + y = 10, x - y = 4", ("So x = 7.", "Substituting x = 7 into x + y = 10: 7 + y = 10.",
                                     "So y = 3.")),
    ("Differentiate f(x) = x^3 + 2x", ("So f'(x) = 3x^2 + 2",)),
    ("Solve x^2 = 9", ("x = 3", "x = -3")),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "steps"), PROVED)
def test_a_right_step_in_words_is_proved(problem: str, steps: tuple[str, ...]) -> None:
    mark = marks(problem, *steps)[-1]
    calculated = "calculation is right" in mark.why.en
    assert isinstance(mark.verdict, Supported if calculated else Proved)


CAREFUL = [
    # a story may bring in a new equation, and words may mean another thing
    ("Tom has some apples.", ("2x = 8", "So we know that x + 2 = 10 from the story.")),
    ("Solve x^3 - 7x + 6 = 0", ("So the possible candidates are x = 1, x = 4.",)),
    ("Solve x^3 - 7x + 6 = 0", ("Let's try x = 4: 4^3 - 7*4 + 6 = 42, so it is no root.",)),
    ("Solve x^2 - 5x + 6 = 0", ("Suppose x = 5, so 2x = 10.",)),
    ("Mixing", ("The ratio is 3: 4 + 2 = 6: 12",)),
    ("Mixing", ("盐和水的比是 1：2+2=2：8",)),
    ("Differentiate x^2*sin(x)", ("Let f(x) = x^2 and g(x) = sin(x).", "Then f'(x) = 2x")),
    ("Expand (x+1)^2", ("Let's see whether (x+1)^2 = x^2 + 1 would hold.",)),
]


@pytest.mark.parametrize(("problem", "steps"), CAREFUL)
def test_what_is_only_supposed_or_meant_otherwise_is_not_refuted(
    problem: str, steps: tuple[str, ...]
) -> None:
    assert not any(isinstance(m.verdict, Refuted) for m in marks(problem, *steps))


NOT_PROVED = [
    # nothing follows from what never holds, from a formula not read, or from a bound
    ("", ("So $x = x + 1$.", "Therefore $2x = 2x + 5$.")),
    ("", ("So $1 + 1 = 2$ and $\\mathcal{Q}(\\star) = \\flub{3}{4}$.",)),
    ("", ("If $b = \\pm 1,$ then $a = \\pm 1$.", "So $a = 0$ or $a = \\pm 1$.")),
    ("", ("Let x = 3.", "So we are in the interval 1 < x < 9, as x >= 1.")),
    ("Solve for x: x=7/x*x", ("x=7/x*x", "x=1x")),
    ("Solve 2x + 110 - 4x = 110 in words of a story", ("2x + 110 - 4x = 110", "-2x = -110")),
]


@pytest.mark.parametrize(("problem", "steps"), NOT_PROVED)
def test_no_mark_rests_on_what_was_not_shown(problem: str, steps: tuple[str, ...]) -> None:
    assert not isinstance(marks(problem, *steps)[-1].verdict, Proved | Supported)


def test_of_a_sentence_only_its_calculation_is_called_right() -> None:
    (mark,) = marks("Tom", "So Tom has 3 + 4 = 7 apples.")
    assert "calculation is right" in mark.why.en
    assert isinstance(mark.verdict, Supported)
    (bare,) = marks("", "3 + 4 = 7")
    assert isinstance(bare.verdict, Proved)
