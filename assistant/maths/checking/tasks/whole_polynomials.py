"""Polynomials of one letter as lists of exact coefficients, as claims about whole numbers need."""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest
from math import ceil, comb

from assistant.maths.exact_values import NotKnownError

DEGREE = 20
Poly = list[Fraction]
"""Coefficients, the lowest power first; no zero at the end."""


def bound(poly: Poly) -> int:
    """Beyond it on either side there is no root."""
    if not poly:
        return 0
    return 1 + ceil(max((abs(c / poly[-1]) for c in poly[:-1]), default=Fraction(0)))


def shifted(poly: Poly) -> Poly:
    """``P(n + 1)``."""
    return [
        sum((c * comb(k, j) for k, c in enumerate(poly) if k >= j), Fraction(0))
        for j in range(len(poly))
    ]


def plus(p: Poly, q: Poly) -> Poly:
    """The sum."""
    found = [a + b for a, b in zip_longest(p, q, fillvalue=Fraction(0))]
    while found and not found[-1]:
        found.pop()
    return found


def times(p: Poly, q: Poly) -> Poly:
    """The product.  Raises ``NotKnownError`` where it is too long."""
    if len(p) + len(q) > DEGREE + 2:
        raise NotKnownError
    found = [Fraction(0)] * max(len(p) + len(q) - 1, 0)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            found[i + j] += a * b
    return plus(found, [])
