"""``|x - a| < 2`` for every a: with ``x - a`` as the unknown no other letter is left.

For each value of the letters the change of the unknown is one to one, so that statements
are equivalent in the old unknown where they are in the new one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.statements import Claim, by_cells
from assistant.maths.types import Proved, Verdict


def by_shift(claim: Claim) -> Verdict | None:
    """One unknown, and letters that move it only."""
    letters = {*t.symbols(claim.before), *t.symbols(claim.after)}
    if len(claim.names) != 1 or claim.given or len(letters) < 2:
        return None
    (name,) = claim.names
    if any((*poles(s), *guards(s)) for s in (claim.before, claim.after)):
        return None
    x = sp.Symbol(name, real=True)
    try:
        moved = _moved(claim.before, x)
        if moved is None:
            return None
        sides = [_in_new(s, x, moved) for s in (claim.before, claim.after)]
    except (NotConvertible, sp.PolynomialError):
        return None
    if any({*t.symbols(s)} - {name} for s in sides):
        return None
    verdict = by_cells(replace(claim, before=sides[0], after=sides[1]))
    return Proved("one unknown less a letter") if isinstance(verdict, Proved) else None


def _moved(statement: t.Expr, x: Any) -> Any:
    """The old unknown in terms of the new one, which stands between bars."""
    for node in t.walk(statement):
        match node:
            case t.Call("abs", (inner,)) if (
                x.name in t.symbols(inner) and len(t.symbols(inner)) > 1
            ):
                value = sp.expand(to_sympy(inner, real=True))
                slope = value.coeff(x, 1)
                rest = sp.expand(value - slope * x)
                if slope.is_Rational and slope != 0 and not rest.has(x):
                    return (x - rest) / slope
    return None


def _in_new(statement: t.Expr, x: Any, moved: Any) -> t.Expr:
    """A statement of polynomials and bars in the new unknown.  Raises ``NotConvertible``."""
    match statement:
        case t.Truth():
            return statement
        case t.Junction(op, args):
            return t.Junction(op, tuple(_in_new(a, x, moved) for a in args))
        case t.Relation(op, left, right):
            gap = to_sympy(left, real=True) - to_sympy(right, real=True)
            bars = {b: sp.Dummy() for b in gap.atoms(sp.Abs)}
            if not gap.xreplace(bars).is_polynomial(*gap.free_symbols, *bars.values()):
                raise NotConvertible("no polynomial")
            put = sp.expand(gap.subs(x, moved).replace(sp.Abs, lambda a: sp.Abs(sp.expand(a))))
            return t.Relation(op, from_sympy(put), t.integer(0))
    raise NotConvertible(type(statement).__name__)
