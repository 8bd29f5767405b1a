"""Systems of which only some unknowns are wanted."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.cas.convert import srepr
from assistant.maths.solving.problems.known import UNCLEAR, Solver
from assistant.maths.types import Answer, Request, Solution, Task, Trouble


def points_of(found: Solution, names: tuple[str, ...]) -> list[dict[str, t.Expr]]:
    """The solutions as values of the names; none if they are not finitely many."""
    order = found.variables or names
    match found.answer.value:
        case t.Collection(t.Bracket.SET, items):
            points = []
            for item in items:
                parts = item.items if isinstance(item, t.Collection) else (item,)
                if len(parts) != len(order) or any(t.symbols(p) for p in parts):
                    return []
                points.append(dict(zip(order, parts, strict=True)))
            return points
    return []


def solve_one(request: Request, solve: Solver) -> Solution | Trouble:
    """A request; a system of which only some unknowns are wanted is solved for all."""
    names = tuple(dict.fromkeys(n for o in request.operands for n in t.symbols(o)))
    wanted = tuple(n for n in request.variables if n in names)
    if (
        request.task is not Task.SOLVE
        or len(request.operands) < 2
        or not 0 < len(wanted) < len(names) <= len(request.operands)
    ):
        return solve(request)
    found = solve(replace(request, variables=names))
    if isinstance(found, Trouble):
        return found
    return _projected(found, names, wanted)


def _projected(
    found: Solution, names: tuple[str, ...], wanted: tuple[str, ...]
) -> Solution | Trouble:
    points = points_of(found, names)
    if not points:
        return UNCLEAR
    picked = tuple(
        dict.fromkeys(
            p[wanted[0]]
            if len(wanted) == 1
            else t.Collection(t.Bracket.TUPLE, tuple(p[n] for n in wanted))
            for p in points
        )
    )
    value = t.Collection(t.Bracket.SET, picked)
    return replace(found, answer=Answer(value=value, srepr=srepr(value)), variables=wanted)
