"""Letters in exponents: ``x^n`` has a value for positive x and any n, and for any x and whole n.

A law of powers is proved for positive bases.  Here it is tried with whole exponents and
negative bases: ``sqrt(x^(2n)) = x^n`` fails for x = -2 and n = 1.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import NoValue, Pole, Undefined, Value, evaluate
from assistant.maths.checking.numerics.sampling import (
    certainly_different,
    exponent_symbols,
    free_symbols,
    satisfying,
)

WHOLE = (Fraction(1), Fraction(2), Fraction(3))
BASES = (Fraction(-2), Fraction(3, 2))
MOST = 64
"""Points to try."""


def fails_for_whole(before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...]) -> bool:
    """Whether they differ where the letters in exponents are whole and others negative."""
    whole = exponent_symbols(before, after)
    names = free_symbols(before, after)
    if not whole or whole.issuperset(names):
        return False
    choices = [WHOLE if name in whole else BASES for name in names]
    for values in itertools.islice(itertools.product(*choices), MOST):
        point: dict[str, Value] = dict(zip(names, values, strict=True))
        if not satisfying(given, point, complex_values=False):
            continue
        if _differ(before, after, point):
            return True
    return False


def _differ(before: t.Expr, after: t.Expr, point: dict[str, Value]) -> bool:
    """Whether a value is another at a point, or is lost."""
    try:
        evaluate(before, point)
    except NoValue:
        return False
    try:
        return certainly_different(before, after, point)[0]
    except Pole:
        return False
    except Undefined:
        return True
    except NoValue:
        return False
