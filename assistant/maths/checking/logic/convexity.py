"""``e^x > x + 1``: a strictly convex function has at most two zeros, and its sign is known.

The sides' difference f has a second derivative of one sign on the whole domain (an
interval).  With two zeros f has the sign of (x − r)(x − s); with a zero where f' is zero
too, that of (x − r)²; without a zero the sign at its turning point.  For concave f all
signs are turned.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.logic.statements import Claim, by_cells
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.types import Proved, Verdict

ZERO, ONE = t.integer(0), t.integer(1)
MAX_CONSTANTS = 4


def by_convexity(claim: Claim) -> Verdict | None:
    """One relation of two sides whose difference is strictly convex or concave."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    if not isinstance(claim.before, t.Relation) or len(names) != 1 or claim.given:
        return None
    name = next(iter(names))
    gap = t.sub(claim.before.left, claim.before.right)
    x = t.Symbol(name)
    conditions = guards(gap)
    if any(c != t.Relation(t.Comparison.GT, x, ZERO) for c in conditions):
        return None
    if any(p != x for p in poles(gap)) or (poles(gap) and not conditions):
        return None
    symbol = sp.Symbol(name, positive=True) if conditions else sp.Symbol(name, real=True)
    try:
        value = to_sympy(gap, real=True).subs(sp.Symbol(name, real=True), symbol)
        if not _smooth(value):
            return None
        bend = sp.diff(value, symbol, 2)
        sign = 1 if bend.is_positive else -1 if bend.is_negative else 0
        model = _model(claim, (value, symbol), sign) if sign else None
    except NotConvertible:
        return None
    if model is None:
        return None
    shown = t.Relation(claim.before.op, model, ZERO)
    same = t.Junction(t.Connective.AND, (*conditions, shown)) if conditions else shown
    return _named(by_cells(replace(claim, before=same)))


def _smooth(value: sp.Expr) -> bool:
    """Nothing but whole powers, exponentials, logarithms, sines and cosines."""
    return all(
        f.func in (sp.exp, sp.log, sp.sin, sp.cos, sp.sinh, sp.cosh)
        for f in value.atoms(sp.Function)
    ) and all(
        p.exp.is_Integer or not p.base.free_symbols or p.exp.free_symbols
        for p in value.atoms(sp.Pow)
    )


def _named(verdict: Verdict | None) -> Verdict | None:
    return Proved("a strictly convex function") if isinstance(verdict, Proved) else None


def _model(claim: Claim, function: tuple[sp.Expr, sp.Symbol], sign: int) -> t.Expr | None:
    """A polynomial of the same sign as the function everywhere on its domain."""
    value, x = function
    slope = sp.diff(value, x)
    zeros = [c for c in _constants(claim.after) if _is_zero(value, x, c, claim)]
    letter = t.Symbol(x.name)
    if len(zeros) == 2:
        if truth(t.equation(*zeros), claim.deadline) is not False:
            return None  # the same number in two spellings hides the other zero
        return _signed(t.Mul(tuple(t.sub(letter, z) for z in zeros)), sign)
    if len(zeros) == 1:
        touching = _is_zero(slope, x, zeros[0], claim)
        square = t.Pow(t.sub(letter, zeros[0]), t.integer(2))
        return _signed(square, sign) if touching else None
    if zeros:
        return None
    turning = [c for c in sp.solve(slope, x) if c.is_real] if slope.has(x) else []
    if len(turning) != 1 or not _is_zero(slope, x, from_sympy(turning[0]), claim):
        return None
    place = from_sympy(turning[0])
    if _is_zero(value, x, place, claim):
        return _signed(t.Pow(t.sub(letter, place), t.integer(2)), sign)
    extreme = from_sympy(value.subs(x, turning[0]))
    op = t.Comparison.GT if sign > 0 else t.Comparison.LT
    holds = truth(t.Relation(op, extreme, ZERO), claim.deadline)
    return _signed(ONE, sign) if holds else None


def _signed(value: t.Expr, sign: int) -> t.Expr:
    return value if sign > 0 else t.Neg(value)


def _is_zero(value: sp.Expr, x: sp.Symbol, place: t.Expr, claim: Claim) -> bool:
    """Whether the function is exactly zero there (and the place in its domain)."""
    number = to_sympy(place, real=True)
    if x.is_positive and not number.is_positive:
        return False
    here = from_sympy(value.subs(x, number))
    return truth(t.equation(here, ZERO), claim.deadline) is True


def _constants(statement: t.Expr) -> list[t.Expr]:
    """The numbers with which the unknown is compared, each once."""
    found: dict[sp.Expr, t.Expr] = {}
    for node in t.walk(statement):
        match node:
            case t.Relation(_, t.Symbol(), value) | t.Relation(_, value, t.Symbol()):
                if not t.symbols(value):
                    found.setdefault(to_sympy(value, real=True), value)
    return list(found.values())[:MAX_CONSTANTS]
