"""A number that agrees proves nothing about the unit behind it."""

from __future__ import annotations

import pytest

from assistant.maths.types import AnswerMark, Proved, Refuted, Text, Undecided
from assistant.session.measured import UNIT_OPEN, with_unit

PROVED = AnswerMark(Proved("exact"), Text("", ""))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the area of a square with side 5 cm?", "25 cm"),
        ("What is the area of a square with side 5 cm?", "25 \\text{ cm}"),
        ("一个正方形的边长是5厘米，面积是多少？", "25 平方米"),
        ("把 2.5 小时换算成分钟", "150 小时"),
        ("How many cents are 3 dollars?", "300 dollars"),
        ("3元是多少分？", "300元"),
        ("How many are 3 times 4?", "\\$12"),
    ],
)
def test_an_answer_with_a_unit_is_left_open(question: str, answer: str) -> None:
    mark = with_unit(question, answer, PROVED)
    assert isinstance(mark.verdict, Undecided)
    assert mark.why == UNIT_OPEN


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Solve 2x = 6", "x = 3"),
        ("Solve 2x = 6", "3"),
        ("The angles of a triangle are 60° and 75°. Find the third.", "45°"),
        ("A book costs $10 after a rise of $2. What did it cost?", "\\$8"),
        ("一本书打八折后是12元，原价是多少元？", "15元"),
        ("一件衣服降价¥20后卖¥80，原价是多少？", "¥100"),
        ("What is 3/4 as a percentage?", "75\\%"),
        ("Expand (m + 1)^2", "m^2 + 2m + 1"),
    ],
)
def test_one_without_or_with_the_only_one_that_is_meant_keeps_its_mark(
    question: str, answer: str
) -> None:
    assert with_unit(question, answer, PROVED) is PROVED


def test_a_wrong_number_stays_wrong() -> None:
    wrong = AnswerMark(Refuted("", "", ""), Text("", ""))
    assert with_unit("How long is it?", "25 cm", wrong) is wrong
