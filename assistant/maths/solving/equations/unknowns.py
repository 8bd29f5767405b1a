"""Which of the symbols of a problem is to be found, and the statements about it."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.types import Request

PREFERRED = "xyzwuvtθαβrsqpijlghfdbcaknm"
"""Names that school uses for unknowns first, and for parameters last."""


def _rank(name: str) -> tuple[int, str]:
    place = PREFERRED.find(name[0])
    return (place if place >= 0 else len(PREFERRED), name)


def choose_unknowns(request: Request, count: int = 1) -> tuple[str, ...]:
    """The unknowns: what was asked for, else the names that are unknowns by custom.

    A request that names no more than ``count`` variables is taken at its word; when the
    reader passed every symbol, ``x``, ``y``, ``z`` are unknowns before ``a``, ``b``, ``k``.
    """
    present = tuple(dict.fromkeys(n for s in request.operands for n in t.symbols(s)))
    named = request.variables or present
    if len(named) <= count:
        return named
    chosen = sorted(named, key=_rank)[:count]
    return tuple(n for n in named if n in chosen)


def statements(request: Request) -> tuple[t.Expr, ...]:
    """The statements of a request; one *and* is the same as several operands."""
    match request.operands:
        case (t.Junction(t.Connective.AND, parts),):
            return parts
        case _:
            return request.operands


def single_equation(request: Request) -> tuple[t.Relation, str] | None:
    """The one equation and its unknown, or ``None`` where there are other statements."""
    match request.operands:
        case (t.Relation(t.Comparison.EQ) as given,):
            names = choose_unknowns(request)
            if len(names) == 1 and names[0] in t.symbols(given):
                return given, names[0]
    return None


def system_unknowns(request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All the unknowns of a system, and those that are asked for.

    Letters that school keeps for parameters are unknowns only as far as there are more
    equations than other letters.
    """
    given = statements(request)
    present = tuple(dict.fromkeys(n for s in given for n in t.symbols(s)))
    named = tuple(n for n in request.variables if n in present)
    if named and set(named) != set(present):
        rest = tuple(n for n in present if n not in named)
        if len(named) >= len(given):
            return named, named
        return (*named, *rest), named
    by_custom = tuple(n for n in present if n[0] in "xyzwuvt")
    if len(by_custom) >= len(given):
        chosen = by_custom
    elif len(present) <= len(given):
        chosen = present
    else:
        best = sorted(present, key=_rank)[: len(given)]
        chosen = tuple(n for n in present if n in best)
    order = sorted(chosen)
    return tuple(order), tuple(order)
