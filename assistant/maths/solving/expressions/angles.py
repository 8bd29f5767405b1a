"""Trigonometry in sine and cosine of single angles, for proving identities."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.functions import angle_in_degrees
from assistant.maths.solving.expressions.shape import (
    ONE,
    TWO,
    Context,
    Rewrite,
    from_monomial,
    make_power,
    monomial,
    mul_all,
)
from assistant.maths.solving.expressions.trigonometry import PARTS, RATIO
from assistant.maths.types import Rule, Text

ADDITION = Rule("trig.addition", "Addition formula", "两角和与差的公式")
MULTIPLE = Rule("trig.multiple_angle", "Double angle", "倍角公式")
REDUCTION = Rule("trig.reduction", "Reduction formula", "诱导公式")
SINE_SQUARED = Rule("trig.sine_squared", "sin^2 = 1 - cos^2", "用 sin²=1-cos² 代换")


def to_sine_and_cosine(node: t.Expr, context: Context) -> Rewrite | None:
    """``tan(x)`` is ``sin(x)/cos(x)``, and so on."""
    del context
    match node:
        case t.Call(name, (arg,)) if name in PARTS and t.symbols(arg):
            above, below = PARTS[name]
        case _:
            return None
    top = mul_all([t.Call(n, (arg,)) for n in above]) if above else ONE
    after = t.Div(top, t.Call(below[0], (arg,)))
    return Rewrite(
        after, RATIO, Text("{0} = {1}.", "{0} = {1}。", (node, after)), nonzero=(after.den,)
    )


def addition(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(x + y)``, ``cos(2x)``, ``sin(3x) = sin(2x + x)``."""
    match node:
        case t.Call("sin" | "cos" as name, (t.Add(parts),)):
            first, rest = parts[0], t.add(*parts[1:])
        case t.Call("sin" | "cos" as name, (arg,)):
            coefficient, above, below = monomial(arg)
            if coefficient.denominator != 1 or coefficient < 2 or not any(map(t.symbols, above)):
                return None
            first = from_monomial(coefficient - 1, above, below, context)
            rest = from_monomial(Fraction(1), above, below, context)
        case _:
            return None
    if isinstance(rest, t.Neg):
        sign, rest = -1, rest.arg
    else:
        sign = 1
    s, c = (tuple(t.Call(n, (u,)) for u in (first, rest)) for n in ("sin", "cos"))
    if first == rest:
        after = (
            t.Mul((TWO, s[0], c[0])) if name == "sin" else t.sub(t.Pow(c[0], TWO), t.Pow(s[0], TWO))
        )
        return Rewrite(after, MULTIPLE, Text("{0} = {1}.", "{0} = {1}。", (node, after)))
    if name == "sin":
        left, right = t.Mul((s[0], c[1])), t.Mul((c[0], s[1]))
    else:
        left, right = t.Mul((c[0], c[1])), t.Mul((s[0], s[1]))
        sign = -sign
    after = t.add(left, right if sign > 0 else t.Neg(right))
    return Rewrite(after, ADDITION, Text("{0} = {1}.", "{0} = {1}。", (node, after)))


def reduction(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(pi - x) = sin(x)``, ``cos(x + pi/2) = -sin(x)``: whole quarter turns."""
    match node:
        case t.Call("sin" | "cos" | "tan" as name, (t.Add(parts),)) if t.symbols(node):
            turns = [angle_in_degrees(p) for p in parts]
        case _:
            return None
    known = [v for v in turns if v is not None]
    rest = t.add(*[p for p, v in zip(parts, turns, strict=True) if v is None])
    quarter = sum(known, Fraction(0)) / 90
    if not known or quarter.denominator != 1:
        return None
    del context
    count = int(quarter) % 4
    if name == "tan" and count % 2:
        return None
    step = count + (name == "cos")
    other = "tan" if name == "tan" else "sin" if step % 2 == 0 else "cos"
    negative = name != "tan" and step % 4 >= 2
    if isinstance(rest, t.Neg):
        rest, negative = rest.arg, negative != (other != "cos")
    after: t.Expr = t.Call(other, (rest,))
    after = t.Neg(after) if negative else after
    return Rewrite(after, REDUCTION, Text("{0} = {1}.", "{0} = {1}。", (node, after)))


def sine_squared(node: t.Expr, context: Context) -> Rewrite | None:
    """``sin(x)^3`` is ``sin(x)*(1 - cos(x)^2)``."""
    del context
    match node:
        case t.Pow(t.Call("sin", (arg,)) as sine, exp) if (
            (n := rational_value(exp)) and n >= 2 and n.denominator == 1
        ):
            square = t.sub(ONE, t.Pow(t.Call("cos", (arg,)), TWO))
            rest = make_power(sine, t.integer(int(n) - 2))
            why = Text("{0} = {1}.", "{0} = {1}。", (t.Pow(sine, TWO), square))
            return Rewrite(mul_all([rest, square]), SINE_SQUARED, why)
        case _:
            return None
