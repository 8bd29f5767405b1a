"""The probability that a normal variable lies between two numbers: the integral of its density."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.definite import between, definite
from assistant.maths.types import Link, Request, Rule, Step, Text

DENSITY = Rule("chance.normal_density", "Integrate the density", "对密度函数积分")
WHY = Text(
    "The probability is the integral of the density; erf({0}) = 2/√π · ∫ e^(-t²) dt from 0 to {0}.",
    "概率等于密度函数的积分；erf({0}) = 2/√π · ∫ e^(-t²) dt，从 0 到 {0}。",
    (t.Symbol("z"),),
)
ABOUT = Text("As a decimal: about {0}.", "小数近似值：约 {0}。")
DIGITS = 6


def normal_chance(request: Request) -> Draft | None:
    """Exact in values of erf, and as a decimal in a note."""
    if request.topic != topics.NORMAL_CHANCE or len(request.operands) != 3:
        return None
    found = definite(replace(request, topic=""))
    if found is None or found.answer is None or found.text:
        return None
    body, low, high = request.operands
    try:
        value = sp.N(to_sympy(found.answer), 30)
    except NotConvertible:
        return None
    if not value.is_Float or not 0 <= value <= 1:
        return None
    whole = between(body, request.variables[0], low, high)
    first = Step(rule=DENSITY, why=WHY, before=t.Symbol("P"), after=whole, link=Link.FORMULA)
    note = Text(ABOUT.en, ABOUT.zh, (f"{Decimal(str(value)):.{DIGITS}g}",))
    return replace(
        found, steps=(first, *found.steps), notes=(note, *found.notes), method="normal density"
    )
