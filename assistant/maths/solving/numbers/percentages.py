"""Percentages, permutations and combinations."""

from __future__ import annotations

from math import comb, factorial

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import (
    integers,
    rational,
    rationals,
    written,
)
from assistant.maths.types import Request, Rule, Text

FORMULA = Rule("number.formula", "Use the formula", "使用公式")
WORK_OUT = Rule("number.work_out", "Work it out", "计算")
CALCULATE = Text("Work it out.", "计算。")


def _n(value: int) -> t.Expr:
    return t.integer(value)


def percentage(request: Request) -> Draft | None:
    """Increase, decrease, share and change in percent."""
    values = rationals(request.operands)
    if values is None or len(values) != 2:
        return None
    a, b = request.operands
    one = _n(1)
    match request.topic:
        case topics.INCREASE:
            line: t.Expr = t.Mul((a, t.Add((one, b))))
        case topics.DECREASE:
            line = t.Mul((a, t.Add((one, t.Neg(b)))))
        case topics.SHARE if values[1]:
            line = t.Div(a, b)
        case topics.CHANGE if values[0]:
            line = t.Div(t.Add((b, t.Neg(a))), a)
        case _:
            return None
    value = rational(line)
    if value is None:
        return None
    trail = Trail(line)
    trail.to(written(value, decimal=True), WORK_OUT, CALCULATE)
    answer = trail.line
    if request.topic in (topics.SHARE, topics.CHANGE):
        answer = t.Call("percent", (written(value * 100, decimal=True),))
        trail.to(answer, FORMULA, Text("As a percentage.", "化为百分数。"))
    return Draft(answer=answer, steps=tuple(trail.steps), method="percentage")


def counting(request: Request) -> Draft | None:
    """Permutations ``n!/(n - k)!`` and combinations ``n!/(k!(n - k)!)``."""
    values = integers(request.operands)
    if values is None or len(values) != 2 or request.topic not in (
        topics.PERMUTATIONS, topics.COMBINATIONS
    ):  # fmt: skip
        return None
    n, k = values
    if not 0 <= k <= n <= 1000:
        return None
    bottom: t.Expr = t.Call("factorial", (_n(n - k),))
    result = factorial(n) // factorial(n - k)
    if request.topic == topics.COMBINATIONS:
        bottom = t.Mul((t.Call("factorial", (_n(k),)), bottom))
        result = comb(n, k)
    line = t.Div(t.Call("factorial", (_n(n),)), bottom)
    trail = Trail(line)
    trail.to(_n(result), FORMULA, Text("Work the factorials out.", "计算阶乘。"))
    return Draft(answer=_n(result), steps=tuple(trail.steps), method="counting")
