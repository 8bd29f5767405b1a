"""Circles by their parts, and the angle of a line with the x-axis."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.geometry.coordinates import (
    Point,
    X,
    Y,
    distance,
    general,
    midpoint,
    pair,
    point,
    point_line,
    slope_between,
    slope_of,
    square,
)
from assistant.maths.types import Link, Request, Rule, Step, Text

CENTRE_RADIUS = Rule("geometry.circle", "Centre and radius", "圆的标准方程")
RADIUS = Rule("geometry.radius", "The radius", "求半径")
THREE_POINTS = Rule("geometry.three_points", "The points satisfy the equation", "代入三点求系数")
SQUARES = Rule("geometry.complete_squares", "Complete the squares", "配方")
ANGLE = Rule(
    "geometry.inclination", "The slope is the tangent of the angle", "斜率等于倾斜角的正切"
)
UPRIGHT = Text("The line is upright.", "直线与 x 轴垂直。")


def circle(request: Request) -> Draft | None:
    """The equation of a circle, or its centre and radius."""
    points = [p for o in request.operands if (p := point(o)) is not None]
    others = [o for o in request.operands if point(o) is None]
    match request.topic, points, others:
        case topics.CIRCLE, [a], [t.Relation() as line]:
            return _with_radius(a, point_line(a, line))
        case topics.CIRCLE, [a], [radius]:
            return _circle(a, radius)
        case topics.CIRCLE, [a, b], [] if request.words == ("through",):
            return _with_radius(a, distance(a, b))
        case topics.CIRCLE, [a, b], [] if request.words == ("diameter",):
            return _on_diameter(a, b)
        case topics.CIRCLE, [a, b, c], []:
            return _circle_through([a, b, c])
        case topics.CIRCLE_PARTS, [], [t.Relation() as equation]:
            return _circle_parts(equation)
    return None


def _with_radius(centre: Point, radius: Draft | None) -> Draft | None:
    """The circle whose radius was worked out."""
    if radius is None or radius.answer is None:
        return None
    found = _circle(centre, radius.answer)
    return None if found is None else replace(found, steps=(*radius.steps, *found.steps))


def _on_diameter(a: Point, b: Point) -> Draft | None:
    whole, middle = distance(a, b), midpoint(a, b)
    assert whole.answer is not None
    half = from_sympy(to_sympy(whole.answer, real=True) / 2)
    why = Text("Half the diameter.", "直径的一半。")
    step = Step(rule=RADIUS, why=why, before=whole.answer, after=half, link=Link.FORMULA)
    found = _circle(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), half)
    if found is None:
        return None
    return replace(found, steps=(*middle.steps, *whole.steps, step, *found.steps))


def inclination(request: Request) -> Draft | None:
    """The angle from the x-axis up to a line, at least 0 and less than π."""
    if request.topic != topics.INCLINATION:
        return None
    match request.operands:
        case (t.Relation() as line,):
            parts = general(line)
            found, upright = slope_of(line), parts is not None and parts[0] != 0 == parts[1]
        case (one, other) if (a := point(one)) and (b := point(other)):
            found, upright = slope_between(a, b), a[0] == b[0] and a[1] != b[1]
        case _:
            return None
    if upright:
        right = from_sympy(sp.pi / 2)
        step = Step(rule=ANGLE, why=UPRIGHT, before=request.operands[0], after=right,
                    link=Link.FORMULA)  # fmt: skip
        return Draft(answer=right, steps=(step,), method="slope", notes=(_degrees(sp.pi / 2),))
    if found is None or found.answer is None:
        return None
    slope = to_sympy(found.answer, real=True)
    if slope.free_symbols:
        return None
    angle = sp.atan(slope) + (sp.pi if slope.is_negative else 0)
    why = Text("tan α = {0}, 0 ≤ α < π.", "tan α = {0}，0 ≤ α < π。", (found.answer,))
    step = Step(rule=ANGLE, why=why, before=found.answer, after=from_sympy(angle),
                link=Link.FORMULA)  # fmt: skip
    notes = () if angle.has(sp.atan) else (_degrees(angle),)
    return Draft(answer=from_sympy(angle), steps=(*found.steps, step), method="slope", notes=notes)


def _degrees(angle: sp.Expr) -> Text:
    return Text("that is {0}°", "即 {0}°", (from_sympy(angle * 180 / sp.pi),))


def _circle_line(h: sp.Expr, k: sp.Expr, squared: sp.Expr) -> t.Relation:
    def part(name: str, value: sp.Expr) -> t.Expr:
        return square(from_sympy(sp.Symbol(name) - value))

    return t.equation(t.add(part("x", h), part("y", k)), from_sympy(squared))


def _circle(centre: Point, radius: t.Expr) -> Draft | None:
    r = to_sympy(radius, real=True)
    if not r.is_positive:
        return None
    answer = _circle_line(*centre, sp.expand(r**2))
    why = Text("(x − h)² + (y − k)² = r².", "(x − h)² + (y − k)² = r²。")
    written = t.equation(answer.left, square(radius))
    steps: tuple[Step, ...] = ()
    if written != answer:
        steps = (
            Step(
                rule=CENTRE_RADIUS,
                why=why,
                before=written,
                after=answer,
                link=Link.EQUIVALENT,
                variable="x, y",
            ),
        )
    return Draft(answer=answer, steps=steps, method="centre and radius", variables=("x", "y"))


def _circle_through(points: list[Point]) -> Draft | None:
    d, e, f = sp.symbols("D E F", real=True)
    equations = [sp.expand(x**2 + y**2 + d * x + e * y + f) for x, y in points]
    solved = sp.linsolve(equations, [d, e, f])
    if len(solved) != 1 or next(iter(solved)).free_symbols & {d, e, f}:
        return None
    values = dict(zip((d, e, f), next(iter(solved)), strict=True))
    general = sp.expand(X**2 + Y**2 + values[d] * X + values[e] * Y + values[f])
    line = t.equation(from_sympy(general), t.integer(0))
    told = Text(
        "Put each point into x² + y² + Dx + Ey + F = 0 and solve.",
        "将三点代入 x² + y² + Dx + Ey + F = 0，解方程组。",
    )
    given = t.Junction(
        t.Connective.AND, tuple(t.equation(from_sympy(e), t.integer(0)) for e in equations)
    )
    start = Step(rule=THREE_POINTS, why=told, before=given, after=line, link=Link.FORMULA)
    parts = _circle_parts(line)
    if parts is None or not parts.steps:
        return None
    answer = parts.steps[0].after
    return Draft(
        answer=answer, steps=(start, parts.steps[0]), method="three points", variables=("x", "y")
    )


def _circle_parts(equation: t.Relation) -> Draft | None:
    whole = sp.expand(to_sympy(equation.left, real=True) - to_sympy(equation.right, real=True))
    if equation.op is not t.Comparison.EQ or not whole.is_polynomial(X, Y):
        return None
    poly = sp.Poly(whole, X, Y)
    a = poly.nth(2, 0)
    if poly.total_degree() != 2 or a == 0 or poly.nth(0, 2) != a or poly.nth(1, 1) != 0:
        return None
    h, k = -poly.nth(1, 0) / (2 * a), -poly.nth(0, 1) / (2 * a)
    squared = sp.simplify(h**2 + k**2 - poly.nth(0, 0) / a)
    if not squared.is_positive:
        return None
    trail = Trail(equation, Link.EQUIVALENT, "x, y")
    why = Text("Complete the squares in x and y.", "分别对 x、y 配方。")
    trail.to(_circle_line(h, k, squared), SQUARES, why)
    answer = t.Collection(t.Bracket.TUPLE, (pair(h, k), from_sympy(sp.sqrt(squared))))
    read = Text("Centre {0}, radius {1}.", "圆心 {0}，半径 {1}。", answer.items)
    last = Step(rule=CENTRE_RADIUS, why=read, before=trail.line, after=answer, link=Link.FORMULA)
    return Draft(answer=answer, steps=(*trail.steps, last), method="completing the square")
