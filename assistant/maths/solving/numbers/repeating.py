"""A repeating decimal as a fraction: shift the point by one period and subtract."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

NAME = Rule("repeating.name", "Give the number a name", "设未知数")
SHIFT = Rule("repeating.shift", "Shift the point and subtract", "移动小数点后相减")
DIVIDE = Rule("repeating.divide", "Divide", "系数化为 1")


def as_fraction(request: Request) -> Draft | None:
    """``x = 0.3636…``, ``100x - x = 36``, ``x = 4/11``."""
    if request.topic != topics.REPEATING or len(request.words) != 4:
        return None
    whole, before, period, sign = request.words
    low, high = 10 ** len(before), 10 ** (len(before) + len(period))
    upper, lower = int(whole + before + period), int(whole + before)
    spelling = f"{whole}.{before}({period})"
    x = t.Symbol("x")
    value = Fraction(upper - lower, high - low)
    named = t.equation(x, t.rational(value))
    scaled = [t.mul(t.integer(n), x) if n > 1 else x for n in (high, low)]
    both = t.equation(t.sub(scaled[0], scaled[1]), t.sub(t.integer(upper), t.integer(lower)))
    short = t.equation(t.mul(t.integer(high - low), x), t.integer(upper - lower))
    why = Text(
        "Let x = {0}: the digits {1} repeat without end.",
        "设 x = {0}，其中 {1} 无限循环。",
        (spelling, period),
    )
    shift = Text(
        "{0} and {1} have the same digits behind the point, so that these cancel.",
        "{0} 与 {1} 的小数部分相同，相减后消去。",
        (scaled[0], scaled[1]),
    )
    steps = [
        Step(rule=NAME, why=why, before=x, after=_near(x, whole, before, period),
             link=Link.FORMULA),
        Step(rule=SHIFT, why=shift, before=x, after=both, link=Link.FORMULA),
        Step(rule=SHIFT, why=Text("Work out both sides.", "计算两边。"), before=both, after=short,
             link=Link.EQUIVALENT, variable="x"),
        Step(rule=DIVIDE, why=Text("Divide and cancel.", "两边同除并约分。"), before=short,
             after=named, link=Link.EQUIVALENT, variable="x"),
    ]  # fmt: skip
    answer = t.rational(-value if sign else value)
    return Draft(answer=answer, steps=tuple(steps), method="repeating decimal")


def _near(x: t.Expr, whole: str, before: str, period: str) -> t.Expr:
    """The first digits of the number."""
    digits = before + period * (1 + 5 // len(period))
    number = t.Number(Fraction(int(whole + digits), 10 ** len(digits)), len(digits))
    return t.Call("approx", (x, number))
