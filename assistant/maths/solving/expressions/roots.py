"""Roots: values, square factors, roots of powers, products of roots."""

from __future__ import annotations

from fractions import Fraction

from sympy import factorint

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.shape import (
    ONE,
    TWO,
    UNDEFINED,
    Context,
    I,
    Product,
    Rewrite,
    make_power,
    numeral,
    power,
    product,
    step,
)
from assistant.maths.types import Rule, Text

ROOT_VALUE = Rule("roots.value", "Take the root", "开方")
ROOT_SQUARES = Rule("roots.square_factor", "Take out the square factor", "化简根式")
ROOT_SPLIT = Rule("roots.of_product", "Root of a product", "积的方根")
ROOT_QUOTIENT = Rule("roots.of_quotient", "Root of a quotient", "商的方根")
ROOT_PRODUCT = Rule("roots.multiply", "Multiply the roots", "根式相乘")
ROOT_CANCEL = Rule("roots.cancel", "Root and power cancel", "开方与乘方抵消")
ROOT_ABS = Rule(
    "roots.absolute", "The root of a square is the absolute value", "平方的算术平方根是绝对值"
)
ROOT_NEGATIVE = Rule("roots.negative", "Root of a negative number", "负数的方根")
AS_PRODUCT = Rule("powers.as_product", "Write the power as a product", "把乘方写成连乘")


def positive(base: t.Expr, context: Context) -> bool:
    """Whether it is known to be positive: a number, e, pi, or a letter said to be so."""
    match base:
        case t.Symbol(name):
            return name in context.positive
        case t.Constant(name):
            return name in (t.ConstantName.E, t.ConstantName.PI)
        case _:
            value = rational_value(base)
            return value is not None and value > 0


def make_root(arg: t.Expr, index: int) -> t.Expr:
    """The root of this index, a square root where it is 2."""
    return t.Call("sqrt", (arg,)) if index == 2 else t.Call("root", (arg, t.integer(index)))


def root_parts(node: t.Expr) -> tuple[t.Expr, int] | None:
    """Radicand and index of a root as written."""
    match node:
        case t.Call("sqrt", (arg,)):
            return arg, 2
        case t.Call("root", (arg, t.Number(index))) if index.denominator == 1 and index > 1:
            return arg, int(index)
        case _:
            return None


