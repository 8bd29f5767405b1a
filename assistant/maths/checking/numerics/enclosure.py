"""Intervals in which a value certainly lies: they tell two numbers apart, integrals among them.

Every operation is one of interval arithmetic, rounded outwards; the integral of a function is
enclosed piece by piece.  A function with a pole or without a value between the ends gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp
from mpmath import iv

from assistant.maths import terms as t
from assistant.maths.checking.numerics.budget import OutOfTime, alarm
from assistant.maths.types import Doubt, Refuted, Undecided, Verdict

PIECES = (16, 64, 256)
"""Into so many pieces an interval is cut, one after the other."""
SECONDS = 1.5
MOST_EXPONENT = 60
FUNCTIONS = {"sin": iv.sin, "cos": iv.cos, "exp": iv.exp}
DIGITS = 8


class NotEnclosed(Exception):  # noqa: N818 - "not known" as a value
    """There is no interval known for it."""


def told_apart(one: t.Expr, other: t.Expr, shown: Iterable[sp.Expr]) -> Verdict:
    """Refuted where the values of two formulas without letters lie in intervals apart; ``shown``
    are numbers in these intervals, for people."""
    try:
        with alarm(SECONDS):  # integrals in integrals have the pieces of each for every piece
            for pieces in PIECES:
                first, second = (_value(side, {}, pieces) for side in (one, other))
                if first.b < second.a or second.b < first.a:
                    return Refuted("", *(f"{float(value):.{DIGITS}g}" for value in shown))
    except (NotEnclosed, OutOfTime, ArithmeticError, ValueError, RecursionError):
        pass
    return Undecided(Doubt.NO_METHOD, "quadrature")


def _value(expr: t.Expr, point: Mapping[str, Any], pieces: int) -> Any:
    match expr:
        case t.Number(value):
            return iv.mpf(value.numerator) / value.denominator
        case t.Symbol(name) if name in point:
            return point[name]
        case t.Constant(t.ConstantName.PI):
            return +iv.pi
        case t.Constant(t.ConstantName.E):
            return iv.exp(1)
        case t.Neg(arg):
            return -_value(arg, point, pieces)
        case t.Add(parts):
            total = iv.mpf(0)
            for part in parts:
                total += _value(part, point, pieces)
            return total
        case t.Mul(parts):
            product = iv.mpf(1)
            for part in parts:
                product *= _value(part, point, pieces)
            return product
        case t.Div(num, den):
            return _value(num, point, pieces) / _apart_from_zero(_value(den, point, pieces))
        case t.Pow(base, exp):
            return _power(base, exp, point, pieces)
        case t.Call(name, args):
            return _call(name, args, point, pieces)
    raise NotEnclosed


def _apart_from_zero(value: Any) -> Any:
    if not (value.a > 0 or value.b < 0):
        raise NotEnclosed
    return value


def _above_zero(value: Any) -> Any:
    if not value.a > 0:
        raise NotEnclosed
    return value


def _power(base: t.Expr, exp: t.Expr, point: Mapping[str, Any], pieces: int) -> Any:
    match exp:
        case t.Number(n) if n.denominator == 1 and abs(n) <= MOST_EXPONENT:
            value = _value(base, point, pieces)
            return value ** int(n) if n > 0 else 1 / _apart_from_zero(value ** int(-n))
    power = _value(exp, point, pieces)
    if base == t.Constant(t.ConstantName.E):
        return iv.exp(power)
    return iv.exp(power * iv.log(_above_zero(_value(base, point, pieces))))


def _call(name: str, args: tuple[t.Expr, ...], point: Mapping[str, Any], pieces: int) -> Any:
    match name, args:
        case "integrate", (body, t.Symbol(letter), low, high):
            return _integral((body, low, high), letter, point, pieces)
        case (("sin" | "cos" | "exp"), (x,)):
            return FUNCTIONS[name](_value(x, point, pieces))
        case "ln", (x,):
            return iv.log(_above_zero(_value(x, point, pieces)))
        case "sqrt", (x,):
            value = _value(x, point, pieces)
            if value.a < 0:
                raise NotEnclosed
            return iv.sqrt(value)
        case (("tan" | "sec"), (x,)):
            angle = _value(x, point, pieces)
            over = iv.sin(angle) if name == "tan" else 1
            return over / _apart_from_zero(iv.cos(angle))
        case "abs", (x,):
            return abs(_value(x, point, pieces))
    raise NotEnclosed


def _integral(
    triple: tuple[t.Expr, t.Expr, t.Expr], letter: str, point: Mapping[str, Any], pieces: int
) -> Any:
    body, *ends = triple
    low, high = (_value(end, point, pieces) for end in ends)
    total = iv.mpf(0)
    for n in range(pieces):
        part = iv.mpf([n, n + 1]) / pieces
        total += _value(body, {**point, letter: low + (high - low) * part}, pieces)
    return total * (high - low) / pieces
