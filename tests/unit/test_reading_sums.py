"""How far a sum in words goes: it is one thing, and where that is not clear it is refused."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twice the sum of 3 and 4", "14"),
        ("3 times the sum of 3 and 4", "21"),
        ("twice the sum of x and 3", "2*x + 6"),
        ("the sum of 3 and 4, multiplied by 2", "14"),
        ("the sum of 3 and 4, divided by 2", "7/2"),
        ("the sum of 3 and 4, squared", "49"),
        ("half the sum of 3 and 5", "4"),
        ("twice the difference of 7 and 3", "8"),
        ("the sum of twice 3 and 4", "10"),
        ("the sum of 3 and 4 minus 2", "5"),
        ("the sum of x squared and y squared", "x^2 + y^2"),
        ("the sum of 2x + 1 and 3x - 2", "5*x - 1"),
        ("the square root of 16 plus the square root of 9", "7"),
        ("twice x squared", "2*x^2"),
        ("one third of 3 squared", "3"),
        ("x与3的和的2倍", "2*x + 6"),
        ("x加3的和的2倍", "2*x + 6"),
        ("3与4的和的一半", "7/2"),
        ("3加4的和除以7", "1"),
        ("5减3的差乘以2", "4"),
        ("3加5的和的平方", "64"),
        ("3加4的和的相反数", "-7"),
        ("3乘4加5的和", "27"),
        ("3乘以4与5的和", "27"),
        ("8除以1与3的和", "2"),
        ("8减3加4的和", "1"),
        ("3乘4与5乘6的和", "42"),
        ("x的2倍与3的和", "2*x + 3"),
    ],
)
def test_a_sum_in_words_is_one_thing(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert answer_text(solution) == expected
    assert isinstance(solution.verdict, Proved)


@pytest.mark.parametrize(
    "text",
    [
        "the sum of 3 and 4 divided by 2",
        "What is the sum of 3 and 4 times 2?",
        "the difference of 5 and 3 times 2",
        "sum of the first 100 integers squared",
        "the sum of the numbers from 1 to 10 cubed",
        "the sum of 3 and 4 squared",
        "the quotient of 8 and 2 times 2",
        "the square root of 16 plus 9",
        "sine of x squared",
        "twice the sum of 3 and 4 + 5",
        "3 + 4 divided by 7",
        "sum of k^2 for 1 ≤ k ≤ 5",
        "sum of 1/2^n for n >= 1",
        "sum of k^2",
        "5的和",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_the_refusal_says_where_and_what_to_write() -> None:
    with pytest.raises(ReadingError) as refused:
        read_problem("the sum of 3 and 4 times 2")
    assert refused.value.at == len("the sum of 3 and 4 ")
    assert refused.value.suggestion is not None
    assert "(3 + 4)" in refused.value.suggestion.en
