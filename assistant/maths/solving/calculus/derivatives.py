"""Derivatives of any order, partial and implicit ones."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.solving.calculus.derivative_rules import CONSTANT, NoRule, derive
from assistant.maths.solving.calculus.tidy import shortest
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

SIMPLIFY = Rule("derivative.simplify", "Simplify", "化简")
HIGHEST = 60
"""A derivative of a higher order is not written out step by step."""


def differentiate(request: Request) -> Draft | None:
    """``d/dx x^2 sin x``; of order n where ``request.order`` says; partial ones likewise.

    As many variables as the order mean a mixed partial derivative, one after the other.
    """
    body, names, order = _asked(request)
    if body is None or not names or not 0 < order <= HIGHEST:
        return None
    passes = names * order if len(names) == 1 else names
    steps: list[Step] = []
    line = body
    try:
        for count, name in enumerate(passes, 1):
            line = _once(line, name, steps, (count, len(passes)))
    except NoRule:
        return None
    return Draft(
        answer=line,
        steps=tuple(steps),
        method="differentiation rules",
        variables=names,
        conditions=_conditions(body),
        curves=(body, line) if len(t.symbols(body)) == 1 else (),
    )


def _asked(request: Request) -> tuple[t.Expr | None, tuple[str, ...], int]:
    """The function, the variables and the order, with ``diff(…)`` unpacked."""
    if len(request.operands) != 1:
        return None, (), 0
    body, names, order = request.operands[0], request.variables, request.order or 1
    if len(names) not in (1, order):
        names = ("x",) if "x" in names else names[:1]
    match body:
        case t.Relation(t.Comparison.EQ, t.Symbol(left) | t.Call(left), right) if (
            left not in t.symbols(right)
            and left not in names
            and not _implicit_left(body.left, names)
        ):
            body = right
        case t.Relation() | t.Junction() | t.Collection() | t.Matrix():
            return None, (), 0
    match body:
        case t.Call("diff", (inner, t.Symbol(name), t.Number(times))):
            return inner, (name,), int(times)
        case t.Call("diff", (inner, t.Symbol(name))):
            return inner, (name,), 1
    return body, names or t.symbols(body)[:1] or ("x",), order


def _implicit_left(left: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether the left side is more than the name of the function, ``sin(x) = …``."""
    return isinstance(left, t.Call) and left.args != tuple(map(t.Symbol, names))


def _once(line: t.Expr, name: str, steps: list[Step], which: tuple[int, int]) -> t.Expr:
    """Differentiate once, then simplify; both as steps."""
    done = derive(line, name)
    step = done.step
    if which[1] > 1:
        count = f"{which[0]}"
        why = Text(
            f"Derivative number {count}, by {{{len(step.why.args)}}}. " + step.why.en,
            f"第 {count} 次求导（对 {{{len(step.why.args)}}}）。" + step.why.zh,
            (*step.why.args, t.Symbol(name)),
        )
        step = replace(step, why=why)
    steps.append(step)
    short = shortest(done.value)
    if short != done.value and step.rule != CONSTANT:
        steps.append(
            Step(
                rule=SIMPLIFY,
                why=Text("Multiply out, collect, cancel.", "整理并化简。"),
                before=done.value,
                after=short,
                link=Link.EQUAL,
                variable=name,
            )
        )
    return short


def _conditions(body: t.Expr) -> tuple[Text, ...]:
    """Where the rules used hold."""
    out = []
    for node in t.walk(body):
        match node:
            case t.Call("abs", (arg,)) if t.symbols(arg):
                out.append(Text("not where {0} = 0", "{0} = 0 处除外", (arg,)))
            case t.Pow(base, exponent) if t.symbols(base) and t.symbols(exponent):
                out.append(Text("where {0} > 0", "其中 {0} > 0", (base,)))
    return tuple(dict.fromkeys(out))
