"""Functions of numbers: absolute value, factorial, angles, logarithms, and their laws."""

from __future__ import annotations

import math
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.roots import is_complex
from assistant.maths.solving.expressions.shape import (
    ONE,
    PI,
    Context,
    Rewrite,
    is_symbolic,
    monomial,
    mul_all,
    numeral,
    product,
)
from assistant.maths.types import Rule, Text

ABSOLUTE = Rule("functions.absolute", "Take the absolute value", "去绝对值")
FACTORIAL = Rule("functions.factorial", "Work out the factorial", "计算阶乘")
BINOMIAL = Rule("functions.binomial", "Work out the number of choices", "计算组合数")
WHOLE = Rule("functions.whole_numbers", "Work out the value", "计算函数值")
SPECIAL_ANGLE = Rule("trig.special_angle", "Value at a special angle", "特殊角的三角函数值")
DEGREES = Rule("trig.degrees", "Degrees to radians", "角度化为弧度")
INVERSE_ANGLE = Rule("trig.inverse_value", "Angle with this value", "求反三角函数值")
ODD_EVEN = Rule("trig.odd_even", "Sign of the angle", "三角函数的奇偶性")
INVERSE_CANCEL = Rule("functions.inverse", "A function and its inverse cancel", "互为反函数抵消")

TRIG = frozenset("sin cos tan cot sec csc".split())
INVERSE = {"asin": "sin", "acos": "cos", "atan": "tan"}


def absolute_value(node: t.Expr, context: Context) -> Rewrite | None:
    """``|-5|``, ``|1 - sqrt(2)|``, ``|x^2|``, ``|-3x|``."""
    del context
    if not (isinstance(node, t.Call) and node.name == "abs" and len(node.args) == 1):
        return None
    arg = node.args[0]
    value = rational_value(arg)
    if value is not None:
        after = arg.arg if isinstance(arg, t.Neg) else arg
        if value < 0 and not isinstance(arg, t.Neg):
            return None
        return Rewrite(after, ABSOLUTE, Text("{0} = {1}.", "{0} = {1}。", (node, after)))
    if not is_symbolic(arg):
        return _constant_absolute(arg)
    view = product(arg)
    if view.sign < 0:
        view.sign = 1
        return Rewrite(
            t.Call("abs", (view.build(),)),
            ABSOLUTE,
            Text("The sign does not matter.", "绝对值与符号无关。"),
        )
    if isinstance(arg, t.Pow) and (rational_value(arg.exp) or 1) % 2 == 0:
        return Rewrite(arg, ABSOLUTE, Text("An even power is never negative.", "偶次幂非负。"))
    outside = [f for f in view.num if (rational_value(f) or 0) > 0]
    below = [f for f in view.den if (rational_value(f) or 0) > 0]
    if (outside or below) and len(view.num) + len(view.den) > 1:
        view.num = [f for f in view.num if f not in outside] or [ONE]
        view.den = [f for f in view.den if f not in below]
        top = mul_all([*outside, t.Call("abs", (view.build(),))])
        after = t.Div(top, mul_all(below)) if below else top
        return Rewrite(
            after, ABSOLUTE, Text("A positive factor comes out.", "正因数可提到绝对值外。")
        )
    return None


def _constant_absolute(arg: t.Expr) -> Rewrite | None:
    """The sign of a number is found exactly by SymPy, from an interval that excludes zero."""
    if is_complex(arg):
        return None
    try:
        value = to_sympy(arg)
    except NotConvertible:
        return None
    if value.is_positive:
        return Rewrite(arg, ABSOLUTE, Text("{0} is positive.", "{0} 是正数。", (arg,)))
    if value.is_negative:
        after = _turned(arg)
        why = Text("{0} is negative, so take its opposite.", "{0} 是负数，取它的相反数。", (arg,))
        return Rewrite(after, ABSOLUTE, why)
    return None


