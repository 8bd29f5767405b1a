"""``x^2 + y^2 = 25`` and ``xy - 2x - 2y = 0`` in whole numbers: bounds, or divisors."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy
from assistant.maths.checking.tasks.curved_pairs import (
    Line,
    Pair,
    Product,
    all_pairs,
    as_product,
    bounds_of,
    conic_of,
    defined_at,
    within_bounds,
)
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

BOUND = Rule("pairs.bound", "Bound one of the numbers", "确定取值范围")
FACTORS = Rule("pairs.factors", "Write as a product", "化为两因式之积")
DIVISORS = Rule("pairs.divisors", "Go through the divisors", "逐一讨论因数")
TRY = Rule("pairs.try", "Try each value", "逐一检验")
EMPTY = t.Constant(t.ConstantName.EMPTY)
MOST = 200
LARGEST = 10**9


def curved_pairs(request: Request) -> Draft | None:
    """All pairs of whole numbers on a conic, where they are finitely many."""
    if request.topic != topics.WHOLE_PAIRS or len(request.variables) != 2:
        return None
    (equation,) = request.operands
    conic = conic_of(equation, request.variables)
    inside = within_bounds(request.domain)
    if conic is None or inside is None:
        return None
    steps: list[Step] = []
    product = as_product(conic)
    if product is not None:
        if abs(product.value) > LARGEST:
            return None
        found = {
            p
            for p in _by_divisors(product)
            if all(map(inside, p)) and defined_at(equation, request.variables, p)
        }
        steps.append(_factored(equation, product, request.variables))
    else:
        pairs, ends = all_pairs(equation, request.variables, inside), bounds_of(conic)
        if pairs is None or ends is None:
            return None
        found = pairs
        steps.append(_bounded(equation, ends, request.variables[0]))
    if len(found) > MOST:
        return None
    listed = tuple(_pair(p) for p in sorted(found))
    answer: t.Expr = t.Collection(t.Bracket.SET, listed) if listed else EMPTY
    rule, why = (
        (
            DIVISORS,
            Text("Both factors divide {0}.", "两个因式都是 {0} 的因数。", (_value(product),)),
        )
        if product is not None
        else (TRY, Text("Try every whole number between.", "检验范围内的每个整数。"))
    )
    steps.append(Step(rule=rule, why=why, before=steps[-1].after, after=answer, link=Link.FORMULA))
    return Draft(
        answer=answer, steps=tuple(steps), method="divisors" if product else "bounds",
        variables=request.variables,
    )  # fmt: skip


def _by_divisors(product: Product) -> set[Pair]:
    """The points at which the factors are a divisor and what it leaves."""
    if product.value.denominator != 1:
        return set()
    (p, q, r), (s, u, v), value = product.first, product.second, int(product.value)
    across = p * u - q * s
    found: set[Pair] = set()
    for divisor in sp.divisors(abs(value)):
        for one in (int(divisor), -int(divisor)):
            left, right = one - r, value // one - v
            x, y = left * u - right * q, right * p - left * s
            if x % across == 0 and y % across == 0:
                found.add((x // across, y // across))
    return found


def _factored(equation: t.Expr, product: Product, names: tuple[str, ...]) -> Step:
    factors = (_line(one, names) for one in (product.first, product.second))
    line = t.equation(t.Mul(tuple(factors)), _value(product))
    why = Text("Bring it into the form of a product.", "变形为积的形式。")
    return Step(rule=FACTORS, why=why, before=equation, after=line, link=Link.FORMULA)


def _bounded(equation: t.Expr, ends: tuple[int, int], name: str) -> Step:
    low, high = (t.integer(e) for e in ends)
    span = t.Interval(low, high, low_open=False, high_open=False)
    why = Text(
        "Beyond {1} there is no real {0}: the discriminant is negative.",
        "{0} 在 {1} 之外时判别式为负，无实数解。",
        (t.Symbol(name), span),
    )
    return Step(rule=BOUND, why=why, before=equation, after=span, link=Link.FORMULA)


def _value(product: Product) -> t.Expr:
    return t.rational(product.value)


def _line(line: Line, names: tuple[str, ...]) -> t.Expr:
    x, y = map(sp.Symbol, names)
    return from_sympy(line[0] * x + line[1] * y + line[2])


def _pair(pair: Pair) -> t.Expr:
    return t.Collection(t.Bracket.TUPLE, tuple(map(t.integer, pair)))
