"""Inequalities between polynomials and powers such as 2^n, decided for whole numbers.

Beyond Cauchy's bound for its roots a polynomial has the sign of its first term.  A power
``c b^n`` with ``c > 0`` and ``b >= 2`` stays ahead: of D(n) = c b^n + P(n) it is known that
D(n+1) = b D(n) + (P(n+1) - b P(n)), so that D is positive from a number on at which it is so, if
that polynomial is not negative from there on.  The numbers before are tried one by one.
"""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.tasks.whole_claims import linear_exponent
from assistant.maths.checking.tasks.whole_polynomials import (
    DEGREE,
    Poly,
    bound,
    plus,
    shifted,
    times,
)
from assistant.maths.checking.tasks.whole_products import products_for_whole
from assistant.maths.domains import Numbers, numbers
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.types import Proved, Refuted, Verdict
from assistant.maths.whole_claims import whole_ends

MOST = 2000
"""So many numbers are tried."""
RISING = {t.Comparison.GE: False, t.Comparison.GT: True}
"""Whether the first side must be strictly more."""
FALLING = {t.Comparison.LE: False, t.Comparison.LT: True}

Form = dict[int, Poly]
"""The polynomials that stand before the powers of each base; 1 for none."""


def holds_for_whole(statement: t.Expr, domain: t.Expr | None) -> Verdict | None:
    """Whether an inequality holds for all whole numbers of a domain; ``None``: not known."""
    if domain is None or numbers(domain) is not Numbers.WHOLE:
        return None
    names, ends = t.symbols(statement), whole_ends(domain)
    if not isinstance(statement, t.Relation) or len(names) != 1 or ends is None:
        return None
    if statement.op in RISING:
        more, less, strict = statement.left, statement.right, RISING[statement.op]
    elif statement.op in FALLING:
        more, less, strict = statement.right, statement.left, FALLING[statement.op]
    else:
        return None
    difference, name = t.sub(more, less), names[0]
    try:
        near = _to_be_tried(_form(difference, name), *ends)
        for n in near or ():
            value = exact_value(difference, name, n)
            if value < 0 or (strict and value == 0):
                return Refuted(f"{name} = {n}", "false", "true")
    except NotKnownError:
        near = None
    if near is None:
        return products_for_whole(more, less, name, ends, strict=strict)
    return Proved("whole numbers one by one, then the first term")


def _to_be_tried(form: Form, low: int | None, high: int | None) -> range | None:
    """Numbers that decide: if the value is not negative for all of them, it is positive for the
    others.  ``None`` where there are no such numbers, or too many."""
    poly, bases = form.get(1, []), [b for b in form if b != 1]
    if not bases:
        first, last = _ends_of_polynomial(poly, low, high)
    elif len(bases) == 1 and len(form[bases[0]]) == 1 and low is not None:
        first, last = low, _end_of_power(bases[0], form[bases[0]][0], poly, low)
        last = last if high is None else high
    else:
        return None
    if first is None or last is None or last - first > MOST:
        return None
    return range(first, last + 1)


def _ends_of_polynomial(
    poly: Poly, low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    """The domain where it ends, or the bound where the polynomial is positive beyond it."""
    if not poly:  # 0 everywhere: any number of the domain speaks for all
        one = low if low is not None else high if high is not None else 0
        return one, one
    far = bound(poly)
    up = far if poly[-1] > 0 else None
    down = -far if poly[-1] * (-1) ** (len(poly) - 1) > 0 else None
    first = low if low is not None else down
    last = high if high is not None else up
    if low is not None and high is None and last is not None:
        last = max(last, low)
    if high is not None and low is None and first is not None:
        first = min(first, high)
    return first, last


def _end_of_power(base: int, factor: Fraction, poly: Poly, low: int) -> int | None:
    if factor <= 0 or base < 2:
        return None
    if not poly or poly[-1] > 0:
        return max(low, bound(poly))
    gap = plus(shifted(poly), [-base * c for c in poly])
    return max(low, bound(gap))


def _form(expr: t.Expr, name: str) -> Form:
    match expr:
        case t.Number(value):
            return {1: plus([value], [])}
        case t.Symbol(letter) if letter == name:
            return {1: [Fraction(0), Fraction(1)]}
        case t.Neg(arg):
            return _product(_form(arg, name), {1: [Fraction(-1)]})
        case t.Add(terms):
            total: Form = {}
            for term in terms:
                for b, p in _form(term, name).items():
                    total[b] = plus(total.get(b, []), p)
            return {b: p for b, p in total.items() if p}
        case t.Mul(factors):
            product: Form = {1: [Fraction(1)]}
            for factor in factors:
                product = _product(product, _form(factor, name))
            return product
        case t.Div(num, den):
            below = exact_value(den, "", 0)
            if not below:
                raise NotKnownError
            return _product(_form(num, name), {1: [1 / below]})
        case t.Pow(base, exponent) if name in t.symbols(exponent):
            rate, start = linear_exponent(exponent, name)
            number = exact_value(base, "", 0)
            if number.denominator != 1 or number < 2 or rate > DEGREE or abs(start) > MOST:
                raise NotKnownError
            return {int(number) ** rate: [number**start]}
        case t.Pow(base, exponent):
            often = exact_value(exponent, "", 0)
            if often.denominator != 1 or not 1 <= often <= DEGREE:
                raise NotKnownError
            product = {1: [Fraction(1)]}
            for _ in range(int(often)):
                product = _product(product, _form(base, name))
            return product
    raise NotKnownError


def _product(one: Form, other: Form) -> Form:
    found: Form = {}
    for b, p in one.items():
        for a, q in other.items():
            found[a * b] = plus(found.get(a * b, []), times(p, q))
    return {b: p for b, p in found.items() if p}
