"""Images of real sets under elementary functions, as far as they can be written down.

A set is a union of intervals and points.  A monotone function maps it by its ends; any
other differentiable function is cut into monotone pieces at the zeros of its derivative.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import sympy as sp

MAX_PIECES = 12


def intervals(values: sp.Set) -> tuple[sp.Interval, ...] | None:
    """The parts of a set; a single point is the interval of that point."""
    if values is sp.S.Reals:
        return (sp.Interval(-sp.oo, sp.oo),)
    parts = values.args if isinstance(values, sp.Union) else (values,)
    found: list[sp.Interval] = []
    for part in parts:
        if isinstance(part, sp.FiniteSet):
            found += [_point(p) for p in part]
        elif isinstance(part, sp.Interval):
            found.append(part)
        elif part is not sp.S.EmptySet:
            return None
    return tuple(found) if len(found) <= MAX_PIECES else None


def _point(value: sp.Expr) -> sp.Interval:
    return sp.Interval.__new__(sp.Interval, value, value)


def ends(piece: sp.Set) -> tuple[sp.Expr, sp.Expr, bool, bool]:
    """Low, high, and whether each is left out."""
    if isinstance(piece, sp.FiniteSet):
        return (*(2 * tuple(piece)), False, False)
    return piece.start, piece.end, bool(piece.left_open), bool(piece.right_open)


def image(f: sp.Expr, u: sp.Symbol, values: sp.Set, cuts: tuple[sp.Expr, ...]) -> sp.Set | None:
    """What ``f`` makes of a set; ``cuts`` are the zeros of its derivative and its poles."""
    parts = intervals(values)
    if parts is None:
        return None
    found: sp.Set = sp.S.EmptySet
    for part in parts:
        if isinstance(part, sp.FiniteSet):
            found |= sp.FiniteSet(sp.simplify(f.subs(u, next(iter(part)))))
            continue
        for piece in _monotone(part, cuts):
            mapped = _mapped(f, u, piece)
            if mapped is None:
                return None
            found |= mapped
    return found


def _monotone(part: sp.Interval, cuts: tuple[sp.Expr, ...]) -> Iterator[sp.Interval]:
    low, high, low_open, high_open = ends(part)
    inner = sorted((c for c in set(cuts) if bool(low < c) and bool(c < high)), key=sp.N)
    edges = [low, *inner, high]
    for n, (a, b) in enumerate(itertools.pairwise(edges)):
        yield sp.Interval(
            a, b, low_open if n == 0 else False, high_open if n == len(edges) - 2 else False
        )


def _mapped(f: sp.Expr, u: sp.Symbol, piece: sp.Interval) -> sp.Set | None:
    low, high, low_open, high_open = ends(piece)
    left = value_at_end(f, u, low, "+")
    right = value_at_end(f, u, high, "-")
    if left is None or right is None:
        return None
    if left[0] == right[0]:
        return sp.FiniteSet(left[0]) if not (low_open and high_open) or not f.has(u) else None
    left_open, right_open = low_open or left[1], high_open or right[1]
    if bool(left[0] < right[0]):
        return sp.Interval(left[0], right[0], left_open, right_open)
    return sp.Interval(right[0], left[0], right_open, left_open)


def value_at_end(f: sp.Expr, u: sp.Symbol, at: sp.Expr, side: str) -> tuple[sp.Expr, bool] | None:
    """The value at an end, or the limit there, which is not taken."""
    if at.is_finite:
        there = sp.simplify(f.subs(u, at))
        if there.is_finite and there.is_real:
            return there, False
    smooth = f.rewrite(sp.exp)  # SymPy's limit of 2**u at -oo is wrong
    limit = sp.limit(smooth, u, at, side) if at.is_finite else sp.limit(smooth, u, at)
    limit = sp.simplify(limit)
    if limit in (sp.oo, -sp.oo) or (limit.is_number and limit.is_finite and limit.is_real):
        return limit, True
    return None
