"""The length of a curve ``y = f(x)``: the integral of ``sqrt(1 + y'^2)``."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.definite import between, definite
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

DERIVE = Rule("length.derivative", "Differentiate", "求导")
SETUP = Rule("length.integral", "Set up the integral", "列出弧长的积分")
TIDY = Rule("length.simplify", "Simplify under the root", "化简根号内")


def arc_length(request: Request) -> Draft | None:
    """The length between two values of the variable."""
    if request.topic != topics.ARC_LENGTH or len(request.operands) != 3:
        return None
    body, low, high = request.operands
    if len(request.variables) != 1 or t.Constant(t.ConstantName.I) in t.walk(body):
        return None
    name = request.variables[0]
    try:
        slope = sp.diff(to_sympy(body, real=True), sp.Symbol(name, real=True))
        derivative = from_sympy(slope)
        inside = from_sympy(sp.factor(sp.simplify(1 + slope**2)))
    except NotConvertible:
        return None
    root = t.Call("sqrt", (t.Add((t.integer(1), t.Pow(derivative, t.integer(2)))),))
    short = t.Call("sqrt", (inside,))
    found = definite(Request(task=Task.INTEGRATE, operands=(short, low, high), variables=(name,)))
    if found is None or found.answer is None or found.text:
        return None
    law = Text("The length is ∫ √(1 + y'²) d{0}.", "弧长为 ∫ √(1 + y'²) d{0}。", (t.Symbol(name),))
    steps = [
        Step(rule=DERIVE, why=Text("Differentiate the function.", "对函数求导。"), before=body,
             after=derivative, link=Link.DERIVATIVE, variable=name),
        Step(rule=SETUP, why=law, before=body, after=between(root, name, low, high),
             link=Link.FORMULA),
    ]  # fmt: skip
    if short != root:
        steps.append(Step(rule=TIDY, why=Text("Simplify under the root.", "化简根号内的式子。"),
                          before=root, after=short, link=Link.EQUAL, variable=name))  # fmt: skip
    return replace(
        found, steps=(*steps, *found.steps), method="arc length", curves=(body,),
        variables=(name,),
    )  # fmt: skip
