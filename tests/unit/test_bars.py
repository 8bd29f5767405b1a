"""Absolute values and roots of squares where the letter is bounded, and what a bound excludes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from asking import answer_of, proved, solved
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.types import Proved


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("若 1<x<2，化简 |x-1|-|x-2|", "2*x - 3"),
        ("化简 |x-1| + |x+2|, 其中 -2<x<1", "3"),
        ("若 a<0，化简 √(a²) + a", "0"),
        ("化简 √(x^2)+x (x<0)", "0"),
        ("若 x<1，化简 √(x^2-2x+1)", "-x + 1"),
        ("若 x≤2，化简 √((x-2)^2)+|x-3|", "-2*x + 5"),
        ("若 3<a<5，化简 √((a-3)^2)+√((a-5)^2)", "2"),
        ("若 x<-2，化简 |1-|1+x||", "-x - 2"),
        ("若 -1<x<1，化简 |x^2-1|", "-x^2 + 1"),
        ("Simplify |x-3| if x < 3", "-x + 3"),
        ("若 x<0，化简 |x|/x", "-1"),
        ("若 x<3，化简 |x-1|", "|x - 1|"),  # both signs occur
        ("若 x>2，化简 |x^9999-1|", "|x^9999 - 1|"),  # its roots would take too long
    ],
)
def test_bars_are_left_out_where_the_sign_is_known(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("化简 (x^2-9)/(x-3) (x>0)", ["x != 3"]),
        ("若 1<x<5，化简 (x^2-9)|x-1|/(x-3)", ["x != 3"]),
        ("若 x>3，化简 (x^2-9)/(x-3)", None),
        ("化简 x^2/x (x>0)", None),
        ("化简 |x|/x (x≥0)", ["x != 0"]),
    ],
)
def test_a_bound_excludes_no_more_than_it_says(text: str, excluded: list[str] | None) -> None:
    """x > 0 keeps x from zero, and not x - 3."""
    said = [[plain(a) for a in c.args if not isinstance(a, str)] for c in solved(text).conditions]
    assert said == ([] if excluded is None else [excluded])


def _equal(left: str, right: str, *given: str) -> bool:
    sides = read_formula(left), read_formula(right)
    return isinstance(check_equal(*sides, tuple(map(read_formula, given)), Deadline(2.0)), Proved)


def test_a_point_by_itself_is_no_interval() -> None:
    """The condition holds for x ≥ 2 and at x = 1, where the sides differ."""
    assert _equal("|x - 2|", "x - 2", "x > 1", "x > 2")
    assert not _equal("|x - 2|", "x - 2", "(x-1)^2*(x-2) >= 0")
    assert not _equal("|x|", "-x", "(x-1)^2 <= 0")
    assert not _equal("|x - 1|", "x - 1", "x > 0")


@pytest.mark.slow
@given(st.integers(-4, 4), st.integers(-4, 4), st.integers(-4, 4), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_sums_of_bars_on_an_interval(a: int, b: int, low: int, width: int) -> None:
    """What is proved is right at points within."""
    high = low + width
    found = solved(f"化简 |x-({a})| - 2|x-({b})|, 其中 {low}<x<{high}")
    if not isinstance(found.verdict, Proved):
        return
    answer = read_formula(answer_of(found))
    for k in range(1, 8):
        place = low + Fraction(width * k, 8)
        value = t.substitute(answer, "x", t.rational(place))
        wanted = t.rational(abs(place - a) - 2 * abs(place - b))
        assert _equal(plain(value), plain(wanted))
