"""Pairs of whole numbers on a conic with finitely many of them: an ellipse, or a product.

An equation of the second degree whose discriminant is negative bounds both numbers.  One whose
discriminant is a square is ``L M = N`` with factors of whole coefficients, up to a factor, and
``|L|, |M| <= |N|`` bounds them (N is not 0).  Every number within is tried for the other one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, isqrt

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.domains import poles
from assistant.maths.checking.tasks.quantities import whole
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.polynomial_form import is_quotient

MOST = 100_000
"""So many values of one unknown are tried."""
Pair = tuple[int, int]
Line = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Conic:
    """``a x^2 + b xy + c y^2 + d x + e y + f = 0`` with whole numbers."""

    a: int
    b: int
    c: int
    d: int
    e: int
    f: int

    @property
    def discriminant(self) -> int:
        """Below zero for an ellipse."""
        return self.b * self.b - 4 * self.a * self.c


@dataclass(frozen=True, slots=True)
class Product:
    """``(p x + q y + r)(s x + u y + v) = value``, the factors without common divisors."""

    first: Line
    second: Line
    value: Fraction


def conic_of(equation: t.Expr, names: tuple[str, ...]) -> Conic | None:
    """The conic on which all solutions of an equation lie: it holds there but at the ``poles``."""
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    if len(names) != 2 or {*t.symbols(equation)} != {*names} or not is_quotient(equation, *names):
        return None
    x, y = map(sp.Symbol, names)
    try:
        above = sp.fraction(sp.together(to_sympy(t.sub(equation.left, equation.right))))[0]
        poly = sp.Poly(above, x, y)
    except (NotConvertible, sp.PolynomialError):
        return None
    if poly.total_degree() != 2 or not all(c.is_Rational for c in poly.coeffs()):
        return None
    _, poly = poly.clear_denoms(convert=True)
    monomials = (x**2, x * y, y**2, x, y, 1)
    return Conic(*(int(poly.coeff_monomial(m)) for m in monomials))


def as_product(conic: Conic) -> Product | None:
    """The conic as a product of two lines that is no zero."""
    root = isqrt(conic.discriminant) if conic.discriminant > 0 else 0
    if root == 0 or root * root != conic.discriminant:
        return None
    if conic.a:
        scale, first, second = (
            4 * conic.a,
            (2 * conic.a, conic.b - root),
            (2 * conic.a, conic.b + root),
        )
    else:
        scale, first, second = 1, (0, 1), (conic.b, conic.c)
    # r·second + v·first = scale·(d, e)
    across = second[0] * first[1] - second[1] * first[0]
    r = Fraction(scale * (conic.d * first[1] - conic.e * first[0]), across)
    v = Fraction(scale * (conic.e * second[0] - conic.d * second[1]), across)
    value = r * v - scale * conic.f
    if value == 0:
        return None
    one, shrunk_one = _whole((*first, r))
    other, shrunk_other = _whole((*second, v))
    return Product(one, other, value / (shrunk_one * shrunk_other))


def _whole(line: tuple[int, int, Fraction]) -> tuple[Line, Fraction]:
    """The line with whole numbers of no common divisor, and by what it was divided."""
    p, q, r = line
    size = r.denominator
    numerators = (p * size, q * size, int(r * size))
    common = gcd(*numerators)
    a, b, c = (n // common for n in numerators)
    return (a, b, c), Fraction(common, size)


def bounds_of(conic: Conic) -> tuple[int, int] | None:
    """Between what the first numbers of all whole pairs lie; ``None`` without such bounds."""
    if conic.discriminant < 0:
        return _across(conic)
    product = as_product(conic)
    if product is None:
        return None
    if product.value.denominator != 1:
        return 0, -1
    (p, q, r), (s, u, v), size = product.first, product.second, abs(int(product.value))
    across = abs(p * u - q * s)
    far = (abs(u) * (size + abs(r)) + abs(q) * (size + abs(v))) // across
    return -far, far


def _across(conic: Conic) -> tuple[int, int] | None:
    """Where the quadratic in the second number has real roots."""
    a = conic.discriminant
    b = 2 * (conic.b * conic.e - 2 * conic.c * conic.d)
    c = conic.e * conic.e - 4 * conic.c * conic.f
    inside = b * b - 4 * a * c
    if inside < 0:
        return 0, -1
    far = (abs(b) + isqrt(inside) + 1) // (2 * abs(a)) + 1
    if far > MOST:
        return -far, far
    real = [x for x in range(-far, far + 1) if a * x * x + b * x + c >= 0]
    return (real[0], real[-1]) if real else (0, -1)


def within_bounds(domain: t.Expr | None) -> Callable[[int], bool] | None:
    """Whether a whole number is of a kind; ``None`` for what is no kind of whole numbers."""
    if domain is None or numbers(domain) is not Numbers.WHOLE:
        return None
    span = hull(domain)
    if span is None:
        return lambda _: True
    ends = [None if t.is_infinite(e) else whole(e) for e in (span.low, span.high)]
    if any(
        e is None and not t.is_infinite(o) for e, o in zip(ends, (span.low, span.high), strict=True)
    ):
        return None
    low, high = ends

    def inside(n: int) -> bool:
        above = low is None or n > low or (n == low and not span.low_open)
        return above and (high is None or n < high or (n == high and not span.high_open))

    return inside


def defined_at(equation: t.Expr, names: tuple[str, ...], pair: Pair) -> bool:
    """Whether no denominator of an equation is zero."""
    place = dict(zip(map(sp.Symbol, names), pair, strict=True))
    return all(to_sympy(p).subs(place) != 0 for p in poles(equation))


def all_pairs(
    equation: t.Expr, names: tuple[str, ...], inside: Callable[[int], bool]
) -> set[Pair] | None:
    """All pairs of whole numbers of a kind; ``None`` where they are not bounded."""
    conic = conic_of(equation, names)
    ends = bounds_of(conic) if conic is not None else None
    if conic is None or ends is None or ends[1] - ends[0] > MOST:
        return None
    found: set[Pair] = set()
    for first in range(ends[0], ends[1] + 1):
        if not inside(first):
            continue
        seconds = list(_seconds(conic, first))
        if None in seconds:
            return None
        for second in seconds:
            assert second is not None
            if inside(second) and defined_at(equation, names, (first, second)):
                found.add((first, second))
    return found


def _seconds(conic: Conic, x: int) -> Iterator[int | None]:
    """The whole roots of the equation in the second number; ``None`` for all numbers."""
    a, b, c = conic.c, conic.b * x + conic.e, conic.a * x * x + conic.d * x + conic.f
    if a == 0 and b == 0:
        if c == 0:
            yield None
        return
    if a == 0:
        if c % b == 0:
            yield -c // b
        return
    inside = b * b - 4 * a * c
    if inside < 0 or isqrt(inside) ** 2 != inside:
        return
    for root in {isqrt(inside), -isqrt(inside)}:
        if (root - b) % (2 * a) == 0:
            yield (root - b) // (2 * a)
