"""Bounds of a function by interval arithmetic: enough to see that a derivative keeps its sign."""

from __future__ import annotations

import sympy as sp

from assistant.maths.solving.equations.solution_sets import Piece, sign_of

Range = tuple[sp.Expr, sp.Expr]
"""Lowest and highest value; an end need not be reached."""


def sign_on_line(value: sp.Expr, x: sp.Symbol, window: Piece) -> int | None:
    """1 or -1 where a function has this sign on the whole interval (zero at most at isolated
    points, which is why only sums with a term that is no constant may touch zero)."""
    found = bounds(value, x, window)
    if found is None:
        return None
    low, high = found
    if low != -sp.oo and sign_of(low) in (0, 1):
        return 1 if sign_of(low) == 1 or value.has(x) else None
    if high != sp.oo and sign_of(high) in (0, -1):
        return -1 if sign_of(high) == -1 or value.has(x) else None
    return None


def bounds(value: sp.Expr, x: sp.Symbol, window: Piece) -> Range | None:
    """A range that contains all the values on an interval, or ``None``."""
    if not value.has(x):
        return (value, value) if value.is_extended_real else None
    if value == x:
        return window.low, window.high
    if value.is_Add:
        return _sum([bounds(a, x, window) for a in value.args])
    if value.is_Mul:
        return _product([bounds(a, x, window) for a in value.args])
    if isinstance(value, sp.sin | sp.cos):
        return sp.Integer(-1), sp.Integer(1)
    if isinstance(value, sp.exp):
        return sp.Integer(0), sp.oo
    if value.is_Pow:
        return _power(value, x, window)
    return None


def _sum(parts: list[Range | None]) -> Range | None:
    if any(p is None for p in parts):
        return None
    known = [p for p in parts if p is not None]
    return sp.Add(*(p[0] for p in known)), sp.Add(*(p[1] for p in known))


def _product(parts: list[Range | None]) -> Range | None:
    result: Range = (sp.Integer(1), sp.Integer(1))
    for part in parts:
        if part is None:
            return None
        ends = [_times(a, b) for a in result for b in part]
        low, high = sp.Min(*ends), sp.Max(*ends)
        if not low.is_extended_real or not high.is_extended_real:
            return None
        result = (low, high)
    return result


def _times(a: sp.Expr, b: sp.Expr) -> sp.Expr:
    return sp.Integer(0) if a == 0 or b == 0 else a * b


def _power(value: sp.Expr, x: sp.Symbol, window: Piece) -> Range | None:
    base, exp = value.base, value.exp
    if not base.has(x):
        return (sp.Integer(0), sp.oo) if sign_of(base) == 1 else None
    inner = bounds(base, x, window)
    if exp.is_Integer and exp > 0 and exp % 2 == 0:
        return sp.Integer(0), sp.oo
    if inner is None or exp.has(x) or not exp.is_Rational:
        return None
    low, high = inner
    if low != -sp.oo and sign_of(low) in (0, 1):
        return sp.Integer(0), sp.oo
    if exp.is_Integer and exp > 0:
        return low**exp, high**exp
    return None
