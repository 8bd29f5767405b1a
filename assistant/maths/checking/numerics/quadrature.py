"""Integrals in numbers: never a proof."""

from __future__ import annotations

from typing import Any

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy

Triple = tuple[t.Expr, t.Expr, t.Expr]
"""Integrand, lower and upper end."""


def _end(point: sp.Expr) -> Any:
    """An end as a number of mpmath; infinite ones too."""
    if point.is_infinite:
        return mp.inf if point > 0 else -mp.inf
    return mp.mpmathify(sp.N(point, 25))


def quadrature(triple: Triple, name: str) -> sp.Expr | None:
    """The integral in numbers, where two rules agree; ``None`` where they do not."""
    try:
        f, low, high = (to_sympy(e, real=True) for e in triple)
    except NotConvertible:
        return None
    x = sp.Symbol(name, real=True)
    if (f.free_symbols - {x}) or low.free_symbols or high.free_symbols:
        return None
    g = sp.lambdify(x, f, "mpmath")
    with mp.workdps(25):
        ends = [_end(e) for e in (low, high)]
        stops = [ends[0], ends[1]]
        cut = (
            None if mp.isinf(ends[0]) or mp.isinf(ends[1]) else ends[0] + (ends[1] - ends[0]) * 0.37
        )
        more = [ends[0], cut if cut is not None else max(ends[0], -1) + mp.mpf("1.37"), ends[1]]
        try:
            first = mp.quad(g, stops)
            second = mp.quad(g, more)
        except (ValueError, ZeroDivisionError, TypeError, mp.NoConvergence, OverflowError):
            return None
        if mp.im(first) != 0 or abs(first - second) > mp.mpf("1e-9") * (1 + abs(first)):
            return None
        return sp.Float(first, 20)


def line_number(expr: t.Expr) -> sp.Expr | None:
    """A line's value with every definite integral by quadrature."""
    found: dict[sp.Symbol, sp.Expr] = {}
    failed = False

    def change(node: t.Expr) -> t.Expr:
        nonlocal failed
        match node:
            case t.Call("integrate", (f, t.Symbol(name), low, high)):
                value = quadrature((f, low, high), name)
                failed = failed or value is None
                mark = f"quadrature_{len(found)}"
                found[sp.Symbol(mark, real=True)] = value if value is not None else sp.S.Zero
                return t.Symbol(mark)
        return node

    try:
        line = to_sympy(t.transform(expr, change), real=True).subs(found)
    except NotConvertible:
        return None
    number = sp.N(line, 20)
    return None if failed or not number.is_Number or not number.is_finite else number
