"""Arithmetic of written numbers: integers, fractions, decimals, powers of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.shape import (
    ONE,
    UNDEFINED,
    ZERO,
    Context,
    Product,
    Rewrite,
    numeral,
    product,
    step,
)
from assistant.maths.types import Rule, Step, Text

ADD = Rule("arithmetic.add", "Add the numbers", "计算加减")
ADD_FRACTIONS = Rule("fractions.add", "Add the fractions", "分数相加减")
COMMON = Rule("fractions.common_denominator", "Write over the common denominator", "通分")
ADD_NUMERATORS = Rule("fractions.add_numerators", "Add the numerators", "分子相加减")
MULTIPLY = Rule("arithmetic.multiply", "Multiply the numbers", "计算乘法")
MULTIPLY_FRACTIONS = Rule("fractions.multiply", "Multiply the fractions", "分数相乘")
DIVIDE = Rule("arithmetic.divide", "Divide the numbers", "计算除法")
DIVIDE_FRACTIONS = Rule(
    "fractions.divide", "Multiply by the reciprocal", "除以一个数等于乘它的倒数"
)
REDUCE = Rule("fractions.reduce", "Reduce the fraction", "约分")
POWER = Rule("powers.number", "Work out the power", "计算乘方")
REPEAT = Rule("powers.as_product", "Write the power as a product", "把乘方写成连乘")
BY_ZERO = Rule("arithmetic.by_zero", "Division by zero", "除数为零")
MIXED = Rule("fractions.mixed", "Write the mixed number as a fraction", "带分数化为假分数")
PERCENT = Rule("arithmetic.percent", "Write the percentage as a number", "百分数化为数")

MAX_BITS = 20_000


def add_numbers(terms: Sequence[t.Expr], context: Context) -> tuple[t.Expr, Rule, tuple[Step, ...]]:
    """The sum of written numbers, with what a pupil writes in between."""
    values = [rational_value(term) or Fraction(0) for term in terms]
    total = numeral(sum(values, Fraction(0)), context)
    if all(v.denominator == 1 for v in values) or _all_decimal(terms):
        return total, ADD, ()
    return total, ADD_FRACTIONS, _fraction_sum(terms, values, total)


def _all_decimal(terms: Sequence[t.Expr]) -> bool:
    return not any(isinstance(n, t.Div) for term in terms for n in t.walk(term))


def _denominator(term: t.Expr) -> int:
    """The denominator as it is written, before reducing."""
    match term:
        case t.Neg(arg):
            return _denominator(arg)
        case t.Div(_, t.Number(value)) if value.denominator == 1:
            return abs(value.numerator)
        case _:
            return (rational_value(term) or Fraction(0)).denominator


def _fraction_sum(
    terms: Sequence[t.Expr], values: list[Fraction], total: t.Expr
) -> tuple[Step, ...]:
    bottom = lcm(*map(_denominator, terms))
    tops = [int(v * bottom) for v in values]
    over = [_over(top, bottom) for top in tops]
    whole = t.integer(bottom)
    lines = [
        (t.add(*terms), COMMON, Text("", "")),
        (
            t.add(*over),
            COMMON,
            Text("The least common denominator is {0}.", "最小公分母是 {0}。", (whole,)),
        ),
        (
            t.Div(t.add(*map(t.integer, tops)), whole),
            ADD_NUMERATORS,
            Text("Same denominator: add the numerators.", "分母相同，分子相加减。"),
        ),
        (
            _over(sum(tops), bottom),
            ADD,
            Text("Work out the numerator.", "计算分子。"),
        ),
        (total, REDUCE, _reduce_why(sum(tops), bottom)),
    ]
    return chain(lines)


def _over(top: int, bottom: int) -> t.Expr:
    quotient = t.Div(t.integer(abs(top)), t.integer(bottom))
    return t.Neg(quotient) if top < 0 else quotient


def _reduce_why(top: int, bottom: int) -> Text:
    return Text(
        "Divide numerator and denominator by their greatest common divisor {0}.",
        "分子、分母同除以它们的最大公约数 {0}。",
        (t.integer(gcd(top, bottom)),),
    )


def chain(lines: list[tuple[t.Expr, Rule, Text]]) -> tuple[Step, ...]:
    """Sub-steps from line to line; the first entry is only where it starts."""
    steps = []
    before = lines[0][0]
    for after, rule, why in lines[1:]:
        if after != before:
            steps.append(step(before, after, rule, why))
        before = after
    return tuple(steps)


def reduce_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``12/18``, ``6/3``, ``-2/-5``, ``(2/3)/4``: a quotient of two numbers."""
    if isinstance(node, t.Neg) and isinstance(node.arg, t.Div):
        inner = reduce_fraction(node.arg, context)
        return inner and replace(inner, after=t.Neg(inner.after), substeps=())
    if not isinstance(node, t.Div):
        return None
    top, bottom = rational_value(node.num), rational_value(node.den)
    if top is None or bottom is None:
        return None
    if bottom == 0:
        why = Text("Nothing can be divided by zero.", "零不能作除数。")
        return Rewrite(UNDEFINED, BY_ZERO, why)
    after = numeral(top / bottom, context)
    if after == node:
        return None
    if top.denominator != 1 or bottom.denominator != 1:
        return _divide_fractions(node, top, bottom, after, context)
    if (top / bottom).denominator == 1 or not isinstance(after, t.Div | t.Neg):
        why = Text(
            "{0} divided by {1} is {2}.", "{0} 除以 {1} 等于 {2}。", (node.num, node.den, after)
        )
        return Rewrite(after, DIVIDE, why)
    return Rewrite(after, REDUCE, _reduce_why(top.numerator, bottom.numerator))


