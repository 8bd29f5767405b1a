"""Coordinate geometry: distances, lines, circles, polygons given by points."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

DISTANCE = Rule("geometry.distance", "Distance formula", "两点间距离公式")
POINT_LINE = Rule("geometry.point_line", "Distance of a point from a line", "点到直线的距离公式")
MIDPOINT = Rule("geometry.midpoint", "Mean of the coordinates", "中点坐标公式")
SLOPE = Rule("geometry.slope", "Slope: rise over run", "斜率公式")
POINT_SLOPE = Rule("geometry.point_slope", "Point and slope", "点斜式")
TIDY = Rule("geometry.tidy", "Solve for y", "化为 y = kx + b")
NORMAL_SLOPE = Rule(
    "geometry.normal_slope", "Perpendicular: slopes multiply to −1", "垂直：斜率之积为 −1"
)
SHOELACE = Rule("geometry.shoelace", "Shoelace formula", "坐标法求面积（鞋带公式）")
COINCIDE = Text(
    "The point lies on the given line: this is that line itself, and no other is parallel to it.",
    "该点在已知直线上：所得即为已知直线本身，没有另一条与之平行的直线。",
)
X, Y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)

Point = tuple[sp.Expr, sp.Expr]


def coordinates(request: Request) -> Draft | None:
    """The method for the topic, where its operands are points, numbers and equations."""
    points = [p for o in request.operands if (p := point(o)) is not None]
    others = [o for o in request.operands if point(o) is None]
    match request.topic, points, others:
        case topics.DISTANCE, [a, b], []:
            return distance(a, b)
        case topics.DISTANCE, [a], [t.Relation() as line]:
            return point_line(a, line)
        case topics.DISTANCE, [], [t.Relation() as one, t.Relation() as other]:
            return _line_line(one, other)
        case topics.MIDPOINT, [a, b], []:
            return midpoint(a, b)
        case topics.SLOPE, [a, b], []:
            return slope_between(a, b)
        case topics.SLOPE, [], [t.Relation() as line]:
            return slope_of(line)
        case topics.LINE, [a, b], []:
            return _line_through(a, b)
        case topics.LINE, [a], [slope]:
            return _finished(_with_slope(a, to_sympy(slope, real=True)))
        case ((topics.PARALLEL | topics.PERPENDICULAR), [a], [t.Relation() as line]):
            return _along(a, line, upright=request.topic == topics.PERPENDICULAR)
        case topics.BISECTOR, [a, b], []:
            return _bisector(a, b)
        case topics.POLYGON, [_, _, _, *_], []:
            return _polygon(points)
    return None


def point(expr: t.Expr) -> Point | None:
    """The coordinates of a pair."""
    match expr:
        case t.Collection(t.Bracket.TUPLE | t.Bracket.LIST, (a, b)):
            return to_sympy(a, real=True), to_sympy(b, real=True)
        case _:
            return None


def pair(a: sp.Expr, b: sp.Expr) -> t.Collection:
    """A point as a formula."""
    return t.Collection(t.Bracket.TUPLE, (from_sympy(a), from_sympy(b)))


def _gap(a: sp.Expr, b: sp.Expr) -> t.Expr:
    """``b - a``, as it is written with the numbers put in."""
    first, second = from_sympy(b), from_sympy(a)
    return t.add(first, t.Neg(second))


def square(expr: t.Expr) -> t.Expr:
    """Its square, as a formula."""
    return t.Pow(expr, t.integer(2))


def _finished(trail: Trail, method: str = "formula") -> Draft:
    return Draft(answer=trail.line, steps=tuple(trail.steps), method=method)


def distance(a: Point, b: Point) -> Draft:
    """Of two points."""
    trail = Trail(t.Call("sqrt", (t.add(square(_gap(a[0], b[0])), square(_gap(a[1], b[1]))),)))
    why = Text("√((x2 − x1)² + (y2 − y1)²).", "√((x2 − x1)² + (y2 − y1)²)。")
    trail.to(from_sympy(sp.sqrt(sp.expand((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2))), DISTANCE, why)
    return _finished(trail)


def general(line: t.Relation) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """``(A, B, C)`` of a line ``A·x + B·y + C = 0``."""
    whole = sp.expand(to_sympy(line.left, real=True) - to_sympy(line.right, real=True))
    if line.op is not t.Comparison.EQ or not whole.is_polynomial(X, Y):
        return None
    poly = sp.Poly(whole, X, Y)
    if poly.total_degree() != 1:
        return None
    return poly.nth(1, 0), poly.nth(0, 1), poly.nth(0, 0)


def point_line(p: Point, line: t.Relation) -> Draft | None:
    """The distance of a point from a line."""
    parts = general(line)
    if parts is None:
        return None
    a, b, c = parts
    put_in = t.add(
        t.mul(from_sympy(a), from_sympy(p[0])),
        t.mul(from_sympy(b), from_sympy(p[1])),
        from_sympy(c),
    )
    root = t.Call("sqrt", (t.add(square(from_sympy(a)), square(from_sympy(b))),))
    trail = Trail(t.Div(t.Call("abs", (put_in,)), root))
    value = sp.Abs(a * p[0] + b * p[1] + c) / sp.sqrt(a**2 + b**2)
    why = Text("|A·x0 + B·y0 + C| / √(A² + B²).", "|A·x0 + B·y0 + C| / √(A² + B²)。")
    trail.to(from_sympy(sp.radsimp(sp.simplify(value))), POINT_LINE, why)
    return _finished(trail)


def _line_line(one: t.Relation, other: t.Relation) -> Draft | None:
    """The distance of parallel lines: of any point of the second from the first."""
    first, second = general(one), general(other)
    if first is None or second is None:
        return None
    (a, b, _), (u, v, w) = first, second
    if sp.simplify(a * v - b * u) != 0:
        return None
    on = (-w / u, sp.S.Zero) if v == 0 else (sp.S.Zero, -w / v)
    found = point_line(on, one)
    if found is None:
        return None
    why = Text(
        "The lines are parallel: take a point of the second.", "两直线平行，在第二条上取一点。"
    )
    start = Step(rule=POINT_LINE, why=why, before=other, after=pair(*on), link=Link.FORMULA)
    return replace(found, steps=(start, *found.steps))


def midpoint(a: Point, b: Point) -> Draft:
    """Of two points."""
    halves = tuple(
        t.Div(t.add(from_sympy(u), from_sympy(v)), t.integer(2)) for u, v in zip(a, b, strict=True)
    )
    trail = Trail(t.Collection(t.Bracket.TUPLE, halves))
    why = Text("The mean of the x and of the y.", "横、纵坐标分别取平均。")
    trail.to(pair(*((u + v) / 2 for u, v in zip(a, b, strict=True))), MIDPOINT, why)
    return _finished(trail)


def _slope_trail(a: Point, b: Point) -> Trail:
    trail = Trail(t.Div(_gap(a[1], b[1]), _gap(a[0], b[0])))
    why = Text("(y2 − y1) / (x2 − x1).", "(y2 − y1) / (x2 − x1)。")
    trail.to(from_sympy(sp.cancel((b[1] - a[1]) / (b[0] - a[0]))), SLOPE, why)
    return trail


def slope_between(a: Point, b: Point) -> Draft | None:
    """Of the line through two points; ``None`` where it is upright."""
    if sp.simplify(b[0] - a[0]) == 0:
        return None
    return _finished(_slope_trail(a, b))


def slope_of(line: t.Relation) -> Draft | None:
    """Of a line; ``None`` where it is upright or no line."""
    parts = general(line)
    if parts is None or parts[1] == 0:
        return None
    trail = _solved_for_y(line, parts)
    slope = from_sympy(sp.cancel(-parts[0] / parts[1]))
    why = Text("The factor of x is the slope.", "x 的系数就是斜率。")
    read = Step(rule=SLOPE, why=why, before=trail.line, after=slope, link=Link.FORMULA)
    return Draft(answer=slope, steps=(*trail.steps, read), method="slope")


def _solved_for_y(line: t.Relation, parts: tuple[sp.Expr, sp.Expr, sp.Expr]) -> Trail:
    a, b, c = parts
    trail = Trail(line, Link.EQUIVALENT, "x, y")
    value = from_sympy(sp.expand((-a * X - c) / b))
    trail.to(t.equation(t.Symbol("y"), value), TIDY, Text("Solve for y.", "解出 y。"))
    return trail


def _with_slope(p: Point, slope: sp.Expr) -> Trail:
    line = t.equation(_gap(p[1], Y), t.mul(from_sympy(slope), _gap(p[0], X)))
    trail = Trail(line, Link.EQUIVALENT, "x, y")
    value = from_sympy(sp.expand(slope * (X - p[0]) + p[1]))
    why = Text("y − y0 = k(x − x0); solve for y.", "y − y0 = k(x − x0)，化简。")
    trail.to(t.equation(t.Symbol("y"), value), POINT_SLOPE, why)
    return trail


def _line_through(a: Point, b: Point) -> Draft | None:
    if sp.simplify(a[0] - b[0]) == 0:
        if sp.simplify(a[1] - b[1]) == 0:
            return None
        return _upright(a[0])
    first = _slope_trail(a, b)
    second = _with_slope(a, to_sympy(first.line, real=True))
    return Draft(
        answer=second.line,
        steps=(*first.steps, *second.steps),
        method="slope",
        variables=("x", "y"),
    )


def _upright(x: sp.Expr) -> Draft:
    line = t.equation(t.Symbol("x"), from_sympy(x))
    why = Text("All its points have the same x.", "直线上各点横坐标相同。")
    step = Step(rule=POINT_SLOPE, why=why, before=line, after=line, link=Link.FORMULA)
    return Draft(answer=line, steps=(step,), method="vertical line", variables=("x", "y"))


def _along(p: Point, line: t.Relation, *, upright: bool) -> Draft | None:
    parts = general(line)
    if parts is None:
        return None
    a, b, c = parts
    on_it = not upright and sp.simplify(a * p[0] + b * p[1] + c) == 0
    notes = (COINCIDE,) if on_it else ()
    if (a if upright else b) == 0:
        return replace(_upright(p[0]), notes=notes)
    slope = sp.cancel(b / a if upright else -a / b)
    why = (
        Text(
            "The slope is {0}: times the given one it is −1.",
            "斜率为 {0}，与已知直线斜率之积为 −1。",
            (from_sympy(slope),),
        )
        if upright
        else Text(
            "The slope is {0}, as of the given line.",
            "斜率与已知直线相同，为 {0}。",
            (from_sympy(slope),),
        )
    )
    start = Step(
        rule=NORMAL_SLOPE if upright else SLOPE,
        why=why,
        before=line,
        after=from_sympy(slope),
        link=Link.FORMULA,
    )
    trail = _with_slope(p, slope)
    return Draft(
        answer=trail.line,
        steps=(start, *trail.steps),
        method="slope",
        variables=("x", "y"),
        notes=notes,
    )


def _bisector(a: Point, b: Point) -> Draft | None:
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    halves = midpoint(a, b)
    if sp.simplify(a[1] - b[1]) == 0:
        if sp.simplify(a[0] - b[0]) == 0:
            return None
        line = _upright(middle[0])
    else:
        line = _finished(_with_slope(middle, sp.cancel(-(b[0] - a[0]) / (b[1] - a[1]))))
    return Draft(
        answer=line.answer,
        steps=(*halves.steps, *line.steps),
        method="midpoint and slope",
        variables=("x", "y"),
    )


def _polygon(points: list[Point]) -> Draft:
    rotated = [*points[1:], points[0]]
    terms = [
        t.sub(t.mul(from_sympy(a[0]), from_sympy(b[1])), t.mul(from_sympy(b[0]), from_sympy(a[1])))
        for a, b in zip(points, rotated, strict=True)
    ]
    trail = Trail(t.Div(t.Call("abs", (t.Add(tuple(terms)),)), t.integer(2)))
    why = Text(
        "Half the absolute value of Σ(x_i·y_j − x_j·y_i).", "Σ(x_i·y_j − x_j·y_i) 绝对值的一半。"
    )
    trail.to(from_sympy(sp.simplify(to_sympy(trail.line, real=True))), SHOELACE, why)
    return _finished(trail)
