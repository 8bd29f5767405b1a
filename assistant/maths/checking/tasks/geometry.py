"""Answers of geometry, by the properties that define them."""

from __future__ import annotations

from itertools import pairwise

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

X, Y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)


def check_geometry(request: Request, draft: Draft) -> Verdict:
    """The answer against what it must satisfy."""
    if draft.answer is None:
        return Undecided(Doubt.NO_METHOD)
    if request.topic == topics.MEASURE_OF:
        from assistant.maths.checking.tasks.figures import check_measure_of

        return check_measure_of(request, draft)
    try:
        if request.topic == topics.CONIC:
            from assistant.maths.checking.tasks.conics import conic_holds

            holds = conic_holds(request, draft)
        elif request.topic in (topics.TRIANGLE, topics.PYTHAGORAS):
            holds = _triangle(request, draft.answer)
        else:
            holds = _coordinates(request, draft.answer)
    except (NotConvertible, TypeError, ValueError):
        holds = None
    if holds is None:
        return Undecided(Doubt.NO_METHOD)
    return Proved("the defining property") if holds else Refuted("definition", "", "")


def _zero(value: sp.Expr) -> bool | None:
    """Whether a value is 0: shown by simplifying, refuted only by digits."""
    if sp.simplify(value) == 0:
        return True
    if not value.free_symbols and abs(sp.N(value, 30)) > sp.Float("1e-12"):
        return False
    return None


