"""Complex numbers in the form a + b*i."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.roots import is_complex
from assistant.maths.solving.expressions.shape import (
    EULER,
    ONE,
    TWO,
    Context,
    I,
    Product,
    Rewrite,
    is_symbolic,
    power,
    product,
)
from assistant.maths.types import Rule, Text

UNIT = Rule("complex.unit", "Use i^2 = -1", "利用 i² = -1")
DIVIDE = Rule("complex.divide", "Multiply by the conjugate", "分子分母同乘共轭复数")
MODULUS = Rule("complex.modulus", "Modulus", "求模")
ARGUMENT = Rule("complex.argument", "Argument", "求辐角")
CONJUGATE = Rule("complex.conjugate", "Conjugate", "求共轭复数")
EULER_FORMULA = Rule("complex.euler", "Euler's formula", "欧拉公式")
DE_MOIVRE = Rule("complex.de_moivre", "De Moivre's formula", "棣莫弗公式")
PARTS = Rule("complex.parts", "Real and imaginary part", "求实部和虚部")


def unit_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``i^7 = -i``: the powers of i repeat after four."""
    del context
    match node:
        case t.Pow(base, exp) if base == I:
            count = rational_value(exp)
        case _:
            return None
    if count is None or count.denominator != 1:
        return None
    rest = int(count) % 4
    after = (ONE, I, t.Neg(ONE), t.Neg(I))[rest]
    why = Text(
        "The powers of i repeat after four: {0} leaves {1}.",
        "i 的幂每四个一循环：{0} 除以 4 余 {1}。",
        (exp, t.integer(rest)),
    )
    if count == 2:
        why = Text("{0} = -1.", "{0} = -1。", (node,))
    return Rewrite(after, UNIT, why)


def multiply_units(node: t.Expr, context: Context) -> Rewrite | None:
    """``a/i = -a*i``."""
    del context
    view = product(node)
    if I not in view.den:
        return None
    view.den.remove(I)
    num = [f for f in [*view.num, I] if f != ONE]
    why = Text("{0} = {1}.", "{0} = {1}。", (t.Div(ONE, I), t.Neg(I)))
    return Rewrite(Product(-view.sign, num, view.den).build(), UNIT, why)


