"""Grades the set ``integrals``: the answer's derivative against the integrand, in numbers.

Points are taken where the integrand is real; parameters are positive.
"""

from __future__ import annotations

import random
from typing import Any

import mpmath
import sympy as sp
from scoring import Grade

POINTS = 5


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    """Right where the derivative of the answer is the integrand at every point tried."""
    answer = record.get("answer") or {}
    if not answer.get("srepr"):
        return Grade.NONE
    names = {n: sp.Symbol(n) for n in "abctxy"}
    f = sp.sympify(row["input"], locals=names)
    value = sp.sympify(answer["srepr"])
    x = names[row["variable"]]
    free = sorted(f.free_symbols | value.free_symbols | {x}, key=str)
    source = random.Random(7)
    agreed = 0
    g, big = (sp.lambdify(free, e, "mpmath") for e in (f, value))
    for turn in range(90):
        span = 4000 if turn < 60 else 40000
        at = [mpmath.mpf(source.randint(-span if s == x else 100, span)) / 1000 for s in free]
        place = free.index(x)

        def along(y: Any, at: list[Any] = at, place: int = place) -> Any:
            return big(*at[:place], y, *at[place + 1 :])

        with mpmath.workdps(30):
            try:
                expected = mpmath.mpmathify(g(*at))
                slope = mpmath.diff(along, at[place], h=mpmath.mpf(10) ** -10)
            except (ValueError, ZeroDivisionError, TypeError, mpmath.libmp.NoConvergence):
                continue
            if abs(mpmath.im(expected)) > 1e-12:
                continue
            if abs(slope - expected) > 1e-6 * (1 + abs(expected)):
                return Grade.WRONG
        agreed += 1
        if agreed == POINTS:
            return Grade.RIGHT
    return Grade.RIGHT if agreed >= 2 else Grade.UNSURE
