"""Several solutions, rounded to the digits shown."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Refuted, Work

ROUNDED = [
    ("$x^2=8$", r"$x = \pm 2.83$"),
    ("$x^2=x+1$", "$x_1 = 1.618, x_2 = -0.618$"),
    ("$x^2=8$", r"$x = \pm2\sqrt2 = \pm 2.83$"),
    ("x^2=8", "x = 2.8 or x = -2.8"),
]
WRONG = [
    ("$x^2=8$", r"$x = \pm 2.9$"),
    ("$x^2=8$", r"$x = \pm 2.82$"),
    ("$x^2=x+1$", "$x_1 = 1.618, x_2 = 0.618$"),
]


@pytest.mark.parametrize("lines", ROUNDED)
def test_rounded_solutions_are_not_refuted(lines: tuple[str, str]) -> None:
    assert not isinstance(check_work(Work("", lines)).marks[1].verdict, Refuted)


@pytest.mark.parametrize("lines", WRONG)
def test_decimals_that_are_off_are_refuted(lines: tuple[str, str]) -> None:
    assert isinstance(check_work(Work("", lines)).marks[1].verdict, Refuted)
