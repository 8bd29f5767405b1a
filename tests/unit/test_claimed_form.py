"""An answer of the right numbers in another form than was asked for is not proved."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.types import AnswerClaim, Proved, Undecided

NOT_JUDGED = [
    ("Solve x^2 < 4", "-2, 2"),
    ("Solve x^2-5x+6<0", "2, 3"),
    ("range of sin x", "-1, 1"),
    ("Simplify 6/8", "6/8"),
    ("Factor 12", "3*4"),
]
RIGHT = [
    ("Solve x^2 < 4", "-2 < x < 2"),
    ("Solve x^2 < 4", "(-2, 2)"),
    ("range of sin x", "[-1, 1]"),
    ("Simplify 6/8", "3/4"),
    ("Simplify 6/8", r"\frac{3}{4}"),
    ("Factor 12", "3*2^2"),
]


@pytest.mark.parametrize(("problem", "answer"), NOT_JUDGED)
def test_the_numbers_alone_are_not_the_answer(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Undecided)


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_the_form_that_is_asked_for_is_proved(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Proved)
