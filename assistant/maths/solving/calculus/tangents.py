"""Tangents where no place on a graph is given: of curves F(x, y) = 0, and through a point."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.curves import NORMAL, TANGENT
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

PARTIAL = Rule("tangent.partial", "Derivatives by x and by y", "求对 x 与对 y 的偏导数")
TOUCH = Rule("tangent.touch", "Where does it touch?", "设切点")
LINES = Rule("tangent.lines", "Write down the lines", "写出切线方程")
X, Y = sp.symbols("x y")


def implicit_tangent(request: Request) -> Draft | None:
    """``x^2 + y^2 = 25`` at (3, 4): F_x·(x - 3) + F_y·(y - 4) = 0."""
    if request.topic not in (topics.TANGENT, topics.NORMAL) or len(request.operands) != 2:
        return None
    match request.operands:
        case (t.Relation(t.Comparison.EQ, left, right), t.Collection(items=(a, b))):
            pass
        case _:
            return None
    try:
        curve = to_sympy(t.sub(left, right))
        at = {X: to_sympy(a), Y: to_sympy(b)}
    except NotConvertible:
        return None
    if curve.free_symbols != {X, Y} or sp.simplify(curve.subs(at)) != 0:
        return None
    steps, slopes = [], []
    for letter in (X, Y):
        partial = sp.simplify(curve.diff(letter))
        value = sp.simplify(partial.subs(at))
        here = _put(from_sympy(partial), a, b)
        why = Text("By {0}, at the point.", "对 {0} 求导，代入该点。", (from_sympy(letter),))
        gap = t.sub(left, right)
        steps.append(Step(rule=PARTIAL, why=why, before=gap, after=from_sympy(partial),
                          link=Link.DERIVATIVE, variable=letter.name,
                          substeps=(Step(rule=PARTIAL, why=why, before=here,
                                         after=from_sympy(value)),)))  # fmt: skip
        slopes.append(value)
    across, up = slopes
    if across == up == 0:
        return None
    normal = request.topic == topics.NORMAL
    line = (
        across * (Y - at[Y]) - up * (X - at[X])
        if normal
        else across * (X - at[X]) + up * (Y - at[Y])
    )
    before = t.equation(from_sympy(line), t.integer(0))
    answer = written_line(sp.expand(line))
    told = (
        Text("It is perpendicular to the tangent.", "法线与切线垂直。")
        if normal
        else Text("F_x·(x - a) + F_y·(y - b) = 0.", "F_x·(x - a) + F_y·(y - b) = 0。")
    )
    rule = NORMAL if normal else TANGENT
    steps.append(Step(rule=rule, why=told, before=before, after=answer, link=Link.EQUIVALENT))
    return Draft(answer=answer, steps=tuple(steps), method="partial derivatives",
                 variables=("x", "y"))  # fmt: skip


def _put(value: t.Expr, a: t.Expr, b: t.Expr) -> t.Expr:
    marked = t.substitute(value, "x", t.Symbol("u_0"))
    return t.substitute(t.substitute(marked, "y", b), "u_0", a)


def written_line(line: sp.Expr) -> t.Relation:
    """``y = m x + c``, or ``x = a``, for ``A x + B y + C = 0``."""
    letter = Y if line.coeff(Y) != 0 else X
    (value,) = sp.solve(line, letter)
    return t.equation(t.Symbol(letter.name), from_sympy(sp.expand(value)))


def tangents_through(request: Request) -> Draft | None:
    """The tangents of ``y = f(x)`` through a point, on the curve or not."""
    if request.topic != topics.TANGENTS_THROUGH:
        return None
    match request.operands:
        case (body, t.Collection(items=(p, q))):
            pass
        case _:
            return None
    (name,) = request.variables
    try:
        f = to_sympy(body, real=True)
        point = to_sympy(p), to_sympy(q)
    except NotConvertible:
        return None
    x, a = sp.Symbol(name, real=True), sp.Symbol("a", real=True)
    if f.free_symbols - {x} or name == "a":
        return None
    slope = sp.factor(f.diff(x))
    derivative = Step(rule=TOUCH, why=Text("The derivative.", "求导数。"), before=body,
                      after=from_sympy(slope), link=Link.DERIVATIVE, variable=name)  # fmt: skip
    at = f.subs(x, a) + slope.subs(x, a) * (point[0] - a)
    equation = t.equation(from_sympy(at), q)
    try:
        roots = [r for r in sp.solve(sp.factor(sp.together(at - point[1])), a) if r.is_real]
    except NotImplementedError:
        return None
    if not roots or len(roots) > 6:
        return None
    roots.sort(key=sp.N)
    found = t.Collection(t.Bracket.SET, tuple(map(from_sympy, roots)))
    why = Text("The tangent at x = a goes through the point.", "设切点横坐标为 a，切线过该点。")
    touch = Step(
        rule=TOUCH, why=why, before=equation, after=found, link=Link.SOLUTION, variable="a"
    )
    lines: list[t.Expr] = []
    for root in roots:
        m = sp.simplify(slope.subs(x, root))
        rest = sp.simplify(point[1] - m * point[0])
        line = t.equation(t.Symbol("y"), from_sympy(sp.expand(m * sp.Symbol(name) + rest)))
        if line not in lines:
            lines.append(line)
    answer = lines[0] if len(lines) == 1 else t.Collection(t.Bracket.LIST, tuple(lines))
    told = Text("Through the point with these slopes.", "过该点，以相应斜率写出直线。")
    last = Step(rule=LINES, why=told, before=found, after=answer, link=Link.FORMULA)
    return Draft(answer=answer, steps=(derivative, touch, last), method="derivative",
                 variables=(name, "y"), curves=(body,))  # fmt: skip
