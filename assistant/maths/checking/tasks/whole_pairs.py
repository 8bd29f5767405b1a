"""Pairs of whole numbers: put in, and shown to be all.

The solutions of ``a x + b y = 0`` in whole numbers are the multiples of one pair without a common
divisor, so that a solution and such a pair tell all solutions of ``a x + b y = c``.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.tasks.curved_pairs import all_pairs, within_bounds
from assistant.maths.checking.tasks.quantities import UNKNOWN, settled, whole
from assistant.maths.domains import hull
from assistant.maths.polynomial_form import is_polynomial
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

MOST = 100_000
"""So many values of one unknown are tried."""
Row = tuple[int, int, int]
Pair = tuple[int, int]


def check_pairs(request: Request, draft: Draft) -> Verdict:
    """All pairs, none of them invented; or none where a divisor does not fit."""
    row = _row(request.operands[0], request.variables)
    inside = within_bounds(request.domain)
    if draft.answer is None or inside is None:
        return UNKNOWN
    if row is None:
        every = all_pairs(request.operands[0], request.variables, inside)
        return settled(_is_all(every, draft.answer), "every number in the bounds")
    a, b, c = row
    if c % gcd(a, b):
        return settled(draft.answer == t.Constant(t.ConstantName.EMPTY), "a common divisor")
    bound = hull(request.domain)
    if bound is not None:
        return settled(_are_all_within(row, bound, draft.answer), "every number in the bounds")
    return settled(_is_family(row, draft.answer), "one solution and the smallest step")


def _row(equation: t.Expr, names: tuple[str, ...]) -> Row | None:
    """``a x + b y = c`` with whole numbers, none of the first two of them 0."""
    if not isinstance(equation, t.Relation) or equation.op is not t.Comparison.EQ:
        return None
    if len(names) != 2 or {*t.symbols(equation)} != {*names} or not is_polynomial(equation, *names):
        return None
    try:
        value = sp.expand(to_sympy(equation.left) - to_sympy(equation.right))
    except NotConvertible:
        return None
    x, y = map(sp.Symbol, names)
    parts = sp.diff(value, x), sp.diff(value, y), -value.subs({x: 0, y: 0})
    if not all(p.is_Rational for p in parts) or 0 in parts[:2]:
        return None
    exact = [Fraction(int(p.p), int(p.q)) for p in parts]
    common = lcm(*(p.denominator for p in exact))
    a, b, c = (int(p * common) for p in exact)
    return a, b, c


def _pair(expr: t.Expr) -> Pair | None:
    match expr:
        case t.Collection(t.Bracket.TUPLE, (first, second)):
            values = whole(first), whole(second)
            if values[0] is not None and values[1] is not None:
                return values[0], values[1]
    return None


def _is_family(row: Row, answer: t.Expr) -> bool | None:
    """``(x0 + u k, y0 + v k)``: at k = 0 and 1, and linear in k."""
    match answer:
        case t.Call("imageset", (t.Collection(t.Bracket.TUPLE, (_, _)) as body, t.Symbol(index))):
            at = [_pair(t.substitute(body, index, t.integer(k))) for k in (0, 1)]
        case _:
            return None
    start, after = at
    letter = sp.Symbol(index)
    linear = all(sp.diff(to_sympy(part), letter, 2) == 0 for part in body.items)
    if start is None or after is None or not linear or {*t.symbols(body)} != {index}:
        return None
    a, b, c = row
    u, v = after[0] - start[0], after[1] - start[1]
    return a * start[0] + b * start[1] == c and a * u + b * v == 0 and gcd(u, v) == 1


def _are_all_within(row: Row, bound: t.Interval, answer: t.Expr) -> bool | None:
    """Both factors are positive, so that only so many values of the first unknown are possible."""
    low = whole(bound.low)
    if low is None or bound.low_open or bound.high != t.Constant(t.ConstantName.INFINITY):
        return None
    a, b, c = row if row[0] > 0 else (-row[0], -row[1], -row[2])
    last = (c - b * low) // a
    if b < 0 or last - low > MOST:
        return None
    every = {(x, (c - a * x) // b) for x in range(low, last + 1) if (c - a * x) % b == 0}
    return _is_all(every, answer)


def _is_all(every: set[Pair] | None, answer: t.Expr) -> bool | None:
    """Whether an answer lists just these pairs, each once."""
    if every is None:
        return None
    if answer == t.Constant(t.ConstantName.EMPTY):
        return not every
    if not isinstance(answer, t.Collection) or answer.kind is not t.Bracket.SET:
        return None
    listed = [_pair(item) for item in answer.items]
    return None if None in listed else len(listed) == len(every) and {*listed} == every
