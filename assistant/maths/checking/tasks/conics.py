"""Checks foci, vertices, centre, directrix and asymptotes by the properties that define them."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request

X, Y = sp.Symbol("x", real=True), sp.Symbol("y", real=True)
Point = tuple[sp.Expr, sp.Expr]


def conic_holds(request: Request, draft: Draft) -> bool | None:
    """Whether the answer has the property; ``None`` where that is not known."""
    (equation,), wanted = request.operands, request.words[0]
    if not isinstance(equation, t.Relation) or draft.answer is None:
        return None
    curve = sp.expand(to_sympy(t.sub(equation.left, equation.right), real=True))
    if not curve.is_polynomial(X, Y) or sp.Poly(curve, X, Y).total_degree() != 2:
        return None
    if wanted in ("directrix", "asymptotes"):
        lines = _lines(draft.answer)
        if lines is None:
            return None
        return _directrix(curve, lines) if wanted == "directrix" else _asymptotes(curve, lines)
    points = _points(draft.answer)
    if points is None:
        return None
    match wanted:
        case "foci":
            return _foci(curve, points)
        case "center":
            at = dict(zip((X, Y), points[0], strict=True))
            return len(points) == 1 and all(sp.simplify(curve.diff(v).subs(at)) == 0 for v in at)
    return _vertices(curve, points, wanted)


def _points(answer: t.Expr) -> list[Point] | None:
    match answer:
        case t.Collection(t.Bracket.TUPLE, (a, b)):
            return [(to_sympy(a, real=True), to_sympy(b, real=True))]
        case t.Collection(t.Bracket.LIST, items):
            parts = [_points(item) for item in items]
            return None if None in parts else [p for part in parts if part for p in part]
    return None


def _lines(answer: t.Expr) -> list[sp.Expr] | None:
    match answer:
        case t.Relation(t.Comparison.EQ, left, right):
            return [sp.expand(to_sympy(t.sub(left, right), real=True))]
        case t.Collection(t.Bracket.LIST, items):
            parts = [_lines(item) for item in items]
            return None if None in parts else [p for part in parts if part for p in part]
    return None


def _proportional(
    one: sp.Expr, other: sp.Expr, unknowns: list[sp.Symbol]
) -> list[dict[sp.Symbol, sp.Expr]]:
    """The values for which one polynomial is a multiple of the other, but not 0."""
    scale = sp.Symbol("scale", real=True)
    gaps = sp.Poly(sp.expand(one - scale * other), X, Y).coeffs()
    found = sp.solve(gaps, [*unknowns, scale], dict=True)
    return [s for s in found if sp.simplify(s.get(scale, 0)) != 0]


def _foci(curve: sp.Expr, points: list[Point]) -> bool | None:
    """The sum or difference of the distances is the same all along the curve; for a parabola
    the distance is that from a line along an axis."""
    squares = [(X - a) ** 2 + (Y - b) ** 2 for a, b in points]
    if len(points) == 1:
        d = sp.Symbol("d", real=True)
        return any(_proportional(squares[0] - (v - d) ** 2, curve, [d]) for v in (X, Y))
    if len(points) != 2 or points[0] == points[1]:
        return False
    s = sp.Symbol("s", positive=True)
    locus = sp.expand((squares[0] - squares[1]) ** 2 - 2 * s * (squares[0] + squares[1]) + s**2)
    return bool(_proportional(locus, curve, [s]))


def _directrix(curve: sp.Expr, lines: list[sp.Expr]) -> bool | None:
    """There is a point as far from every point of the curve as the line is."""
    if len(lines) != 1:
        return False
    (line,) = lines
    norm = line.diff(X) ** 2 + line.diff(Y) ** 2
    if norm.free_symbols or norm == 0:
        return None
    a, b = sp.symbols("a b", real=True)
    locus = norm * ((X - a) ** 2 + (Y - b) ** 2) - line**2
    return bool(_proportional(locus, curve, [a, b]))


def _asymptotes(curve: sp.Expr, lines: list[sp.Expr]) -> bool | None:
    """Together the lines are the curve with another constant."""
    if len(lines) != 2:
        return False
    c = sp.Symbol("c", real=True)
    found = _proportional(sp.expand(lines[0] * lines[1] - c), curve, [c])
    return any(s.get(c, sp.S.Zero) != 0 for s in found)


def _vertices(curve: sp.Expr, points: list[Point], wanted: str) -> bool | None:
    """The points at which the tangent is along an axis; ``vertices`` of an ellipse are those of
    them that are farthest apart."""
    found: list[Point] = []
    for letter in (X, Y):
        slope = curve.diff(letter)
        if not slope.has(letter):
            continue
        solutions = sp.solve([curve, slope], [X, Y], dict=True)
        found += [(s[X], s[Y]) for s in solutions if s[X].is_real and s[Y].is_real]
    if len(found) == 4 and wanted == "vertices":
        width = [
            sp.simplify((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) for p, q in (found[:2], found[2:])
        ]
        found = found[:2] if width[0] > width[1] else found[2:]
    if len(found) != len(points):
        return False
    rest = list(found)
    for p in points:
        match = next((q for q in rest if _same(p, q)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _same(p: Point, q: Point) -> bool:
    return all(sp.simplify(a - b) == 0 for a, b in zip(p, q, strict=True))
