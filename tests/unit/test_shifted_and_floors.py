"""Bars around a letter, equations of floors, and intervals told the wrong way round."""

from __future__ import annotations

import pytest
from asking import proved, told

from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Link, Proved


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("|x-a| < 2, solve for x", "(a - 2, a + 2)"),
        ("解关于 x 的不等式 |x-a|≤3", "[a - 3, a + 3]"),
        ("解关于x的不等式 |a-2x|<4", "(a/2 - 2, a/2 + 2)"),
        ("floor(x) = 3", "[3, 4)"),
        ("Solve ⌈x⌉ = 2", "(1, 2]"),
        ("Solve floor(2x-1) = 3", "[2, 5/2)"),
        ("Solve ⌊x^2⌋ = 2", "(-sqrt(3), -sqrt(2)] ∪ [sqrt(2), sqrt(3))"),
        ("Solve ⌊-x⌋ = 1", "(-2, -1]"),
        ("Solve ⌊x⌋ = 2 for integers x", "2"),
    ],
)
def test_bars_and_floors(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text", ["Solve ⌊x⌋ = 2.5", "Solve ⌊x⌋ = x", "Solve |x-a|<b for x", "Solve |x-a/a|<2 for x"]
)
def test_what_is_not_known_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|x - a| < 2", "x < a + 2"),
        ("|x - a| < 2", "|x| < a + 2"),
        ("|x - a| < 2", "|x - b| < 2"),
        ("|2x - a| < 2", "|x - a| < 1"),
        ("|x - a^2| > 2", "x > a^2 + 2"),
    ],
)
def test_shifting_proves_nothing_wrong(before: str, after: str) -> None:
    sides = read_formula(before), read_formula(after)
    verdict = check_link(*sides, Link.EQUIVALENT, ("x",), Deadline(2.0))
    assert not isinstance(verdict, Proved)


@pytest.mark.parametrize(
    "text", ["求 f(x) = x^2 在 [2,1] 上的最小值", "find the maximum of x^2 on [3, -1]"]
)
def test_an_interval_that_ends_before_it_begins(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def test_a_letter_to_the_power_0_is_not_shifted() -> None:
    before, after = (read_formula(s) for s in ("|x-a| < 1 + a^0", "a - 2 < x < a + 2"))
    verdict = check_link(before, after, Link.EQUIVALENT, ("x",), Deadline(2.0))
    assert not isinstance(verdict, Proved)
