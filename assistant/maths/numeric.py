"""The value of a formula as a float, for pictures.

Floats of the standard library: quick, approximate, and good for drawing only.  No claim
is ever checked with them.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from assistant.maths import terms as t

Values = Mapping[str, float]
CONSTANTS = {
    t.ConstantName.PI: math.pi,
    t.ConstantName.E: math.e,
    t.ConstantName.INFINITY: math.inf,
}


def _root(x: float, n: float) -> float:
    """The school's root: of a negative number real where the index is odd."""
    if x < 0 and n % 2 == 1:
        return -math.pow(-x, 1 / n)
    return math.pow(x, 1 / n)


FUNCTIONS: dict[str, Callable[..., float]] = {
    name: getattr(math, name)
    for name in (
        "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp sqrt floor erf erfc gamma"
    ).split()
} | {
    "cot": lambda x: 1 / math.tan(x),
    "sec": lambda x: 1 / math.cos(x),
    "csc": lambda x: 1 / math.sin(x),
    "acot": lambda x: math.atan(1 / x),
    "asec": lambda x: math.acos(1 / x),
    "acsc": lambda x: math.asin(1 / x),
    "coth": lambda x: 1 / math.tanh(x),
    "sech": lambda x: 1 / math.cosh(x),
    "csch": lambda x: 1 / math.sinh(x),
    "abs": abs,
    "ln": math.log,
    "log": math.log,
    "ceiling": math.ceil,
    "sign": lambda x: (x > 0) - (x < 0),
    "max": max,
    "min": min,
    "mod": lambda a, b: a - b * math.floor(a / b),
    "percent": lambda x: x / 100,
    "degrees": math.radians,
    "mixed": lambda whole, num, den: whole + num / den,
    "factorial": lambda n: math.gamma(n + 1),
    "root": _root,
}
COMPARE = {
    t.Comparison.EQ: operator.eq,
    t.Comparison.NE: operator.ne,
    t.Comparison.LT: operator.lt,
    t.Comparison.LE: operator.le,
    t.Comparison.GT: operator.gt,
    t.Comparison.GE: operator.ge,
}


def evaluate(expr: t.Expr, values: Values) -> float | None:
    """The real value where every symbol has the value given, or ``None``: outside the
    domain, too large for a float, or not a formula for a number."""
    try:
        value = _value(expr, values)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return value if math.isfinite(value) else None


def _value(expr: t.Expr, values: Values) -> float:
    match expr:
        case t.Number(value):
            return float(value)
        case t.Symbol(name):
            return values[name]
        case t.Constant(name):
            return CONSTANTS[name]
        case t.Add(terms):
            return math.fsum(_value(part, values) for part in terms)
        case t.Mul(factors):
            return math.prod(_value(part, values) for part in factors)
        case t.Neg(arg):
            return -_value(arg, values)
        case t.Div(num, den):
            return _value(num, values) / _value(den, values)
        case t.Pow(base, exp):
            return math.pow(_value(base, values), _value(exp, values))  # never complex
        case t.Call("piecewise", args):
            return _piece(args, values)
        case t.Call(name, args):
            return float(FUNCTIONS[name](*(_value(arg, values) for arg in args)))
        case _:
            raise TypeError(type(expr).__name__)


def _piece(args: tuple[t.Expr, ...], values: Values) -> float:
    for value, condition in zip(args[::2], args[1::2], strict=True):
        if holds(condition, values):
            return _value(value, values)
    raise ValueError("no case holds")


def holds(statement: t.Expr, values: Values) -> bool:
    """Whether a statement is true at a point.

    Raises ``ValueError`` or ``ArithmeticError`` outside the domain of its sides.
    """
    match statement:
        case t.Truth(value):
            return value
        case t.Relation(op, left, right):
            return bool(COMPARE[op](_value(left, values), _value(right, values)))
        case t.Junction(op, args):
            every = all if op is t.Connective.AND else any
            return every(holds(arg, values) for arg in args)
        case _:
            raise TypeError(type(statement).__name__)
