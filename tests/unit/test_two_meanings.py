"""What a person may have meant otherwise is not called wrong."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.work import check_work
from assistant.maths.types import AnswerClaim, Refuted, Work


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Find the domain of 1/(x^2-4)", "x≠±2"),
        ("Find the domain of 1/(x^2-4)", "x ≠ 2, x ≠ -2"),
        ("Find the domain of 1/(x^2-4)", r"$x \\neq \\pm 2$"),
        ("2x = 3", "x = 1,5"),
    ],
)
def test_an_answer_with_two_meanings_is_not_refuted(problem: str, answer: str) -> None:
    assert not isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Refuted)


@pytest.mark.parametrize(("problem", "answer"), [("2x = 3", "x = 1, 5"), ("2x = 3", "x = 2")])
def test_a_wrong_answer_is_still_refuted(problem: str, answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Refuted)


def test_a_decimal_comma_in_a_line_is_not_refuted() -> None:
    marks = check_work(Work("", ("2x = 3", "x = 1,5"))).marks
    assert not isinstance(marks[1].verdict, Refuted)
    marks = check_work(Work("", ("2x = 3", "x = 5"))).marks
    assert isinstance(marks[1].verdict, Refuted)
