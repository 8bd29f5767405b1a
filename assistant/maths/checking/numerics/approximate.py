"""Solutions that are given by decimals because no formula names them.

They are never proved: supported where the sides change their order around each decimal, and
at no other place of a wide grid.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import evaluate
from assistant.maths.checking.numerics.reals import NotNumeric, NoValue
from assistant.maths.types import Doubt, Supported, Undecided, Verdict

MANY = 12
"""A decimal with so many digits in an answer, and none in the question, is a rounded one."""
GRID = 400
REACH = 40


def rounded(equation: t.Expr, answer: t.Expr) -> bool:
    """Whether an answer to an equation is a set with rounded decimals."""
    if any(isinstance(n, t.Number) and n.decimals for n in t.walk(equation)):
        return False
    return isinstance(answer, t.Collection) and any(
        isinstance(n, t.Number) and (n.decimals or 0) >= MANY for n in t.walk(answer)
    )


def check_rounded(equation: t.Expr, answer: t.Expr, name: str) -> Verdict:
    """Signs of left minus right around each value, and over a grid."""
    if not isinstance(equation, t.Relation) or not isinstance(answer, t.Collection):
        return Undecided(Doubt.NO_METHOD)
    values = [_value(i) for i in answer.items]
    if any(v is None for v in values):
        return Undecided(Doubt.NO_METHOD)
    known = [v for v in values if v is not None]
    gap = Fraction(1, 10**MANY)
    difference = t.sub(equation.left, equation.right)
    if any(not _crosses(difference, name, v - gap, v + gap) for v in known):
        return Undecided(Doubt.NO_POINTS, "the sides do not change their order")
    places = [Fraction(REACH * (2 * n - GRID), GRID) + Fraction(1, 997) for n in range(GRID + 1)]
    for low, high in pairwise(places):
        inside = [v for v in known if low <= v <= high]
        if not inside and _crosses(difference, name, low, high):
            return Undecided(Doubt.NO_POINTS, "the sides change their order elsewhere")
    return Supported(2 * len(known))


def _value(item: t.Expr) -> Fraction | None:
    match item:
        case t.Number(value):
            return value
        case t.Neg(t.Number(value)):
            return -value
    return None


def _crosses(difference: t.Expr, name: str, low: Fraction, high: Fraction) -> bool:
    signs = {_sign(difference, name, place) for place in (low, high)}
    return signs == {-1, 1}


def _sign(difference: t.Expr, name: str, place: Fraction) -> int:
    """-1 or 1; 0 for zero and where there is no value."""
    try:
        value = evaluate(difference, {name: place})
    except (NoValue, NotNumeric):
        return 0
    return int(value > 0) - int(value < 0)
