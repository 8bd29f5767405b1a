"""Graphs: numbers, windows, breaks, dots and SVG."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.numeric import evaluate
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.dots import terminal_plot
from assistant.maths.showing.plot import Picture, picture, ticks
from assistant.maths.showing.svg import svg
from assistant.maths.types import Lang

X = t.Symbol("x")
E = t.Constant(t.ConstantName.E)


def n(value: int) -> t.Expr:
    return t.integer(value)


def call(name: str, *args: t.Expr) -> t.Expr:
    return t.Call(name, args)


PARABOLA = t.add(t.Pow(X, n(2)), t.Neg(t.mul(n(5), X)), n(6))
HYPERBOLA = t.Div(n(1), t.sub(X, n(1)))


def drawn(*curves: t.Expr) -> Picture:
    found = picture(curves)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("expr", "at", "value"),
    [
        (PARABOLA, 1.0, 2.0),
        (call("root", X, n(3)), -8.0, -2.0),
        (t.Pow(X, t.Div(n(1), n(3))), -8.0, None),
        (call("sqrt", X), -1.0, None),
        (call("ln", X), 0.0, None),
        (HYPERBOLA, 1.0, None),
        (t.Pow(n(10), t.Pow(n(10), X)), 9.0, None),
        (call("factorial", X), 5.0, 120.0),
        (call("mod", X, n(3)), -1.0, 2.0),
        (call("degrees", n(180)), 0.0, math.pi),
        (call("mixed", n(2), n(1), n(2)), 0.0, 2.5),
        (call("log", X, n(2)), 8.0, 3.0),
        (t.Symbol("a"), 0.0, None),
        (call("unknown", X), 0.0, None),
        (t.Constant(t.ConstantName.I), 0.0, None),
        (call("sin", X, X), 0.0, None),
        (call("piecewise", n(1), t.Relation(t.Comparison.LT, X, n(0))), 1.0, None),
        (call("piecewise", X), 1.0, None),
    ],
)
def test_a_formula_has_a_number_or_none(expr: t.Expr, at: float, value: float | None) -> None:
    found = evaluate(expr, {"x": at})
    assert found == (None if value is None else pytest.approx(value))


def test_the_roots_are_in_the_window_and_marked() -> None:
    found = drawn(PARABOLA)
    assert found.marks == ((2.0, 0.0), (3.0, 0.0))
    assert found.window.left < 2
    assert found.window.right > 3
    assert found.window.bottom < -0.25


def test_a_double_root_is_found_where_the_sign_does_not_change() -> None:
    square = t.Pow(t.sub(X, n(3)), n(2))
    assert drawn(square).marks == ((3.0, 0.0),)


def test_a_curve_breaks_at_its_poles_and_steps() -> None:
    (curve,) = drawn(HYPERBOLA).curves
    assert len(curve.pieces) == 2
    assert not drawn(HYPERBOLA).marks
    steps = drawn(call("floor", X)).curves[0].pieces
    assert all(len({y for _, y in piece}) == 1 for piece in steps)
    tangent = drawn(call("tan", X)).curves[0]
    assert len(tangent.pieces) > 2


def test_a_steep_curve_does_not_break() -> None:
    (curve,) = drawn(t.Pow(E, t.mul(n(3), X))).curves
    assert len(curve.pieces) == 1


def test_the_two_sides_of_an_equation_cross_at_its_solutions() -> None:
    found = drawn(t.equation(t.Pow(X, n(2)), t.add(X, n(2))))
    assert len(found.curves) == 2
    assert [round(v, 6) for p in sorted(found.marks) for v in p] == [-1, 1, 2, 4]


def test_a_function_is_drawn_where_it_is_defined() -> None:
    found = drawn(call("ln", X))
    assert found.window.left > -2
    assert found.marks[0] == (1.0, 0.0)
    far = drawn(call("sqrt", t.sub(X, n(40))))
    assert far.window.right > 40


@pytest.mark.parametrize(
    "curves",
    [(), (n(3),), (t.add(X, t.Symbol("y")),), (call("sqrt", t.sub(n(-1), t.Pow(X, n(2)))),)],
)
def test_what_cannot_be_drawn_is_not(curves: tuple[t.Expr, ...]) -> None:
    assert picture(curves) is None


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("curve", [PARABOLA, HYPERBOLA, call("sin", X), t.Pow(E, X), X])
def test_dots_stay_within_the_width_and_show_the_axes(curve: t.Expr, width: int) -> None:
    lines = terminal_plot(drawn(curve), width)
    assert max(map(columns, lines)) <= width
    text = "\n".join(lines)
    assert "┼" in text or "─" in text
    assert re.search("[\u2801-\u28ff]", text)


def test_svg_is_well_formed_with_a_name_for_the_blind() -> None:
    text = svg(drawn(PARABOLA), "a <b> & c", Lang.EN)
    root = ET.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "a <b> & c"  # type: ignore[union-attr]
    assert text.count("<circle") == 2
    assert "nan" not in text
    assert "inf" not in text


@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9), st.integers(1, 12))
def test_ticks_are_few_and_inside(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert len(found) <= most + 2
    slack = 1e-6 * span + 1e-12 * abs(low)  # ten to the power of anything is rounded
    assert all(low - slack <= x <= low + span + slack for x in found)
