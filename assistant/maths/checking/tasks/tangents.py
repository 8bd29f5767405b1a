"""Checks tangents: of a curve F(x, y) = 0 at a point, and all tangents through a point."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Link, Proved, Refuted, Request, Undecided, Verdict

UNKNOWN = Undecided(Doubt.NO_METHOD)
SECONDS = 2.5


def _line(claim: t.Expr | None, x: sp.Symbol, y: sp.Symbol) -> sp.Expr | None:
    """Left minus right side of the equation of a line."""
    if not isinstance(claim, t.Relation) or claim.op is not t.Comparison.EQ:
        return None
    gap = sp.expand(to_sympy(t.sub(claim.left, claim.right), real=True))
    if not gap.is_polynomial(x, y) or sp.Poly(gap, x, y).total_degree() != 1:
        return None
    return gap


def check_implicit_tangent(request: Request, draft: Draft) -> Verdict:
    """The point is on the curve and on the line, and the line's normal is along the gradient
    (of the normal line: across it)."""
    x, y = sp.symbols("x y", real=True)
    curve, point = request.operands
    line = _line(draft.answer, x, y)
    if line is None or not isinstance(curve, t.Relation) or not isinstance(point, t.Collection):
        return UNKNOWN
    whole = to_sympy(t.sub(curve.left, curve.right), real=True)
    at = dict(zip((x, y), (to_sympy(i, real=True) for i in point.items), strict=True))
    across, up = (sp.simplify(whole.diff(v).subs(at)) for v in (x, y))
    if across == up == 0 or not (across.is_finite and up.is_finite):
        return UNKNOWN
    a, b = line.coeff(x), line.coeff(y)
    along = a * across + b * up if request.topic == topics.NORMAL else a * up - b * across
    rests = [sp.simplify(v) for v in (whole.subs(at), line.subs(at), along)]
    if any(rest != 0 and rest.is_number and abs(sp.N(rest)) > 1e-12 for rest in rests):
        return Refuted("the point", str(rests), "0")
    return Proved("gradient") if not any(rests) else UNKNOWN


def check_tangents_through(request: Request, draft: Draft) -> Verdict:
    """Each line touches the curve and goes through the point, and the points at which they touch
    are all at which a tangent through it does."""
    (name,) = request.variables
    body, point = request.operands
    if not isinstance(point, t.Collection) or draft.answer is None:
        return UNKNOWN
    x, y = sp.Symbol(name, real=True), sp.Symbol("y", real=True)
    f, (p, q) = to_sympy(body, real=True), (to_sympy(i, real=True) for i in point.items)
    claims = draft.answer.items if isinstance(draft.answer, t.Collection) else (draft.answer,)
    places: set[sp.Expr] = set()
    for claim in claims:
        line = _line(claim, x, y)
        if line is None or line.coeff(y) == 0:
            return UNKNOWN
        height = sp.expand(sp.solve(line, y)[0])
        if sp.simplify(height.subs(x, p) - q) != 0:
            return UNKNOWN
        touching = _touching(f, height, x)
        if not touching:
            return UNKNOWN
        places |= set(touching)
    asked = t.equation(from_sympy(f + f.diff(x) * (p - x)), from_sympy(q))
    found = t.Collection(t.Bracket.SET, tuple(map(from_sympy, sorted(places, key=sp.N))))
    return check_link(asked, found, Link.SOLUTION, (name,), Deadline(SECONDS))


def _touching(f: sp.Expr, line: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """The places where the curve and the line have the same height and slope."""
    try:
        same_slope = sp.solve(sp.factor(sp.together(f.diff(x) - line.diff(x))), x)
    except NotImplementedError:
        return []
    return [s for s in same_slope if s.is_real and sp.simplify((f - line).subs(x, s)) == 0]
