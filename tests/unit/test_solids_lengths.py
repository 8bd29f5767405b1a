"""Volumes of revolution and lengths of curves in words, in both languages."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arc length of y = x^2 from 0 to 1", "sqrt(5)/2 + ln(2 + sqrt(5))/4"),
        (
            "Find the length of the curve y = x^(3/2) from x = 0 to x = 4",
            "-8/27 + 80*sqrt(10)/27",
        ),
        ("曲线y=2x+1在[0,3]上的弧长", "3*sqrt(5)"),
        (
            "volume of the solid obtained by rotating y = x^2 about the x-axis from 0 to 1",
            "pi/5",
        ),
        ("Find the volume when y = sqrt(x), 0<=x<=4, is rotated about the x-axis", "8*pi"),
        ("y=x^2, 0<=x<=1 绕x轴旋转一周所得旋转体的体积", "pi/5"),
        ("求曲线y=sin x在[0,π]上绕x轴旋转一周所成旋转体的体积", "pi^2/2"),
    ],
)
def test_it_is_worked_out(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved), solution.verdict
    assert solution.steps
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "arc length of y = ln(x) from -2 to -1",
        "arc length of y = floor(x) from 0 to 2",
        "arc length of y = 1/x from -1 to 1",
        "arc length of y = sqrt(x) + 1/x - 1/x from -1 to 1",
        "volume of the solid obtained by rotating y = sqrt(x) about the x-axis from -1 to 1",
        "volume of the solid obtained by rotating y = 1/x about the x-axis from -1 to 1",
    ],
)
def test_a_curve_that_is_not_there_has_no_length_or_volume(text: str) -> None:
    solution = solve(read_problem(text))
    if isinstance(solution, Solution) and isinstance(solution.verdict, Proved):
        assert "diverge" in answer_text(solution)
