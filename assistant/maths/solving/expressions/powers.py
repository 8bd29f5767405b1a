"""Powers: the laws of exponents."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value, sort_factors
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.roots import make_root, positive
from assistant.maths.solving.expressions.shape import (
    ONE,
    UNDEFINED,
    ZERO,
    Context,
    Product,
    Rewrite,
    collect,
    is_symbolic,
    make_power,
    numeral,
    power,
    product,
    sum_exponents,
)
from assistant.maths.types import Rule, Text

ONE_BASE = Rule("powers.common_base", "Write with one base", "化为同底数幂")
EXPONENT_ONE = Rule("powers.exponent_one", "The exponent one is not written", "指数 1 省略不写")
EXPONENT_ZERO = Rule("powers.exponent_zero", "To the power zero is one", "零次幂等于 1")
BASE_ONE = Rule("powers.base_one", "A power of one or zero", "1 或 0 的幂")
OF_POWER = Rule("powers.of_power", "Power of a power", "幂的乘方")
OF_PRODUCT = Rule("powers.of_product", "Power of a product", "积的乘方")
OF_QUOTIENT = Rule("powers.of_quotient", "Power of a quotient", "商的乘方")
OF_NEGATIVE = Rule("powers.of_negative", "Power of a negative", "负数的乘方")
RECIPROCAL = Rule(
    "powers.negative_exponent", "A negative exponent means the reciprocal", "负指数幂化为倒数"
)
AS_ROOT = Rule("powers.as_root", "A fraction as exponent is a root", "分数指数幂化为根式")


def trivial_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``x^1``, ``x^0``, ``1^n``, ``0^n``."""
    del context
    if not isinstance(node, t.Pow):
        return None
    exp, base = rational_value(node.exp), rational_value(node.base)
    if exp == 1:
        return Rewrite(
            node.base, EXPONENT_ONE, Text("{0} = {1}.", "{0} = {1}。", (node, node.base))
        )
    if exp == 0:
        if base == 0:
            return Rewrite(
                UNDEFINED, EXPONENT_ZERO, Text("{0} has no value.", "{0} 没有意义。", (node,))
            )
        why = Text("Every number but zero to the power zero is 1.", "任何非零数的零次幂都等于 1。")
        return Rewrite(
            ONE, EXPONENT_ZERO, why, nonzero=(node.base,) if is_symbolic(node.base) else ()
        )
    if base == 1:
        return Rewrite(ONE, BASE_ONE, Text("Every power of 1 is 1.", "1 的任何次幂都是 1。"))
    if base == 0 and exp is not None and exp > 0:
        return Rewrite(
            ZERO, BASE_ONE, Text("Every positive power of 0 is 0.", "0 的正数次幂都是 0。")
        )
    return None


