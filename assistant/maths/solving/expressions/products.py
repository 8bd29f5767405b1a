"""Products and quotients: signs, ones and zeros, powers of one base, cancelling."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value, sort_factors
from assistant.maths.solving.expressions.shape import (
    ONE,
    UNDEFINED,
    ZERO,
    Context,
    Product,
    Rewrite,
    is_symbolic,
    make_power,
    negated,
    normal,
    numeral,
    power,
    product,
    step,
    sum_exponents,
)
from assistant.maths.types import Rule, Step, Text

ZERO_FACTOR = Rule("arithmetic.times_zero", "A factor is zero", "因数为零，积为零")
ONE_FACTOR = Rule("arithmetic.times_one", "Leave out the factor one", "省略因数 1")
SIGNS = Rule("arithmetic.signs", "Settle the signs", "确定符号")
DOUBLE_MINUS = Rule("arithmetic.double_minus", "Two minus signs make a plus", "负负得正")
SAME_BASE = Rule("powers.same_base", "Multiply powers of one base", "同底数幂相乘")
QUOTIENT = Rule("powers.quotient", "Divide powers of one base", "同底数幂相除")
CANCEL = Rule("fractions.cancel", "Cancel the common factor", "约去公因式")
CANCEL_NUMBERS = Rule("fractions.cancel_numbers", "Cancel the numbers", "约去数字公因数")
ONE_FRACTION = Rule("fractions.multiply_expressions", "Multiply the fractions", "分式相乘")
RECIPROCAL = Rule(
    "fractions.divide_expressions", "Multiply by the reciprocal", "除以分式等于乘它的倒数"
)
ARRANGE = Rule("collect.arrange_factors", "Number first, then the letters", "数字写在字母前")


def double_minus(node: t.Expr, context: Context) -> Rewrite | None:
    """``-(-5)``."""
    del context
    if isinstance(node, t.Neg) and isinstance(node.arg, t.Neg):
        why = Text("The opposite of the opposite is the thing itself.", "相反数的相反数是它本身。")
        return Rewrite(node.arg.arg, DOUBLE_MINUS, why)
    return None


def zero_factor(node: t.Expr, context: Context) -> Rewrite | None:
    """``0*x`` and ``0/x``."""
    del context
    view = product(node)
    if any(rational_value(f) == 0 for f in view.den):
        return Rewrite(
            UNDEFINED, ZERO_FACTOR, Text("Nothing can be divided by zero.", "零不能作除数。")
        )
    if node == t.Neg(ZERO) or (
        len(view.num) + len(view.den) > 1 and any(rational_value(f) == 0 for f in view.num)
    ):
        why = Text("A product with a factor zero is zero.", "任何数乘零都得零。")
        return Rewrite(ZERO, ZERO_FACTOR, why, nonzero=tuple(f for f in view.den if is_symbolic(f)))
    return None


def one_factor(node: t.Expr, context: Context) -> Rewrite | None:
    """``1*x``, ``x/1``, ``-1*x``."""
    del context
    view = product(node)
    ones_above = sum(f == ONE for f in view.num)
    ones_below = sum(f == ONE for f in view.den)
    if not ones_below and (not ones_above or len(view.num) == 1):
        return None
    after = view.build()
    if after == node:
        return None
    return Rewrite(after, ONE_FACTOR, Text("Times one changes nothing.", "乘以或除以 1，值不变。"))


def settle_signs(node: t.Expr, context: Context) -> Rewrite | None:
    """``-x*-y``, ``x/(-y)``: at most one minus, in front."""
    del context
    view = product(node)
    after = view.build()
    if after == node or after == normal(node):
        return None
    if sum(isinstance(n, t.Neg) for n in _chain_nodes(node)) == 0:
        return None
    if view.sign < 0 and not isinstance(node, t.Neg) and _only_first_is_negative(node):
        return Rewrite(after, SIGNS, Text("The minus sign goes in front.", "负号写在前面。"))
    why = (
        Text("An even number of minus signs makes plus.", "偶数个负号，结果为正。")
        if view.sign > 0
        else Text("An odd number of minus signs makes minus.", "奇数个负号，结果为负。")
    )
    return Rewrite(after, SIGNS, why)


def _chain_nodes(node: t.Expr) -> list[t.Expr]:
    found = [node]
    if isinstance(node, t.Neg | t.Mul | t.Div):
        for child in t.children(node):
            found += _chain_nodes(child)
    return found


def _only_first_is_negative(node: t.Expr) -> bool:
    return sum(isinstance(n, t.Neg) for n in _chain_nodes(node)) == 1


def divide_by_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``a/(b/c)`` is ``a*c/b``."""
    del context
    view = product(node)
    inner = [f for f in view.den if isinstance(f, t.Div)]
    if not inner:
        return None
    top, bottom = list(view.num), []
    for factor in view.den:
        if isinstance(factor, t.Div):
            top.append(factor.den)
            bottom.append(factor.num)
        else:
            bottom.append(factor)
    top = [f for f in top if f != ONE] or [ONE]
    why = Text(
        "Dividing by {0} is multiplying by {1}.",
        "除以 {0} 等于乘 {1}。",
        (inner[0], t.Div(inner[0].den, inner[0].num) if inner[0].num != ONE else inner[0].den),
    )
    return Rewrite(
        normal(Product(view.sign, top, bottom).build()),
        RECIPROCAL,
        why,
        nonzero=tuple(f.den for f in inner if is_symbolic(f.den)),
    )


