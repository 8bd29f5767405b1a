"""Exact values for the checks of questions, by SymPy's arithmetic."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.types import Doubt, Proved, Refuted, Undecided, Verdict

PLACES = 50
"""Decimal digits at which irrational numbers are compared."""
UNKNOWN = Undecided(Doubt.NO_METHOD)


def value_of(expr: t.Expr | None) -> Fraction | None:
    """The exact rational value, by SymPy's arithmetic."""
    if expr is None or t.symbols(expr):
        return None
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    value = value if getattr(value, "is_Rational", False) else sp.nsimplify(value, rational=False)
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


def whole(expr: t.Expr | None) -> int | None:
    """The value of an integer, or ``None``."""
    value = value_of(expr)
    return None if value is None or value.denominator != 1 else value.numerator


def settled(holds: bool | None, method: str) -> Verdict:  # noqa: FBT001
    """The verdict of an exact test; ``None`` is "cannot tell"."""
    if holds is None:
        return UNKNOWN
    return Proved(method) if holds else Refuted("the answer", "as given", "as it should be")