def power_of_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``(x^2)^3 = x^6`` where the law holds for real numbers."""
    if not (isinstance(node, t.Pow) and isinstance(node.base, t.Pow)):
        return None
    inner, outer = rational_value(node.base.exp), rational_value(node.exp)
    base = node.base.base
    known_positive = positive(base, context)
    if inner is None or outer is None:
        if not known_positive and (outer is None or outer.denominator != 1):
            return None
        after = make_power(base, _times(node.base.exp, node.exp, context))
    elif outer.denominator == 1 or known_positive or inner.denominator % 2 == 0:
        after = make_power(base, numeral(inner * outer, context))
    elif outer.denominator == 2 and inner.denominator == 1 and inner % 2 == 0:
        after = make_power(t.Call("abs", (base,)), numeral(inner * outer, context))
        why = Text("The root of a square is the absolute value.", "平方的算术平方根是绝对值。")
        return Rewrite(after, OF_POWER, why)
    else:
        return None
    why = Text("Keep the base and multiply the exponents.", "底数不变，指数相乘。")
    middle = t.Pow(base, t.mul(node.base.exp, node.exp))
    inner_steps = chain(
        [
            (node, OF_POWER, why),
            (middle, OF_POWER, why),
            (after, OF_POWER, Text("Work out the exponent.", "计算指数。")),
        ]
    )
    return Rewrite(after, OF_POWER, why, inner_steps)


def _times(left: t.Expr, right: t.Expr, context: Context) -> t.Expr:
    values = [v for f in (left, right) if (v := rational_value(f)) is not None]
    rest = [f for f in (left, right) if rational_value(f) is None]
    if not values:
        return t.mul(*rest)
    return sum_exponents([t.mul(numeral(values[0], context), *rest)], context)


def power_of_product(node: t.Expr, context: Context) -> Rewrite | None:
    """``(2x)^3``, ``(x/y)^2``, ``(-x)^4``: the exponent goes to each factor."""
    if not (isinstance(node, t.Pow) and isinstance(node.base, t.Mul | t.Div | t.Neg)):
        return None
    exp = rational_value(node.exp)
    if exp is None or rational_value(node.base) is not None:
        return None
    view = product(node.base)
    if exp.denominator != 1 and (
        view.sign < 0 or not all(positive(power(f)[0], context) for f in [*view.num, *view.den])
    ):
        return None
    if exp < 0 and exp.denominator == 1:
        flipped = Product(view.sign, view.den or [ONE], view.num).build()
        why = Text("A negative exponent: take the reciprocal.", "负指数：取倒数。")
        return Rewrite(
            make_power(flipped, numeral(-exp, context)),
            RECIPROCAL,
            why,
            nonzero=tuple(f for f in view.num if is_symbolic(f)),
        )
    sign = -1 if view.sign < 0 and exp % 2 else 1
    raised = [[make_power(f, node.exp) for f in side] for side in (view.num, view.den)]
    after = Product(sign, raised[0], raised[1]).build()
    if isinstance(node.base, t.Neg):
        why = Text(
            "An even power of a negative is positive, an odd one negative.",
            "负数的偶次幂为正，奇次幂为负。",
        )
        return Rewrite(after, OF_NEGATIVE, why)
    if view.den:
        why = Text("Raise numerator and denominator.", "分子、分母分别乘方。")
        return Rewrite(after, OF_QUOTIENT, why)
    why = Text("Raise each factor.", "把每个因式分别乘方。")
    return Rewrite(after, OF_PRODUCT, why)


def negative_exponent(node: t.Expr, context: Context) -> Rewrite | None:
    """``x^(-2)`` alone."""
    del context
    if not (isinstance(node, t.Pow) and isinstance(node.exp, t.Neg)):
        return None
    if node.base == t.Constant(t.ConstantName.E):
        return None
    after = t.Div(ONE, make_power(node.base, node.exp.arg))
    why = Text("A negative exponent means the reciprocal.", "负指数表示倒数。")
    return Rewrite(after, RECIPROCAL, why)


def number_root_power(node: t.Expr, context: Context) -> Rewrite | None:
    """``8^(2/3)`` is the square of the cube root."""
    if not isinstance(node, t.Pow):
        return None
    base, exp = rational_value(node.base), rational_value(node.exp)
    if base is None or exp is None or exp.denominator == 1:
        return None
    if exp < 0:
        if base == 0:
            return None
        after: t.Expr = t.Div(ONE, t.Pow(node.base, numeral(-exp, context)))
        return Rewrite(
            after, RECIPROCAL, Text("A negative exponent means the reciprocal.", "负指数表示倒数。")
        )
    if base < 0:
        return None
    top = t.integer(exp.numerator)
    after = make_power(make_root(node.base, exp.denominator), top)
    why = Text(
        "{0} is the root of order {1}.",
        "指数分母 {1} 表示开 {1} 次方：{0}。",
        (node, t.integer(exp.denominator)),
    )
    return Rewrite(after, AS_ROOT, why)


def common_base(node: t.Expr, context: Context) -> Rewrite | None:
    """``2^x*4^x = 2^x*2^(2x)``, ``9^x/3^x``: powers of numbers over one base."""
    view = product(node)
    sides = [*view.num, *view.den]
    bases = [v for f in sides if isinstance(f, t.Pow) and (v := rational_value(f.base)) is not None]
    for side in (view.num, view.den):
        for place, factor in enumerate(side):
            value = rational_value(power(factor)[0])
            if not isinstance(factor, t.Pow) or value is None or not is_symbolic(factor.exp):
                continue
            for small in sorted(set(bases)):
                count = _exponent(value, small)
                if count is None:
                    continue
                exp = collect([t.mul(t.integer(count), factor.exp)], context)
                if isinstance(factor.exp, t.Add):
                    exp = t.mul(t.integer(count), factor.exp)
                side[place] = t.Pow(t.rational(small), exp)
                why = Text("{0} = {1}.", "{0} = {1}。", (factor, side[place]))
                return Rewrite(view.build(), ONE_BASE, why)
    return None


def _exponent(value: Fraction, small: Fraction) -> int | None:
    """``n >= 2`` with ``small^n = value``."""
    if small <= 1 or value <= small:
        return None
    count, rest = 0, value
    while rest > 1:
        count, rest = count + 1, rest / small
    return count if rest == 1 else None


def positive_exponents(node: t.Expr, context: Context) -> Rewrite | None:
    """``2*x^(-3)`` is ``2/x^3``, ``1/x^(-2)`` is ``x^2``."""
    del context
    view = product(node)
    num: list[t.Expr] = []
    den: list[t.Expr] = []
    moved = []
    for side, other, factors in ((num, den, view.num), (den, num, view.den)):
        for factor in factors:
            base, exp = power(factor)
            if isinstance(exp, t.Neg) and rational_value(base) is None:
                other.append(make_power(base, exp.arg))
                moved.append(factor)
            else:
                side.append(factor)
    if not moved:
        return None
    num = list(sort_factors(f for f in num if f != ONE)) or [ONE]
    den = list(sort_factors(f for f in den if f != ONE))
    why = Text(
        "{0} = {1}.",
        "{0} = {1}。",
        (moved[0], t.Div(ONE, make_power(power(moved[0])[0], _flipped(power(moved[0])[1])))),
    )
    return Rewrite(Product(view.sign, num, den).build(), RECIPROCAL, why)


def _flipped(exp: t.Expr) -> t.Expr:
    return exp.arg if isinstance(exp, t.Neg) else t.Neg(exp)
