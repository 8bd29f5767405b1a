"""Largest and smallest values and ranges on intervals of any kind, taken or only approached."""

import pytest
from asking import answer_of, solved, told

from assistant.maths import terms as t
from assistant.maths.checking.tasks.extremes import Span, is_approached, is_connected, is_taken
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution

INFINITY = t.Constant(t.ConstantName.INFINITY)


def _on(body: str, low: t.Expr, high: t.Expr, *, low_open: bool, high_open: bool) -> Span:
    return Span(read_formula(body), "x", t.Interval(low, high, low_open, high_open))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("minimum of x + 4/x for x > 0", "4"),
        ("x>1,求x+1/(x-1)的最小值", "3"),
        ("minimum of |x-1|+|x-3|", "2"),
        ("maximum of x(1-x) for 0<x<1", "1/4"),
        ("maximum of sin x on [0, pi/4]", "sqrt(2)/2"),
        ("minimum of x ln x", "-e^(-1)"),
        ("maximum of x e^(-x) for x>0", "e^(-1)"),
        ("minimum of |x|/x", "-1"),
        ("range of 2 sin x + 1 on [0, pi]", "[1, 3]"),
        ("range of |x-1|+|x-3|", "[2, oo)"),
        ("range of x e^(-x) for x > 0", "(0, e^(-1)]"),
    ],
)
def test_the_value_is_proved(text: str, value: str) -> None:
    found = solved(text)
    assert answer_of(found) == value
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "text",
    [
        "minimum of x^2 on (1, 2)",
        "minimum of x on (1,2]",
        "maximum of x^2",
        "minimum of 1/x on [-1,1]",
        "minimum of x^2/x on [0,1]",
        "minimum of x^3/x",
        "x>0，求1/x的最小值",
    ],
)
def test_what_is_not_taken_is_no_value(text: str) -> None:
    found = solved(text)
    assert found.answer.text == "none"
    assert isinstance(found.verdict, Proved)
    assert found.answer.said


@pytest.mark.parametrize("text", ["maximum of x^3 - 3x", "maximum of tan x on [0, pi]"])
def test_nothing_is_proved_where_a_local_value_may_be_meant(text: str) -> None:
    found = solve(read_problem(text))
    assert not (isinstance(found, Solution) and isinstance(found.verdict, Proved))


def test_a_value_must_be_taken_within_the_domain() -> None:
    zero, one = t.integer(0), t.integer(1)
    closed = _on("x^2", zero, one, low_open=False, high_open=False)
    opened = _on("x^2", zero, one, low_open=True, high_open=True)
    assert is_taken(closed, zero, zero, up=False)
    assert is_taken(closed, one, one, up=True)
    assert not is_taken(opened, one, one, up=True)
    assert not is_taken(closed, zero, one, up=False)
    assert not is_taken(closed, one, t.integer(-1), up=True)


def test_a_bound_is_approached_only_where_it_is_not_taken() -> None:
    zero, one = t.integer(0), t.integer(1)
    assert is_approached(_on("x^2", zero, one, low_open=True, high_open=True), one, up=True)
    assert not is_approached(_on("x^2", zero, one, low_open=True, high_open=False), one, up=True)
    assert not is_approached(
        _on("x^2", zero, one, low_open=True, high_open=True), t.integer(2), up=True
    )
    line = _on("1/x", zero, INFINITY, low_open=True, high_open=True)
    assert is_approached(line, INFINITY, up=True)
    assert not is_approached(line, t.Neg(INFINITY), up=False)


@pytest.mark.parametrize(("body", "whole"), [("x^2", True), ("1/x", False), ("floor(x)", False)])
def test_values_are_one_interval_only_where_nothing_jumps(body: str, whole: bool) -> None:
    assert (
        is_connected(_on(body, t.integer(-1), t.integer(1), low_open=False, high_open=False))
        is whole
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("求函数 f(x)=x+4/x 在 x>0 时的最小值", "4"),
        ("函数 f(x)=x^2-2x 在 x≥0 时的最小值是多少", "-1"),
        ("函数 y=x^2-2x 当 -1<x<3 时，值域", "[-1, 3)"),
        ("求函数 y=x^2-4x+1 在 0≤x≤3 上的最值", "1, -3"),
        ("求函数 y=x^2-4x+1 的最值", "none, -3"),
        ("maximum of x^2-2x, x∈[0,3]", "3"),
        ("integrate x^2 for x in [0,1]", "1/3"),
        ("integrate x^2, x∈[0,1]", "1/3"),
    ],
)
def test_where_the_variable_may_be_is_told_in_many_ways(text: str, value: str) -> None:
    assert told(text)[0] == value


@pytest.mark.parametrize(
    "text",
    [
        "求 y=2x+1 当 t>0 时的最小值",
        "求函数 y=2x+1 (t>0) 的最小值",
        "求函数 y=2x+1 在 t∈[0,1] 上的最大值",
        "range of 2x+1 for t in [0,1]",
        "maximum of 2x+1 on t in [0,1]",
        "average value of x^2 on t in [0,1]",
        "solve sin t = 1/2 for x in [0,1]",
    ],
)
def test_what_is_told_of_another_letter_limits_nothing(text: str) -> None:
    assert told(text)[0] == ""
