"""``sin x = 1/2`` for x > 0: the families of all solutions, cut off at one end."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.found import Found, step, written
from assistant.maths.solving.equations.solution_sets import INFINITY, K, Piece, as_set, sign_of
from assistant.maths.types import Link, Rule, Text

CUT = Rule("equation.cut_off", "Keep those on the half line", "取半直线上的解")
MOST = 10_000


def cut_off(
    whole: Draft, found: Found, asked: tuple[t.Relation, str], window: Piece
) -> Draft | None:
    """The solutions beyond (or before) an end, each family counted from there."""
    equation, name = asked
    if found.roots or found.pieces or found.without:
        return None
    counted = [_from_end(family, window) for family in found.families]
    families = [family for family in counted if family is not None]
    if len(families) < len(counted):
        return None
    x, low, high = t.Symbol(name), -sp.oo, sp.oo
    if window.high == high:
        end: t.Expr = t.Interval(written(window.low), INFINITY, window.low_open, high_open=True)
        op = t.Comparison.GT if window.low_open else t.Comparison.GE
        bound = t.Relation(op, x, written(window.low))
    elif window.low == low:
        infinity = t.Neg(INFINITY)
        end = t.Interval(infinity, written(window.high), low_open=True, high_open=window.high_open)
        op = t.Comparison.LT if window.high_open else t.Comparison.LE
        bound = t.Relation(op, x, written(window.high))
    else:
        return None
    answer = t.Call("intersection", (as_set((), families), end))
    both = t.Junction(t.Connective.AND, (equation, bound))
    why = Text("Keep the solutions with {0}.", "取满足 {0} 的解。", (bound,))
    last = step(both, answer, CUT, why, name=name, link=Link.SOLUTION)
    k = t.Symbol(K.name)
    note = Text("These are the values for {0} = 0, 1, 2, …", "即 {0} = 0, 1, 2, … 时的值。", (k,))
    return replace(whole, answer=answer, steps=(*whole.steps, last), notes=(note,))


def _from_end(family: sp.Expr, window: Piece) -> sp.Expr | None:
    """The family with its index counted from the end of the half line, 0 being the first."""
    width, start = family.coeff(K, 1), family.coeff(K, 0)
    upward = window.high == sp.oo
    end, is_open = (window.low, window.low_open) if upward else (window.high, window.high_open)
    inward = abs(width) if upward else -abs(width)
    first = int(sp.floor(((end - start) / inward).evalf(30))) - 1
    if abs(first) > MOST:
        return None
    for n in range(first, first + 4):
        value = sp.expand(start + inward * n)
        sign = sign_of((value - end) * (1 if upward else -1))
        if sign is None:
            return None
        if sign > 0 or (sign == 0 and not is_open):
            return value + inward * K
    return None
