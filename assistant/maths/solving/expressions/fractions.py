"""Algebraic fractions: cancelling by factoring, common denominators."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.ordering import rational_value, sort_terms
from assistant.maths.solving.expressions.abstraction import Letters
from assistant.maths.solving.expressions.shape import (
    ONE,
    Context,
    Product,
    Rewrite,
    is_symbolic,
    mul_all,
    power,
    product,
    step,
)
from assistant.maths.types import Rule, Text

FACTOR = Rule("fractions.factor", "Factor numerator and denominator", "分子、分母因式分解")
ADD = Rule("fractions.add_expressions", "Add over the common denominator", "异分母分式通分相加")
SAME = Rule("fractions.same_denominator", "Add the numerators", "同分母分式相加")
COMMON = Rule("fractions.common_denominator", "Write over the common denominator", "通分")


def cancel_polynomials(node: t.Expr, context: Context) -> Rewrite | None:
    """``(x^2 - 1)/(x - 1)``: factor both when they have a common factor."""
    del context
    view = product(node)
    if not view.den or not any(isinstance(power(f)[0], t.Add) for f in [*view.num, *view.den]):
        return None
    if not is_symbolic(mul_all(view.den)) and not any(isinstance(f, t.Add) for f in view.num):
        return None
    top, bottom = Product(1, view.num, []).build(), Product(1, view.den, []).build()
    letters = Letters()
    try:
        above, below = letters.value(top), letters.value(bottom)
    except NotConvertible:
        return None
    if not _polynomial(above) or not _polynomial(below):
        return None
    common = sp.gcd(above, below)
    if common == 1 or (common.is_number and common == -1):
        return None
    if common.is_number and not any(map(is_symbolic, view.den)):
        return None  # a number is taken out of a sum only over a denominator with letters
    sign, new_top = _factored(above, letters)
    other, new_bottom = _factored(below, letters)
    sign *= other
    after = Product(view.sign * sign, _parts(new_top), _parts(new_bottom)).build()
    steps = []
    if new_top != top:
        whole = t.Neg(new_top) if sign * other < 0 else new_top
        steps.append(step(top, whole, FACTOR, Text("Factor the numerator.", "分子因式分解。")))
    if new_bottom != bottom:
        whole = t.Neg(new_bottom) if other < 0 else new_bottom
        steps.append(step(bottom, whole, FACTOR, Text("Factor the denominator.", "分母因式分解。")))
    why = Text(
        "Factor, so that the common factor {0} can be seen.",
        "因式分解后可看出公因式 {0}。",
        (letters.tree(common),),
    )
    return Rewrite(after, FACTOR, why, tuple(steps))


def _polynomial(value: sp.Expr) -> bool:
    return (bool(value.free_symbols) and value.is_polynomial(*value.free_symbols)) or bool(
        value.is_Rational
    )


def _factored(value: sp.Expr, letters: Letters) -> tuple[int, t.Expr]:
    """The sign, and the rest in factors."""
    content, factors = sp.factor_list(value)
    sign = -1 if content < 0 else 1
    content = abs(content)
    parts = [(letters.tree(f), int(n)) for f, n in factors]
    built = [
        t.Pow(f, t.integer(n)) if n > 1 else f
        for f, n in sorted(parts, key=lambda p: isinstance(p[0], t.Add))
    ]
    if not content.is_Rational:  # a common root, as in (√2·x + √2)
        return sign, mul_all([letters.tree(content), *built])
    if content.q != 1:
        return sign, t.Div(mul_all([t.integer(int(content.p)), *built]), t.integer(int(content.q)))
    return sign, mul_all([t.integer(int(content)), *built])


def _parts(expr: t.Expr) -> list[t.Expr]:
    return list(expr.factors) if isinstance(expr, t.Mul) else [expr]


def add_fractions(node: t.Expr, context: Context) -> Rewrite | None:
    """``1/x + 1/y``, ``x/(x-1) + 1/(x-1)``, ``1 + 1/(x-1)``."""
    del context
    if not isinstance(node, t.Add):
        return None
    views = [product(p) for p in node.terms]
    bottoms = [mul_all(list(v.den)) for v in views]
    symbolic = [b for b in bottoms if is_symbolic(b)]
    if not symbolic:
        return None
    if (
        len(set(symbolic)) == 1
        and len(symbolic) == 1
        and not any(isinstance(n, t.Add) for n in t.walk(symbolic[0]))
    ):
        return None
    if len(set(bottoms)) == 1:
        tops = [Product(v.sign, v.num, []).build() for v in views]
        why = Text("The denominators are the same: add the numerators.", "分母相同，分子相加减。")
        return Rewrite(t.Div(t.add(*tops), bottoms[0]), SAME, why)
    return _over_common(node, views, bottoms)


def resolve_nested(node: t.Expr, context: Context) -> Rewrite | None:
    """``1/(1 + 1/x)``: the sum above or below the line becomes one fraction."""
    del context
    view = product(node)
    for side in (view.num, view.den):
        for place, factor in enumerate(side):
            if len(view.num) + len(view.den) == 1 or not isinstance(factor, t.Add):
                continue
            views = [product(p) for p in factor.terms]
            bottoms = [mul_all(v.den) for v in views]
            if not any(map(is_symbolic, bottoms)) or not view.den:
                continue
            found = _over_common(factor, views, bottoms)
            if found is not None:
                side[place] = found.after
                return replace(found, after=view.build())
    return None


def _over_common(node: t.Add, views: list[Product], bottoms: list[t.Expr]) -> Rewrite | None:
    letters = Letters()
    try:
        values = [letters.value(b) for b in bottoms]
    except NotConvertible:
        return None
    if not all(map(_polynomial, values)):
        return None
    whole = values[0]
    for value in values[1:]:
        whole = sp.lcm(whole, value)
    sign, common = _factored(whole, letters)
    if rational_value(common) is not None:
        return None
    tops, over = [], []
    for view, value in zip(views, values, strict=True):
        other, cofactor = _factored(sp.cancel(whole / value), letters)
        top = Product(view.sign * sign * other, [*view.num, *_parts(cofactor)], [])
        top.num = [f for f in top.num if f != ONE] or [ONE]
        tops.append(top.build())
        over.append(_fraction(top.build(), common))
    after = t.Div(t.add(*sort_terms(tops)), common)
    why = Text("The least common denominator is {0}.", "最简公分母是 {0}。", (common,))
    substeps = (
        step(node, t.add(*over), COMMON, why),
        step(t.add(*over), after, SAME, Text("Add the numerators.", "分子相加减。")),
    )
    return Rewrite(after, ADD, why, substeps)


def _fraction(top: t.Expr, bottom: t.Expr) -> t.Expr:
    return t.Neg(t.Div(top.arg, bottom)) if isinstance(top, t.Neg) else t.Div(top, bottom)
