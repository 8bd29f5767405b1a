"""Derivatives at points where the formula of the derivative has no value.

``x·|x|`` has the derivative ``x²/|x| + |x|``, which says nothing about 0; the limit of the
difference quotient does.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.solving.problems.known import Known, evaluation, put_in
from assistant.maths.types import (
    Answer,
    Failure,
    Link,
    Proved,
    Request,
    Rule,
    Solution,
    Step,
    Task,
    Text,
    Trouble,
)

QUOTIENT = Rule("derivative.difference_quotient", "Limit of the difference quotient", "差商的极限")
WHY = Text(
    "The formula has no value at this point: take the limit that the derivative is.",
    "求导公式在该点没有意义：按导数的定义求极限。",
)
OPEN = Text(
    "the formula of the derivative has no value there, and its definition did not decide",
    "求导公式在该点没有意义，按定义也未能判定",
)
STEPS = ("h", "k", "s", "t", "u", "v", "w", "p", "q", "r")
"""Letters for the step of the difference quotient, the usual ones first."""
UNDEFINED = t.Constant(t.ConstantName.UNDEFINED)
INFINITY = t.Constant(t.ConstantName.INFINITY)


def by_limit(known: Known, request: Request, found: Solution | Trouble) -> Solution | Trouble:
    """What is found; but where it is that a derivative has no value, its limit."""
    if isinstance(found, Trouble) or found.answer.value != UNDEFINED:
        return found
    wanted = request.operands[0]
    if not any(_derived(known, node) for node in t.walk(wanted)):
        return found
    parts = _derived(known, wanted)
    if parts is None or parts[3] != 1:
        return Trouble(Failure.UNSUPPORTED, OPEN)
    name, body, point, _ = parts
    here = known.solve(evaluation(put_in(body, {name: point})))
    if isinstance(here, Trouble) or here.answer.value == UNDEFINED:
        return found
    used = {*t.symbols(body), *t.symbols(point)}
    step = next((n for n in STEPS if n not in used), "")
    if not step:
        return Trouble(Failure.UNSUPPORTED, OPEN)
    moved = put_in(body, {name: t.add(point, t.Symbol(step))})
    quotient = t.Div(t.sub(moved, put_in(body, {name: point})), t.Symbol(step))
    limit = known.solve(
        Request(task=Task.LIMIT, operands=(quotient, t.integer(0)), variables=(step,))
    )
    if isinstance(limit, Trouble) or not isinstance(limit.verdict, Proved):
        return Trouble(Failure.UNSUPPORTED, OPEN)
    value = limit.answer.value
    endless = value is not None and INFINITY in t.walk(value)
    if value is None or (limit.conditions and not endless):
        return Trouble(Failure.UNSUPPORTED, OPEN)
    known.conditions.clear()
    whole = t.Call("limit", (quotient, t.Symbol(step), t.integer(0)))
    first = Step(rule=QUOTIENT, why=WHY, before=wanted, after=whole, link=Link.FORMULA)
    steps = (replace(first, verdict=limit.verdict), *limit.steps)
    if endless or value == UNDEFINED:
        return replace(found, steps=steps, verdict=limit.verdict, conditions=(), notes=())
    answer = Answer(value=value, text=limit.answer.text, srepr=limit.answer.srepr)
    return replace(
        found, answer=answer, steps=steps, verdict=limit.verdict, conditions=(), notes=()
    )


def letter_within(known: Known, request: Request) -> bool:
    """Whether a derivative by a letter is asked of a function that has this letter in it besides
    its own: ``f'(a)`` of ``f(x) = a·x^2`` is not the derivative of ``f(a) = a^3``."""
    match request:
        case Request(
            task=Task.DIFFERENTIATE, operands=(t.Call(name, (argument,)),), variables=(letter, *_)
        ) if name in known.functions:
            parameters, body = known.functions[name]
            inside = t.symbols(known.resolve(body, parameters))
            return letter in t.symbols(argument) and letter in {*inside} - {*parameters}
    return False


def by_quotient(found: Solution) -> bool:
    """Whether a solution starts with the limit that a derivative is."""
    return bool(found.steps) and found.steps[0].rule == QUOTIENT


def _derived(known: Known, node: t.Expr) -> tuple[str, t.Expr, t.Expr, int] | None:
    """The letter, what is derived, the point, and how often, where this is a derivative there."""
    match node:
        case t.Call("diff", (t.Call(name, (point,)), _, t.Number(order))) if (
            name in known.functions
        ):
            parameters, body = known.functions[name]
            times = int(order)
        case t.Call(name, (point,)) if name in known.derived:
            parameters, body, times = known.derived[name]
        case _:
            return None
    if len(parameters) != 1:
        return None
    return parameters[0], known.resolve(body, parameters), known.resolve(point), times
