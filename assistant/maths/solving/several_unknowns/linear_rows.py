"""The coefficients of linear equations as rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy

Rows = list[list[sp.Expr]]
"""Coefficients in the order of the unknowns, and the right side last."""


def rows_of(given: Sequence[t.Expr], names: Sequence[str]) -> Rows | None:
    """The coefficients, where every equation is linear with rational numbers."""
    unknowns = [sp.Symbol(n) for n in names]
    rows: Rows = []
    for one in given:
        if not isinstance(one, t.Relation) or one.op is not t.Comparison.EQ:
            return None
        if any(isinstance(n, t.Div) and t.symbols(n.den) for n in t.walk(one)):
            return None
        if any(isinstance(n, t.Call) and t.symbols(n) for n in t.walk(one)):
            return None
        try:
            value = sp.expand(to_sympy(one.left) - to_sympy(one.right))
        except NotConvertible:
            return None
        if not value.is_polynomial(*unknowns):
            return None
        poly = sp.Poly(value, *unknowns)
        row = [*(poly.coeff_monomial(u) for u in unknowns), -poly.coeff_monomial(1)]
        if poly.total_degree() > 1 or not all(c.is_Rational for c in row[:-1]):
            return None  # other letters may stand on the right side only
        rows.append(row)
    return rows


def whole(row: Sequence[sp.Expr]) -> list[sp.Expr]:
    """The row multiplied so that its entries are whole."""
    common = lcm(*(int(c.q) for c in row if c.is_Rational))
    return [sp.expand(c * common) for c in row]


def shorter(row: Sequence[sp.Expr]) -> list[sp.Expr]:
    """The row divided by what its entries share, the first one positive."""
    if not all(c.is_Integer for c in row):
        return list(row)
    common = gcd(*(int(c) for c in row)) or 1
    first = next((c for c in row if c != 0), 1)
    return [c / common * (1 if first > 0 else -1) for c in row]
