"""The discriminant of the problem's equation, and names that a line introduces."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Mark, Proved, Refuted, Supported, Work


def marks(problem: str, *lines: str) -> tuple[Mark, ...]:
    return check_work(Work(problem, lines, 20.0)).marks


@pytest.mark.parametrize(
    ("problem", "line", "kind"),
    [
        ("解方程 x^2 - 5x + 6 = 0", "Δ = b^2 - 4ac = 25 - 24 = 1 > 0", Proved),
        ("Solve x^2 = 5x - 6", "D = 25 - 24 = 1", Proved),
        ("Solve x^2 - 5x + 6 = 0", "$\\Delta = 25 - 24 = 1$", Proved),
        ("Solve 2x^2 - 4x + 2 = 0", "D = 16 - 16 = 0", Proved),
        ("解方程 x^2 - 5x + 6 = 0", "Δ = b^2 - 4ac = 25 + 24 = 49 > 0", Refuted),
        ("解方程 x^2 - 5x + 6 = 0", "Δ = 25 - 6 = 19", Refuted),
        ("解方程 x^2 - 5x + 6 = 0", "Δ = 1 > 2", Refuted),
        ("Solve 2x^2 - 4x - 6 = 0", "Δ = 4 + 12 = 16", Supported),
        ("Solve x^2/2 - x - 3/2 = 0", "Δ = 4 + 12 = 16", Supported),
        ("Solve 2x^2 - 4x - 6 = 0", "Δ = 4 - 12 = -8", Refuted),
        ("Solve 2x + 3 = 11", "D = 4 + 5 = 9", Supported),
        ("Solve x^3 - x = 0", "D = 4 + 5 = 9", Supported),
        ("A field has 5 rows.", "D = 4 + 5 = 9", Supported),
    ],
)
def test_the_discriminant_of_the_problem(problem: str, line: str, kind: type) -> None:
    verdict = marks(problem, line)[-1].verdict
    assert isinstance(verdict, kind) or (kind is Supported and not isinstance(verdict, Refuted))
    assert kind is Proved or not isinstance(verdict, Proved)


def test_that_a_new_name_has_this_value_is_not_proved() -> None:
    (mark,) = marks("Solve 2x + 3 = 11", "k = 2·3 = 6")
    assert isinstance(mark.verdict, Supported)


@pytest.mark.parametrize(
    "lines",
    [
        ("Let t = 2x", "t^2 - 4t + 3 = 0", "Δ = 16 - 12 = 4"),
        ("x^2 - 2x + 3/4 = 0", "Δ = 4 - 3 = 1"),
    ],
)
def test_the_discriminant_of_a_later_equation_is_no_mistake(lines: tuple[str, ...]) -> None:
    assert not isinstance(marks("Solve 4x^2 - 8x + 3 = 0", *lines)[-1].verdict, Refuted)
