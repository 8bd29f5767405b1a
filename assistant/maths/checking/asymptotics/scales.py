"""Arithmetic of asymptotic expansions as ``t`` goes to 0 from above.

An expansion is a sum of classes ``exp(q)·(Σ c_a·t^a + o(t^order))``: ``q`` is a finite sum
of ``c·t^(-r)`` that outgrows the logarithm, the exponents ``a`` are real numbers, the
coefficients are exact and may hold the slow scale ``LOG = ln(1/t)`` and bounded oscillating
symbols.  Every operation keeps track of what it cut off, so a leading term that is left
at the end is a proof.  (Comparability classes after Hardy, Orders of Infinity, 1910; the
series arithmetic is that of Gruntz, On Computing Limits, ETH 1996, chapter 2.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy as sp
from mpmath import iv, mp

from assistant.maths.cas.guard import processor_time

T = sp.Dummy("t", positive=True)
LOG = sp.Dummy("L", positive=True)
Value = Any
"""An exact coefficient, a SymPy expression."""
Growth = tuple[tuple[Value, Value], ...]
"""``q`` as pairs (power of ``1/t``, coefficient), the largest power first; ``()`` is 0."""

FLAT: Growth = ()
UNKNOWN_ORDER = sp.Integer(-(10**6))


class Unknown(Exception):  # noqa: N818 - "don't know" is no error of the program
    """The expansion cannot be found here."""


class Shallow(Unknown):
    """Everything known cancelled: more terms are needed."""


class Oscillates(Exception):  # noqa: N818 - a value
    """The leading coefficient has no limit; ``limits`` are what two sequences tend to."""

    def __init__(self, limits: tuple[Value, Value]) -> None:
        super().__init__(str(limits))
        self.limits = limits


@dataclass
class Context:
    """One computation: how many terms, and the oscillating symbols made on the way.

    ``waves`` maps the diverging argument (a growth) to its (sine, cosine) symbols.
    """

    terms: int
    waves: dict[Value, tuple[sp.Symbol, sp.Symbol]]
    deadline: float

    def wave_symbols(self) -> set[sp.Symbol]:
        """All symbols that stand for an oscillation."""
        return {s for pair in self.waves.values() for s in pair}

    def reduce(self, value: Value) -> Value:
        """A coefficient in a form in which equal ones look equal."""
        value = sp.expand(value)
        for sine, cosine in self.waves.values():
            if value.has(sine) and value.is_polynomial(sine):
                value = sp.expand(sp.rem(value, sine**2 + cosine**2 - 1, sine))
        return value

    def is_zero(self, value: Value) -> bool:
        """Whether a coefficient vanishes.  Raises ``Unknown`` where that is not settled."""
        value = self.reduce(value)
        if value.is_zero is not None:
            return bool(value.is_zero)
        samples = [sp.Rational(p, 7) for p in (3, 11, 16, 5, 9, 13, 23, 25)]
        chosen = dict(zip(sorted(value.free_symbols, key=str), samples, strict=False))
        number = sp.N(value.subs(chosen), 30)
        if number.is_number and abs(number) > sp.Float("1e-18"):
            return False
        if value.count_ops() < 80 and sp.simplify(value) == 0:
            return True
        raise Unknown(f"is {value} zero?")


@dataclass(frozen=True)
class Powers:
    """``Σ c·t^a + o(t^order)``, the exponents ascending; no order: exact."""

    terms: tuple[tuple[Value, Value], ...]
    order: Value | None = None


Expansion = dict[Growth, Powers]


def constant(value: Value) -> Expansion:
    """An exact constant coefficient."""
    return {} if value == 0 else {FLAT: Powers(((sp.S.Zero, value),))}


def _earlier(a: Value | None, b: Value | None) -> Value | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b)


def _collect(ctx: Context, pairs: Iterable[tuple[Value, Value]], order: Value | None) -> Powers:
    if processor_time() > ctx.deadline:
        raise Unknown("it takes too long")
    sums: dict[Value, Value] = {}
    for exponent, coefficient in pairs:
        if order is None or exponent < order:
            sums[exponent] = sums.get(exponent, sp.S.Zero) + coefficient
    kept = sorted(
        ((e, v) for e, c in sums.items() if not ctx.is_zero(v := ctx.reduce(c))),
        key=lambda pair: sp.Float(pair[0]),
    )
    if len(kept) > 1:
        edge = kept[0][0] + ctx.terms
        if kept[-1][0] >= edge:
            order = _earlier(order, edge)
            kept = [pair for pair in kept if pair[0] < edge]
    return Powers(tuple(kept), order)


def add(ctx: Context, *items: Expansion) -> Expansion:
    """The sum."""
    growths = dict.fromkeys(q for item in items for q in item)
    out: Expansion = {}
    for q in growths:
        parts = [item[q] for item in items if q in item]
        order: Value | None = None
        for part in parts:
            order = _earlier(order, part.order)
        powers = _collect(ctx, (pair for part in parts for pair in part.terms), order)
        if powers.terms or powers.order is not None:
            out[q] = powers
    return out


def scale(ctx: Context, item: Expansion, factor: Value) -> Expansion:
    """A multiple by an exact coefficient."""
    return multiply(ctx, item, constant(factor))


def multiply(ctx: Context, left: Expansion, right: Expansion) -> Expansion:
    """The product."""
    out: Expansion = {}
    for q1, p1 in left.items():
        for q2, p2 in right.items():
            q = add_growth(ctx, q1, q2)
            order = None
            for one, other in ((p1, p2), (p2, p1)):
                if one.order is not None:
                    low = other.terms[0][0] if other.terms else other.order
                    order = _earlier(order, one.order + (0 if low is None else low))
            pairs = [(a + b, c * d) for a, c in p1.terms for b, d in p2.terms]
            piece = {q: _collect(ctx, pairs, order)}
            out = add(ctx, out, piece)
    return out


def add_growth(ctx: Context, left: Growth, right: Growth, sign: int = 1) -> Growth:
    """``q1 ± q2``."""
    sums = dict(left)
    for power, coefficient in right:
        sums[power] = sums.get(power, sp.S.Zero) + sign * coefficient
    kept = [(p, v) for p, c in sums.items() if not ctx.is_zero(v := sp.expand(c))]
    return tuple(sorted(kept, key=lambda pair: -sp.Float(pair[0])))


def real_sign(value: Value) -> int:
    """The sign of an exact real number.  Raises ``Unknown``."""
    if value.is_extended_positive:
        return 1
    if value.is_extended_negative:
        return -1
    if value.is_number and value.is_extended_real is not False:
        number = sp.N(value, 30)
        if number.is_Float and abs(number) > sp.Float("1e-20"):
            return 1 if number > 0 else -1
    raise Unknown(f"sign of {value}")


def growth_sign(q: Growth, sign: Callable[[Value], int]) -> int:
    """1 where ``exp(q)`` goes to infinity, -1 where it goes to 0."""
    return sign(q[0][1]) if q else 0


def dominant(ctx: Context, item: Expansion, sign: Callable[[Value], int]) -> Growth:
    """The largest class.  Raises ``Shallow`` where an error term could be as large."""
    best: Growth | None = None
    for q in item:
        if best is None or growth_sign(add_growth(ctx, q, best, -1), sign) > 0:
            best = q
    if best is None:
        raise Unknown("zero")
    if not item[best].terms:
        raise Shallow
    return best


def enclosure(value: Value, waves: set[sp.Symbol]) -> tuple[sp.Float, sp.Float]:
    """Bounds of a coefficient over all phases.  Raises ``Unknown``."""
    try:
        found = _enclose(value, waves)
    except (ValueError, ZeroDivisionError, OverflowError) as wrong:
        raise Unknown(str(wrong)) from wrong
    low, high = (sp.Float(mp.make_mpf(end)) for end in found._mpi_)
    if not (low.is_finite and high.is_finite):
        raise Unknown("unbounded")
    return low, high


def _enclose(value: Value, waves: set[sp.Symbol]) -> iv.mpf:
    if value in waves:
        return iv.mpf([-1, 1])
    if not value.args or value.is_number:
        number = sp.N(value, 20)
        if not number.is_Float and not number.is_Integer:
            raise Unknown(f"{value} is no real number")
        slack = iv.mpf(["-1e-14", "1e-14"])
        return iv.mpf(str(number)) * (1 + slack)
    parts = [_enclose(a, waves) for a in value.args]
    match value:
        case sp.Add():
            return sum(parts, iv.mpf(0))
        case sp.Mul():
            product = iv.mpf(1)
            for part in parts:
                product *= part
            return product
        case sp.Pow() if value.exp.is_Integer:
            if value.exp < 0 and parts[0].a <= 0 <= parts[0].b:
                raise Unknown("a zero in the denominator")
            return parts[0] ** int(value.exp)
        case sp.Pow() if parts[0].a > 0:
            return iv.exp(parts[1] * iv.log(parts[0]))
        case sp.exp():
            return iv.exp(parts[0])
        case sp.log() if parts[0].a > 0:
            return iv.log(parts[0])
        case sp.Abs():
            return abs(parts[0])
        case sp.sin() | sp.cos():
            return iv.mpf([-1, 1])
        case sp.atan():
            return iv.mpf(["-1.5707963267948967", "1.5707963267948967"])
    raise Unknown(f"bounds of {value.func}")