def _parts(expr: t.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """Real and imaginary part of a number, exactly."""
    if is_symbolic(expr) or not is_complex(expr):
        return None
    try:
        real, imaginary = sp.expand_complex(to_sympy(expr)).as_real_imag()
    except NotConvertible:
        return None
    if real.has(sp.re, sp.im) or imaginary.has(sp.re, sp.im):
        return None
    return sp.expand(real), sp.expand(imaginary)


def divide(node: t.Expr, context: Context) -> Rewrite | None:
    """``(1 + 2i)/(3 - 4i)``."""
    del context
    view = product(node)
    for place, factor in enumerate(view.den):
        base, exp = power(factor)
        parts = _parts(base) if isinstance(base, t.Add) and exp == ONE else None
        if parts is None:
            continue
        a, b = parts
        size = from_sympy(sp.expand(a**2 + b**2))
        other = from_sympy(a - b * sp.I)
        top = [f for f in view.num if f != ONE]
        rest = [f for n, f in enumerate(view.den) if n != place]
        after = Product(view.sign, [*top, other], [size, *rest]).build()
        shown = Product(view.sign, [*top, other], [base, other, *rest]).build()
        why = Text(
            "Multiply numerator and denominator by the conjugate {0}.",
            "分子、分母同乘共轭复数 {0}。",
            (other,),
        )
        squares = t.add(t.Pow(from_sympy(sp.Abs(a)), TWO), t.Pow(from_sympy(sp.Abs(b)), TWO))
        lines = [
            (node, DIVIDE, why),
            (shown, DIVIDE, why),
            (
                Product(view.sign, [*top, other], [squares, *rest]).build(),
                DIVIDE,
                Text("(a + bi)(a - bi) = a^2 + b^2.", "(a + bi)(a - bi) = a^2 + b^2。"),
            ),
            (after, DIVIDE, Text("{0} = {1}.", "{0} = {1}。", (squares, size))),
        ]
        return Rewrite(after, DIVIDE, why, chain(lines))
    return None


def euler(node: t.Expr, context: Context) -> Rewrite | None:
    """``e^(i*pi) = cos(pi) + i*sin(pi)``."""
    del context
    match node:
        case t.Pow(base, exp) if base == EULER and is_complex(exp):
            view = product(exp)
        case _:
            return None
    if view.num.count(I) != 1 or I in view.den or is_symbolic(exp):
        return None
    view.num = [f for f in view.num if f != I] or [ONE]
    angle = view.build()
    if is_complex(angle):
        return None
    after = t.add(t.Call("cos", (angle,)), t.Mul((I, t.Call("sin", (angle,)))))
    return Rewrite(after, EULER_FORMULA, Text("{0} = {1}.", "{0} = {1}。", (node, after)))


def de_moivre(node: t.Expr, context: Context) -> Rewrite | None:
    """``(1 + i)^20`` by modulus and angle, where the angle is a part of pi."""
    del context
    match node:
        case t.Pow(t.Add() as base, exp):
            parts, count = _parts(base), rational_value(exp)
        case _:
            return None
    if parts is None or count is None or count.denominator != 1 or not 4 <= count <= 500:
        return None
    a, b = parts
    radius, angle = sp.sqrt(sp.expand(a**2 + b**2)), sp.arg(a + b * sp.I)
    if not (angle / sp.pi).is_Rational:
        return None
    shown, turned = from_sympy(angle), from_sympy(angle * int(count))
    size = t.Pow(from_sympy(radius), exp)
    after: t.Expr = t.Mul((size, _polar(turned)))
    polar = t.mul(*[f for f in (from_sympy(radius),) if f != ONE], _polar(shown))
    why = Text(
        "In polar form {0} = {1}; the power multiplies the angle by {2}.",
        "化为三角形式 {0} = {1}；乘方时辐角乘以 {2}。",
        (base, polar, exp),
    )
    middle: t.Expr = t.Pow(polar, exp)
    lines = [(node, DE_MOIVRE, why), (middle, DE_MOIVRE, why), (after, DE_MOIVRE, why)]
    return Rewrite(after, DE_MOIVRE, why, chain(lines))


def _polar(angle: t.Expr) -> t.Expr:
    return t.Add((t.Call("cos", (angle,)), t.Mul((I, t.Call("sin", (angle,))))))


def complex_function(node: t.Expr, context: Context) -> Rewrite | None:
    """Modulus, argument, conjugate, real and imaginary part of a number."""
    del context
    match node:
        case t.Call("abs" | "arg" | "conjugate" | "re" | "im" as name, (z,)):
            parts = _parts(z)
        case _:
            return None
    if parts is None:
        return None
    a, b = parts
    shown = [from_sympy(a), from_sympy(b)]
    if name == "abs":
        after: t.Expr = t.Call("sqrt", (t.add(*[t.Pow(p, TWO) for p in shown]),))
        return Rewrite(
            after,
            MODULUS,
            Text(
                "The modulus of a + bi is the root of a^2 + b^2.",
                "a + bi 的模等于 a^2 + b^2 的算术平方根。",
            ),
        )
    if name == "arg":
        angle = sp.arg(a + b * sp.I)
        if angle.has(sp.arg):
            return None
        return Rewrite(
            from_sympy(angle),
            ARGUMENT,
            Text("The angle of the point ({0}, {1}).", "点 ({0}, {1}) 的极角。", tuple(shown)),
        )
    if name == "conjugate":
        return Rewrite(
            from_sympy(a - b * sp.I),
            CONJUGATE,
            Text("Change the sign of the imaginary part.", "虚部变号。"),
        )
    why = Text("Real part {0}, imaginary part {1}.", "实部为 {0}，虚部为 {1}。", tuple(shown))
    return Rewrite(shown[0] if name == "re" else shown[1], PARTS, why)
