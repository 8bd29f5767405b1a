"""Inequalities in several positive letters: ``(a + b)/2 >= sqrt(a b)``.

With each letter written as a square, roots of the letters are polynomials; then no factor of the
difference may be negative: it has an even power, or no negative coefficient, or is a quadratic
form that never is.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import poles
from assistant.maths.checking.logic.quadratics import never_negative
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.types import Proved, Refuted, Verdict

MOST_LETTERS, MOST_TERMS = 4, 80
TRIED = tuple(map(Fraction, ("1", "2", "1/2", "3", "10", "1/10")))
STRICT = (t.Comparison.GT, t.Comparison.LT)


def holds_for_positive(statement: t.Expr) -> Verdict | None:
    """Proved where an inequality surely holds for all positive values of its letters."""
    if not isinstance(statement, t.Relation):
        return None
    up = statement.op in (t.Comparison.GT, t.Comparison.GE)
    if not up and statement.op not in (t.Comparison.LT, t.Comparison.LE):
        return None
    gap = t.sub(statement.left, statement.right) if up else t.sub(statement.right, statement.left)
    names = t.symbols(gap)
    if not 1 <= len(names) <= MOST_LETTERS:
        return None
    try:
        if any(_sign_of(part) != 2 for part in poles(gap)):
            return None  # (a^2 - b^2)/(a - b) has no value where a = b
        if _sign_of(gap) < (2 if statement.op in STRICT else 1):
            return None
    except NotConvertible:
        return None
    return Proved("squares of positive letters")


def _sign_of(expr: t.Expr) -> int:
    """2: positive for positive letters, 1: not negative, 0: not known."""
    roots = {sp.Symbol(n): sp.Symbol(f"{n}_", positive=True) ** 2 for n in t.symbols(expr)}
    num, den = sp.fraction(sp.cancel(sp.together(to_sympy(expr).subs(roots))))
    letters = sorted(num.free_symbols | den.free_symbols, key=str)
    if not letters or not all(p.is_polynomial(*letters) for p in (num, den)):
        return 0
    return _sign(num, letters) if _sign(den, letters) == 2 else 0


def _sign(value: sp.Expr, letters: list[sp.Symbol]) -> int:
    """The same for a polynomial."""
    poly = sp.Poly(value, *letters)
    if len(poly.terms()) > MOST_TERMS or poly.domain not in (sp.ZZ, sp.QQ):
        return 0
    content, factors = poly.factor_list()
    if content < 0:
        return 0
    rank = 2
    for factor, power in factors:
        if all(c > 0 for c in factor.coeffs()):
            continue
        form = t.Relation(t.Comparison.GE, from_sympy(factor.as_expr()), t.integer(0))
        if power % 2 and never_negative(form) is None:
            return 0
        rank = 1
    return rank


def broken_at_positive(statement: t.Expr) -> Verdict | None:
    """Refuted where some positive numbers break it, exactly."""
    names = t.symbols(statement)
    if not 1 <= len(names) <= MOST_LETTERS:
        return None
    for values in itertools.product(TRIED, repeat=len(names)):
        point = dict(zip(names, values, strict=True))
        try:
            if not exact_holds(statement, point):
                return Refuted(", ".join(f"{n} = {v}" for n, v in point.items()), "false", "true")
        except NoValue:
            continue
    return None
