"""What is denied wears no mark of what is proved, nor of what is wrong."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.work import check_work
from assistant.maths.types import AnswerClaim, Proved, Refuted, Supported, Undecided, Work

DENIED = [
    "x = 4 is not a solution",
    "It is false that x = 4",
    "x = 4 does not hold",
    "x isn't equal to x = 4",
    "x = 4 is excluded",
    "reject x = 4",
    "x = 4 is extraneous",
    "neither x = 4 nor x = 5",
    "x=4不是解",
    "x=4不是方程的根",
    "x=4不满足方程",
    "x=4要舍去",
    "x=4是增根",
]


@pytest.mark.parametrize("line", DENIED)
def test_a_denied_line_is_neither_proved_nor_refuted(line: str) -> None:
    for said in (line, line.replace("4", "7")):
        _, mark = check_work(Work("", ("2x = 8", said))).marks
        assert not isinstance(mark.verdict, Proved | Supported | Refuted), mark


@pytest.mark.parametrize("line", ["x = 4, not only because of that", "so x = 4"])
def test_an_ordinary_line_keeps_its_mark(line: str) -> None:
    _, mark = check_work(Work("", ("2x = 8", line))).marks
    assert isinstance(mark.verdict, Proved)


@pytest.mark.parametrize(
    "answer",
    ["x = 4 is not a solution", "x = 7 is not a solution", "x=4不是解", "it isn't x = 4", "not 4"],
)
def test_a_denied_answer_is_not_judged(answer: str) -> None:
    assert isinstance(check_claimed(AnswerClaim("2x = 8", answer)).verdict, Undecided)


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("limit of 1/x as x approaches 0", "does not exist"),
        ("limit of 1/x as x approaches 0", "the limit doesn't exist"),
        ("x + 1 = x + 2", "there is no solution"),
        ("x + 1 = x + 2", "无解"),
    ],
)
def test_an_answer_may_say_that_there_is_none(problem: str, answer: str) -> None:
    assert not isinstance(check_claimed(AnswerClaim(problem, answer)).verdict, Refuted)
