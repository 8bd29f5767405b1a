"""Derivatives of named functions by the equations that define them.

Each ``F(z)`` becomes a pair of symbols, its value and its derivative by z; the second
derivative is put in from the function's own differential equation (Abramowitz and Stegun
9.1.1, 9.6.1, 10.4.1, 13.1.1, 15.5.1).  What is left is algebra, so that a residual which
vanishes is proved to vanish.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

NAMED = (
    sp.besselj, sp.bessely, sp.besseli, sp.besselk, sp.airyai, sp.airybi, sp.airyaiprime,
    sp.airybiprime, sp.hyper,
)  # fmt: skip
PRIMES = {sp.airyaiprime: sp.airyai, sp.airybiprime: sp.airybi}


@dataclass(frozen=True, slots=True)
class Pair:
    """The symbols of one function's value and derivative, its argument and second derivative."""

    value: sp.Symbol
    slope: sp.Symbol
    z: sp.Expr
    second: sp.Expr


def derivatives(value: sp.Expr, x: sp.Symbol, order: int) -> list[sp.Expr] | None:
    """The value and its derivatives by x; ``None`` where a function is none of those named."""
    pairs: dict[tuple[object, ...], Pair] = {}
    table: dict[sp.Expr, sp.Expr] = {}
    for f in sorted(value.atoms(*NAMED), key=lambda e: (_steps(e, value), sp.default_sort_key(e))):
        put = _known(f, pairs) if isinstance(f, NAMED) else None
        if put is None:
            return None
        table[f] = put
    found = [value.subs(table)]
    for _ in range(order):
        last = found[-1]
        change = sp.diff(last, x)
        for pair in pairs.values():
            rate = sp.diff(pair.z, x)
            change += rate * pair.slope * sp.diff(last, pair.value)
            change += rate * pair.second * sp.diff(last, pair.slope)
        found.append(change)
    return found


def _steps(f: sp.Expr, value: sp.Expr) -> int:
    """How far the orders of its relatives are in all: the function in the middle goes first."""
    if isinstance(f, sp.hyper):
        return int(sum(sp.sign(a - b) for g in value.atoms(sp.hyper) for a, b in _apart(f, g)))
    if not isinstance(f, NAMED[:4]):
        return 1 if type(f) in PRIMES else 0
    others = [g for g in value.atoms(type(f)) if g.args[1] == f.args[1]]
    return sum(abs(int(d)) for g in others if (d := sp.simplify(g.args[0] - f.args[0])).is_Integer)


def _apart(f: sp.Expr, g: sp.Expr) -> list[tuple[sp.Expr, sp.Expr]]:
    gap = sp.simplify(f.bq[0] - g.bq[0])
    return [(gap, sp.S.Zero)] if gap.is_Integer else []


def _known(f: sp.Expr, pairs: dict[tuple[object, ...], Pair]) -> sp.Expr | None:
    """The function in symbols: a pair's value, or what a neighbour is in terms of a pair."""
    if isinstance(f, sp.hyper):
        return _hypergeometric(f, pairs)
    if not isinstance(f, NAMED[:4]):
        kind, z = PRIMES.get(type(f), type(f)), f.args[0]
        pair = pairs.setdefault((kind, z), _new(z, lambda w, _: z * w))
        return pair.slope if type(f) in PRIMES else pair.value
    order, z = f.args
    for (kind, at, base), pair in ((k, p) for k, p in pairs.items() if len(k) == 3):
        gap = sp.simplify(order - base) if kind is type(f) and at == z else None
        if gap in (-1, 0, 1):
            return _neighbour(f, pair, base, int(gap))
    square = order**2 / z**2
    weight = square - 1 if isinstance(f, sp.besselj | sp.bessely) else square + 1
    pair = _new(z, lambda w, s: weight * w - s / z)
    pairs[type(f), z, order] = pair
    return pair.value


def _new(z: sp.Expr, second: object) -> Pair:
    value, slope = sp.Dummy("F", real=True), sp.Dummy("G", real=True)
    assert callable(second)
    return Pair(value, slope, z, second(value, slope))


def _neighbour(f: sp.Expr, pair: Pair, base: sp.Expr, gap: int) -> sp.Expr:
    """Orders one apart: A&S 9.1.27 and 9.6.26."""
    if not gap:
        return pair.value
    part = base / pair.z * pair.value
    if isinstance(f, sp.besselj | sp.bessely):
        return pair.slope + part if gap < 0 else part - pair.slope
    if isinstance(f, sp.besseli):
        return pair.slope + part if gap < 0 else pair.slope - part
    return -pair.slope - part if gap < 0 else part - pair.slope


def _hypergeometric(f: sp.Expr, pairs: dict[tuple[object, ...], Pair]) -> sp.Expr | None:
    """Kummer's and Gauss's functions, and their derivatives (A&S 13.4.8, 15.2.1)."""
    above, (below,), z = tuple(f.ap), tuple(f.bq), f.argument
    if len(above) not in (1, 2):
        return None
    lower = tuple(sp.simplify(a - 1) for a in (*above, below))
    if (found := pairs.get((sp.hyper, z, *lower))) is not None:
        return found.slope * lower[-1] / sp.Mul(*lower[:-1])
    key = (sp.hyper, z, *(sp.simplify(a) for a in (*above, below)))
    if len(above) == 1:
        rule = lambda w, s: (above[0] * w - (below - z) * s) / z  # noqa: E731
    else:
        a, b = above
        rule = lambda w, s: (a * b * w - (below - (a + b + 1) * z) * s) / (z * (1 - z))  # noqa: E731
    return pairs.setdefault(key, _new(z, rule)).value
