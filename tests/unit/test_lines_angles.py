"""Values of sine, cosine and tangent of one angle, of which words tell the quadrant."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Work, verdict_word

ACUTE = "Given sin x = 3/5 and x is acute, find cos x + tan x"


def words(problem: str, *lines: str) -> list[str]:
    """The verdicts on worked lines."""
    return [verdict_word(mark.verdict) for mark in check_work(Work(problem, lines)).marks]


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (ACUTE, ("cos x = 4/5", "tan x = 3/4", "cos x + tan x = 4/5 + 3/4 = 31/20")),
        ("已知 sin α = 3/5，α 为第二象限角，求 tan α", ("cos α = -4/5", "tan α = -3/4")),
        ("In a right triangle sin A = 3/5. Find tan A", ("cos A = 4/5", "tan A = 3/4")),
        ("", ("sin A = 3/5", "cos A = 4/5", "tan A = 3/4")),
    ],
)
def test_one_value_of_an_angle_speaks_not_against_another(
    problem: str, lines: tuple[str, ...]
) -> None:
    assert "refuted" not in words(problem, *lines)


def test_values_that_no_angle_has_are_refuted() -> None:
    assert words(ACUTE, "cos x = 4/5", "tan x = 4/3")[-1] == "refuted"
    assert words("", "sin A = 3/5", "cos A = 3/5")[-1] == "refuted"


def test_an_equation_that_is_to_be_solved_has_all_its_solutions() -> None:
    assert words("Solve sin x = 1/2", "cos x = 1/2") == ["refuted"]
