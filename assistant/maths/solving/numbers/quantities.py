"""Exact values of operands that are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy

MAX_EXPONENT = 4096
DIGITS = 60
"""Decimal digits at which two numbers that are not proved equal must differ."""


def rational(expr: t.Expr) -> Fraction | None:
    """The value of a rational number, or ``None``."""
    match expr:
        case t.Number(value):
            return value
        case t.Neg(arg):
            return None if (v := rational(arg)) is None else -v
        case t.Add(parts) | t.Mul(parts):
            values = [rational(p) for p in parts]
            return None if None in values else _fold(expr, [v for v in values if v is not None])
        case t.Div(num, den):
            top, bottom = rational(num), rational(den)
            return None if top is None or not bottom else top / bottom
        case t.Pow(base, exp):
            return _power(rational(base), rational(exp))
        case t.Call("percent", (arg,)):
            return None if (v := rational(arg)) is None else v / 100
    return _by_sympy(expr)


def _fold(expr: t.Expr, values: Sequence[Fraction]) -> Fraction:
    total = Fraction(isinstance(expr, t.Mul))
    for value in values:
        total = total * value if isinstance(expr, t.Mul) else total + value
    return total


def _power(base: Fraction | None, exp: Fraction | None) -> Fraction | None:
    if base is None or exp is None or exp.denominator != 1 or abs(exp) > MAX_EXPONENT:
        return None
    return None if base == 0 and exp <= 0 else base**exp.numerator


def _by_sympy(expr: t.Expr) -> Fraction | None:
    if t.symbols(expr) or not isinstance(expr, t.Call):
        return None
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


def integer(expr: t.Expr) -> int | None:
    """The value of an integer, or ``None``."""
    value = rational(expr)
    return None if value is None or value.denominator != 1 else value.numerator


def integers(exprs: Sequence[t.Expr]) -> tuple[int, ...] | None:
    """The values if all are integers."""
    values = [integer(e) for e in exprs]
    return tuple(v for v in values if v is not None) if None not in values else None


def rationals(exprs: Sequence[t.Expr]) -> tuple[Fraction, ...] | None:
    """The values if all are rational."""
    values = [rational(e) for e in exprs]
    return tuple(v for v in values if v is not None) if None not in values else None


def sign_of_difference(left: t.Expr, right: t.Expr) -> int | None:
    """-1, 0 or 1 as left is smaller, equal or bigger; ``None`` if that is not certain.

    Irrational numbers are different when they differ within ``DIGITS`` digits; equal only
    when the difference is zero by exact rewriting.
    """
    a, b = rational(left), rational(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    try:
        sides = to_sympy(left), to_sympy(right)
    except NotConvertible:
        return None
    if not all(isinstance(side, sp.Expr) for side in sides):
        return None
    gap = sides[0] - sides[1]
    if gap.free_symbols or gap.has(sp.I, sp.zoo, sp.nan):
        return None
    value = gap.evalf(DIGITS, maxn=10 * DIGITS)
    if value.is_real and abs(value) > sp.Float(10) ** (-DIGITS // 2):
        return 1 if value > 0 else -1
    return 0 if sp.radsimp(sp.simplify(gap)) == 0 else None


def written(value: Fraction, *, decimal: bool) -> t.Expr:
    """A rational number: as a finite decimal if that is wanted and it has one."""
    if decimal and value.denominator != 1 and (places := decimals(value)) is not None:
        literal = t.Number(abs(value), places)
        return t.Neg(literal) if value < 0 else literal
    return t.rational(value)


def decimals(value: Fraction) -> int | None:
    """How many decimals write the value exactly; ``None`` if none do."""
    den, twos, fives = value.denominator, 0, 0
    while den % 2 == 0:
        den, twos = den // 2, twos + 1
    while den % 5 == 0:
        den, fives = den // 5, fives + 1
    return max(twos, fives) if den == 1 else None


def has_decimals(*exprs: t.Expr) -> bool:
    """Whether a number was written with a decimal point."""
    return any(isinstance(n, t.Number) and n.decimals is not None for e in exprs for n in t.walk(e))
