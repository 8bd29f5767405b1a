"""Inequalities of sines, cosines and tangents: on an interval and on the whole line."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import judged

from assistant.maths import terms as t
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_lines
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.types import Link, Proved, Refuted, Text

TURN = " and 0 <= x and x <= 2*pi"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"sin(x) > 1/2{TURN}", "pi/6 < x and x < 5*pi/6"),
        (f"cos(x) <= 0{TURN}", "pi/2 <= x and x <= 3*pi/2"),
        (f"sin(x) > cos(x){TURN}", "pi/4 < x and x < 5*pi/4"),
        (f"sin(2x) >= 0{TURN}", "0<=x and x<=pi/2 or pi<=x and x<=3pi/2 or x=2pi"),
        ("tan(x) < 1 and 0 <= x and x < pi", "0 <= x and x < pi/4 or pi/2 < x and x < pi"),
        ("tan(x) >= sqrt(3) and 0 <= x and x <= pi", "pi/3 <= x and x < pi/2"),
        ("abs(sin(x)) <= 1/2 and 0<=x and x<=pi", "0<=x and x<=pi/6 or 5pi/6<=x and x<=pi"),
        ("sqrt(sin(x)) > 1/2 and 0<=x and x<=pi", "asin(1/4) < x and x < pi - asin(1/4)"),
        ("1/sin(x) > 2 and 0 < x and x < 2pi", "0 < x and x < pi/6 or 5pi/6 < x and x < pi"),
        ("cos(5x) > 0 and 0<=x and x<=pi/2", "0<=x and x<pi/10 or 3pi/10<x and x<pi/2"),
        (f"sin(x) > 1/3{TURN}", "asin(1/3) < x and x < pi - asin(1/3)"),
        ("sin(x) > 2", "x > 1 and x < 0"),
    ],
)
def test_right_intervals_are_proved(before: str, after: str) -> None:
    assert judged(before, after) == "proved"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"sin(x) > 1/2{TURN}", "pi/6 <= x and x < 5*pi/6"),
        (f"sin(x) > 1/2{TURN}", "pi/6 < x and x < 2*pi/3"),
        (f"sin(x) > 1/2{TURN}", "pi/6 < x and x < 2.617993877991494365385536152732919070164"),
        (f"sin(2x) >= 0{TURN}", "0 <= x and x <= pi/2 or pi <= x and x <= 3*pi/2"),
        ("tan(x) < 1 and 0 <= x and x < pi", "0 <= x and x < pi/4 or pi/2 <= x and x < pi"),
        ("1/sin(x) > 2 and 0<=x and x<2pi", "0 <= x and x < pi/6 or 5pi/6 < x and x < pi"),
        ("sin(x) > 0", "x > 0"),
    ],
)
def test_a_wrong_end_or_a_lost_turn_is_refuted(before: str, after: str) -> None:
    assert judged(before, after) == "refuted"


def arcs(low: str, high: str, *, closed: bool = False) -> t.Expr:
    """The interval for every whole k."""
    span = t.Interval(read_formula(low), read_formula(high), not closed, not closed)
    return t.Call("imageset", (span, t.Symbol("k")))


def test_families_of_intervals() -> None:
    right = arcs("pi/6 + 2*k*pi", "5*pi/6 + 2*k*pi")
    assert judged("sin(x) > 1/2", right, Link.SOLUTION) == "proved"
    assert judged("sin(x) >= 1/2", right, Link.SOLUTION) == "refuted"
    every_other = arcs("pi/4 + 2*k*pi", "pi/2 + 2*k*pi")
    assert judged("tan(x) > 1", every_other, Link.SOLUTION) == "refuted"
    stretched = arcs("pi/6 + 2*k*pi", "5*pi/6 + 4*k*pi")
    assert judged("sin(x) > 1/2", stretched, Link.SOLUTION) == "undecided"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Solve sin x > 1/2", "2πk + π/6 < x < 2πk + (5π)/6"),
        ("Solve cos x < 1/2", "2πk + π/3 < x < 2πk + (5π)/3"),
        ("Solve tan x < 1", "πk - π/2 < x < πk + π/4"),
        ("解不等式 cos 2x ≥ 0", "πk - π/4 ≤ x ≤ πk + π/4"),
        ("Solve sin(x)^2 >= 1", "x = πk + π/2"),
    ],
)
def test_the_whole_line_is_solved_in_one_period(text: str, shown: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert solution.steps[0].rule.id == "inequality.period"
    (line,) = answer_lines(solution)
    assert not isinstance(line, Text)
    assert flat(Notation()(line)).startswith(shown)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve sin x < 2", "RR"),
        ("Solve sin x > 2", "emptyset"),
        ("Solve sin x >= sqrt(3)/2 on [0, 2pi]", "[pi/3, 2*pi/3]"),
        ("解不等式 sin x > cos x，x∈[0, 2π]", "(pi/4, 5*pi/4)"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in solution.steps)
