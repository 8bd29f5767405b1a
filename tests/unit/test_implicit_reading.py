"""Derivatives of functions that an equation defines, however the question is put."""

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
        ("x^2 + y^2 = 25, find dy/dx", "-x/y"),
        ("If x^2 + y^2 = 25, find dy/dx.", "-x/y"),
        ("Given x^2 + xy + y^2 = 7, find y'", "-(2*x + y)/(x + 2*y)"),
        ("Find dy/dx: x^2 + xy + y^2 = 7", "-(2*x + y)/(x + 2*y)"),
        ("由方程 x^2+y^2=25 确定的隐函数 y 的导数", "-x/y"),
        ("隐函数 x^2+y^2=25 的导数", "-x/y"),
        ("求由方程 e^y + xy = e 所确定的隐函数的导数 dy/dx", "-y/(x + e^y)"),
        ("y = sin x, find dy/dx", "cos(x)"),
    ],
)
def test_it_is_read_and_derived(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved)
    assert answer_text(solution) == expected


def test_an_equation_without_y_defines_no_y() -> None:
    with pytest.raises(ReadingError):
        read_problem("Find dy/dx: x^2 + t^2 = 1")
