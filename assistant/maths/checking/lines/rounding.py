"""Numbers as people write them down: rounded, cut off, pi as 3.14."""

from __future__ import annotations

from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import NoValue, Value, evaluate, mpf, real
from assistant.maths.checking.numerics.sampling import show_value
from assistant.maths.reading.claims.sides import Reading

PRECISION = 200
PI = t.Constant(t.ConstantName.PI)
PI_VALUES = (Fraction(314, 100), Fraction(22, 7), Fraction(31416, 10000), Fraction(3))
CLEAN = Fraction(1, 20)
"""Decimals in steps of this (0.25, 1.5) are exact; 0.67 may have been rounded."""


def value_of(expr: t.Expr) -> Value | None:
    """The real value of a number written out, or ``None``."""
    try:
        value = evaluate(expr, {}, bits=PRECISION)
    except (NoValue, ValueError, OverflowError, ZeroDivisionError):
        return None
    return value if isinstance(value, Fraction) or real(value) else None


def apart(one: Value, other: Value) -> Value:
    """The distance of two values, which may be of two kinds."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other)
    with mp.workprec(PRECISION):
        return abs(mpf(one) - mpf(other))


def told_apart(left: Value, right: Value) -> tuple[str, str]:
    """Two different values, with as many digits as it takes to see it."""
    short = (show_value(left), show_value(right))
    if short[0] != short[1]:
        return short
    with mp.workprec(PRECISION):
        digits = [str(mp.nstr(mpf(v), 50)) for v in (left, right)]
    return digits[0], digits[1]


def without(expr: t.Expr, sign: str) -> t.Expr:
    """``180 - 60 = 120°``: the sign may have been left out on the one side."""
    return t.transform(expr, lambda n: n.args[0] if isinstance(n, t.Call) and n.name == sign else n)


def decimals(literal: t.Expr) -> tuple[Fraction | None, int]:
    """The size of a literal's last digit, and how many decimals it shows."""
    match literal:
        case t.Number(value, places) if places or value.denominator == 1:
            return Fraction(1, 10 ** (places or 0)), places or 0
        case t.Neg(arg) | t.Call("degrees", (arg,)):
            return decimals(arg)
        case t.Call("percent", (arg,)):
            size, places = decimals(arg)
            return (size / 100 if size is not None else None), places or 0
    return None, 0


def places_off(value: Value, literal: t.Expr) -> Fraction | None:
    """By how many of its last digits a literal differs from a value (half or less: rounded)."""
    size, _ = decimals(literal)
    written = value_of(literal)
    if size is None or not isinstance(written, Fraction):
        return None
    exact = value if isinstance(value, Fraction) else Fraction(str(mp.nstr(value, 40)))
    return abs(exact - written) / size


def within(formula: t.Expr, value: Value, wanted: Value) -> bool:
    """Whether the rounding of the decimals (or of pi) in a formula explains the difference."""
    if PI in t.walk(formula):
        for pi in PI_VALUES:
            rough = value_of(_replaced(formula, PI, t.rational(pi)))
            if rough is not None and mpf(apart(rough, wanted)) <= abs(mpf(wanted)) / 10**6:
                return True
    slack: Value = mp.mpf(0)
    for literal in {n for n in t.walk(formula) if isinstance(n, t.Number)}:
        places = literal.decimals or 0
        if places < 2 or (literal.value / CLEAN).denominator == 1:
            continue
        moved = t.rational(literal.value + Fraction(1, 2 * 10**places))
        if (found := value_of(_replaced(formula, literal, moved))) is not None:
            slack += mpf(apart(found, value))
    return bool(slack and mpf(apart(value, wanted)) <= slack * 2)


def _replaced(formula: t.Expr, old: t.Expr, new: t.Expr) -> t.Expr:
    return t.transform(formula, lambda n: new if n == old else n)


def rounds_with_units(one: Reading, other: Reading) -> bool:
    """``46 minutes = 0.77 hours``: equal to within half of the last digit shown."""
    for exact, rough in ((one, other), (other, one)):
        if exact.measured is None or rough.measured is None or not rough.measured.value:
            continue
        digits = rough.formula.partition(".")[2]
        if rough.operators or not digits.isdigit():
            continue
        size = rough.measured.value / Fraction(rough.formula) / 10 ** len(digits)
        if abs(exact.measured.value - rough.measured.value) <= size / 2:
            return True
    return False