def _all(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


Line = tuple[sp.Expr, sp.Expr, sp.Expr]


def _line(relation: t.Expr) -> Line:
    """``(A, B, C)``.  Raises ``TypeError`` where it is no line."""
    if not isinstance(relation, t.Relation):
        raise TypeError("no equation")
    whole = to_sympy(relation.left, real=True) - to_sympy(relation.right, real=True)
    a, b = sp.diff(whole, X), sp.diff(whole, Y)
    if a.has(X, Y) or b.has(X, Y) or (a == 0 and b == 0):
        raise TypeError("no line")
    return a, b, whole.subs({X: 0, Y: 0})


def _points(request: Request) -> list[sp.Matrix]:
    return [
        sp.Matrix([to_sympy(i, real=True) for i in o.items])
        for o in request.operands
        if isinstance(o, t.Collection)
    ]


def _coordinates(request: Request, answer: t.Expr) -> bool | None:
    points = _points(request)
    others = [o for o in request.operands if not isinstance(o, t.Collection)]
    match request.topic, points, others:
        case topics.DISTANCE, [p, q], []:
            value = to_sympy(answer, real=True)
            return _all(_zero(value**2 - (p - q).dot(p - q)), bool(sp.N(value) >= 0))
        case topics.DISTANCE, [p], [line]:
            a, b, c = _line(line)
            value = to_sympy(answer, real=True)
            foot = p - sp.Matrix([a, b]) * (a * p[0] + b * p[1] + c) / (a**2 + b**2)
            return _all(_zero(value**2 - (p - foot).dot(p - foot)), bool(sp.N(value) >= 0))
        case topics.DISTANCE, [], [one, other]:
            return _apart(_line(one), _line(other), to_sympy(answer, real=True))
        case topics.MIDPOINT, [p, q], []:
            m = sp.Matrix(list(to_sympy(answer, real=True)))
            return _all(*(_zero(e) for e in 2 * m - p - q))
        case topics.SLOPE, [p, q], []:
            return _zero(to_sympy(answer, real=True) * (q[0] - p[0]) - (q[1] - p[1]))
        case topics.SLOPE, [], [line]:
            a, b, _ = _line(line)
            return _zero(to_sympy(answer, real=True) * b + a)
        case topics.INCLINATION, _, _:
            return _inclined(request, points, to_sympy(answer, real=True))
        case topics.POLYGON, _, []:
            return _zero(to_sympy(answer, real=True) - sp.Abs(_fan(points)))
        case ((topics.CIRCLE | topics.CIRCLE_PARTS), _, _):
            return _circle(request, points, answer)
        case _:
            return _lines(request, points, answer)


def _inclined(request: Request, points: list[sp.Matrix], angle: sp.Expr) -> bool | None:
    """The direction with that angle is along the line, and the angle is in its bounds."""
    if points:
        run, rise = points[1] - points[0]
    else:
        a, b, _ = _line(request.operands[0])
        run, rise = b, -a
    if angle.free_symbols or _zero(run**2 + rise**2) is not False:
        return None
    within = bool(sp.N(angle) >= 0) and bool(sp.N(sp.pi - angle) > 0)
    return _all(within, _zero(sp.expand_trig(sp.cos(angle) * rise - sp.sin(angle) * run)))


def _apart(one: Line, other: Line, value: sp.Expr) -> bool | None:
    """Parallel, and so far from each other along their common normal."""
    (a, b, c), (u, v, w) = one, other
    if _zero(a * v - b * u) is not True:
        return None
    # (a, b) is r·(u, v); the lines cut the normal through 0 at -c/|n|² and -r·w/|n|²
    ratio = (a * u + b * v) / (u**2 + v**2)
    gap = (c - ratio * w) ** 2 / (a**2 + b**2)
    return _all(_zero(value**2 - gap), bool(sp.N(value) >= 0))


def _fan(points: list[sp.Matrix]) -> sp.Expr:
    """The signed area as a fan of triangles from the first corner."""
    first = points[0]
    total = sp.S.Zero
    for p, q in pairwise(points[1:]):
        total += sp.Matrix.hstack(p - first, q - first).det() / 2
    return sp.expand(total)


def _lines(request: Request, points: list[sp.Matrix], answer: t.Expr) -> bool | None:
    a, b, c = _line(answer)
    on = [_zero(a * p[0] + b * p[1] + c) for p in points]
    others = [o for o in request.operands if not isinstance(o, t.Collection)]
    match request.topic, points, others:
        case topics.LINE, [_, _], []:
            return _all(*on)
        case topics.LINE, [_], [slope]:
            return _all(*on, _zero(a + b * to_sympy(slope, real=True)))
        case topics.PARALLEL, [_], [line]:
            u, v, _ = _line(line)
            return _all(*on, _zero(a * v - b * u))
        case topics.PERPENDICULAR, [_], [line]:
            u, v, _ = _line(line)
            return _all(*on, _zero(a * u + b * v))
        case topics.BISECTOR, [p, q], []:
            middle = (p + q) / 2
            across = a * (q - p)[1] - b * (q - p)[0]
            return _all(_zero(a * middle[0] + b * middle[1] + c), _zero(across))
    return None


def _quadratic(relation: t.Expr) -> sp.Expr:
    if not isinstance(relation, t.Relation):
        raise TypeError("no equation")
    return sp.expand(to_sympy(relation.left, real=True) - to_sympy(relation.right, real=True))


def _circle(request: Request, points: list[sp.Matrix], answer: t.Expr) -> bool | None:
    if request.topic == topics.CIRCLE_PARTS:
        (h, k), r = to_sympy(answer, real=True)
        given = _quadratic(request.operands[0])
        wanted = sp.expand((X - h) ** 2 + (Y - k) ** 2 - r**2)
        factor = given.coeff(X, 2)
        return _all(_zero(given - factor * wanted), bool(sp.N(r) > 0))
    equation = _quadratic(answer)
    if equation.coeff(X, 2) != 1 or equation.coeff(Y, 2) != 1 or equation.coeff(X * Y) != 0:
        return None
    if len(points) == 3:
        return _all(*(_zero(equation.subs({X: p[0], Y: p[1]})) for p in points))
    if len(points) == 2:
        return _by_two_points(request, points, equation)
    if len(points) == 1 and isinstance(line := request.operands[1], t.Relation):
        a, b, c = _line(line)
        (h, k), distance = points[0], (a * points[0][0] + b * points[0][1] + c) ** 2
        wanted = (X - h) ** 2 + (Y - k) ** 2 - distance / (a**2 + b**2)
        return _zero(sp.expand(equation - wanted))
    if len(points) == 1:
        (h, k), r = points[0], to_sympy(request.operands[1], real=True)
        return _zero(equation - sp.expand((X - h) ** 2 + (Y - k) ** 2 - r**2))
    return None


def _by_two_points(request: Request, points: list[sp.Matrix], equation: sp.Expr) -> bool | None:
    """The angle over a diameter is a right one; about a centre the second point is on it."""
    p, q = points
    if request.words == ("diameter",):
        at = sp.Matrix([X, Y])
        return _zero(sp.expand(equation - (at - p).dot(at - q)))
    if request.words != ("through",):
        return None
    centred = [_zero(equation.coeff(v, 1) + 2 * c) for v, c in zip(
        (X, Y), p, strict=True)] if equation.coeff(X * Y) == 0 else [None]  # fmt: skip
    return _all(*centred, _zero(equation.subs({X: q[0], Y: q[1]})))


def _triangle(request: Request, answer: t.Expr) -> bool | None:
    """The triangle is drawn from its parts; the wanted one is measured in the drawing.

    Corner C is at 0, B at (a, 0).  Where the known parts do not fix a drawing directly,
    nothing is claimed.
    """
    known = {
        w: to_sympy(o, real=True) for w, o in zip(request.words, request.operands, strict=True)
    }
    if request.topic == topics.PYTHAGORAS:
        known.setdefault("C", sp.pi / 2)
    wanted = request.variables[0]
    if (thirds := _third_sides(known)) is not None:
        return _each(thirds, known, wanted, answer)
    value = to_sympy(answer, real=True)
    if wanted in ("area", "perimeter"):
        sides = _sides(known)
        if sides is None:
            return None
        a, b, c = sides
        if wanted == "perimeter":
            return _zero(value - a - b - c)
        s = (a + b + c) / 2
        return _zero(value**2 - sp.expand(s * (s - a) * (s - b) * (s - c)))
    parts = {**known, wanted: value}
    checks = []
    for side, angle in (("a", "A"), ("b", "B"), ("c", "C")):
        u, v = (n for n in "abc" if n != side)
        if {side, u, v, angle} <= set(parts):
            law = parts[u] ** 2 + parts[v] ** 2 - parts[side] ** 2
            checks.append(_zero(law - 2 * parts[u] * parts[v] * sp.cos(parts[angle])))
    pairs = [(s, s.upper()) for s in "abc" if {s, s.upper()} <= set(parts)]
    for (s, x), (u, y) in pairwise(pairs):
        if {s, x, u, y} & {wanted}:
            checks.append(_zero(parts[s] * sp.sin(parts[y]) - parts[u] * sp.sin(parts[x])))
    if {"A", "B", "C"} <= set(parts):
        checks.append(_zero(parts["A"] + parts["B"] + parts["C"] - sp.pi))
    return _all(*checks) if checks else None


def _third_sides(known: dict[str, sp.Expr]) -> tuple[str, str, list[sp.Expr]] | None:
    """Of two sides and the angle of the shorter one: these two, and all lengths of the third by
    the law of cosines, a quadratic equation for it; ``None`` where other parts are known."""
    sides, angles = [n for n in "abc" if n in known], [n for n in "ABC" if n in known]
    if len(known) != 3 or len(sides) != 2 or len(angles) != 1 or angles[0].lower() not in sides:
        return None
    side = angles[0].lower()
    other = next(n for n in sides if n != side)
    if not sp.N(known[other] - known[side]) > 0:
        return None
    inside = sp.simplify(known[side] ** 2 - (known[other] * sp.sin(known[angles[0]])) ** 2)
    if inside != 0 and not inside.is_positive and not inside.is_negative:
        return None
    middle = known[other] * sp.cos(known[angles[0]])
    steps = (
        [] if inside.is_negative else [0] if inside == 0 else [sp.sqrt(inside), -sp.sqrt(inside)]
    )
    return side, other, [middle + step for step in steps if sp.N(middle + step) > 0]


def _each(
    found: tuple[str, str, list[sp.Expr]], known: dict[str, sp.Expr], wanted: str, answer: t.Expr
) -> bool | None:
    """The answer has the wanted part of every such triangle, and nothing else."""
    side, other, lengths = found
    if answer == t.Constant(t.ConstantName.EMPTY):
        return not lengths
    items = answer.items if isinstance(answer, t.Collection) else (answer,)
    values = [to_sympy(item, real=True) for item in items]
    third = next(n for n in "abc" if n not in (side, other))
    if len(values) != len(lengths):
        return False
    for length in lengths:
        parts = {**known, third: length}
        same = [_zero(v - w) for v in values if (w := _measured(parts, wanted)) is not None]
        if True not in same:
            return False if same and None not in same else None
    return True


def _measured(parts: dict[str, sp.Expr], wanted: str) -> sp.Expr | None:
    """A part of a triangle by its three sides."""
    a, b, c = (parts[n] for n in "abc")
    if wanted in parts:
        return parts[wanted]
    if wanted == "perimeter":
        return a + b + c
    if wanted == "area":
        s = (a + b + c) / 2
        return sp.sqrt(sp.expand(s * (s - a) * (s - b) * (s - c)))
    if wanted not in ("A", "B", "C"):
        return None
    u, v = (parts[n] for n in "abc" if n != wanted.lower())
    return sp.acos(sp.simplify((u**2 + v**2 - parts[wanted.lower()] ** 2) / (2 * u * v)))


def _sides(known: dict[str, sp.Expr]) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """The sides where they are given, or two and the angle between them."""
    parts = dict(known)
    if parts.get("C") == sp.pi / 2 and "c" in parts:
        for leg, other in (("a", "b"), ("b", "a")):
            if other in parts and leg not in parts:
                parts[leg] = sp.sqrt(parts["c"] ** 2 - parts[other] ** 2)
    for side in "abc":
        u, v = (n for n in "abc" if n != side)
        if side not in parts and {u, v, side.upper()} <= set(parts):
            law = (
                parts[u] ** 2
                + parts[v] ** 2
                - 2 * parts[u] * parts[v] * sp.cos(parts[side.upper()])
            )
            parts[side] = sp.sqrt(law)
    return (parts["a"], parts["b"], parts["c"]) if {"a", "b", "c"} <= set(parts) else None
