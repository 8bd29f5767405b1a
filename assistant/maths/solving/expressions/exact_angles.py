"""Sums and products of sines and tangents of numbers that are no more than a square root.

The value is sought as a root of a polynomial of degree two with small whole coefficients (PSLQ,
Ferguson and Bailey 1991), and told only where the exact check proves it.
"""

from __future__ import annotations

import mpmath
import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import Proved

DIGITS = 60
LARGEST = 5000
"""Of the coefficients that are tried."""
SECONDS = 1.5


def root_value(line: t.Expr) -> t.Expr | None:
    """``sin 10° sin 50° sin 70°`` as ``1/8``; ``None`` where no such value is proved."""
    if t.symbols(line):
        return None
    try:
        value = sp.N(to_sympy(line), DIGITS)
    except (NotConvertible, ValueError, TypeError):
        return None
    if not value.is_Float:
        return None
    found = _candidate(value)
    if found is None:
        return None
    after = from_sympy(found)
    proved = isinstance(check_equal(line, after, (), Deadline(SECONDS)), Proved)
    return after if proved else None


def _candidate(value: sp.Float) -> sp.Expr | None:
    """The number of degree one or two that is so close that chance is ruled out."""
    x = sp.Symbol("x")
    with mpmath.workdps(DIGITS - 10):
        number = mpmath.mpf(str(value))
        if not 1 <= abs(number) * (LARGEST + 1) <= (LARGEST + 1) ** 2:
            return None  # beyond the bounds of Cauchy for the roots of such polynomials
        for degree in (1, 2):
            powers = [number**k for k in range(degree, -1, -1)]
            found = mpmath.pslq(powers, maxcoeff=LARGEST, maxsteps=2000)
            if found is not None and found[0] != 0:
                roots = sp.roots(sp.Poly(found, x), multiple=True)
                return min(roots, key=lambda r: abs(sp.N(r - value, DIGITS)))
    return None
