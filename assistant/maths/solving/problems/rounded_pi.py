"""The number for π that a text gives, put into the exact answer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.ordering import rational_value
from assistant.maths.solving.problems.known import Solver, evaluation, line_of, worst
from assistant.maths.types import Answer, Rule, Solution, Text, Trouble

PUT = Rule("pi.put", "Put in the number for π", "代入 π 的取值")
PI = t.Constant(t.ConstantName.PI)


def with_pi(found: Solution | Trouble, value: Fraction | None, solve: Solver) -> Solution | Trouble:
    """The answer with that number for π; the exact one is told beside it."""
    if value is None or isinstance(found, Trouble) or found.answer.value is None:
        return found
    exact = found.answer.value
    if PI not in t.walk(exact) or t.symbols(exact) or isinstance(exact, t.Collection | t.Relation):
        return found
    number = _decimal(value)
    put = t.transform(exact, lambda n: number if n == PI else n)
    worked = solve(evaluation(put))
    if isinstance(worked, Trouble) or worked.answer.value is None:
        return found
    if rational_value(worked.answer.value) is None:
        return found
    why = Text("The text says: work with {0} for π.", "按题意，π 取 {0}。", (number,))
    note = Text("the exact value is {0}", "准确值为 {0}", (exact,))
    return replace(
        found,
        answer=Answer(value=worked.answer.value, srepr=srepr(worked.answer.value)),
        steps=(*found.steps, line_of(PUT, why, exact, put), *worked.steps),
        verdict=worst([found.verdict, worked.verdict]),
        notes=(*found.notes, note),
    )


def _decimal(value: Fraction) -> t.Expr:
    """3.14 as it is written; 22/7 as a fraction."""
    for places in range(10):
        if (value * 10**places).denominator == 1:
            return t.Number(value, places) if places else t.rational(value)
    return t.rational(value)
