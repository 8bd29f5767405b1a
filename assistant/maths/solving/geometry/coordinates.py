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
CENTRE_RADIUS = Rule("geometry.circle", "Centre and radius", "圆的标准方程")
THREE_POINTS = Rule("geometry.three_points", "The points satisfy the equation", "代入三点求系数")
SQUARES = Rule("geometry.complete_squares", "Complete the squares", "配方")
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
            return _distance(a, b)
        case topics.DISTANCE, [a], [t.Relation() as line]:
            return _point_line(a, line)
        case topics.DISTANCE, [], [t.Relation() as one, t.Relation() as other]:
            return _line_line(one, other)
        case topics.MIDPOINT, [a, b], []:
            return _midpoint(a, b)
        case topics.SLOPE, [a, b], []:
            return _slope(a, b)
        case topics.SLOPE, [], [t.Relation() as line]:
            return _slope_of(line)
        case topics.LINE, [a, b], []:
            return _line_through(a, b)
        case topics.LINE, [a], [slope]:
            return _finished(_with_slope(a, to_sympy(slope, real=True)))
        case ((topics.PARALLEL | topics.PERPENDICULAR), [a], [t.Relation() as line]):
            return _along(a, line, upright=request.topic == topics.PERPENDICULAR)
        case topics.BISECTOR, [a, b], []:
            return _bisector(a, b)
        case topics.CIRCLE, [a], [radius]:
            return _circle(a, radius)
        case topics.CIRCLE, [a, b, c], []:
            return _circle_through([a, b, c])
        case topics.CIRCLE_PARTS, [], [t.Relation() as equation]:
            return _circle_parts(equation)
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


def _square(expr: t.Expr) -> t.Expr:
    return t.Pow(expr, t.integer(2))


def _finished(trail: Trail, method: str = "formula") -> Draft:
    return Draft(answer=trail.line, steps=tuple(trail.steps), method=method)


def _distance(a: Point, b: Point) -> Draft:
    trail = Trail(t.Call("sqrt", (t.add(_square(_gap(a[0], b[0])), _square(_gap(a[1], b[1]))),)))
    why = Text("√((x2 − x1)² + (y2 − y1)²).", "√((x2 − x1)² + (y2 − y1)²)。")
    trail.to(from_sympy(sp.sqrt(sp.expand((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2))), DISTANCE, why)
    return _finished(trail)


def _general(line: t.Relation) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """``(A, B, C)`` of a line ``A·x + B·y + C = 0``."""
    whole = sp.expand(to_sympy(line.left, real=True) - to_sympy(line.right, real=True))
    if line.op is not t.Comparison.EQ or not whole.is_polynomial(X, Y):
        return None
    poly = sp.Poly(whole, X, Y)
    if poly.total_degree() != 1:
        return None
    return poly.nth(1, 0), poly.nth(0, 1), poly.nth(0, 0)


def _point_line(p: Point, line: t.Relation) -> Draft | None:
    parts = _general(line)
    if parts is None:
        return None
    a, b, c = parts
    put_in = t.add(
        t.mul(from_sympy(a), from_sympy(p[0])),
        t.mul(from_sympy(b), from_sympy(p[1])),
        from_sympy(c),
    )
    root = t.Call("sqrt", (t.add(_square(from_sympy(a)), _square(from_sympy(b))),))
    trail = Trail(t.Div(t.Call("abs", (put_in,)), root))
    value = sp.Abs(a * p[0] + b * p[1] + c) / sp.sqrt(a**2 + b**2)
    why = Text("|A·x0 + B·y0 + C| / √(A² + B²).", "|A·x0 + B·y0 + C| / √(A² + B²)。")
    trail.to(from_sympy(sp.radsimp(sp.simplify(value))), POINT_LINE, why)
    return _finished(trail)


def _line_line(one: t.Relation, other: t.Relation) -> Draft | None:
    """The distance of parallel lines: of any point of the second from the first."""
    first, second = _general(one), _general(other)
    if first is None or second is None:
        return None
    (a, b, _), (u, v, w) = first, second
    if sp.simplify(a * v - b * u) != 0:
        return None
    on = (-w / u, sp.S.Zero) if v == 0 else (sp.S.Zero, -w / v)
    found = _point_line(on, one)
    if found is None:
        return None
    why = Text(
        "The lines are parallel: take a point of the second.", "两直线平行，在第二条上取一点。"
    )
    start = Step(rule=POINT_LINE, why=why, before=other, after=pair(*on), link=Link.FORMULA)
    return replace(found, steps=(start, *found.steps))


def _midpoint(a: Point, b: Point) -> Draft:
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


def _slope(a: Point, b: Point) -> Draft | None:
    if sp.simplify(b[0] - a[0]) == 0:
        return None
    return _finished(_slope_trail(a, b))


def _slope_of(line: t.Relation) -> Draft | None:
    parts = _general(line)
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
    parts = _general(line)
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
    halves = _midpoint(a, b)
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


def _circle_line(h: sp.Expr, k: sp.Expr, squared: sp.Expr) -> t.Relation:
    def square(name: str, value: sp.Expr) -> t.Expr:
        return _square(from_sympy(sp.Symbol(name) - value))

    return t.equation(t.add(square("x", h), square("y", k)), from_sympy(squared))


def _circle(centre: Point, radius: t.Expr) -> Draft | None:
    r = to_sympy(radius, real=True)
    if not r.is_positive:
        return None
    answer = _circle_line(*centre, sp.expand(r**2))
    why = Text("(x − h)² + (y − k)² = r².", "(x − h)² + (y − k)² = r²。")
    written = t.equation(answer.left, _square(radius))
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