def one_fraction(node: t.Expr, context: Context) -> Rewrite | None:
    """``(2/x)*x`` is ``2x/x``; a decimal or fraction coefficient joins the fraction."""
    view = product(node)
    if not any(isinstance(f, t.Div) for f in view.num) or len(view.num) + len(view.den) == 1:
        return None
    top: list[t.Expr] = []
    bottom: list[t.Expr] = []
    sign = view.sign
    for factor in view.num:
        inner = product(factor)
        sign *= inner.sign
        top += inner.num
        bottom += inner.den
    top = [f for f in top if f != ONE] or [ONE]
    bottom += view.den
    after = normal(Product(sign, _numbers_first(top), _numbers_first(bottom)).build())
    why = Text("Multiply the numerators and the denominators.", "分子相乘，分母相乘。")
    del context
    return Rewrite(after, ONE_FRACTION, why)


def _numbers_first(factors: list[t.Expr]) -> list[t.Expr]:
    return sorted(factors, key=lambda f: rational_value(f) is None)


def same_base(node: t.Expr, context: Context) -> Rewrite | None:
    """``x^2*x`` is ``x^3``; above or below the line."""
    view = product(node)
    for side in (view.num, view.den):
        groups: dict[t.Expr, list[int]] = {}
        for place, factor in enumerate(side):
            if rational_value(factor) is None and not isinstance(factor, t.Div):
                base = power(factor)[0]
                groups.setdefault(base, []).append(place)
        numeric = {
            f: [*groups.get(f, []), n]
            for n, f in enumerate(side)
            if rational_value(f) is not None and f in groups
        }
        groups.update(numeric)
        again = {b: p for b, p in groups.items() if len(p) > 1}
        if again:
            return _merged(view, side, again, context)
    return None


def _merged(
    view: Product, side: list[t.Expr], again: dict[t.Expr, list[int]], context: Context
) -> Rewrite:
    """All repeated bases of one side of the line, merged."""
    first = {places[0]: base for base, places in again.items()}
    later = {n for places in again.values() for n in places[1:]}
    merged: list[t.Expr] = []
    substeps: list[Step] = []
    why = Text("Same base: add the exponents.", "底数不变，指数相加。")
    for place, factor in enumerate(side):
        if place in later:
            continue
        if place not in first:
            merged.append(factor)
            continue
        base = first[place]
        parts = [side[n] for n in again[base]]
        exponents = [power(p)[1] for p in parts]
        total = sum_exponents(exponents, context)
        after = make_power(base, total)
        merged.append(after)
        before, middle = t.Mul(tuple(parts)), t.Pow(base, t.add(*exponents))
        substeps.append(step(before, middle, SAME_BASE, why))
        if middle != after:
            substeps.append(
                step(middle, after, SAME_BASE, Text("Work out the exponent.", "计算指数。"))
            )
    ordered = list(sort_factors(f for f in merged if f != ONE)) or [ONE]
    new = (
        Product(view.sign, ordered, view.den)
        if side is view.num
        else Product(view.sign, view.num, ordered)
    )
    return Rewrite(new.build(), SAME_BASE, why, tuple(substeps))


