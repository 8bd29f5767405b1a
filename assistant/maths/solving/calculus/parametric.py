"""Derivatives of curves that a parameter gives: ``x = cos t, y = sin t``."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.curves import derived
from assistant.maths.solving.calculus.derivative_rules import NoRule
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

QUOTIENT = Rule("parametric.quotient", "Divide by dx/dt", "除以 x 对参数的导数")
AGAIN = Rule("parametric.again", "Differentiate once more", "再求一次导数")


def parametric(request: Request) -> Draft | None:
    """``dy/dx`` or the second derivative of ``x = x(t), y = y(t)``."""
    if request.topic != topics.PARAMETRIC or len(request.operands) != 2:
        return None
    (across, up), (name,), order = request.operands, request.variables, request.order or 1
    steps: list[Step] = []
    try:
        speed = derived(across, name, steps)
        if to_sympy(speed) == 0:
            return None
        line = up
        for count in range(order):
            line = _quotient(derived(line, name, steps), (speed, name), steps, count)
    except (NoRule, NotConvertible):
        return None
    condition = t.Relation(t.Comparison.NE, speed, t.integer(0))
    varies = to_sympy(speed, real=True).is_nonzero is not True
    return Draft(
        answer=line,
        steps=tuple(steps),
        method="parameter",
        variables=(name,),
        conditions=(Text("where {0}", "其中 {0}", (condition,)),) if varies else (),
    )


def _quotient(rise: t.Expr, by: tuple[t.Expr, str], steps: list[Step], count: int) -> t.Expr:
    """The derivative by the parameter over dx/dt, simplified."""
    speed, name = by
    before = t.Div(rise, speed)
    after = from_sympy(sp.simplify(to_sympy(before)))
    letter = t.Symbol(name)
    why = (
        Text("dy/dx is dy/d{0} over dx/d{0}.", "dy/dx 等于 dy/d{0} 除以 dx/d{0}。", (letter,))
        if count == 0
        else Text(
            "The derivative of dy/dx by {0} over dx/d{0}.",
            "dy/dx 对 {0} 的导数除以 dx/d{0}。",
            (letter,),
        )
    )
    rule = QUOTIENT if count == 0 else AGAIN
    steps.append(Step(rule=rule, why=why, before=before, after=after, link=Link.EQUAL))
    return after
