"""Terms found from the sums of the first terms: the sums of what was found are those given.

By induction: the equation holds for the first term alone, and from one place to the next the
sum grows by just the next term.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.progressions import UNKNOWN, N, never_undefined, vanishes
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Verdict

CASES = (
    t.equation(t.Symbol("n"), t.integer(1)),
    t.Relation(t.Comparison.GE, t.Symbol("n"), t.integer(2)),
)
SUM, TERM = sp.Symbol("sum"), sp.Symbol("term")


def check_partial_sums(request: Request, draft: Draft) -> Verdict:
    """The formula of the n-th term, or one term."""
    (asked,) = request.operands
    if not isinstance(asked, t.Relation) or draft.answer is None:
        return UNKNOWN
    gap = sp.expand(to_sympy(asked.left) - to_sympy(asked.right))
    scale = gap.coeff(SUM, 1)
    if not scale.is_Rational or scale == 0 or gap.coeff(SUM, 2) != 0:
        return UNKNOWN
    total = sp.expand(SUM - gap / scale)
    if total.has(SUM):
        return UNKNOWN
    if request.words[1] != "n":
        return _one(total, int(request.words[1]), to_sympy(draft.answer))
    parts = _parts(draft.answer)
    if parts is None:
        return UNKNOWN
    first, rest = parts
    return _all(total, first, rest)


def _parts(answer: t.Expr) -> tuple[sp.Expr, sp.Expr] | None:
    """The first term, and the formula from the second on."""
    match answer:
        case t.Call("piecewise", (first, one, rest, from_two)) if (one, from_two) == CASES:
            return to_sympy(first), to_sympy(rest)
        case t.Call("piecewise", _):
            return None
    whole = to_sympy(answer)
    return whole.subs(N, 1), whole


def _all(total: sp.Expr, first: sp.Expr, rest: sp.Expr) -> Verdict:
    if not never_undefined(rest.subs(N, N + 1)) or rest.free_symbols - {N}:
        return UNKNOWN
    share = total.coeff(TERM, 1)
    if sp.expand(total - share * TERM).has(TERM) or not share.is_Rational or share == 1:
        return UNKNOWN  # another sequence could have the same sums
    begun = total.subs({N: 1, TERM: first}) - first
    second = rest.subs(N, 2)
    joined = total.subs({N: 2, TERM: second}) - first - second
    for place, value in ((1, begun), (2, joined)):
        if sp.simplify(value) != 0:
            return Refuted(f"n = {place}", str(value), "0")
    here = total.subs(TERM, rest)
    growth = here.subs(N, N + 1) - here - rest.subs(N, N + 1)
    return Proved("induction") if vanishes(growth) else UNKNOWN


def _one(total: sp.Expr, place: int, answer: sp.Expr) -> Verdict:
    """Term after term, each from the equation at its own place."""
    share = total.coeff(TERM, 1)
    if place > 200 and total.has(TERM):
        return UNKNOWN
    if not total.has(TERM):
        before = total.subs(N, place - 1) if place > 1 else sp.S.Zero
        value = total.subs(N, place) - before
    else:
        if not share.is_Rational or share == 1 or total.has(TERM**2):
            return UNKNOWN
        sums, value = sp.S.Zero, sp.S.Zero
        for k in range(1, place + 1):
            constant = total.subs({N: k, TERM: 0})
            value = (constant - sums) / (1 - share)
            sums += value
    if sp.simplify(value - answer) == 0:
        return Proved("term after term")
    return Refuted(f"term {place}", str(answer), str(value))
