"""Equations between logarithms or powers, brought to algebraic ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm

from assistant.maths import terms as t
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.kernels import E, common_base, constant_value, one_name
from assistant.maths.checking.logic.statements import Claim, all_of, by_cells
from assistant.maths.types import Proved, Verdict

ZERO, ONE = t.integer(0), t.integer(1)


def by_logarithms(claim: Claim) -> Verdict | None:
    """Sums of logarithms compared: products of their arguments, where these are positive;
    powers of one base compared: their exponents."""
    name = one_name(claim)
    if name is None:
        return None
    changed = [_algebraic(s) for s in (claim.before, claim.after)]
    if (changed[0], changed[1]) == (claim.before, claim.after):
        return None
    verdict = by_cells(replace(claim, before=changed[0], after=changed[1], names=(name,)))
    return Proved("the same after taking powers") if isinstance(verdict, Proved) else verdict


def _algebraic(statement: t.Expr) -> t.Expr:
    match statement:
        case t.Junction(op, args):
            return t.Junction(op, tuple(map(_algebraic, args)))
        case t.Relation(op, left, right):
            return _exponents(op, left, right) or _products(op, left, right) or statement
    return statement


def _signed_terms(expr: t.Expr, sign: int = 1) -> list[tuple[Fraction, t.Expr]]:
    match expr:
        case t.Add(parts):
            return [pair for p in parts for pair in _signed_terms(p, sign)]
        case t.Neg(arg):
            return _signed_terms(arg, -sign)
        case t.Mul(factors):
            constants = [constant_value(f) for f in factors]
            rest = [f for f, c in zip(factors, constants, strict=True) if c is None]
            scale = Fraction(sign)
            for c in constants:
                scale *= 1 if c is None else c
            return [(scale, t.mul(*rest))]
        case t.Div(num, den) if value := constant_value(den):
            return [(c / value, e) for c, e in _signed_terms(num, sign)]
    return [(Fraction(sign), expr)]


def _products(op: t.Comparison, left: t.Expr, right: t.Expr) -> t.Expr | None:
    """``log g1 + log g2 = c`` as ``g1*g2 = b^c``, with every argument positive."""
    terms = _signed_terms(t.sub(left, right))
    bases: list[Fraction | None] = []
    for _, term in terms:
        match term:
            case t.Call("ln", _):
                bases.append(None)
            case t.Call("log", (_, base)) if value := constant_value(base):
                bases.append(value)
            case _ if constant_value(term) is None:
                return None
    if not bases or (None in bases and any(b is not None for b in bases)):
        return None
    found = common_base([b for b in bases if b is not None]) if None not in bases else None
    if None not in bases and (found is None or found[0] <= 1):
        return None
    unit, ratios = found or (None, [1] * len(bases))
    queue = iter(ratios)
    parts: list[tuple[Fraction, t.Expr]] = []
    for scale, term in terms:
        if isinstance(term, t.Call) and term.name in ("ln", "log"):
            parts.append((scale / next(queue), term.args[0]))
        elif value := scale * (constant_value(term) or 0):
            if unit is None:
                return None
            parts.append((value, t.rational(unit)))
    return _power_product(op, parts, guards(t.sub(left, right)))


def _power_product(
    op: t.Comparison, parts: list[tuple[Fraction, t.Expr]], conditions: tuple[t.Expr, ...]
) -> t.Expr | None:
    common = lcm(*(c.denominator for c, _ in parts))
    powers = [(int(c * common), g) for c, g in parts]
    if sum(abs(n) for n, _ in powers) > 24:
        return None
    sides = [
        t.mul(*(t.Pow(g, t.integer(abs(n))) for n, g in powers if n * sign > 0)) for sign in (1, -1)
    ]
    return all_of([*conditions, t.Relation(op, sides[0], sides[1])])


def _exponents(op: t.Comparison, left: t.Expr, right: t.Expr) -> t.Expr | None:
    """``b^f = b^g`` as ``f = g``."""
    sides = [_as_power(e) for e in (left, right)]
    if not any(t.symbols(p[1]) for p in sides if p):
        return None
    if sides[0] is None or sides[1] is None:
        return None
    if sides[0][0] is None or sides[1][0] is None:  # base e
        exponents = [e if b is None else ZERO if b == 1 else None for b, e in (sides[0], sides[1])]
        if exponents[0] is None or exponents[1] is None:
            return None
        return t.Relation(op, exponents[0], exponents[1])
    pairs = [(b, e) for b, e in (sides[0], sides[1]) if b is not None]
    found = common_base([b for b, _ in pairs if b != 1])
    if found is None or found[0] <= 1:
        return None
    ratios = iter(found[1])
    new = [ZERO if b == 1 else t.mul(t.integer(next(ratios)), e) for b, e in pairs]
    return t.Relation(op, new[0], new[1])


def _as_power(expr: t.Expr) -> tuple[Fraction | None, t.Expr] | None:
    """A side as base and exponent; ``None`` for the base e."""
    match expr:
        case t.Pow(base, exp) if base == E:
            return None, exp
        case t.Call("exp", (exp,)):
            return None, exp
        case t.Pow(base, exp) if t.symbols(exp):
            value = constant_value(base)
            return (value, exp) if value and value > 0 and value != 1 else None
    value = constant_value(expr)
    return (value, ONE) if value and value > 0 else None
