"""Where conditions hold on the real line: between the places where signs can change.

A continuous function keeps its sign between neighbouring zeros and ends of its domain
(intermediate value theorem), so one test point decides each interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.absolute import cut, sample, within
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.domains import conditions, first_broken
from assistant.maths.solving.equations.found import Found, real, real_symbol
from assistant.maths.solving.equations.solution_sets import LINE, K, Piece, ordered

DISCONTINUOUS = ("floor", "ceiling", "sign", "gamma", "factorial", "binomial", "mod")


def places_of(
    relation: t.Relation, name: str, window: Piece = LINE, depth: int = 0
) -> list[sp.Expr] | None:
    """Where a relation can change its truth: zeros of the difference of its sides.

    Ends of the domain are not among them.  ``None`` where the zeros are not all known.
    """
    if name not in t.symbols(relation):
        return []
    if any(isinstance(n, t.Call) and n.name in DISCONTINUOUS for n in t.walk(relation)):
        return None
    equation = t.equation(relation.left, relation.right)
    found = find(equation, name, depth + 1)
    if found is None:
        return None
    return candidate_places(found, window)


def candidate_places(found: Found, window: Piece) -> list[sp.Expr] | None:
    """The isolated candidates in a window, and the ends of intervals of solutions."""
    values = list(found.roots)
    for piece in found.pieces:
        values += [e for e in (piece.low, piece.high) if abs(e) != sp.oo]
    for one in found.families:
        if sp.oo in (abs(window.low), abs(window.high)):
            return None
        width, start = one.coeff(K, 1), one.coeff(K, 0)
        first = int(sp.floor(((window.low - start) / width).evalf(30))) - 1
        last = int(sp.ceiling(((window.high - start) / width).evalf(30))) + 1
        if last - first > 200:
            return None
        values += [sp.expand(start + width * n) for n in range(first, last + 1)]
    return values


def chart(
    wanted: Sequence[t.Relation], name: str, window: Piece = LINE
) -> tuple[list[sp.Expr], list[Piece]] | None:
    """Places where something may change, and the intervals and points where all hold.

    ``None`` where the places are not all known.  Raises ``ArithmeticError`` where a sign
    cannot be decided.
    """
    places: list[sp.Expr] = []
    everything: dict[t.Relation, None] = {}
    for relation in wanted:
        for condition in conditions(relation, name):
            everything.setdefault(condition)
            for deeper in conditions(condition, name):
                everything.setdefault(deeper)
    ordered_conditions = [*reversed(tuple(everything)), *wanted]
    for one in ordered_conditions:
        found = places_of(one, name, window)
        if found is None:
            return None
        places += found
    inner = [p for p in ordered(places) if within(window, p)]
    return inner, assemble(
        inner, window, lambda v: first_broken(ordered_conditions, name, v) is None
    )


def assemble(places: Sequence[sp.Expr], window: Piece, holds) -> list[Piece]:  # type: ignore[no-untyped-def]
    """The union of the points and open intervals where ``holds`` is true."""
    result: list[Piece] = []
    cells: list[Piece] = []
    for part in cut(window, list(places)):
        closed_low = not part.low_open and part.low != -sp.oo
        if closed_low:
            cells.append(Piece(part.low, part.low, low_open=False, high_open=False))
        cells.append(Piece(part.low, part.high))
    if not window.high_open and window.high != sp.oo:
        cells.append(Piece(window.high, window.high, low_open=False, high_open=False))
    for cell in cells:
        if not holds(sample(cell)):
            continue
        last = result[-1] if result else None
        if last and last.high == cell.low and not (last.high_open and cell.low_open):
            result[-1] = Piece(last.low, cell.high, last.low_open, cell.high_open)
        else:
            result.append(cell)
    return result


def restrict(
    pieces: Sequence[Piece], wanted: Sequence[t.Relation], name: str
) -> list[Piece] | None:
    """The parts of some intervals where conditions hold."""
    result: list[Piece] = []
    for piece in pieces:
        charted = chart(wanted, name, piece)
        if charted is None:
            return None
        result += charted[1]
    return result


def value_at(expr: t.Expr, name: str, value: sp.Expr) -> sp.Expr:
    """An expression at a number."""
    return real(expr).subs(real_symbol(name), value)
