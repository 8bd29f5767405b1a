"""Exact values of formulas of fractions, whole powers and factorials, without an engine."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from assistant.maths import terms as t

BITS = 20_000
"""Of the largest power."""
FACTORIAL = 2000
"""No larger factorial is worked out."""


class NotKnownError(Exception):
    """A value that is not understood here."""


def exact_value(expr: t.Expr, name: str, n: int) -> Fraction:
    """The value for a number.  Raises ``NotKnownError``."""
    match expr:
        case t.Number(value):
            return value
        case t.Symbol(letter) if letter == name:
            return Fraction(n)
        case t.Neg(arg):
            return -exact_value(arg, name, n)
        case t.Add(terms):
            return sum((exact_value(a, name, n) for a in terms), Fraction(0))
        case t.Mul(factors):
            product = Fraction(1)
            for factor in factors:
                product *= exact_value(factor, name, n)
            return product
        case t.Div(num, den):
            below = exact_value(den, name, n)
            if below == 0:
                raise NotKnownError
            return exact_value(num, name, n) / below
        case t.Pow(base, exponent):
            return _power(exact_value(base, name, n), exact_value(exponent, name, n))
        case t.Call("factorial", (arg,)):
            return _factorial(exact_value(arg, name, n))
    raise NotKnownError


def _factorial(value: Fraction) -> Fraction:
    if value.denominator != 1 or not 0 <= value <= FACTORIAL:
        raise NotKnownError
    return Fraction(factorial(int(value)))


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or (base == 0 and exponent <= 0):
        raise NotKnownError
    size = max(abs(base.numerator), base.denominator).bit_length()
    if size * abs(exponent) > BITS:
        raise NotKnownError
    return base ** int(exponent)
