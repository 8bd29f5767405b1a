"""Roots that are quotients of logarithms, in their shortest form."""

from __future__ import annotations

import sympy as sp

from assistant.maths.solving.equations.solution_sets import sign_of
from assistant.maths.types import Rule, Text

LOGARITHMS = Rule("logarithmic.simplify", "Simplify the logarithms", "化简对数")
WHY_LOGARITHMS = Text(
    "Logarithms of products are sums; reduce the fraction.", "积的对数等于对数的和；约分。"
)


def quotient_of_logarithms(top: sp.Expr, bottom: sp.Expr) -> sp.Expr:
    """``(5 ln 3 − ln 72)/(ln 3 − ln 2)`` is 3: logarithms of primes, then what cancels."""
    top, bottom = (sp.expand(sp.expand_log(e, force=True, factor=True)) for e in (top, bottom))
    value = sp.cancel(top / bottom)
    num, den = sp.fraction(value)
    if sign_of(den) == -1:
        num, den = sp.expand(-num), sp.expand(-den)
    return num / den
