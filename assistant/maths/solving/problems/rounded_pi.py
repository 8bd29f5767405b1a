"""The number for π that a text gives, put into the exact answer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.ordering import rational_value
from assistant.maths.showing.notation_calls import COMMAS
from assistant.maths.showing.plain import plain
from assistant.maths.solving.problems.known import Solver, evaluation, line_of, worst
from assistant.maths.types import Answer, Rule, Solution, Text, Trouble

PUT = Rule("pi.put", "Put in the number for π", "代入 π 的取值")
PI = t.Constant(t.ConstantName.PI)
KEPT = Text("π is kept: the answer is exact", "答案中保留 π，为准确值")


def with_pi(found: Solution | Trouble, value: Fraction | None, solve: Solver) -> Solution | Trouble:
    """The answer with that number for π; the exact one is told beside it."""
    if value is None or isinstance(found, Trouble) or found.answer.value is None:
        return found
    exact = found.answer.value
    if PI not in t.walk(exact):
        return found
    number = _decimal(value)
    parts = exact.items if isinstance(exact, t.Collection) else (exact,)
    worked = [_worked(part, number, solve) for part in parts]
    values = tuple(w.answer.value for w in worked if w is not None and w.answer.value is not None)
    if len(values) != len(parts):
        return replace(found, notes=(*found.notes, KEPT))
    whole = replace(exact, items=values) if isinstance(exact, t.Collection) else values[0]
    why = Text("The text says: work with {0} for π.", "按题意，π 取 {0}。", (number,))
    told = t.Call(COMMAS, parts) if len(parts) > 1 else parts[0]
    note = Text("the exact value is {0}", "准确值为 {0}", (told,))
    text = ", ".join(map(plain, values)) if found.answer.text else ""
    done = [w for w in worked if w is not None]
    return replace(
        found,
        answer=Answer(value=whole, text=text, srepr=srepr(whole)),
        steps=(
            *found.steps,
            line_of(PUT, why, exact, _put(exact, number)),
            *(step for w in done for step in w.steps),
        ),
        verdict=worst([found.verdict, *(w.verdict for w in done)]),
        notes=(*found.notes, note),
    )


def _put(exact: t.Expr, number: t.Expr) -> t.Expr:
    return t.transform(exact, lambda n: number if n == PI else n)


def _worked(exact: t.Expr, number: t.Expr, solve: Solver) -> Solution | None:
    """The rational number that a value becomes; ``None`` where it becomes none."""
    if t.symbols(exact) or isinstance(exact, t.Collection | t.Relation | t.Interval):
        return None
    worked = solve(evaluation(_put(exact, number)))
    if isinstance(worked, Trouble) or worked.answer.value is None:
        return None
    return worked if rational_value(worked.answer.value) is not None else None


def _decimal(value: Fraction) -> t.Expr:
    """3.14 as it is written; 22/7 as a fraction."""
    for places in range(10):
        if (value * 10**places).denominator == 1:
            return t.Number(value, places) if places else t.rational(value)
    return t.rational(value)