def _divide_fractions(
    node: t.Div, top: Fraction, bottom: Fraction, after: t.Expr, context: Context
) -> Rewrite:
    if context.decimals and not isinstance(node.den, t.Div) and not isinstance(node.num, t.Div):
        why = Text("Divide {0} by {1}.", "{0} 除以 {1}。", (node.num, node.den))
        return Rewrite(after, DIVIDE, why)
    flipped = t.mul(t.rational(top), t.rational(1 / bottom))
    why = Text(
        "Dividing by {0} is multiplying by its reciprocal {1}.",
        "除以 {0} 等于乘它的倒数 {1}。",
        (t.rational(bottom), t.rational(1 / bottom)),
    )
    lines = [(node, DIVIDE_FRACTIONS, why), (flipped, DIVIDE_FRACTIONS, why)]
    return Rewrite(
        after, DIVIDE_FRACTIONS, why, chain([*lines, *_fraction_product(top, 1 / bottom, after)])
    )


def _fraction_product(
    left: Fraction, right: Fraction, after: t.Expr
) -> list[tuple[t.Expr, Rule, Text]]:
    sign = -1 if left * right < 0 else 1
    tops = [t.integer(abs(v.numerator)) for v in (left, right)]
    bottoms = [t.integer(v.denominator) for v in (left, right)]
    why = Text(
        "Numerator times numerator, denominator times denominator.", "分子乘分子，分母乘分母。"
    )
    joined = Product(sign, [t.Mul(tuple(tops))], [t.Mul(tuple(bottoms))]).build()
    top = abs(left.numerator * right.numerator)
    bottom = left.denominator * right.denominator
    return [
        (joined, MULTIPLY_FRACTIONS, why),
        (_over(sign * top, bottom), MULTIPLY, Text("Multiply.", "计算乘积。")),
        (after, REDUCE, _reduce_why(top, bottom)),
    ]


def multiply_numbers(node: t.Expr, context: Context) -> Rewrite | None:
    """Two or more numbers in a product become one: ``2*x*4`` is ``8*x``."""
    view = product(node)
    below = [f for f in view.den if rational_value(f) is not None]
    if len(below) > 1:
        return _below_the_line(view, below, context)
    known = [(f, v) for f in view.num if (v := rational_value(f)) is not None]
    if len(known) < 2:
        return None
    value = Fraction(1)
    for _, v in known:
        value *= v
    rest = [f for f in view.num if rational_value(f) is None]
    number = numeral(abs(value), context)
    sign = view.sign * (-1 if value < 0 else 1)
    after = Product(sign, [number, *rest] if number != ONE or not rest else rest, view.den).build()
    if value == 0:
        after = ZERO
    fractions = any(isinstance(f, t.Div | t.Neg) and v.denominator != 1 for f, v in known)
    substeps: tuple[Step, ...] = ()
    if fractions and len(known) == 2:
        (a, x), (b, y) = known
        substeps = chain(
            [
                (t.Mul((a, b)), MULTIPLY, Text("", "")),
                *_fraction_product(x, y, numeral(value, context)),
            ]
        )
    shown = t.Mul(tuple(f for f, _ in known))
    why = Text("{0} = {1}.", "{0} = {1}。", (shown, numeral(value, context)))
    return Rewrite(after, MULTIPLY_FRACTIONS if fractions else MULTIPLY, why, substeps)


