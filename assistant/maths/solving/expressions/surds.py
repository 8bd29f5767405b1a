"""Surds: rational denominators, nested roots."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.abstraction import Letters
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.solving.expressions.roots import (
    ROOT_PRODUCT,
    ROOT_QUOTIENT,
    make_root,
    root_parts,
    take_out,
)
from assistant.maths.solving.expressions.shape import (
    ONE,
    TWO,
    Context,
    Product,
    Rewrite,
    monomial,
    mul_all,
    product,
    step,
)
from assistant.maths.types import Rule, Step, Text

RATIONALISE = Rule("surds.rationalise", "Make the denominator rational", "分母有理化")
AS_SQUARE = Rule("roots.as_square", "Write as a square under the root", "被开方式写成完全平方")
DENEST = Rule("surds.denest", "Resolve the nested root", "化简双重根号")


def rationalise(node: t.Expr, context: Context) -> Rewrite | None:
    """``1/sqrt(2)``, ``2/(3 - sqrt(5))``, ``1/root(4, 3)``."""
    del context
    view = product(node)
    for place, factor in enumerate(view.den):
        rest = [f for n, f in enumerate(view.den) if n != place]
        parts = root_parts(factor)
        if parts is not None and (value := rational_value(parts[0])) is not None:
            return _single_root(view, factor, rest, (value, parts[1]))
        if isinstance(factor, t.Add) and len(factor.terms) == 2:
            found = _conjugate(view, factor, rest) or _with_letters(view, factor, rest)
            if found is not None:
                return found
    return None


def _single_root(
    view: Product, root: t.Expr, rest: list[t.Expr], parts: tuple[Fraction, int]
) -> Rewrite | None:
    value, index = parts
    if value.denominator != 1 or value <= 0:
        return None
    by: t.Expr = (
        root
        if index == 2
        else t.Call("root", (t.integer(int(value) ** (index - 1)), t.integer(index)))
    )
    top = [f for f in view.num if f != ONE]
    after = Product(view.sign, [*top, by], [t.integer(int(value)), *rest]).build()
    shown = t.Div(mul_all([*top, by]), mul_all([root, by, *rest]))
    why = Text("Multiply numerator and denominator by {0}.", "分子、分母同乘 {0}。", (by,))
    before = Product(1, view.num, view.den).build()
    inner = (
        step(before, shown, RATIONALISE, why),
        step(
            shown,
            Product(1, [*top, by], [t.integer(int(value)), *rest]).build(),
            RATIONALISE,
            Text("{0} = {1}.", "{0} = {1}。", (t.Mul((root, by)), t.integer(int(value)))),
        ),
    )
    return Rewrite(after, RATIONALISE, why, inner)


def _square(term: t.Expr) -> Fraction | None:
    """The square of ``a`` or ``a*sqrt(b)``."""
    coefficient, above, below = monomial(term)
    if below or len(above) > 1:
        return None
    if not above:
        return coefficient**2
    parts = root_parts(above[0])
    value = rational_value(parts[0]) if parts and parts[1] == 2 else None
    return None if value is None else coefficient**2 * value


def _conjugate(view: Product, bottom: t.Add, rest: list[t.Expr]) -> Rewrite | None:
    squares = [_square(term) for term in bottom.terms]
    if any(s is None for s in squares) or len(bottom.terms) != 2:
        return None
    a, b = bottom.terms
    first, second = squares
    assert first is not None
    assert second is not None
    value = first - second
    if value == 0 or value.denominator != 1:
        return None
    flipped = b.arg if isinstance(b, t.Neg) else t.Neg(b)
    other = t.Add((a, flipped))
    top = [f for f in view.num if f != ONE]
    sign = -1 if value < 0 else 1
    size = t.integer(int(abs(value)))
    after = Product(view.sign * sign, [*top, other], [f for f in [size, *rest] if f != ONE]).build()
    shown = t.Div(mul_all([*top, other]), mul_all([bottom, other, *rest]))
    squares_shown = t.sub(t.Pow(a, TWO), t.Pow(b.arg if isinstance(b, t.Neg) else b, TWO))
    why = Text(
        "Multiply numerator and denominator by the conjugate {0}.",
        "分子、分母同乘有理化因式 {0}。",
        (other,),
    )
    lines = [
        (Product(1, view.num, view.den).build(), RATIONALISE, why),
        (shown, RATIONALISE, why),
        (
            t.Div(mul_all([*top, other]), mul_all([squares_shown, *rest])),
            RATIONALISE,
            Text("(a + b)(a - b) = a^2 - b^2.", "(a + b)(a - b) = a^2 - b^2。"),
        ),
        (
            Product(sign, [*top, other], [f for f in [size, *rest] if f != ONE]).build(),
            RATIONALISE,
            Text("{0} = {1}.", "{0} = {1}。", (squares_shown, t.integer(int(value)))),
        ),
    ]
    return Rewrite(after, RATIONALISE, why, chain(lines))


def _with_letters(view: Product, bottom: t.Add, rest: list[t.Expr]) -> Rewrite | None:
    """``1/(sqrt(x + 1) - sqrt(x))``, where the roots then go for good."""
    if not any(root_parts(f) and t.symbols(f) for p in bottom.terms for f in product(p).num):
        return None
    a, b = bottom.terms
    other = t.Add((a, b.arg if isinstance(b, t.Neg) else t.Neg(b)))
    try:
        value = sp.expand(to_sympy(t.Pow(a, TWO)) - to_sympy(t.Pow(b, TWO)))
        top = to_sympy(Product(1, view.num, []).build())
    except NotConvertible:
        return None
    if value == 0 or value.has(sp.sqrt) or not value.is_polynomial(*value.free_symbols):
        return None
    if not value.is_number and not sp.cancel(top / value).is_polynomial(*value.free_symbols):
        return None
    above = [f for f in view.num if f != ONE]
    new = from_sympy(value)
    sign = -1 if isinstance(new, t.Neg) else 1
    size = new.arg if isinstance(new, t.Neg) else new
    after = Product(view.sign * sign, [*above, other], [f for f in [size, *rest] if f != ONE])
    why = Text(
        "Multiply numerator and denominator by the conjugate {0}: {1}.",
        "分子、分母同乘有理化因式 {0}：{1}。",
        (other, t.equation(t.Mul((bottom, other)), new)),
    )
    return Rewrite(after.build(), RATIONALISE, why)


def perfect_square_root(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(x^2 + 2x + 1) = sqrt((x + 1)^2)``."""
    del context
    match node:
        case t.Call("sqrt", (t.Add() as inner,)) if t.symbols(inner):
            letters = Letters()
        case _:
            return None
    try:
        value = letters.value(inner)
        if not value.is_polynomial(*value.free_symbols):
            return None
        number, parts = sp.factor_list(value)
    except (NotConvertible, sp.PolynomialError):
        return None
    root = sp.sqrt(number)
    if not root.is_Rational or any(n % 2 for _, n in parts):
        return None
    base = letters.tree(root * sp.Mul(*[f ** (n // 2) for f, n in parts]))
    after = t.Call("sqrt", (t.Pow(base, TWO),))
    why = Text("What is under the root is the square of {0}.", "被开方式是 {0} 的平方。", (base,))
    return Rewrite(after, AS_SQUARE, why)


def denest(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(3 + 2*sqrt(2)) = 1 + sqrt(2)``: look for ``(sqrt(u) + sqrt(v))^2``.

    With ``a = u + v`` and ``b^2 = 4uv`` the numbers ``u`` and ``v`` are
    ``(a ± sqrt(a^2 - b^2))/2``.
    """
    del context
    match node:
        case t.Call("sqrt", (t.Add((left, right)),)):
            a, b = (left, right) if rational_value(left) is not None else (right, left)
        case _:
            return None
    value, square = rational_value(a), _square(b)
    if value is None or square is None or value <= 0 or value**2 <= square:
        return None
    gap = value**2 - square
    if isqrt(gap.numerator) ** 2 != gap.numerator or isqrt(gap.denominator) ** 2 != gap.denominator:
        return None
    root = Fraction(isqrt(gap.numerator), isqrt(gap.denominator))
    u, v = (value + root) / 2, (value - root) / 2
    minus = monomial(b)[0] < 0
    first, second = _root_of(u), _root_of(v)
    after = t.Add((first, t.Neg(second))) if minus else t.Add((second, first))
    why = Text(
        "{0} = {1}, because {2} = {3} and {4} = {5}.",
        "{0} = {1}，因为 {2} = {3}，{4} = {5}。",
        (
            node.args[0],
            t.Pow(after, TWO),
            t.add(t.rational(u), t.rational(v)),
            t.rational(value),
            t.Mul((TWO, first, second)),
            b.arg if isinstance(b, t.Neg) else b,
        ),
    )
    middle = t.Call("sqrt", (t.Pow(after, TWO),))
    return Rewrite(
        after,
        DENEST,
        why,
        chain(
            [
                (node, DENEST, why),
                (middle, DENEST, why),
                (
                    after,
                    DENEST,
                    Text("The root of the square of a positive number.", "正数平方的算术平方根。"),
                ),
            ]
        ),
    )


def _root_of(value: Fraction) -> t.Expr:
    """``sqrt(value)`` with a rational denominator and no square inside."""
    outside, inside = take_out(value.numerator * value.denominator, 2)
    ratio = Fraction(outside, value.denominator)
    top = [t.integer(ratio.numerator)]
    if inside != 1:
        top.append(t.Call("sqrt", (t.integer(inside),)))
    shown = mul_all(top)
    return shown if ratio.denominator == 1 else t.Div(shown, t.integer(ratio.denominator))


def multiply_roots(node: t.Expr, context: Context) -> Rewrite | None:
    """``sqrt(6)*sqrt(2) = sqrt(12)``, ``sqrt(6)/sqrt(2) = sqrt(3)``."""
    del context
    view = product(node)
    above = _number_roots(view.num)
    below = _number_roots(view.den)
    for index, places in above.items():
        if len(places) > 1:
            first, second = places[:2]
            a, b = _radicand(view.num[first]), _radicand(view.num[second])
            joined = make_root(t.integer(int(a * b)), index)
            return _with_root(
                view,
                (first, second),
                joined,
                (
                    t.Mul((view.num[first], view.num[second])),
                    make_root(t.Mul((t.rational(a), t.rational(b))), index),
                ),
            )
        if index in below:
            first, second = places[0], below[index][0]
            a, b = _radicand(view.num[first]), _radicand(view.den[second])
            if (a / b).denominator != 1 and (b / a).denominator != 1:
                continue
            inside = a / b
            shown = t.Div(view.num[first], view.den[second])
            del view.den[second]
            new = make_root(t.integer(int(inside)), index) if inside.denominator == 1 else None
            if new is None:
                view.den.insert(second, make_root(t.integer(int(1 / inside)), index))
            num = [f for n, f in enumerate(view.num) if n != first]
            after = Product(view.sign, [*num, *([new] if new else [])] or [ONE], view.den).build()
            return Rewrite(
                after,
                ROOT_QUOTIENT,
                Text(
                    "{0} = {1}.",
                    "{0} = {1}。",
                    (shown, make_root(t.Div(t.rational(a), t.rational(b)), index)),
                ),
            )
    return None


def _number_roots(factors: list[t.Expr]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, factor in enumerate(factors):
        parts = root_parts(factor)
        value = rational_value(parts[0]) if parts else None
        if parts and value is not None and value.denominator == 1 and value > 0:
            found.setdefault(parts[1], []).append(place)
    return found


def _radicand(root: t.Expr) -> Fraction:
    parts = root_parts(root)
    return (rational_value(parts[0]) if parts else None) or Fraction(1)


def _with_root(
    view: Product, places: tuple[int, int], joined: t.Expr, shown: tuple[t.Expr, t.Expr]
) -> Rewrite:
    num = [joined if n == places[0] else f for n, f in enumerate(view.num) if n != places[1]]
    after = Product(view.sign, num, view.den).build()
    why = Text("The product of the roots is the root of the product.", "根式相乘，被开方数相乘。")
    substeps: tuple[Step, ...] = chain(
        [
            (shown[0], ROOT_PRODUCT, why),
            (shown[1], ROOT_PRODUCT, why),
            (joined, ROOT_PRODUCT, Text("Multiply under the root.", "计算被开方数。")),
        ]
    )
    return Rewrite(after, ROOT_PRODUCT, why, substeps)