def _turned(arg: t.Expr) -> t.Expr:
    if isinstance(arg, t.Add):
        turned = [p.arg if isinstance(p, t.Neg) else t.Neg(p) for p in arg.terms]
        return t.Add(tuple(sorted(turned, key=lambda p: isinstance(p, t.Neg))))
    return arg.arg if isinstance(arg, t.Neg) else t.Neg(arg)


def even_power_of_absolute(node: t.Expr, context: Context) -> Rewrite | None:
    """``|x|^2 = x^2``."""
    del context
    match node:
        case t.Pow(t.Call("abs", (arg,)), exp) if (
            rational_value(exp) or 1
        ) % 2 == 0 and not is_complex(arg):
            why = Text("An even power does not see the sign.", "偶次幂与符号无关。")
            return Rewrite(t.Pow(arg, exp), ABSOLUTE, why)
        case _:
            return None


def number_function(node: t.Expr, context: Context) -> Rewrite | None:
    """``5!``, ``binomial(5, 2)``, ``gcd(12, 18)``, ``floor(2.5)``, ``max(1, 2)``, ``mod(7, 3)``."""
    if not isinstance(node, t.Call):
        return None
    values = [rational_value(a) for a in node.args]
    if not values or any(v is None for v in values):
        return None
    known = [v for v in values if v is not None]
    if _without_value(node.name, known):
        why = Text("{0} is not defined.", "{0} 没有定义。", (node,))
        return Rewrite(t.Constant(t.ConstantName.UNDEFINED), WHOLE, why)
    value = _whole_function(node.name, known)
    if value is None:
        return None
    after = numeral(value, context)
    rule = {"factorial": FACTORIAL, "binomial": BINOMIAL}.get(node.name, WHOLE)
    why = Text("{0} = {1}.", "{0} = {1}。", (node, after))
    if node.name == "factorial" and 2 <= known[0] <= 12:
        written = t.Mul(tuple(t.integer(k) for k in range(int(known[0]), 0, -1)))
        why = Text("{0} = {1} = {2}.", "{0} = {1} = {2}。", (node, written, after))
    return Rewrite(after, rule, why)


def _without_value(name: str, values: list[Fraction]) -> bool:
    """Whether a function has no value at these numbers, complex or not."""
    match name, values:
        case "factorial", [n]:
            return n < 0 and n.denominator == 1
        case (("ln" | "lg" | "arg"), [a]):
            return a == 0
        case "log", [a, base]:
            return a == 0 or base in (0, 1)
        case "mod", [_, b]:
            return b == 0
    return False


