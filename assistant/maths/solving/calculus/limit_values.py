"""The value of a limit, one side at a time, from SymPy on a positive variable.

SymPy's ``limit`` looks from one side only and is silently wrong where an exponential goes
to minus infinity; with the variable replaced by a positive one that goes to 0 it is not.
The value is a candidate: whoever uses it has it checked.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.asymptotics.limits import Approach, approach
from assistant.maths.checking.asymptotics.scales import T

SECONDS = 3.5


def sides(body: t.Expr, place: tuple[str, t.Expr, str]) -> tuple[Approach, list[Any]]:
    """How the point is approached, and the candidate from each side (``None``: no idea,
    ``nan``: it oscillates)."""
    name, point, direction = place
    way = approach(body, name, point, direction)
    return way, [_one_side(way, side) for side in way.sides]


def _one_side(way: Approach, side: int) -> Any:
    try:
        with time_limit(SECONDS):
            value = sp.limit(way.shifted(side), T, 0, "+")
    except (OutOfTime, RecursionError):
        return None
    except Exception:  # noqa: BLE001 - SymPy raises what it likes; no value is a value
        return None
    if value.has(sp.AccumBounds):
        return sp.nan
    finite = not value.has(sp.oo, sp.zoo, sp.nan, sp.Limit, T)
    if not finite and value not in (sp.oo, -sp.oo):
        return None
    return value


def candidate(body: t.Expr, place: tuple[str, t.Expr, str]) -> t.Expr | None:
    """The limit where both sides agree, as a formula."""
    _, values = sides(body, place)
    if not values or values[0] is None or values[0] is sp.nan:
        return None
    if any(v is None or sp.simplify(v - values[0]) not in (0, sp.nan) for v in values[1:]):
        return None
    if len(values) == 2 and values[0] != values[1] and sp.oo in (abs(values[0]), abs(values[1])):
        return None
    return formula(values[0])


def formula(value: Any) -> t.Expr | None:
    """A SymPy value in a short form."""
    try:
        if value.is_number and value.is_finite and not value.is_Rational:
            with time_limit(SECONDS):
                value = min((value, sp.simplify(value)), key=sp.count_ops)
        return from_sympy(value)
    except (NotConvertible, OutOfTime):
        return None