def number_root(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(1008) = 12*sqrt(7)``, ``root(-8, 3) = -2``, ``sqrt(2/3) = sqrt(6)/3``."""
    parts = root_parts(node)
    value = rational_value(parts[0]) if parts else None
    if parts is None or value is None:
        return None
    arg, index = parts
    if value < 0:
        return _negative_root(value, index, context)
    if value.denominator != 1:
        return _fraction_root(node, value, index, context)
    if value in (0, 1):
        return Rewrite(arg, ROOT_VALUE, Text("{0} = {1}.", "{0} = {1}。", (node, arg)))
    outside, inside = take_out(int(value), index)
    if outside == 1:
        return _lower_index(int(value), index)
    after = t.mul(
        *[
            f
            for f in (
                t.integer(outside),
                make_root(t.integer(inside), index) if inside != 1 else ONE,
            )
            if f != ONE
        ]
        or [ONE]
    )
    shown = t.Pow(t.integer(outside), t.integer(index))
    if inside == 1:
        return Rewrite(after, ROOT_VALUE, Text("{0} = {1}.", "{0} = {1}。", (shown, arg)))
    split = make_root(t.Mul((t.integer(outside**index), t.integer(inside))), index)
    apart = t.Mul(
        (make_root(t.integer(outside**index), index), make_root(t.integer(inside), index))
    )
    why = Text(
        "{0} = {1}, and {2} = {1}·{3}.",
        "{0} = {1}，而 {2} = {1}·{3}。",
        (shown, t.integer(outside**index), arg, t.integer(inside)),
    )
    lines = [
        (node, ROOT_SPLIT, why),
        (split, ROOT_SPLIT, why),
        (
            apart,
            ROOT_SPLIT,
            Text("The root of a product is the product of the roots.", "积的方根等于方根的积。"),
        ),
        (after, ROOT_VALUE, why),
    ]
    return Rewrite(after, ROOT_SQUARES, why, chain(lines))


def take_out(value: int, index: int) -> tuple[int, int]:
    """``value = outside^index * inside`` with ``inside`` as small as it gets."""
    if value in (0, 1):
        return value, 1
    outside, inside = 1, 1
    for prime, count in factorint(value, limit=1_000_000).items():
        outside *= int(prime) ** (count // index)
        inside *= int(prime) ** (count % index)
    return outside, inside


def _lower_index(value: int, index: int) -> Rewrite | None:
    """``root(4, 4) = sqrt(2)``."""
    for smaller in range(2, index):
        if index % smaller == 0:
            outside, inside = take_out(value, index // smaller if smaller else 1)
            if inside == 1 and outside > 1:
                after = make_root(t.integer(outside), smaller)
                shown = t.Pow(t.integer(outside), t.integer(index // smaller))
                return Rewrite(
                    after, ROOT_CANCEL, Text("{0} = {1}.", "{0} = {1}。", (t.integer(value), shown))
                )
    return None


def _negative_root(value: Fraction, index: int, context: Context) -> Rewrite:
    size = numeral(-value, context)
    if index % 2:
        why = Text("An odd root of a negative number is negative.", "负数的奇次方根是负数。")
        return Rewrite(t.Neg(make_root(size, index)), ROOT_NEGATIVE, why)
    if index == 2:
        root = make_root(size, 2)
        after = I if value == -1 else t.Mul((root, I))
        return Rewrite(
            after,
            ROOT_NEGATIVE,
            Text("{0} = -1, so take out i.", "{0} = -1，提出 i。", (t.Pow(I, TWO),)),
        )
    return Rewrite(
        UNDEFINED,
        ROOT_NEGATIVE,
        Text("No real number has this even power.", "负数没有偶次实方根。"),
    )


def _fraction_root(node: t.Expr, value: Fraction, index: int, context: Context) -> Rewrite | None:
    top, bottom = value.numerator, value.denominator
    above, below = take_out(top, index), take_out(bottom, index)
    if above[1] == 1 and below[1] == 1:
        after = numeral(Fraction(above[0], below[0]), context)
        why = Text(
            "{0} = {1}.", "{0} = {1}。", (t.Pow(after, t.integer(index)), numeral(value, context))
        )
        return Rewrite(after, ROOT_VALUE, why)
    if context.decimals and not isinstance(
        node.args[0] if isinstance(node, t.Call) else node, t.Div
    ):
        after = make_root(t.rational(value), index)
        return (
            Rewrite(
                after, ROOT_QUOTIENT, Text("Write the decimal as a fraction.", "把小数写成分数。")
            )
            if after != node
            else None
        )
    factor = _completing(bottom, index)
    lifted = make_root(t.integer(top * factor), index)
    whole, _ = take_out(bottom * factor, index)
    after = t.Div(lifted, t.integer(whole))
    why = Text(
        "Multiply numerator and denominator by {0}, so that the root of the denominator is {1}.",
        "分子、分母同乘 {0}，使分母能开尽，得 {1}。",
        (t.integer(factor), t.integer(whole)),
    )
    return Rewrite(after, ROOT_QUOTIENT, why)


def _completing(bottom: int, index: int) -> int:
    """The least number that makes ``bottom`` a perfect power."""
    factor = 1
    for prime, count in factorint(bottom, limit=1_000_000).items():
        factor *= int(prime) ** (-count % index)
    return factor


def expression_root(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(x^2) = |x|``, ``sqrt(4x) = 2*sqrt(x)``, ``root(x^3, 3) = x``."""
    parts = root_parts(node)
    if parts is None or rational_value(parts[0]) is not None:
        return None
    arg, index = parts
    view = product(arg)
    if view.sign < 0 and (index % 2 == 0):
        return None
    outside: list[t.Expr] = [ONE]
    inside: list[t.Expr] = []
    below: list[t.Expr] = [ONE]
    under: list[t.Expr] = []
    signed = [f for f in [*view.num, *view.den] if not _never_negative(f, context)]
    for factors, out, rest in ((view.num, outside, inside), (view.den, below, under)):
        for factor in factors:
            _take_root(factor, (index, len(signed) > 1), context, (out, rest))
    if outside == [ONE] and below == [ONE]:
        return None
    left = Product(1, inside, under).build() if inside or under else ONE
    kept = [] if left == ONE else [make_root(left, index)]
    sign = -1 if view.sign < 0 else 1
    after = Product(sign, [*[f for f in outside if f != ONE], *kept] or [ONE], below).build()
    absolute = any(isinstance(f, t.Call) and f.name == "abs" for f in [*outside, *below])
    if absolute:
        why = Text(
            "The root is never negative, so it is the absolute value.",
            "算术平方根非负，所以要取绝对值。",
        )
        return Rewrite(after, ROOT_ABS, why)
    why = Text("Take out of the root what is a perfect power.", "把能开尽的因式移到根号外。")
    return Rewrite(after, ROOT_CANCEL, why)


def _never_negative(factor: t.Expr, context: Context) -> bool:
    """A positive number or letter, or an even power."""
    base, exp = power(factor)
    value, count = rational_value(factor), rational_value(exp)
    if value is not None:
        return value > 0
    even = count is not None and count.denominator == 1 and count % 2 == 0
    return even or positive(base, context)


def _take_root(
    factor: t.Expr,
    kind: tuple[int, bool],
    context: Context,
    sides: tuple[list[t.Expr], list[t.Expr]],
) -> None:
    """Put what can be taken out on one side, the rest on the other.

    ``kind``: the index, and whether several factors may be negative: then ``x^3*y`` may be
    positive with ``x`` below zero, and what is taken out needs its absolute value.
    """
    (index, several), (out, rest) = kind, sides
    value = rational_value(factor)
    if value is not None and value.denominator == 1 and value > 0:
        whole, left = take_out(int(value), index)
        if whole != 1:
            out.append(t.integer(whole))
        if left != 1:
            rest.append(t.integer(left))
        return
    base, exp = power(factor)
    count = rational_value(exp)
    if (
        value is not None
        or count is None
        or count.denominator != 1
        or count < index
        or is_complex(base)
    ):
        rest.append(factor)
        return
    if index % 2 == 0 and count % index and count % 2 == 0 and not positive(base, context):
        rest.append(factor)  # an even power whose exponent is no multiple of the index stays
        return
    times, over = divmod(int(count), index)
    unsure = count % 2 == 0 or several
    if index % 2 == 0 and times % 2 and unsure and not positive(base, context):
        base_out: t.Expr = t.Call("abs", (base,))
    else:
        base_out = base
    out.append(make_power(base_out, t.integer(times)))
    if over:
        rest.append(make_power(base, t.integer(over)))


def is_complex(expr: t.Expr) -> bool:
    """Whether the imaginary unit is in it."""
    return any(n == I for n in t.walk(expr))


def power_of_root(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(x)^2 = x``, ``sqrt(2)^3 = 2*sqrt(2)``."""
    del context
    if not isinstance(node, t.Pow):
        return None
    parts, exp = root_parts(node.base), rational_value(node.exp)
    if parts is None or exp is None or exp.denominator != 1 or exp < 2 or exp > 200:
        return None
    arg, index = parts
    times, over = divmod(int(exp), index)
    if not times:
        after: t.Expr = make_root(t.Pow(arg, node.exp), index)
        if rational_value(arg) is None:
            return None
        return Rewrite(
            after, ROOT_PRODUCT, Text("The power goes under the root.", "乘方可移到根号内。")
        )
    factors = [make_power(arg, t.integer(times))]
    if over:
        factors.append(make_power(node.base, t.integer(over)))
    why = Text("{0} = {1}.", "{0} = {1}。", (t.Pow(node.base, t.integer(index)), arg))
    written = t.Mul((node.base,) * int(exp))
    substeps = (
        (
            step(
                node, written, AS_PRODUCT, Text("Write the power as a product.", "把乘方写成连乘。")
            ),
            step(written, t.mul(*factors), ROOT_CANCEL, why),
        )
        if exp <= 6
        else ()
    )
    return Rewrite(t.mul(*factors), ROOT_CANCEL, why, substeps)
