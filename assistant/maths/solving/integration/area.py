"""The area between two curves: where they meet, which one is above, the integral."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.continuity import Unknown, zeros
from assistant.maths.checking.tasks.definite import is_real
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.definite import between, definite
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

MEET = Rule("area.intersections", "Where the curves meet", "求交点")
SETUP = Rule("area.integral", "Set up the integral", "列出面积的积分")


def area_between(request: Request) -> Draft | None:
    """The area between ``f`` and ``g``: on an interval, from their only meeting to one end, or
    between their outermost meetings."""
    if request.topic != topics.AREA_BETWEEN or len(request.operands) not in (2, 3, 4):
        return None
    f, g = request.operands[:2]
    names = request.variables or t.symbols(t.sub(f, g))
    if len(names) != 1:
        return None
    name = names[0]
    x = sp.Symbol(name, real=True)
    try:
        height = sp.expand(to_sympy(f, real=True) - to_sympy(g, real=True))
        ends = [to_sympy(e, real=True) for e in request.operands[2:]]
        within = ends if len(ends) == 2 else [-sp.oo, sp.oo]
        points = sorted(set(zeros(height, x, *within)), key=lambda p: sp.N(p, 30))
        if len(ends) == 1 and (len(points) != 1 or points == ends):
            return None
        if len(ends) < 2:
            reached = sorted({*points, *ends}, key=lambda p: sp.N(p, 30))
            if len(reached) < 2:
                return None
            ends = [reached[0], reached[-1]]
        if not is_real(height, x, ends[0], ends[1]):
            return None
    except (NotConvertible, Unknown, NotImplementedError, sp.PolynomialError):
        return None
    low, high = (from_sympy(e) for e in ends)
    body = t.Call("abs", (from_sympy(height),))
    inner = definite(Request(task=Task.INTEGRATE, operands=(body, low, high), variables=(name,)))
    if inner is None or inner.answer is None or inner.text:
        return None
    steps = (*_introduction((f, g), name, points, (body, low, high)), *inner.steps)
    return replace(inner, steps=steps, method="area between curves", curves=(f, g))


def _introduction(
    curves: tuple[t.Expr, t.Expr],
    name: str,
    points: list[sp.Expr],
    triple: tuple[t.Expr, t.Expr, t.Expr],
) -> tuple[Step, ...]:
    meeting = t.equation(*curves)
    spelled = t.Collection(t.Bracket.SET, tuple(map(from_sympy, points)))
    body, low, high = triple
    first = Step(
        rule=MEET,
        why=Text("The curves meet where both are equal.", "令两函数相等，求交点的横坐标。"),
        before=meeting,
        after=spelled,
        link=Link.FORMULA,
        variable=name,
    )
    second = Step(
        rule=SETUP,
        why=Text(
            "The area is the integral of the distance |{0} − {1}|.",
            "面积等于两函数之差的绝对值 |{0} − {1}| 的积分。",
            curves,
        ),
        before=t.Call("abs", (t.sub(*curves),)),
        after=body,
        link=Link.EQUAL,
        variable=name,
    )
    third = Step(
        rule=SETUP,
        why=Text("From {0} to {1}.", "从 {0} 到 {1}。", (low, high)),
        before=t.Symbol("A"),
        after=between(body, name, low, high),
        link=Link.FORMULA,
    )
    return first, second, third