def cancel_factors(node: t.Expr, context: Context) -> Rewrite | None:
    """``x^3*y/x^2``: what stands above and below the line is divided out."""
    view = product(node)
    below = {power(f)[0]: power(f)[1] for f in view.den if rational_value(f) is None}
    num, nonzero, substeps = list(view.num), [], []
    den = list(view.den)
    rule = CANCEL
    for place, factor in enumerate(view.num):
        base, exp = power(factor)
        other, sign = (
            (base, 1)
            if base in below
            else (negated(base), -1)
            if isinstance(base, t.Add)
            else (base, 1)
        )
        if other not in below:
            continue
        if sign < 0 and not (exp == ONE and below[other] == ONE):
            continue
        bottom = next(f for f in den if power(f)[0] == other)
        left = sum_exponents([exp, _opposite(below[other])], context)
        if (exp != ONE and below[other] != ONE) or (exp != ONE and is_symbolic(left)):
            rule = QUOTIENT
        view.sign *= sign
        up, down = _split(base, left)
        num[place] = up
        den[den.index(bottom)] = down
        if is_symbolic(base):
            nonzero.append(base)
        substeps += _quotient_steps(
            factor, bottom, (base, exp, below[other]), Product(sign, [up], [down]).build()
        )
        del below[other]
    if num == view.num:
        return None
    after = Product(view.sign, num, den).build()
    why = (
        Text("Same base: subtract the exponents.", "底数不变，指数相减。")
        if rule is QUOTIENT
        else Text("Numerator and denominator have a common factor.", "分子、分母有公因式。")
    )
    return Rewrite(after, rule, why, tuple(substeps), tuple(nonzero))


def _split(base: t.Expr, left: t.Expr) -> tuple[t.Expr, t.Expr]:
    """What remains above and below the line of a base with this exponent."""
    if isinstance(left, t.Neg):
        return ONE, make_power(base, left.arg)
    return make_power(base, left), ONE


def _opposite(exp: t.Expr) -> t.Expr:
    if isinstance(exp, t.Add):
        return t.Add(tuple(_opposite(p) for p in exp.terms))
    return exp.arg if isinstance(exp, t.Neg) else t.Neg(exp)


def _quotient_steps(
    top: t.Expr, bottom: t.Expr, parts: tuple[t.Expr, t.Expr, t.Expr], after: t.Expr
) -> list[Step]:
    base, above, below = parts
    if above == below or (above == ONE and below == ONE):
        why = Text("{0} divided by itself is 1.", "{0} 除以自身得 1。", (top,))
        return [step(t.Div(top, bottom), after, CANCEL, why)]
    middle = t.Pow(base, t.sub(above, below))
    why = Text("Same base: subtract the exponents.", "底数不变，指数相减。")
    return [
        step(t.Div(top, bottom), middle, QUOTIENT, why),
        step(middle, after, QUOTIENT, Text("Work out the exponent.", "计算指数。")),
    ]


def cancel_numbers(node: t.Expr, context: Context) -> Rewrite | None:
    """``20x/(40y)`` is ``x/(2y)``; ``12*z^2/27`` is ``4*z^2/9``."""
    view = product(node)
    above = [(n, v) for n, f in enumerate(view.num) if (v := rational_value(f)) is not None]
    below = [(n, v) for n, f in enumerate(view.den) if (v := rational_value(f)) is not None]
    if len(below) != 1 or len(above) > 1 or (len(view.num) + len(view.den) == 2 and above):
        return None
    place, bottom = below[0]
    if bottom == 0 or (not above and bottom.denominator == 1 and not _awkward(bottom, context)):
        return None
    top = above[0][1] if above else Fraction(1)
    ratio = top / bottom
    if _awkward(bottom, context):
        new_top, new_bottom = numeral(ratio, context), ONE
    else:
        new_top, new_bottom = t.integer(ratio.numerator), t.integer(ratio.denominator)
    num, den = list(view.num), list(view.den)
    den[place] = new_bottom
    if above:
        num[above[0][0]] = new_top
    else:
        num.insert(0, new_top)
    sign = view.sign * (-1 if isinstance(new_top, t.Neg) else 1)
    after = Product(sign, [f.arg if isinstance(f, t.Neg) else f for f in num], den).build()
    if after == node or normal(after) == normal(node):
        return None
    common = gcd(top.numerator, bottom.numerator)
    why = Text("Divide both by {0}.", "分子、分母同除以 {0}。", (t.integer(common),))
    if top.denominator != 1 or bottom.denominator != 1 or _awkward(bottom, context):
        why = Text(
            "{0} divided by {1}.",
            "{0} 除以 {1}。",
            (numeral(top, context), numeral(bottom, context)),
        )
    return Rewrite(after, CANCEL_NUMBERS, why)


def _awkward(bottom: Fraction, context: Context) -> bool:
    """A denominator that a decimal problem would rather divide by at once."""
    return context.decimals and isinstance(numeral(1 / bottom, context), t.Number)


def arrange_factors(node: t.Expr, context: Context) -> Rewrite | None:
    """``x*2`` is written ``2*x``."""
    del context
    view = product(node)
    num, den = _numbers_first(view.num), _numbers_first(view.den)
    if num == view.num and den == view.den:
        return None
    why = Text("In a product the number is written first.", "乘积中数字因数写在前面。")
    return Rewrite(Product(view.sign, num, den).build(), ARRANGE, why)
