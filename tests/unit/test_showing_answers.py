"""Letters that are asked for by name are told by name, and read back so."""

from __future__ import annotations

import pytest
from asking import solved

from assistant.maths.reading import read_problem
from assistant.maths.showing.answers import Line, answer_lines
from assistant.maths.showing.asked import reading
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.types import Lang, Text

CAGE = "鸡兔同笼，共有 35 个头，94 只脚，鸡和兔各有多少只？"


def shown(line: Line) -> str:
    """One line, as the Chinese front end writes it."""
    if not isinstance(line, Text):
        return flat(Notation(Lang.ZH)(line))
    return line.zh.format(*(a if isinstance(a, str) else shown(a) for a in line.args))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CAGE, "x = 23, y = 12"),
        ("已知 x+y=5, x-y=1，求 x 和 y", "x = 3, y = 2"),
        ("If 2x+3=11, find x", "x = 4"),
        ("已知 |x|=3，求 x", "x = -3 或 x = 3"),
        ("三个连续整数的和是 42，求这三个整数", "13, 14, 15"),
        ("已知 a=3, b=4，求 a+b", "7"),
    ],
)
def test_an_answer_names_its_letters(text: str, expected: str) -> None:
    assert [shown(line) for line in answer_lines(solved(text))] == [expected]


def test_the_letters_are_read_back_in_the_order_and_not_below_what_is_given() -> None:
    assert [shown(line) for line in reading(read_problem(CAGE))] == [
        "求 x, y", "{x + y = 35; 2x + 4y = 94",
    ]  # fmt: skip
