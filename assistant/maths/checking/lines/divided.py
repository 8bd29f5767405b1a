"""A line that was divided by a letter: ``x = b/a`` behind ``ax = b`` is right where a is not 0."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.lines.marks import Finding, linked, on, proved
from assistant.maths.checking.logic.statements import all_of
from assistant.maths.types import Link, Proved

SAME = ("has the same solutions as the line before where {0}", "当 {0} 时与上一行同解")
FOLLOWS = ("follows from the line before where {0}", "当 {0} 时可由上一行推出")
UNKNOWNS = ("x", "y", "z")
"""Letters of what is sought, where no problem says so."""
METHOD = "multiplied by what is not zero"
MOST = 60
"""Parts of an equation that is looked at."""


def divided(before: t.Expr, after: t.Expr, sought: tuple[str, ...]) -> Finding | None:
    """The finding where one equation is the other times what it was divided by, and that is not
    zero; by what is sought nobody may divide so.  The condition is told."""
    match before, after:
        case (
            t.Relation(t.Comparison.EQ, left, right),
            t.Relation(t.Comparison.EQ, first, second),
        ):
            one, other = t.sub(left, right), t.sub(first, second)
        case _:
            return None
    old = set(_divisors(before))
    new = tuple(dict.fromkeys(d for d in _divisors(after) if d not in old))
    letters = {name for divisor in new for name in t.symbols(divisor)}
    long = any(sum(1 for _ in t.walk(side)) > MOST for side in (one, other))
    if not new or long or letters & set(sought or UNKNOWNS):
        return None
    factor = _factor(one, other, new, tuple(old))
    if factor is None:
        return None
    quotient, whole = factor
    if not isinstance(linked(one, t.Mul((quotient, other)), Link.EQUAL), Proved):
        return None
    where = all_of([t.Relation(t.Comparison.NE, d, t.integer(0)) for d in new])
    return on(proved(METHOD, *(SAME if whole else FOLLOWS), where), before)


def _divisors(expr: t.Expr) -> Iterator[t.Expr]:
    """What is divided by, where letters stand in it."""
    return (n.den for n in t.walk(expr) if isinstance(n, t.Div) and t.symbols(n.den))


def _factor(
    one: t.Expr, other: t.Expr, new: tuple[t.Expr, ...], old: tuple[t.Expr, ...]
) -> tuple[t.Expr, bool] | None:
    """By what the second side has to be multiplied to give the first, where that is made of the
    divisors alone; and whether it is of the new ones, so that nothing else may be zero."""
    try:
        quotient = sp.cancel(sp.together(to_sympy(one)) / sp.together(to_sympy(other)))
        allowed = [_parts(to_sympy(divisor)) for divisor in (*new, *old)]
        top, bottom = map(_parts, sp.fraction(quotient))
        known = set().union(*allowed)
        fresh = set().union(*allowed[: len(new)])
        if not top or not top <= fresh or not bottom <= known:
            return None
        return from_sympy(quotient), bottom <= fresh
    except (NotConvertible, sp.PolynomialError, ZeroDivisionError, TypeError):
        return None


def _parts(value: sp.Expr) -> set[sp.Expr]:
    """The irreducible factors that are no numbers, whatever their sign."""
    return {factor for factor, _ in sp.factor_list(value)[1]}
