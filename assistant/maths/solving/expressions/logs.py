"""Laws of logarithms for sums of them."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.solving.expressions.functions import log_parts, make_log
from assistant.maths.solving.expressions.shape import (
    Context,
    Product,
    Rewrite,
    make_power,
    monomial,
)
from assistant.maths.types import Rule, Text

PRODUCT = Rule(
    "logs.product", "Sum of logarithms: logarithm of the product", "对数的和等于积的对数"
)
QUOTIENT = Rule(
    "logs.quotient", "Difference of logarithms: logarithm of the quotient", "对数的差等于商的对数"
)


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
