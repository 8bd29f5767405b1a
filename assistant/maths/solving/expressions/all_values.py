"""What is said of all values, where a side has none for some of them: ``x/x = 1 for all x``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import implied
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.tasks.defined import holes, poles_apart
from assistant.maths.checking.tasks.whole_numbers import without_whole
from assistant.maths.domains import hull
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.methods import lost, valid_for
from assistant.maths.types import Request, Solution

YES = t.Truth(value=True)


def with_limits(request: Request, found: Solution) -> Solution:
    """A statement that is true, with the values for which it says nothing told."""
    if found.answer.value != YES or len(request.operands) != 1:
        return found
    statement = request.operands[0]
    told = tuple(a for c in found.conditions for a in c.args if isinstance(a, t.Expr))
    given = (*told, *_within(request.domain, t.symbols(statement)))
    needed: list[t.Relation] = lost(statement, YES, given)
    for apart in _apart(statement):
        if not implied((*given, *needed), apart):
            needed.append(apart)
    more = map(valid_for, dict.fromkeys(needed))
    return replace(found, conditions=(*found.conditions, *more))


def _apart(statement: t.Expr) -> list[t.Relation]:
    """The single values that a letter may not have, or what may not be zero."""
    names = t.symbols(statement)
    with suppress(NotConvertible):
        if len(names) == 1 and (points := holes(statement, names[0])) is not None:
            letter = t.Symbol(names[0])
            return [t.Relation(t.Comparison.NE, letter, from_sympy(p)) for p in points]
    return [
        apart
        for apart in poles_apart(statement)
        if isinstance(apart, t.Relation) and not _never(apart)
    ]


def _never(apart: t.Relation) -> bool:
    """Whether the sides never are the same real number."""
    try:
        return bool(to_sympy(t.sub(apart.left, apart.right), real=True).is_nonzero)
    except NotConvertible:
        return False


def _within(domain: t.Expr | None, names: tuple[str, ...]) -> tuple[t.Expr, ...]:
    """What a domain says of the letters, as conditions."""
    span = without_whole(domain)[1]
    if span is None:
        return ()
    if len(names) == 1:
        said = as_statement(span, names)
        return () if said is None else (said,)
    interval = hull(span)
    low = None if interval is None else rational_value(interval.low)
    if low is None or low < 0:
        return ()
    return tuple(t.Relation(t.Comparison.GT, t.Symbol(n), t.integer(0)) for n in names)
