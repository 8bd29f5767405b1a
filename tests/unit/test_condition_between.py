"""A line may follow from all lines before it, where the last one alone is a mere condition."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Proved, Refuted, Work

RIGHT = [
    ("ln(x)+ln(x-1)=ln 2", "x > 1", "ln(x(x-1)) = ln 2", "x(x-1)=2", "x=2"),
    ("sqrt(x)=x-2", "x >= 2", "x = (x-2)^2", "x^2-5x+4=0", "x=4"),
    ("sqrt(x+1) = x - 1", "x >= 1", "x + 1 = (x-1)^2"),
    ("1/(x-2) = 3", "x > 2", "1 = 3(x-2)"),
]
NARROWED = [
    ("Solve $x^2 = 9$, where $x > 0$.", r"$x = \pm 3$", "$x = 3$"),
    ("Solve $x^2 = 9$ for positive x.", r"$x = \pm 3$", "$x = 3$"),
    ("$x^2 = 9$ (x>0)", r"$x = \pm 3$", "$x = 3$"),
    ("$x^2=9$, x 是正数", r"$x = \pm 3$", "$x = 3$"),
    ("$x^2=4$", "$x>0$", "$x=2$"),
    ("x^2 = 9", "x > 0", "x = 3"),
]
WRONG = [
    (("ln(x)+ln(x-1)=ln 2", "x > 1", "ln(2x-1) = ln 2"), 2),
    (("sqrt(x)=x-2", "x >= 2", "x = x^2 - 4"), 2),
    (("x^2=9", "x=3 or x=-3", "x=4"), 2),
    (("x^2 = 9", "x > 0", "x = 5"), 2),
    (("x^2 = 9", "x > 4"), 1),
    (("2x = 8", "x > 5"), 1),
]


@pytest.mark.parametrize("lines", RIGHT)
def test_the_equation_is_taken_up_again_after_a_condition(lines: tuple[str, ...]) -> None:
    marks = check_work(Work("", lines)).marks
    assert all(isinstance(mark.verdict, Proved) for mark in marks[1:]), marks


@pytest.mark.parametrize("lines", NARROWED)
def test_what_a_condition_leaves_out_is_not_lost(lines: tuple[str, ...]) -> None:
    marks = check_work(Work("", lines)).marks
    assert not any(isinstance(mark.verdict, Refuted) for mark in marks), marks


@pytest.mark.parametrize("lines", [("x^2=9", "x=3 or x=-3", "x=3"), ("x^2=9", "x=3")])
def test_without_a_condition_a_solution_is_lost(lines: tuple[str, ...]) -> None:
    assert isinstance(check_work(Work("", lines)).marks[-1].verdict, Refuted)


@pytest.mark.parametrize(("lines", "at"), WRONG)
def test_a_wrong_line_after_a_condition_is_still_found(lines: tuple[str, ...], at: int) -> None:
    marks = check_work(Work("", lines)).marks
    assert isinstance(marks[at].verdict, Refuted)


def test_what_cannot_be_decided_from_all_lines_is_not_refuted_by_the_last() -> None:
    marks = check_work(Work("", ("log(x) = 1 - log(x-9)", "x > 9", "log(x(x-9)) = 1"))).marks
    assert not isinstance(marks[2].verdict, Refuted)
