"""Derivatives of functions that an equation defines: ``x^2 + y^2 = 25``."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.derivative_rules import BOTH_SIDES, NoRule, derive
from assistant.maths.solving.calculus.tidy import plus, shortest, times
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

ISOLATE = Rule("implicit.isolate", "Solve for the derivative", "解出导数")
COLLECT = Rule("implicit.collect", "Collect the derivative", "把含导数的项归到一边")


def implicit(request: Request) -> Draft | None:
    """``dy/dx`` where the operand is an equation that ties ``y`` to ``x``."""
    if len(request.operands) != 1 or (request.order or 1) != 1:
        return None
    equation = request.operands[0]
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    names = _names(equation, request.variables)
    if names is None:
        return None
    x, y = names
    equation = _plain_function(equation, y)
    try:
        return _solve(equation, x, y)
    except (NoRule, NotConvertible):
        return None


def _plain_function(equation: t.Relation, y: str) -> t.Relation:
    """``y(x)`` written ``y``."""

    def change(node: t.Expr) -> t.Expr:
        return t.Symbol(y) if isinstance(node, t.Call) and node.name == y else node

    return t.Relation(
        equation.op, *(t.transform(s, change) for s in (equation.left, equation.right))
    )


def _names(equation: t.Relation, variables: tuple[str, ...]) -> tuple[str, str] | None:
    """The independent variable and the name of the function."""
    found = t.symbols(equation)
    applied = [n.name for n in t.walk(equation) if isinstance(n, t.Call) and len(n.name) == 1]
    if len(variables) == 2:
        return variables[0], variables[1]
    x = variables[0] if variables else "x"
    others = [*applied, *(n for n in found if n != x)]
    y = "y" if "y" in others else others[0] if len(set(others)) == 1 else None
    return None if y is None or x == y else (x, y)


def _total(side: t.Expr, x: str, y: str, slope: t.Expr) -> tuple[t.Expr, tuple[Step, ...]]:
    """The derivative of one side, with ``y`` a function of ``x``."""
    by_x, by_y = derive(side, x), derive(side, y)
    steps = tuple(
        replace(d.step, why=_told(d.step.why, n))
        for d, n in ((by_x, x), (by_y, y))
        if d.value != t.integer(0)
    )
    return plus(by_x.value, times(by_y.value, slope)), steps


def _told(why: Text, name: str) -> Text:
    place = len(why.args)
    return Text(
        f"The part by {{{place}}}. " + why.en,
        f"对 {{{place}}} 求导的部分。" + why.zh,
        (*why.args, t.Symbol(name)),
    )


def _solve(equation: t.Relation, x: str, y: str) -> Draft | None:
    slope = t.Symbol(f"{y}'")
    (left, first), (right, second) = (
        _total(side, x, y, slope) for side in (equation.left, equation.right)
    )
    differentiated = t.equation(left, right)
    whole = sp.expand(to_sympy(left, real=True) - to_sympy(right, real=True))
    unknown = sp.Symbol(slope.name, real=True)
    coefficient = whole.coeff(unknown, 1)
    rest = sp.expand(whole - coefficient * unknown)
    if coefficient == 0 or rest.has(unknown):
        return None
    answer = shortest(from_sympy(sp.factor(-rest / coefficient)))
    collected = t.equation(
        times(shortest(from_sympy(coefficient)), slope), shortest(from_sympy(-rest))
    )
    result = t.equation(slope, answer)
    told = (
        (
            BOTH_SIDES,
            Text(
                "Differentiate both sides by {0}; {1} is a function of {0}, "
                "so each derivative by {1} is multiplied by {2}.",
                "两边对 {0} 求导；{1} 是 {0} 的函数，对 {1} 求导后要乘以 {2}。",
                (t.Symbol(x), t.Symbol(y), slope),
            ),
            (*first, *second),
        ),
        (
            COLLECT,
            Text("Bring the terms with {0} to one side.", "把含 {0} 的项移到一边。", (slope,)),
            (),
        ),
        (
            ISOLATE,
            Text(
                "Divide by {0}, where it is not 0.",
                "两边同除以 {0}（不为 0 处）。",
                (shortest(from_sympy(coefficient)),),
            ),
            (),
        ),
    )
    lines = (equation, differentiated, collected, result)
    steps = tuple(
        Step(rule=r, why=w, before=a, after=b, link=Link.FORMULA, variable=x, substeps=s)
        for (r, w, s), a, b in zip(told, lines, lines[1:], strict=False)
        if a != b
    )
    return Draft(
        answer=answer,
        steps=steps,
        method="implicit differentiation",
        variables=(x,),
        conditions=(
            Text("where {0} is not 0", "其中 {0} 不为 0", (shortest(from_sympy(coefficient)),)),
        ),
    )
