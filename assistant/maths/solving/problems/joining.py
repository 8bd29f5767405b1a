"""The answers to several questions of one problem as one solution."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.numeric import NoValue
from assistant.maths.showing.answers import answer_lines, answer_text
from assistant.maths.showing.notation_calls import COMMAS
from assistant.maths.solving.problems.known import Known, put_in, worst
from assistant.maths.types import Answer, Request, Solution, Task, Text, Verdict


def joined(known: Known, requests: tuple[Request, ...], answers: list[Solution]) -> Solution:
    """One solution: the definitions' steps, then those of the answers."""
    first = answers[0]
    steps = (*known.steps, *(step for a in answers for step in a.steps))
    verdict = worst([*known.verdicts, *(a.verdict for a in answers)])
    conditions = tuple(
        dict.fromkeys((*known.conditions, *(c for a in answers for c in a.conditions)))
    )
    if len(answers) == 1:
        value = first.answer.value
        said = _by_name(requests, (value,)) if value is not None else ()
        answer = replace(first.answer, said=said or first.answer.said)
        return replace(first, answer=answer, steps=steps, verdict=verdict, conditions=conditions)
    values = tuple(a.answer.value for a in answers if a.answer.value is not None)
    whole = t.Collection(t.Bracket.TUPLE, values) if len(values) == len(answers) else None
    spelled = whole is not None and all(a.answer.srepr for a in answers)
    return replace(
        first,
        answer=Answer(
            value=whole,
            text=", ".join(map(answer_text, answers)),
            srepr=srepr(whole) if whole is not None and spelled else "",
            said=_by_name(requests, values) or _one_by_one(answers),
        ),
        steps=steps,
        verdict=verdict,
        conditions=conditions,
    )


def _by_name(requests: tuple[Request, ...], values: tuple[t.Expr, ...]) -> tuple[Text, ...]:
    """``x = 23, y = 12``, where each question is for a letter."""
    names = [r.operands[0] for r in requests if r.task is Task.EVALUATE and len(r.operands) == 1]
    if len(names) != len(values) or not all(isinstance(name, t.Symbol) for name in names):
        return ()
    if any(isinstance(value, t.Collection | t.Interval | t.Truth | t.Constant) for value in values):
        return ()  # no number, or more than one
    pairs = tuple(t.equation(*pair) for pair in zip(names, values, strict=True))
    return (Text("{0}", "{0}", (t.Call(COMMAS, pairs) if len(pairs) > 1 else pairs[0],)),)


def _one_by_one(answers: list[Solution]) -> tuple[Text, ...]:
    """A line for each answer, where one of them is said in words."""
    if not any(a.answer.said for a in answers):
        return ()
    lines = (line for a in answers for line in answer_lines(a))
    return tuple(li if isinstance(li, Text) else Text("{0}", "{0}", (li,)) for li in lines)


def within(
    points: list[dict[str, t.Expr]] | None, bounds: list[t.Expr]
) -> list[dict[str, t.Expr]] | None:
    """The solutions at which what else is said holds; ``None`` where that is not certain."""
    try:
        return points and [p for p in points if all(exact_holds(put_in(b, p)) for b in bounds)]
    except NoValue:
        return None


def all_cases(known: Known, wanted: t.Symbol) -> Solution | None:
    """All values of a name that equations leave."""
    values = tuple(dict.fromkeys(case[wanted.name] for case in known.cases if wanted.name in case))
    return _values(values, Task.SOLVE, known.verdicts[-1], (wanted.name,)) if values else None


def several(request: Request, found: list[Solution]) -> Solution | None:
    """The numbers that an expression is in the cases that equations leave: ``x + y = 3 or -3``."""
    values = tuple(dict.fromkeys(f.answer.value for f in found if f.answer.value is not None))
    plain = all(not t.symbols(v) and not isinstance(v, PLURAL) for v in values)
    given = sum(f.answer.value is not None for f in found) == len(found)
    if request.task is not Task.EVALUATE or request.topic or not given or not plain:
        return None
    whole = _values(values, Task.EVALUATE, worst([f.verdict for f in found]), ())
    return replace(whole, steps=tuple(step for f in found for step in f.steps))


PLURAL = (t.Collection, t.Interval, t.Truth, t.Constant, t.Relation, t.Junction, t.Matrix)


def _values(
    values: tuple[t.Expr, ...], kind: Task, verdict: Verdict, names: tuple[str, ...]
) -> Solution:
    whole = t.Collection(t.Bracket.SET, values)
    return Solution(
        kind=kind,
        answer=Answer(value=whole, srepr=srepr(whole)),
        steps=(),
        verdict=verdict,
        variables=names,
    )
