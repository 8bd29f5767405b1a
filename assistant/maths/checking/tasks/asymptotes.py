"""Are these all asymptotes of a curve?  Each line is checked, and that none is missing.

For a fraction of polynomials exactly, by orders of zeros and degrees; for other functions the
lines are checked numerically near their ends, and the answer is at best supported.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Supported,
    Undecided,
    Verdict,
)

UNKNOWN = Undecided(Doubt.NO_METHOD)
KINDS = ("vertical", "horizontal", "oblique")
FAR = 30
"""An exponent of two: how far out, or how near, a line is looked at."""


def check_asymptotes(request: Request, draft: Draft) -> Verdict:
    """The verdict on a set of lines."""
    expr = request.operands[0]
    expr = expr.right if isinstance(expr, t.Relation) else expr
    if draft.answer is None or not draft.variables:
        return UNKNOWN
    items = draft.answer.items if isinstance(draft.answer, t.Collection) else ()
    lines = [i for i in items if isinstance(i, t.Relation)]
    x = sp.Symbol(draft.variables[0], real=True)
    upright = {to_sympy(i.right, real=True) for i in lines if i.left == t.Symbol(x.name)}
    others = {to_sympy(i.right, real=True) for i in lines if i.left != t.Symbol(x.name)}
    f = to_sympy(expr, real=True)
    kinds = request.words or KINDS
    if f.is_rational_function(x):
        return _exact(sp.together(f), x, upright, others, kinds)
    near = all(_nears(f, x, a) for a in upright) and all(_follows(f, x, g) for g in others)
    return Supported(len(lines)) if near and lines else UNKNOWN


def _exact(
    f: sp.Expr, x: sp.Symbol, upright: set[sp.Expr], others: set[sp.Expr], kinds: tuple[str, ...]
) -> Verdict:
    num, den = (sp.Poly(p, x) for p in sp.fraction(f))
    poles = (
        {r for r in sp.real_roots(den) if _order(den, r) > _order(num, r)}
        if den.degree()
        else set()
    )
    wanted = poles if "vertical" in kinds else set()
    if len(wanted) != len(upright) or not all(any(_same(a, p) for p in wanted) for a in upright):
        return Refuted("vertical", str(sorted(map(str, wanted))), str(sorted(map(str, upright))))
    for line in others:
        gap = sp.Poly(sp.expand(num.as_expr() - line * den.as_expr()), x)
        if gap.is_zero or gap.degree() >= den.degree():
            return Refuted(f"y = {line}", "the distance does not tend to 0", "")
    steep = num.degree() - den.degree()
    divides = sp.rem(num, den).is_zero
    there = not divides and steep <= 1
    kind = "oblique" if steep == 1 else "horizontal"
    if bool(others) != (there and kind in kinds) or len(others) > 1:
        return Refuted("at infinity", "a line", str(others))
    return Proved("orders of zeros and degrees")


def _order(poly: sp.Poly, root: sp.Expr) -> int:
    """How often a root is one of a polynomial."""
    return sum(1 for r in sp.real_roots(poly) if r == root) if poly.degree() > 0 else 0


def _same(a: sp.Expr, b: sp.Expr) -> bool:
    return bool(a == b or sp.simplify(a - b) == 0)


def _nears(f: sp.Expr, x: sp.Symbol, at: sp.Expr) -> bool:
    """The values grow on the way to a vertical line."""
    for side in (1, -1):
        values = [f.evalf(30, subs={x: at + side * sp.Rational(1, 2**k)}) for k in (5, FAR)]
        if all(v.is_real for v in values) and abs(values[1]) > abs(values[0]) + 5:
            return True
    return False


def _follows(f: sp.Expr, x: sp.Symbol, line: sp.Expr) -> bool:
    """The distance shrinks on the way out."""
    for side in (1, -1):
        gaps = [(f - line).evalf(40, subs={x: side * sp.Integer(2) ** k}) for k in (5, 9)]
        if all(g.is_real for g in gaps) and abs(gaps[1]) < max(abs(gaps[0]) / 2, sp.Float("1e-30")):
            return True
    return False
