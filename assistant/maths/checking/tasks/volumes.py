"""Volumes of regions that are turned about an axis, checked by an integral that is set up anew.

About the x-axis the cross section at x is a ring between the radii |f| and |g|, provided that the
region lies on one side of the axis; about the y-axis the shell at x has the height |f - g|.
"""

from __future__ import annotations

from itertools import pairwise

import sympy as sp

from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.continuity import Unknown, turns, zeros
from assistant.maths.checking.tasks.definite import check_value, is_real
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Request, Undecided, Verdict

UNKNOWN = Undecided(Doubt.NO_METHOD)


def check_volume(request: Request, draft: Draft) -> Verdict:
    """Operands: both curves, and the interval, one end of it, or neither."""
    if draft.answer is None or len(draft.variables) != 1:
        return UNKNOWN
    name = draft.variables[0]
    x = sp.Symbol(name, real=True)
    try:
        f, g, *ends = (to_sympy(o, real=True) for o in request.operands)
        if not {*f.free_symbols, *g.free_symbols} <= {x}:
            return UNKNOWN
        span = _span(f - g, x, ends)
        if span is None:
            return UNKNOWN
        low, high = span
        if not all(is_real(curve, x, low, high) for curve in (f, g)):
            return UNKNOWN
        if request.topic == topics.VOLUME_X:
            if not _one_sided(f, g, x, span):
                return UNKNOWN
            body = sp.pi * sp.Abs(sp.expand(f**2 - g**2))
        else:
            if low < 0 < high:
                if not _even(f, x) or not _even(g, x) or sp.simplify(low + high) != 0:
                    return UNKNOWN
                low = sp.Integer(0)
            body = 2 * sp.pi * sp.Abs(sp.expand(x * (f - g)))
        operands = (from_sympy(body), from_sympy(low), from_sympy(high))
    except (NotConvertible, Unknown, NotImplementedError, TypeError, ValueError):
        return UNKNOWN
    return check_value(operands, draft, name)


def _span(gap: sp.Expr, x: sp.Symbol, ends: list[sp.Expr]) -> tuple[sp.Expr, sp.Expr] | None:
    """The interval of the region: told, or between the outermost points where the curves meet."""
    if len(ends) < 2:
        met = sorted({*zeros(sp.expand(gap), x, -sp.oo, sp.oo)}, key=lambda p: sp.N(p, 30))
        if len(ends) == 1 and len(met) != 1:
            return None
        ends = sorted({*ends, *(met if ends else [*met[:1], *met[-1:]])}, key=lambda p: sp.N(p, 30))
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] < ends[1] else None


def _one_sided(f: sp.Expr, g: sp.Expr, x: sp.Symbol, span: tuple[sp.Expr, sp.Expr]) -> bool:
    """Whether both curves lie on one side of the x-axis, each touching it at most: between two
    neighbours of their zeros and gaps the sign is that of any place."""
    cuts = {*span, *turns(sp.factor(f), x, *span), *turns(sp.factor(g), x, *span)}
    ordered = sorted(cuts, key=lambda p: sp.N(p, 30))
    places = [(2 * a + b) / 3 for a, b in pairwise(ordered)]
    products = [sp.N((f * g).subs(x, place), 30) for place in places]
    return all(value.is_real and value > -sp.Float("1e-20") for value in products)


def _even(value: sp.Expr, x: sp.Symbol) -> bool:
    return bool(sp.simplify(value.subs(x, -x) - value) == 0)
