"""Inequalities for whole numbers between products of powers, factorials and polynomials, such as
``n! > 2^n``.

Both sides are positive from a number on, and there F(n+1)/F(n) and G(n+1)/G(n) are quotients of
polynomials.  Where the first is at least the second from a number N on and F(N) > G(N), then
F(n+1) = F(n) F(n+1)/F(n) > G(n) G(n+1)/G(n) = G(n+1) for each next n.  The numbers up to N are
tried one by one; N lies beyond Cauchy's bound of every polynomial, so that its sign is that of its
first term.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.tasks.whole_polynomials import Poly, bound, plus, shifted, times
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.types import Proved, Refuted, Verdict

MOST = 300
"""So many numbers are tried."""
NEAR = 20
"""So many are looked at for a counterexample first."""
DEEP = 12
"""No higher power of a polynomial, and no steeper factorial."""
ONE: Poly = [Fraction(1)]


@dataclass(frozen=True, slots=True)
class _Growth:
    """``F(n+1)/F(n) = up/down`` and the polynomials that must be positive for that."""

    up: Poly
    down: Poly
    positive: tuple[Poly, ...] = ()

    def times(self, other: _Growth) -> _Growth:
        up, down = times(self.up, other.up), times(self.down, other.down)
        return _Growth(up, down, self.positive + other.positive)

    def inverse(self) -> _Growth:
        return _Growth(self.down, self.up, self.positive)


def products_for_whole(
    more: t.Expr, less: t.Expr, name: str, ends: tuple[int | None, int | None], *, strict: bool
) -> Verdict | None:
    """Whether ``more > less`` (or ``>=``) for all whole numbers between the ends."""
    low, high = ends
    if low is None:
        return None
    last = low + NEAR if high is None else min(low + NEAR, high)
    try:
        if (broken := _broken(more, less, name, range(low, last + 1), strict=strict)) is not None:
            return broken
        if high is None:
            high = max(low, _start(_growth(more, name), _growth(less, name)))
        if high - low > MOST:
            return None
        broken = _broken(more, less, name, range(last + 1, high + 1), strict=strict)
    except NotKnownError:
        return None
    return broken or Proved("whole numbers one by one, then the growth of both sides")


def _broken(more: t.Expr, less: t.Expr, name: str, tried: range, *, strict: bool) -> Refuted | None:
    for n in tried:
        left, right = exact_value(more, name, n), exact_value(less, name, n)
        if left < right or (strict and left == right):
            return Refuted(f"{name} = {n}", "false", "true")
    return None


def _start(first: _Growth, second: _Growth) -> int:
    """From this number on both sides are positive and the first grows at least as fast."""
    gap = plus(times(first.up, second.down), [-c for c in times(second.up, first.down)])
    positive = (*first.positive, *second.positive, first.down, second.down)
    if any(not p or p[-1] <= 0 for p in positive) or (gap and gap[-1] < 0):
        raise NotKnownError
    return max(map(bound, (gap, *positive)))


def _growth(expr: t.Expr, name: str) -> _Growth:
    """Raises ``NotKnownError`` for what is no such product."""
    if name not in t.symbols(expr):
        return _Growth(ONE, ONE, ([exact_value(expr, name, 0)],))
    match expr:
        case t.Mul(factors):
            found = _Growth(ONE, ONE)
            for factor in factors:
                found = found.times(_growth(factor, name))
            return found
        case t.Div(num, den):
            return _growth(num, name).times(_growth(den, name).inverse())
        case t.Call("factorial", (arg,)):
            return _of_factorial(_polynomial(arg, name))
        case t.Pow(base, exponent) if name not in t.symbols(base):
            return _of_power(exact_value(base, name, 0), _polynomial(exponent, name))
        case t.Pow(base, t.Number(value)) if value.denominator == 1 and 1 <= value <= DEEP:
            one = found = _growth(base, name)
            for _ in range(int(value) - 1):
                found = found.times(one)
            return found
    body = _polynomial(expr, name)
    return _Growth(shifted(body), body, (body,))


def _of_factorial(inner: Poly) -> _Growth:
    """``((an + c + a)!)/((an + c)!)`` is the product of a factors."""
    rate, start = _linear(inner)
    if rate > DEEP:
        raise NotKnownError
    found = ONE
    for step in range(1, rate + 1):
        found = times(found, [Fraction(start + step), Fraction(rate)])
    return _Growth(found, ONE, (inner if start < 0 else ONE,))


def _of_power(base: Fraction, exponent: Poly) -> _Growth:
    rate, _ = _linear(exponent)
    if base <= 0 or rate > DEEP:
        raise NotKnownError
    return _Growth([base**rate], ONE)


def _linear(inner: Poly) -> tuple[int, int]:
    """``a`` and ``c`` of ``an + c``, both whole and a > 0."""
    if len(inner) != 2 or any(c.denominator != 1 for c in inner) or inner[1] <= 0:
        raise NotKnownError
    return int(inner[1]), int(inner[0])


def _polynomial(expr: t.Expr, name: str) -> Poly:
    match expr:
        case t.Number(value):
            return [value] if value else []
        case t.Symbol(letter) if letter == name:
            return [Fraction(0), Fraction(1)]
        case t.Neg(arg):
            return [-c for c in _polynomial(arg, name)]
        case t.Add(parts):
            total: Poly = []
            for part in parts:
                total = plus(total, _polynomial(part, name))
            return total
        case t.Mul(factors):
            found = ONE
            for factor in factors:
                found = times(found, _polynomial(factor, name))
            return found
        case t.Div(num, den) if not t.symbols(den):
            below = exact_value(den, name, 0)
            if not below:
                raise NotKnownError
            return [c / below for c in _polynomial(num, name)]
        case t.Pow(base, t.Number(value)) if value.denominator == 1 and 1 <= value <= DEEP:
            found = one = _polynomial(base, name)
            for _ in range(int(value) - 1):
                found = times(found, one)
            return found
    raise NotKnownError
