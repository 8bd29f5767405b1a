"""Logarithms: values, powers, sums of them; e to a logarithm."""

from __future__ import annotations

import math
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.functions import INVERSE_CANCEL
from assistant.maths.solving.expressions.roots import is_complex, take_out
from assistant.maths.solving.expressions.shape import (
    EULER,
    ONE,
    ZERO,
    Context,
    Product,
    Rewrite,
    is_symbolic,
    make_power,
    monomial,
    mul_all,
    numeral,
    power,
    product,
)
from assistant.maths.types import Rule, Text

LOG_VALUE = Rule("logs.value", "Value of the logarithm", "计算对数")
LOG_POWER = Rule("logs.power", "Logarithm of a power", "幂的对数")
CHANGE = Rule("logs.change_of_base", "Change of base", "换底公式")
PRODUCT = Rule(
    "logs.product", "Sum of logarithms: logarithm of the product", "对数的和等于积的对数"
)
QUOTIENT = Rule(
    "logs.quotient", "Difference of logarithms: logarithm of the quotient", "对数的差等于商的对数"
)


def log_parts(node: t.Expr) -> tuple[t.Expr, t.Expr] | None:
    """Argument and base of a logarithm as written."""
    match node:
        case t.Call("ln", (arg,)):
            return arg, EULER
        case t.Call("log", (arg, base)):
            return arg, base
        case _:
            return None


def make_log(arg: t.Expr, base: t.Expr) -> t.Expr:
    """The logarithm, natural where the base is e."""
    return t.Call("ln", (arg,)) if base == EULER else t.Call("log", (arg, base))


def log_value(node: t.Expr, context: Context) -> Rewrite | None:
    """``log(8, 2) = 3``, ``ln(e^2) = 2``, ``log(4, 8) = 2/3``, ``ln(1) = 0``."""
    parts = log_parts(node)
    if parts is None:
        return None
    arg, base = parts
    if rational_value(arg) == 1:
        return Rewrite(ZERO, LOG_VALUE, Text("The logarithm of 1 is 0.", "1 的对数是 0。"))
    if arg == base:
        return Rewrite(ONE, LOG_VALUE, Text("The logarithm of the base is 1.", "底数的对数是 1。"))
    number, radix = rational_value(arg), rational_value(base)
    if number is not None and number <= 0:
        return None
    if number is not None and radix is not None and radix > 0 and radix != 1:
        exponent = _log_ratio(number, radix)
        if exponent is None:
            return None
        after = numeral(exponent, context)
        why = Text("{0} = {1}.", "{0} = {1}。", (make_power(base, after), arg))
        return Rewrite(after, LOG_VALUE, why)
    if isinstance(arg, t.Pow) and arg.base == base and not is_complex(arg.exp):
        why = Text("{0} = {1}.", "{0} = {1}。", (node, arg.exp))
        return Rewrite(arg.exp, LOG_VALUE, why)
    return None


def _log_ratio(number: Fraction, radix: Fraction) -> Fraction | None:
    """``r`` with ``radix^r = number``, where it is rational."""
    guess = Fraction(math.log(number) / math.log(radix)).limit_denominator(24)
    if abs(guess.numerator) > 400:
        return None
    return guess if radix**guess.numerator == number**guess.denominator else None


