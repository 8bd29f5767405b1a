"""Formula trees put together as one writes them, and results in their shortest form."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import sort_factors

ZERO, ONE, E = t.integer(0), t.integer(1), t.Constant(t.ConstantName.E)
INFINITY = t.Constant(t.ConstantName.INFINITY)
SIMPLIFY_SIZE = 60
"""Above so many operations ``simplify`` is not worth its time."""


def number(expr: t.Expr) -> Fraction | None:
    """The value of a rational literal, with its sign."""
    match expr:
        case t.Number(value):
            return value
        case t.Neg(arg):
            inner = number(arg)
            return None if inner is None else -inner
        case t.Div(num, den):
            above, below = number(num), number(den)
            return above / below if above is not None and below else None
    return None


def plus(*terms: t.Expr) -> t.Expr:
    """A sum without zeros."""
    return t.add(*(term for term in terms if number(term) != 0))


def times(*factors: t.Expr) -> t.Expr:
    """A product without ones, its sign outside, in the order of a textbook: its numbers
    multiplied, constants, powers of letters, then everything else as it was given."""
    coefficient, rest = Fraction(1), []
    for factor in _flat(factors):
        value = number(factor)
        if value is not None:
            coefficient *= value
        elif isinstance(factor, t.Neg):
            coefficient = -coefficient
            rest.append(factor.arg)
        else:
            rest.append(factor)
    if coefficient == 0:
        return ZERO
    rest = [*sort_factors(f for f in rest if _plain(f)), *(f for f in rest if not _plain(f))]
    size = abs(coefficient)
    if size.denominator == 1:
        product = t.mul(*([t.integer(int(size))] if size != 1 or not rest else []), *rest)
    else:
        product = t.Div(
            t.mul(*([t.integer(size.numerator)] if size.numerator != 1 or not rest else []), *rest),
            t.integer(size.denominator),
        )
    return t.Neg(product) if coefficient < 0 else product


def _plain(factor: t.Expr) -> bool:
    """A constant, a letter, or a power of one whose exponent is a number."""
    if isinstance(factor, t.Pow):
        return not t.symbols(factor.exp) and isinstance(factor.base, t.Symbol)
    return isinstance(factor, t.Constant | t.Symbol)


def _flat(factors: Iterable[t.Expr]) -> Iterable[t.Expr]:
    for factor in factors:
        match factor:
            case t.Mul(parts):
                yield from _flat(parts)
            case t.Neg(t.Mul(parts)):
                yield from (t.Neg(ONE), *_flat(parts))
            case _:
                yield factor


def over(num: t.Expr, den: t.Expr) -> t.Expr:
    """A fraction, its sign outside, nothing over one."""
    if number(num) == 0:
        return ZERO
    if den == ONE:
        return num
    if isinstance(num, t.Neg):
        return t.Neg(over(num.arg, den))
    return t.Div(num, den)


def power(base: t.Expr, exponent: t.Expr) -> t.Expr:
    """A power; the first is the base itself."""
    if exponent == ONE:
        return base
    return ONE if number(exponent) == 0 else t.Pow(base, exponent)


def has(expr: t.Expr, name: str) -> bool:
    """Whether the symbol occurs."""
    return any(node == t.Symbol(name) for node in t.walk(expr))


def size(expr: t.Expr) -> int:
    """How much there is to read."""
    return sum(1 for _ in t.walk(expr))


def shortest(expr: t.Expr) -> t.Expr:
    """An equal formula that is no longer, as a teacher would leave it.

    Polynomials are multiplied out; others take the shortest of a few forms.
    """
    try:
        value = to_sympy(expr, real=True)
    except NotConvertible:
        return expr
    symbols = value.free_symbols
    if value.is_polynomial(*symbols) and _quick_to_expand(value):
        return _form(sp.expand(value)) or expr
    forms = [value, sp.factor_terms(value), sp.expand_mul(value)]
    if value.count_ops() <= SIMPLIFY_SIZE:
        forms.append(sp.factor(value))
        if not (value.has(sp.log) and any(p.exp.free_symbols for p in value.atoms(sp.Pow))):
            forms.append(sp.simplify(value))  # else it would join logarithms: ln(2^2^x/…)
    trees = [tree for form in forms if (tree := _form(form)) is not None]
    return min([*trees, expr], key=size)


def _quick_to_expand(value: sp.Expr) -> bool:
    """Sums of products of small powers; ``(x+1)^9`` is left as it is."""
    return all(
        p.base.is_Symbol or not p.base.is_Add or p.exp <= 2 for p in value.atoms(sp.Pow)
    ) and not (
        value.is_Mul and sum(f.is_Add or (f.is_Pow and f.base.is_Add) for f in value.args) > 1
    )


def _form(value: sp.Expr) -> t.Expr | None:
    try:
        return t.transform(from_sympy(value), _raise_exponential)
    except NotConvertible:
        return None


def _raise_exponential(expr: t.Expr) -> t.Expr:
    """``2x/e^u`` is written ``2x*e^(-u)``."""
    match expr:
        case t.Div(num, t.Pow(base, exponent)) if base == E and num != ONE:
            return times(num, t.Pow(E, times(t.Neg(ONE), exponent)))
        case t.Div(_, t.Pow(base, exponent)) if base == E:
            return t.Pow(E, times(t.Neg(ONE), exponent))
    return expr
