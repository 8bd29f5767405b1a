"""Solutions among the whole numbers: the real ones first, then those of them that are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.solving.common import Draft, Method
from assistant.maths.solving.equations.found import real, step
from assistant.maths.solving.equations.solution_sets import INTEGERS, REALS, points
from assistant.maths.types import Link, Request, Rule, Task, Text

WHOLE = Rule("equation.whole_numbers", "Keep the whole numbers", "取整数")
MOST = 500
"""So many whole numbers are listed one by one."""


def whole_solutions(request: Request) -> Draft | None:
    """Integer, natural, … solutions of statements in one unknown."""
    if request.domain is None or numbers(request.domain) is not Numbers.WHOLE:
        return None
    among_reals = replace(request, domain=hull(request.domain))
    for method in _real_methods():
        found = method(among_reals)
        if found is not None and found.answer is not None and len(found.variables) == 1:
            return _kept(found, found.answer)
    return None


def _real_methods() -> Iterator[Method]:
    from assistant.maths.solving.registry import methods

    for method in methods(Task.SOLVE):
        if method is not whole_solutions:
            yield method


def _kept(found: Draft, reals: t.Expr) -> Draft | None:
    """The draft with the whole numbers of its answer.

    Where they have no end they are told as an intersection with all integers.
    """
    members = integers_in(reals)
    if members is None:
        if isinstance(reals, t.Call) and reals.name in ("imageset", "conditionset"):
            return None
        answer: t.Expr = INTEGERS if reals == REALS else t.Call("intersection", (reals, INTEGERS))
    else:
        answer = points(members)
    why = Text("Of these, keep the whole numbers.", "从中取出整数。")
    last = step(reals, answer, WHOLE, why, name=found.variables[0], link=Link.FORMULA)
    return replace(found, answer=answer, steps=(*found.steps, last), notes=())


def integers_in(reals: t.Expr) -> list[sp.Integer] | None:
    """The whole numbers of a set, in rising order; ``None`` where they cannot be listed."""
    found: list[sp.Integer] = []
    for part in reals.args if isinstance(reals, t.Call) and reals.name == "union" else (reals,):
        match part:
            case t.Constant(t.ConstantName.EMPTY):
                continue
            case t.Collection(t.Bracket.SET, items):
                found += [v for v in map(_exact, items) if v.is_integer]
            case t.Interval():
                inside = _between(part)
                if inside is None:
                    return None
                found += inside
            case _:
                return None
    return found


def _exact(item: t.Expr) -> sp.Expr:
    decimals = any(isinstance(n, t.Number) and n.decimals for n in t.walk(item))
    return sp.nsimplify(real(item), rational=True) if decimals else real(item)


def _between(part: t.Interval) -> list[sp.Integer] | None:
    low, high = real(part.low), real(part.high)
    if low == -sp.oo or high == sp.oo:
        return None
    first, last = sp.ceiling(low), sp.floor(high)
    if not (first.is_Integer and last.is_Integer) or last - first > MOST:
        return None
    first += int(part.low_open and first == low)
    last -= int(part.high_open and last == high)
    return [sp.Integer(n) for n in range(int(first), int(last) + 1)]
