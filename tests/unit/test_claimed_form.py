"""An answer of the right numbers in another form than was asked for is not proved."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.types import AnswerClaim, Proved, Refuted, Undecided

NOT_JUDGED = [
    ("Solve x^2 < 4", "-2, 2"),
    ("Solve x^2-5x+6<0", "2, 3"),
    ("range of sin x", "-1, 1"),
    ("Simplify 6/8", "6/8"),
    ("Factor 12", "3*4"),
    ("Factor 2x + 2", "2x + 2"),
    ("Factor 2x^2 - 2", "(2x - 2)(x + 1)"),
    ("Factor x^2 - 1", "x(x - 1/x)"),
    ("Expand (x+1)^2", "x^2 + x + x + 1"),
    ("Simplify x + x", "x + x"),
    ("因式分解 3x - 6", "3x - 6"),
]
RIGHT = [
    ("Solve x^2 < 4", "-2 < x < 2"),
    ("Solve x^2 < 4", "(-2, 2)"),
    ("range of sin x", "[-1, 1]"),
    ("Simplify 6/8", "3/4"),
    ("Simplify 6/8", r"\frac{3}{4}"),
    ("Factor 12", "3*2^2"),
    ("Factor 2x + 2", "2(x + 1)"),
    ("Factor 2x^2 - 2", "-2(1 - x)(x + 1)"),
    ("Factor x^2 - 2x + 1", "(1 - x)^2"),
    ("Factor x^2 + 1", "x^2 + 1"),
    ("Expand (x+1)^2", "x^2 + 2x + 1"),
    ("Simplify x + x", "2x"),
    ("因式分解 3x - 6", "3(x - 2)"),
]


@pytest.mark.parametrize(("problem", "answer"), NOT_JUDGED)
def test_the_numbers_alone_are_not_the_answer(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Undecided)


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_the_form_that_is_asked_for_is_proved(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Proved)


ANOTHER_MEANING = [
    ("Solve x^2 > 9", "x<-3, x>3"),
    ("解不等式 x^2>9", "x<-3,x>3"),
    ("Solve x^2-2x+1=0", "1, 1"),
    ("Solve x^2-2x+1=0", "x=1, x=1"),
    ("Solve x^2-2x+1=0", "x_1=1, x_2=1"),
    ("Find the x-intercepts of y = x^2-4", "(2,0), (-2,0)"),
    ("Evaluate log 100", "2"),
    ("Solve log x = 2", "100"),
    ("Evaluate cos 60", "1/2"),
    ("Solve 3x=1", "x≈0.3"),
    ("Evaluate 2/3", "0.7"),
]


@pytest.mark.parametrize(("problem", "answer"), ANOTHER_MEANING)
def test_what_may_be_meant_rightly_is_not_refuted(problem: str, answer: str) -> None:
    assert not isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Refuted)


@pytest.mark.parametrize(
    ("problem", "answer"),
    [("Evaluate 2/3", "0.5"), ("Solve 3x=1", "0.5"), ("Solve x^2-2x+1=0", "1, 2")],
)
def test_a_wrong_answer_still_is(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Refuted)
