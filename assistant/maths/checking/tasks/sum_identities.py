"""A closed form that is claimed for a sum with a whole upper end."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.tasks.sums import by_induction
from assistant.maths.types import Proved, Refuted, Request, Verdict
from assistant.maths.whole_claims import whole_ends

TRIED = 12
"""So many numbers are tried as counterexamples."""


def sum_identity(request: Request) -> Verdict | None:
    """Whether it holds for every whole number from the first one on; ``None``: not known."""
    match request.operands:
        case (
            t.Relation(
                t.Comparison.EQ,
                t.Call("sum", (body, t.Symbol(index), t.Number(low), t.Symbol(name) as high)),
                claim,
            ),
        ) if low.denominator == 1 and low >= 0 and {*t.symbols(claim)} <= {name}:
            pass
        case _:
            return None
    first = _first(request.domain, int(low))
    if not {*t.symbols(body)} <= {index} or first is None:
        return None
    try:
        wrong = _counterexample((to_sympy(body), index), (to_sympy(claim), name), int(low), first)
    except NotConvertible:
        return None
    if wrong is not None:
        return Refuted(f"{name} = {wrong}", "false", "true")
    verdict = by_induction((body, index, t.Number(low), high), claim, times=False)
    return verdict if isinstance(verdict, Proved) else None


def _first(domain: t.Expr | None, low: int) -> int | None:
    """The first number that is meant, where the sum has a term for all that are."""
    if domain is None:
        return low
    ends = whole_ends(domain)
    if ends is None or ends[0] is None or ends[0] < low or ends[1] is not None:
        return None
    return ends[0]


def _counterexample(
    body: tuple[sp.Expr, str], claim: tuple[sp.Expr, str], low: int, first: int
) -> int | None:
    """A number from ``first`` on for which the sum from ``low`` on is another one."""
    total = sp.S.Zero
    for n in range(low, low + TRIED):
        total += body[0].subs(sp.Symbol(body[1]), n)
        right = claim[0].subs(sp.Symbol(claim[1]), n)
        if not (total.is_Rational and right.is_Rational):
            return None
        if total != right and n >= first:
            return n
    return None
