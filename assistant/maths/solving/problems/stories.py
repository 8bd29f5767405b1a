"""Equations that were read out of a story: solved, and only what fits the story kept."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.solving.numbers.compare import truth
from assistant.maths.solving.numbers.quantities import rational
from assistant.maths.solving.problems.known import MAX_CASES, UNCLEAR, VALUE, Known, line_of
from assistant.maths.solving.several_unknowns.projection import points_of, solve_one
from assistant.maths.types import (
    Answer,
    Definition,
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

READ = Rule("story.equation", "Write what the story says", "根据题意列方程")
REJECT = Rule("story.reject", "Reject what does not fit", "舍去不合题意的解")


def define_by_story(known: Known, definition: Definition) -> Trouble | None:
    """The equations as a step, their solutions, and those that the story allows."""
    body = definition.body
    assert not isinstance(body, Request)
    assert definition.why is not None
    known.steps.append(line_of(READ, definition.why, body, body))
    parts = body.args if isinstance(body, t.Junction) else (body,)
    statements = tuple(known.resolve(p) for p in parts)
    names = tuple(dict.fromkeys(n for s in statements for n in t.symbols(s)))
    if not names or len(statements) < len(names) or known.cases or known.pending:
        return UNCLEAR
    found = solve_one(Request(task=Task.SOLVE, operands=statements, variables=names), known.solve)
    if isinstance(found, Trouble):
        return found
    points = points_of(found, names)
    if not points or len(points) > MAX_CASES or not isinstance(found.verdict, Proved):
        return UNCLEAR
    known.verdicts.append(found.verdict)
    known.conditions.extend(found.conditions)
    known.steps.append(
        Step(
            rule=VALUE,
            why=Text("Solve.", "求解。"),
            before=_whole(statements),
            after=_either(points),
            link=Link.EQUIVALENT,
            substeps=found.steps,
            verdict=found.verdict,
        )
    )
    return _keep(known, definition, points)


def _keep(known: Known, definition: Definition, points: list[dict[str, t.Expr]]) -> Trouble | None:
    """Drop the solutions for which a condition of the story is false."""
    kept, unfit = [], UNCLEAR
    for point in points:
        broken = _broken(known, definition.keep, point)
        if isinstance(broken, Trouble):
            return broken
        if broken is None:
            kept.append(point)
            continue
        unfit = _unfit(broken, point)
        why = Text("{0} must hold.", "应有 {0}，不合题意，舍去。", (broken,))
        known.steps.append(line_of(REJECT, why, _point(point), broken))
        known.conditions.append(
            Text(
                "{0} is rejected: {1} must hold",
                "{0} 不合题意（应有 {1}），舍去",
                (_point(point), broken),
            )
        )
    if not kept:
        return unfit
    if len(kept) == 1:
        known.values.update(kept[0])
    else:
        known.cases = kept
    return None


def _unfit(condition: t.Expr, point: dict[str, t.Expr]) -> Trouble:
    """What is told where no solution is left: one of them, and what of the story it breaks."""
    why = Text(
        "what is said does not fit together: {0} follows, but {1} must hold",
        "所给条件互相矛盾：由此得 {0}，但应有 {1}",
        (_point({n: v for n, v in point.items() if n in t.symbols(condition)}), condition),
    )
    return Trouble(Failure.UNSUPPORTED, why)


def in_cases(known: Known, requests: tuple[Request, ...]) -> list[Solution]:
    """Which values of several names belong together, where several cases are left; nothing
    where that is not what is asked."""
    wanted = [r.operands[0] for r in requests if r.task is Task.EVALUATE and len(r.operands) == 1]
    names = tuple(one.name for one in wanted if isinstance(one, t.Symbol))
    fixed = all(name in case for case in known.cases for name in names)
    if len(known.cases) < 2 or len(names) < 2 or len(names) < len(requests) or not fixed:
        return []
    points = (t.Collection(t.Bracket.TUPLE, tuple(c[n] for n in names)) for c in known.cases)
    whole = t.Collection(t.Bracket.SET, tuple(dict.fromkeys(points)))
    answer = Answer(value=whole, srepr=srepr(whole))
    verdict = known.verdicts[-1]
    return [Solution(kind=Task.SOLVE, answer=answer, steps=(), verdict=verdict, variables=names)]


def _broken(
    known: Known, conditions: tuple[t.Expr, ...], point: dict[str, t.Expr]
) -> t.Expr | Trouble | None:
    """The first condition that a solution breaks; ``UNCLEAR`` where that cannot be told."""
    for condition in conditions:
        there = t.transform(
            known.resolve(condition),
            lambda n: point.get(n.name, n) if isinstance(n, t.Symbol) else n,
        )
        holds = _holds(there)
        if holds is None:
            return UNCLEAR
        if not holds:
            return condition
    return None


def _holds(condition: t.Expr) -> bool | None:
    match condition:
        case t.Call("in", (value, t.Constant(kind))):
            exact = rational(value)
            if exact is None or kind not in (t.ConstantName.INTEGERS, t.ConstantName.NATURALS):
                return None
            return exact.denominator == 1 and (kind is t.ConstantName.INTEGERS or exact >= 0)
    return truth(condition)


def _whole(statements: tuple[t.Expr, ...]) -> t.Expr:
    return statements[0] if len(statements) == 1 else t.Junction(t.Connective.AND, statements)


def _point(point: dict[str, t.Expr]) -> t.Expr:
    return _whole(tuple(t.equation(t.Symbol(n), v) for n, v in point.items()))


def _either(points: list[dict[str, t.Expr]]) -> t.Expr:
    lines = tuple(map(_point, points))
    return lines[0] if len(lines) == 1 else t.Junction(t.Connective.OR, lines)