def _whole_function(name: str, values: list[Fraction]) -> Fraction | None:
    whole = [int(v) for v in values if v.denominator == 1]
    integers = len(whole) == len(values)
    match name, values:
        case "factorial", [n] if integers and 0 <= n <= 2000:
            return Fraction(math.factorial(whole[0]))
        case "binomial", [n, k] if integers and 0 <= n <= 5000 and k >= 0:
            return Fraction(math.comb(*whole))
        case "gcd", [_, *_] if integers:
            return Fraction(math.gcd(*whole))
        case "lcm", [_, *_] if integers:
            return Fraction(math.lcm(*whole))
        case "mod", [a, b] if b:
            return a - b * (a // b)
        case "floor", [a]:
            return Fraction(a.__floor__())
        case "ceiling", [a]:
            return Fraction(a.__ceil__())
        case "sign", [a]:
            return Fraction((a > 0) - (a < 0))
        case "max", [_, *_]:
            return max(values)
        case "min", [_, *_]:
            return min(values)
        case _:
            return None


def modular_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``mod(7^100, 13)`` without writing out the power."""
    del context
    match node:
        case t.Call("mod", (t.Pow(base, exp), modulus)):
            values = [rational_value(e) for e in (base, exp, modulus)]
        case _:
            return None
    if any(v is None or v.denominator != 1 for v in values):
        return None
    b, e, m = (int(v) for v in values if v is not None)
    if e < 0 or m <= 0:
        return None
    after = t.integer(pow(b, e, m))
    why = Text(
        "Square again and again, keeping only the remainder by {0}.",
        "反复平方，每次只保留除以 {0} 的余数。",
        (t.integer(m),),
    )
    return Rewrite(after, WHOLE, why)


def special_angle(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(60°)``, ``cos(pi/4)``, ``tan(0)``: multiples of 15, 18 and 22.5 degrees."""
    del context
    match node:
        case t.Call(name, (arg,)) if name in TRIG:
            degrees = angle_in_degrees(arg)
        case _:
            return None
    if degrees is None or (degrees % 15 and degrees % 18 and degrees % Fraction(45, 2)):
        return None
    exact = getattr(sp, name)(sp.Rational(degrees.numerator, degrees.denominator) * sp.pi / 180)
    if exact.is_finite is not True:
        after: t.Expr = t.Constant(t.ConstantName.UNDEFINED)
        return Rewrite(after, SPECIAL_ANGLE, Text("{0} is not defined.", "{0} 没有定义。", (node,)))
    if exact.has(sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc):
        return None
    after = from_sympy(sp.radsimp(exact))
    return Rewrite(after, SPECIAL_ANGLE, Text("{0} = {1}.", "{0} = {1}。", (node, after)))


def angle_in_degrees(arg: t.Expr) -> Fraction | None:
    """The angle, where it is written in degrees or as a multiple of pi."""
    match arg:
        case t.Call("degrees", (inner,)):
            return rational_value(inner)
        case t.Neg(inner):
            value = angle_in_degrees(inner)
            return None if value is None else -value
        case t.Add(parts):
            values = [angle_in_degrees(p) for p in parts]
            known = [v for v in values if v is not None]
            return sum(known, Fraction(0)) if len(known) == len(values) else None
    if rational_value(arg) == 0:
        return Fraction(0)
    coefficient, above, below = monomial(arg)
    return coefficient * 180 if above == (PI,) and not below else None


def degrees_alone(node: t.Expr, context: Context) -> Rewrite | None:
    """``60°`` outside a trigonometric function is ``pi/3``."""
    del context
    match node:
        case t.Call("degrees", (arg,)) if (value := rational_value(arg)) is not None:
            after = from_sympy(sp.Rational(value.numerator, value.denominator) * sp.pi / 180)
            return Rewrite(after, DEGREES, Text("180° is {0}.", "180° 等于 {0}。", (PI,)))
        case _:
            return None


def odd_even(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(-x) = -sin(x)``, ``cos(-x) = cos(x)``."""
    del context
    match node:
        case t.Call(name, (t.Neg(arg),)) if name in (
            "sin",
            "tan",
            "cot",
            "csc",
            "asin",
            "atan",
            "sinh",
            "tanh",
        ):
            after: t.Expr = t.Neg(t.Call(name, (arg,)))
            return Rewrite(after, ODD_EVEN, Text("{0} is odd.", "{0} 是奇函数。", (name,)))
        case t.Call(name, (t.Neg(arg),)) if name in ("cos", "sec", "cosh"):
            return Rewrite(
                t.Call(name, (arg,)), ODD_EVEN, Text("{0} is even.", "{0} 是偶函数。", (name,))
            )
        case _:
            return None


def inverse_value(node: t.Expr, context: Context) -> Rewrite | None:
    """``asin(1/2) = pi/6``, ``sin(asin(x)) = x``."""
    del context
    match node:
        case t.Call(name, (t.Call(inner, (arg,)),)) if INVERSE.get(inner) == name:
            return Rewrite(
                arg,
                INVERSE_CANCEL,
                Text("{0} undoes {1}.", "{0} 与 {1} 互为反函数。", (name, inner)),
            )
        case t.Call(name, (arg,)) if name in INVERSE and not is_symbolic(arg):
            try:
                exact = getattr(sp, name)(to_sympy(arg))
            except NotConvertible:
                return None
            if not exact.is_real or exact.has(getattr(sp, name)):
                return None
            after = from_sympy(exact)
            why = Text("{0} = {1}.", "{0} = {1}。", (t.Call(INVERSE[name], (after,)), arg))
            return Rewrite(after, INVERSE_ANGLE, why)
        case _:
            return None