def _below_the_line(view: Product, below: list[t.Expr], context: Context) -> Rewrite:
    value = Fraction(1)
    for factor in below:
        value *= rational_value(factor) or Fraction(0)
    number = numeral(value, context)
    rest = [f for f in view.den if rational_value(f) is None]
    why = Text("{0} = {1}.", "{0} = {1}。", (t.Mul(tuple(below)), number))
    return Rewrite(Product(view.sign, view.num, [number, *rest]).build(), MULTIPLY, why)


def number_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``2^5``, ``(2/3)^2``, ``(1/4)^(-1)``."""
    if not isinstance(node, t.Pow):
        return None
    base, exp = rational_value(node.base), rational_value(node.exp)
    if base is None or exp is None or exp.denominator != 1 or exp == 0:
        return None
    if base == 0 and exp < 0:
        return Rewrite(UNDEFINED, BY_ZERO, Text("Zero has no reciprocal.", "零没有倒数。"))
    if size_of(base) * abs(int(exp)) > MAX_BITS:
        return None
    after = numeral(base ** int(exp), context)
    if exp < 0:
        flipped = numeral(1 / base, context)
        why = Text(
            "{0} is the reciprocal of {1}.",
            "{0} 是 {1} 的倒数。",
            (node, t.Pow(node.base, t.integer(-int(exp)))),
        )
        lines = [
            (node, POWER, why),
            (t.Pow(flipped, t.integer(-int(exp))) if exp != -1 else flipped, POWER, why),
        ]
        return Rewrite(after, POWER, why, chain([*lines, (after, POWER, why)]) if exp != -1 else ())
    why = Text("{0} = {1}.", "{0} = {1}。", (node, after))
    if exp <= 6:
        written = t.Mul((node.base,) * int(exp))
        lines = [
            (node, REPEAT, why),
            (written, REPEAT, Text("{0} factors.", "{0} 个因数相乘。", (node.exp,))),
            (after, MULTIPLY, why),
        ]
        return Rewrite(after, POWER, why, chain(lines))
    return Rewrite(after, POWER, why)


def size_of(value: Fraction) -> int:
    """Bits that the number takes: what a power of it would cost is this times the exponent."""
    return max((abs(value.numerator) - 1).bit_length(), (value.denominator - 1).bit_length())


def written_numbers(node: t.Expr, context: Context) -> Rewrite | None:
    """``2 1/3`` and ``25%``."""
    match node:
        case t.Call("mixed", (whole, num, den)):
            parts = [rational_value(p) for p in (whole, num, den)]
            a, b, c = parts
            if a is None or b is None or not c:
                return None
            shown = t.Div(t.add(t.mul(whole, den), num), den)
            why = Text(
                "{0} wholes are {1} parts of {2}.",
                "整数部分 {0} 乘分母加分子：{1}，分母仍为 {2}。",
                (whole, t.add(t.mul(whole, den), num), den),
            )
            after: t.Expr = t.Div(t.integer(int(a * c + b)), den)
            return Rewrite(
                after,
                MIXED,
                why,
                chain(
                    [
                        (node, MIXED, why),
                        (shown, MIXED, why),
                        (after, ADD, Text("Work out the numerator.", "计算分子。")),
                    ]
                ),
            )
        case t.Call("percent", (arg,)):
            why = Text("{0} means {1} hundredths.", "{0} 就是百分之 {1}。", (node, arg))
            value = rational_value(arg)
            after = t.Div(arg, t.integer(100)) if value is None else numeral(value / 100, context)
            return Rewrite(after, PERCENT, why)
        case _:
            return None
