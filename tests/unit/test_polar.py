"""Complex numbers in polar and exponential form."""

from __future__ import annotations

import pytest

from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("polar form of 1 + i", "sqrt(2)*(cos(pi/4) + i*sin(pi/4))"),
        ("Write 1 + i√3 in polar form", "2*(cos(pi/3) + i*sin(pi/3))"),
        ("Write -2i in exponential form", "2*e^(-i*(pi/2))"),
        ("exponential form of -1 - i", "sqrt(2)*e^(-i*(3*pi/4))"),
        ("polar form of -1", "cos(pi) + i*sin(pi)"),
        ("polar form of 3 + 4i", "5*(cos(atan(4/3)) + i*sin(atan(4/3)))"),
        ("将 1+√3 i 写成三角形式", "2*(cos(pi/3) + i*sin(pi/3))"),
        ("复数 1+i 的三角形式", "sqrt(2)*(cos(pi/4) + i*sin(pi/4))"),
        ("convert 2(cos 60° + i sin 60°) to rectangular form", "1 + i*sqrt(3)"),
    ],
)
def test_it_is_written_so(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved), solution.verdict
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        "1 + i",
        "sqrt(2)*(cos(3*pi/4) + i*sin(3*pi/4))",
        "sqrt(2)*(cos(9*pi/4) + i*sin(9*pi/4))",
        "-sqrt(2)*(cos(5*pi/4) + i*sin(5*pi/4))",
        "sqrt(2)*(cos(pi/4) + i*sin(3*pi/4))",
    ],
)
def test_what_is_no_polar_form_is_refused(wrong: str) -> None:
    request = read_problem("polar form of 1 + i").request
    assert not isinstance(check_answer(request, Draft(answer=read_formula(wrong))), Proved)


def test_zero_has_no_polar_form() -> None:
    assert not isinstance(solve(read_problem("polar form of 0")), Solution)
