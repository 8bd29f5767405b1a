"""How large or small an expression in two letters becomes that a condition ties together."""

from __future__ import annotations

from fractions import Fraction

import pytest
from asking import proved, solved, told
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.terms import Expr
from assistant.maths.types import Undecided


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已知 x,y>0, x+y=1, 求 1/x+4/y 的最小值", "9"),
        ("已知正数 x,y 满足 x+2y=1, 求 1/x+1/y 的最小值", "3 + 2*sqrt(2)"),
        ("若正实数 a, b 满足 ab=a+b+3，则 ab 的最小值为", "9"),
        ("设 x>0, y>0 且 x+4y=40，则 lg x + lg y 的最大值是", "2"),
        ("已知 a, b ∈ R_+, 2a+b=1, 求 ab 的最大值", "1/8"),
        ("已知 1/x+1/y=1, x>0, y>0, 求 x+4y 的最小值", "9"),
        ("求 1/x+4/y 的最小值，其中 x,y>0, x+y=1", "9"),
        ("已知 x≥0,y≥0, x+y=1, 求 x^2+y^2 的最大值与最小值", "1, 1/2"),
        ("Given x, y > 0 and x+y=10, find the maximum of xy", "25"),
        (
            "If x and y are positive real numbers with x + y = 10, find the maximum of xy",
            "25",
        ),
        ("Minimize x^2+y^2 subject to x + 2y = 5", "5"),
        ("已知实数 x, y 满足 x^2+y^2=4, 求 2x+y 的最大值", "2*sqrt(5)"),
        ("已知 x^2+y^2-4x=0, 求 2x+y 的最大值", "4 + 2*sqrt(5)"),
        ("已知 x^2/9+y^2/4=1, 求 x-2y 的最小值", "-5"),
    ],
)
def test_extremes_of_two_letters_under_a_condition(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("已知 x>0,y>0,x+y=1,求 xy 的最小值", "0"),
        ("已知 x-y=1, x>0,y>0, 求 x+y 的最小值", "1"),
        ("已知 x+y=1, 求 xy 的最小值", "-oo"),
    ],
)
def test_what_is_not_reached_is_no_least_value(text: str, why: str) -> None:
    found = solved(text).answer
    assert found.text == "none"
    assert [plain(a) for s in found.said for a in s.args if isinstance(a, Expr)] == [why]


@pytest.mark.parametrize(
    "text",
    [
        "已知 x(y-1)=0, 求 x+y^2 的最小值",  # for x = 0 any y will do
        "已知 1/x+1/y=1, 求 x+4y 的最小值",  # neither letter may be 0
        "已知 xy=4, 求 x+y 的最小值",
        "已知 a>b>0, a+b=1, 求 ab 的最大值",
        "已知 x,y>0, x+y≤1, 求 1/x+1/y 的最小值",
        "已知 x>0,y>0, x^2+y^2=1, 求 x+y 的最大值",
        "已知 x≥0, xy=x, 求 x^2+(y-5)^2 的最小值",  # at the end x = 0 any y will do
        "已知 x≥0, y=x+1+0/x, 求 x+y 的最小值",  # the end x = 0 is a hole
        "已知 x+y=1+(x-1)/(x-1), 求 x^2+y^2 的最小值",  # what cancels is a hole too
        "已知 x^2+y^2=(x-1)/(x-1), 求 x 的最大值",
        "已知 y=sqrt(x)^2, 求 x+y 的最小值",
        "已知 x+y=ln(x)-ln(x), 求 x^2+y^2-4x 的最小值",
        "已知 x+y+x^0=1, 求 x^2+y^2 的最小值",
        "Given x + y = 1 + i, find the minimum of x^2 + y^2",
    ],
)
def test_conditions_that_name_no_one_interval_are_refused(text: str) -> None:
    assert told(text) == ("", None)


def test_other_kinds_of_numbers_are_not_passed_over() -> None:
    with pytest.raises(ReadingError):
        read_problem("已知 x,y 为整数，x+y=5，求 xy 的最大值")


def test_each_value_is_told_with_its_place() -> None:
    notes = solved("已知 x≥0,y≥0, x+y=1, 求 x^2+y^2 的最大值与最小值").notes
    places = [[plain(a) for a in n.args if isinstance(a, Expr)] for n in notes]
    assert places == [["x", "0", "1"], ["y", "1", "1"], ["x", "1/2", "1/2"], ["y", "1/2", "1/2"]]


def test_both_letters_are_told() -> None:
    notes = solved("已知 x>0, y>0, x+y=1, 求 1/x+4/y 的最小值").notes
    said = [[plain(a) for a in n.args if isinstance(a, Expr)] for n in notes]
    assert ["x", "1/3"] in said
    assert ["y", "2/3"] in said


def test_putting_in_claims_nothing() -> None:
    step = next(s for s in solved("已知 x=2, 求 x^2+1 的值").steps if "insert" in s.rule.id)
    assert isinstance(step.verdict, Undecided)
    assert step.verdict.doubt.value == "not a claim"


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 9))
@settings(max_examples=12, deadline=None)
def test_products_on_lines(p: int, q: int, c: int) -> None:
    """``px + qy = c`` with positive letters: xy is at most ``c^2/(4pq)``."""
    best = Fraction(c * c, 4 * p * q)
    assert proved(f"已知 x>0, y>0, {p}x+{q}y={c}, 求 xy 的最大值") == str(best)