def log_of_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``ln(x^3) = 3*ln(x)`` (x > 0), ``ln(1/8) = -3*ln(2)``, ``ln(sqrt(x))``."""
    parts = log_parts(node)
    if parts is None:
        return None
    arg, base = parts
    number = rational_value(arg)
    if number is not None and number > 0 and rational_value(base) is None:
        return _log_of_number(node, number, base, context)
    inner, exp = power(arg)
    if isinstance(arg, t.Call) and arg.name == "sqrt":
        inner, exp = arg.args[0], t.Div(ONE, t.integer(2))
    value = rational_value(exp)
    if exp == ONE or value is None:
        return None
    given: tuple[t.Expr, ...] = ()
    if value.denominator == 1 and value % 2 == 0 and is_symbolic(inner):
        inner = t.Call("abs", (inner,))
    after = (
        mul_all([exp, make_log(inner, base)])
        if value > 0
        else t.Neg(mul_all([numeral(-value, context), make_log(inner, base)]))
    )
    return Rewrite(
        after, LOG_POWER, Text("The exponent comes in front.", "指数移到对数前面。"), given=given
    )


def _log_of_number(
    node: t.Expr, number: Fraction, base: t.Expr, context: Context
) -> Rewrite | None:
    """A perfect power is written as a power: ``ln(8) = 3*ln(2)``."""
    size = 1 / number if number.numerator == 1 else number
    for exponent in range(min(20, size.numerator.bit_length()), 1, -1):
        top, left = take_out(size.numerator, exponent)
        bottom, rest = take_out(size.denominator, exponent)
        if left == rest == 1:
            inner = make_log(t.rational(Fraction(top, bottom)), base)
            after = t.mul(t.integer(exponent), inner)
            return Rewrite(
                t.Neg(after) if size != number else after,
                LOG_POWER,
                Text("The exponent comes in front.", "指数移到对数前面。"),
            )
    if size != number:
        return Rewrite(
            t.Neg(make_log(t.rational(size), base)),
            LOG_POWER,
            Text("The exponent comes in front.", "指数移到对数前面。"),
        )
    del node, context
    return None


def exp_of_log(node: t.Expr, context: Context) -> Rewrite | None:
    """``e^(ln x) = x``, ``2^(log(5, 2)) = 5``, ``e^(2*ln(x)) = x^2``; ``exp(x)`` is ``e^x``."""
    del context
    match node:
        case t.Call("exp", (arg,)):
            return Rewrite(
                t.Pow(EULER, arg),
                INVERSE_CANCEL,
                Text("{0} is {1}.", "{0} 就是 {1}。", (node, t.Pow(EULER, arg))),
            )
        case t.Pow(base, exp):
            view = product(exp)
            for place, factor in enumerate(view.num):
                parts = log_parts(factor)
                if parts and parts[1] == base:
                    view.num[place] = ONE
                    rest = view.build()
                    why = Text("{0} = {1}.", "{0} = {1}。", (t.Pow(base, factor), parts[0]))
                    return Rewrite(make_power(parts[0], rest), INVERSE_CANCEL, why)
    return None


def chain_rule(node: t.Expr, context: Context) -> Rewrite | None:
    """``log_2(3)*log_3(8) = log_2(8)``: the base of one is the number of the other."""
    del context
    view = product(node)
    logs = [(n, parts) for n, f in enumerate(view.num) if (parts := log_parts(f)) is not None]
    for place, (arg, base) in logs:
        for other, (arg2, base2) in logs:
            if place != other and arg == base2:
                joined = make_log(arg2, base)
                num = [joined if n == place else f for n, f in enumerate(view.num) if n != other]
                shown = t.Mul((view.num[place], view.num[other]))
                why = Text("{0} = {1}.", "换底公式：{0} = {1}。", (shown, joined))
                return Rewrite(Product(view.sign, num, view.den).build(), CHANGE, why)
    return _change_of_base(view)


def _change_of_base(view: Product) -> Rewrite | None:
    """``ln(8)/ln(2) = log_2(8)`` for numbers."""
    for place, factor in enumerate(view.num):
        for below, divisor in enumerate(view.den):
            top, bottom = log_parts(factor), log_parts(divisor)
            if top is None or bottom is None or top[1] != bottom[1]:
                continue
            values = [rational_value(p[0]) for p in (top, bottom)]
            if values[0] is None or values[1] is None or min(values[0], values[1]) <= 0:
                continue
            if values[1] == 1 or _log_ratio(values[0], values[1]) is None:
                continue
            num = [make_log(top[0], bottom[0]) if n == place else f for n, f in enumerate(view.num)]
            den = [f for n, f in enumerate(view.den) if n != below]
            why = Text("{0} = {1}.", "换底公式：{0} = {1}。", (t.Div(factor, divisor), num[place]))
            return Rewrite(Product(view.sign, num, den).build(), CHANGE, why)
    return None


def combine(node: t.Expr, context: Context) -> Rewrite | None:
    """``ln(2) + ln(3) = ln(6)``, ``log(6, 2) - log(3, 2) = log(2, 2)``, ``2*ln(3) + ln(x)``."""
    del context
    if not isinstance(node, t.Add):
        return None
    groups: dict[t.Expr, list[tuple[int, t.Expr, Fraction]]] = {}
    for place, term in enumerate(node.terms):
        coefficient, above, below = monomial(term)
        parts = log_parts(above[0]) if len(above) == 1 and not below else None
        if parts and coefficient.denominator == 1 and abs(coefficient) <= 60:
            groups.setdefault(parts[1], []).append((place, parts[0], coefficient))
    for base, found in groups.items():
        if len(found) > 1:
            return _joined(node, base, found)
    return None


def _joined(node: t.Add, base: t.Expr, found: list[tuple[int, t.Expr, Fraction]]) -> Rewrite:
    above = [make_power(arg, t.integer(int(c))) for _, arg, c in found if c > 0]
    below = [make_power(arg, t.integer(int(-c))) for _, arg, c in found if c < 0]
    places = [place for place, _, _ in found]
    if above:
        joined: t.Expr = make_log(Product(1, above, below).build(), base)
    else:
        joined = t.Neg(make_log(t.mul(*below), base))
    terms = [
        joined if n == places[0] else p for n, p in enumerate(node.terms) if n not in places[1:]
    ]
    rule = QUOTIENT if above and below else PRODUCT
    why = Text(
        "Add logarithms of one base by multiplying what is inside, subtract by dividing.",
        "同底对数：相加则真数相乘，相减则真数相除。",
    )
    return Rewrite(t.add(*terms), rule, why)
