"""Taylor and Maclaurin polynomials from the table of derivatives."""

from __future__ import annotations

from math import factorial

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.calculus.derivative_rules import NoRule, derive
from assistant.maths.solving.calculus.tidy import ONE, ZERO, number, plus, power, shortest, times
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

DERIVATIVE = Rule("taylor.derivative", "Next derivative", "求下一阶导数")
VALUE = Rule("taylor.value", "Value at the point", "求该点的值")
FORMULA = Rule("taylor.formula", "Taylor's formula", "泰勒公式")
USUAL_ORDER = 5
HIGHEST = 20


def taylor(request: Request) -> Draft | None:
    """The polynomial of degree ``order`` (5 where none is asked for) at the point."""
    match request:
        case Request(operands=(body, point), variables=(name, *_)):
            pass
        case Request(operands=(body,), variables=(name, *_)):
            point = ZERO
        case _:
            return None
    order = request.order if request.order is not None else USUAL_ORDER
    if not 0 <= order <= HIGHEST:
        return None
    try:
        with time_limit(6.0):
            return _polynomial(body, point, name, order)
    except (NoRule, NotConvertible, OutOfTime, ValueError):
        return None


def _polynomial(body: t.Expr, point: t.Expr, name: str, order: int) -> Draft | None:
    steps: list[Step] = []
    line, coefficients = body, []
    for count in range(order + 1):
        if count:
            done = derive(line, name)
            after = shortest(done.value)
            steps.append(
                Step(
                    rule=DERIVATIVE,
                    why=Text(f"Derivative number {count}.", f"第 {count} 阶导数。"),
                    before=line,
                    after=after,
                    link=Link.DERIVATIVE,
                    variable=name,
                    substeps=(done.step,),
                )
            )
            line = after
        placed = t.substitute(line, name, point)
        value = sp.simplify(to_sympy(placed, real=True))
        if value.has(sp.zoo, sp.nan, sp.oo):
            return None
        steps.append(
            Step(
                rule=VALUE,
                why=Text("Put {0} = {1}.", "令 {0} = {1}。", (t.Symbol(name), point)),
                before=placed,
                after=from_sympy(value),
                link=Link.EQUAL,
            )
        )
        coefficients.append(value)
    base = t.Symbol(name) if number(point) == 0 else _shift(name, point)
    raw = plus(*(_term(v, base, k, reduced=False) for k, v in enumerate(coefficients) if v != 0))
    answer = plus(*(_term(v, base, k, reduced=True) for k, v in enumerate(coefficients) if v != 0))
    why = Text(
        "f(a) + f'(a)(x - a) + f''(a)/2!·(x - a)² + … with the values found.",
        "代入 f(a) + f'(a)(x - a) + f''(a)/2!·(x - a)² + …。",
    )
    steps.append(Step(rule=FORMULA, why=why, before=raw, after=answer, link=Link.EQUAL))
    note = Text(
        "what is left out is of higher order than {0}",
        "余项为 {0} 的高阶无穷小",
        (power(base, t.integer(order)),),
    )
    return Draft(
        answer=answer,
        steps=tuple(steps),
        method="Taylor's formula",
        variables=(name,),
        notes=(note,),
        curves=(body, answer),
    )


def _shift(name: str, point: t.Expr) -> t.Expr:
    match point:
        case t.Neg(arg):
            return t.add(t.Symbol(name), arg)
    return t.sub(t.Symbol(name), point)


def _term(value: sp.Expr, base: t.Expr, count: int, *, reduced: bool) -> t.Expr:
    if reduced:
        value = sp.simplify(value / factorial(count))
        return times(from_sympy(value), power(base, t.integer(count)) if count else ONE)
    coefficient = from_sympy(value)
    if count > 1:
        coefficient = t.Div(coefficient, t.Call("factorial", (t.integer(count),)))
    return t.mul(coefficient, power(base, t.integer(count))) if count else coefficient
