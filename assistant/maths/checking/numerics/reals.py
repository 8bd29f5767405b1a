"""Numbers with which formulas are evaluated: exact fractions, or mpmath's reals and complexes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

from mpmath import mp

from assistant.maths import terms as t

Value = Any
"""``Fraction``, or a real or complex number of mpmath."""


class NoValue(Exception):  # noqa: N818 - a value, not an error of the program
    """The formula has no number here."""


class Undefined(NoValue):
    """No value over the reals: a division by zero, the logarithm of a negative number."""


class Pole(Undefined):
    """No value at a single point: a division by zero."""


class Unclear(NoValue):
    """So near to a jump or pole that rounding would decide."""


class Ambiguous(Unclear):
    """Schools differ whether there is a value: ``(-8)^(1/3)``."""


class NotNumeric(NoValue):
    """Not a formula for a number: a free symbol, an unknown function, a set."""


FUNCTIONS: dict[str, Callable[[Value], Value]] = {
    name: getattr(mp, other)
    for name, other in {
        **{
            n: n
            for n in (
                "sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech "
                "csch asinh acosh atanh acoth asech acsch exp erf erfc gamma zeta"
            ).split()
        },
        "Si": "si",
        "Ci": "ci",
        "Ei": "ei",
        "li": "li",
        "LambertW": "lambertw",
    }.items()
}
POLES = frozenset(
    "tan cot sec csc acot asec acsc coth csch acoth asech acsch gamma Ci Ei li zeta".split()
)


def real(value: Value) -> bool:
    """Whether a value is a real number."""
    return isinstance(value, Fraction) or not hasattr(value, "_mpc_")


def mpf(value: Value) -> Value:
    """A value as a number of mpmath, in the precision in force."""
    if isinstance(value, Fraction):
        return mp.mpf(value.numerator) / value.denominator
    return value


def magnitude(value: Value) -> int:
    """About the binary logarithm of the absolute value; of zero, very small."""
    if value == 0:
        return -(10**6)
    if isinstance(value, Fraction):
        return value.numerator.bit_length() - value.denominator.bit_length()
    return int(mp.mag(value))


def small(value: Value) -> bool:
    """Whether an inexact value could be zero but for rounding."""
    if isinstance(value, Fraction):
        return value == 0
    return bool(abs(value) < mp.mpf(2) ** (-mp.prec // 2))


def integer_root(value: int, degree: int) -> int | None:
    """The whole root of a whole number that has one."""
    if value < 0:
        return None
    root = isqrt(value) if degree == 2 else round(value ** (1 / degree)) if value < 1 << 50 else 0
    return root if root**degree == value else None


def rational_root(value: Fraction, degree: int) -> Fraction | None:
    """The root of a fraction that is a perfect power."""
    num = integer_root(value.numerator, degree)
    den = integer_root(value.denominator, degree)
    return None if num is None or den is None else Fraction(num, den)


def near_odd_fraction(value: Value) -> bool:
    """Whether it is, or may be but for rounding, a fraction with an odd denominator: a power
    of a negative number with this exponent may have a value."""
    if not real(value):
        return False
    if isinstance(value, Fraction):
        return bool(value.denominator % 2)
    near = Fraction(str(mp.nstr(value, 30))).limit_denominator(1000)
    return bool(near.denominator % 2) and small(value - mpf(near))


def compare(op: t.Comparison, left: Value, right: Value) -> bool:
    """Whether a comparison of two values holds.  Raises ``Unclear``."""
    exact = isinstance(left, Fraction) and isinstance(right, Fraction)
    difference = left - right if exact else mpf(left) - mpf(right)
    if not exact:
        scale = max(mp.mpf(1), abs(mpf(left)), abs(mpf(right)))
        if abs(difference) <= scale * mp.mpf(2) ** (-mp.prec // 2):
            raise Unclear("nearly equal")
    match op:
        case t.Comparison.EQ:
            return bool(difference == 0)
        case t.Comparison.NE:
            return bool(difference != 0)
    if not real(difference):
        raise Undefined("complex numbers have no order")
    match op:
        case t.Comparison.LT:
            return bool(difference < 0)
        case t.Comparison.LE:
            return bool(difference <= 0)
        case t.Comparison.GT:
            return bool(difference > 0)
        case _:
            return bool(difference >= 0)


def jump(name: str, values: list[Value]) -> Value:
    """The value of a function with jumps.  Raises ``Unclear`` next to a jump."""
    x = values[0]
    if not all(map(real, values)):
        raise NotNumeric(name)
    if name in ("sign", "Heaviside"):
        if small(x) and not isinstance(x, Fraction):
            raise Unclear(name)
        if name == "Heaviside":
            return Fraction(1, 2) if x == 0 else Fraction(int(x > 0))
        return Fraction(0) if x == 0 else Fraction(1 if x > 0 else -1)
    if name == "mod":
        if not all(isinstance(v, Fraction) for v in values) or values[1] == 0:
            raise Unclear(name)
        return x % values[1]
    if not isinstance(x, Fraction) and small(x - mp.nint(x)):
        raise Unclear(name)
    if isinstance(x, Fraction):
        return Fraction(x.__floor__() if name == "floor" else x.__ceil__())
    return Fraction(int(mp.floor(x) if name == "floor" else mp.ceil(x)))
