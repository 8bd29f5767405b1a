"""The equation of a story checked against the options by exact points, not by normal forms."""

from __future__ import annotations

import itertools

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.quantities import UNKNOWN, settled
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

POINTS = 12
"""More than the degree of any equation in one unknown that is compared."""


def check_setup(request: Request, draft: Draft) -> Verdict:
    """The answer is the equation that was read, or its option vanishes exactly with it."""
    wanted, *options = request.operands
    if not request.words:
        return settled(draft.answer == wanted, "as read")
    if draft.text not in request.words:
        return UNKNOWN
    same = [_same(wanted, option) for option in options]
    if None in same:
        return UNKNOWN
    place = request.words.index(draft.text)
    return settled(same[place] and same.count(True) == 1, "each option compared")


def _parts(statement: t.Expr) -> list[sp.Expr] | None:
    parts = statement.args if isinstance(statement, t.Junction) else (statement,)
    if not all(isinstance(p, t.Relation) for p in parts):
        return None
    return [
        sp.numer(sp.together(to_sympy(p.left) - to_sympy(p.right)))
        for p in parts
        if isinstance(p, t.Relation)
    ]


def _same(one: t.Expr, other: t.Expr) -> bool | None:
    first, second = _parts(one), _parts(other)
    if first is None or second is None:
        return None
    if len(first) != len(second):
        return False
    if len(first) > 1:
        names = sorted({n for p in (*first, *second) for n in p.free_symbols}, key=str)
        return bool(sp.linsolve(first, *names) == sp.linsolve(second, *names))
    return _proportional(first[0], second[0])


def _proportional(first: sp.Expr, second: sp.Expr) -> bool | None:
    """Whether ``f(a)g(b) = f(b)g(a)`` at more points than a polynomial of their degree
    could satisfy by chance; two unknowns are put on a grid."""
    names = sorted(first.free_symbols | second.free_symbols, key=str)
    if len(names) > 2 or any(sp.degree(p, n) > 4 for p in (first, second) for n in names):
        return None
    spots = list(itertools.product(range(3, 3 + POINTS), repeat=len(names)))
    values = [
        (
            first.subs(list(zip(names, s, strict=True))),
            second.subs(list(zip(names, s, strict=True))),
        )
        for s in spots
    ]
    f, g = next(((f, g) for f, g in values if f != 0), (0, 0))
    if g == 0:
        return False
    return all(sp.expand(f * b - g * a) == 0 for a, b in values)
