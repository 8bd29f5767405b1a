"""Closed forms of sums that are claimed: proved by induction, or refuted by a number."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.counterexamples import broken
from assistant.maths.types import Request, Rule, Step, Text
from assistant.maths.whole_claims import whole_ends

BASE = Rule("induction.base", "The first number", "验证第一个数")
NEXT = Rule("induction.next", "From one number to the next", "归纳递推")
EXAMPLE = Rule("induction.counterexample", "A counterexample", "反例")
TRIED = 12
"""So many numbers are tried as counterexamples."""


def closed_form(request: Request) -> Draft | None:
    """``sum(k, k, 1, n) = n(n+1)/2`` for every whole n from 1 on."""
    match request.operands:
        case (
            t.Relation(
                t.Comparison.EQ,
                t.Call("sum", (body, t.Symbol(index), t.Number(low), t.Symbol(name))),
                claim,
            ),
        ) if (
            low.denominator == 1
            and {*t.symbols(body)} <= {index}
            and ({*t.symbols(claim)} <= {name})
        ):
            pass
        case _:
            return None
    start, ends = int(low), (None, None) if request.domain is None else whole_ends(request.domain)
    if ends is None or (
        request.domain is not None and (ends[0] is None or ends[0] < start or ends[1] is not None)
    ):
        return None
    wrong = _counterexample((body, index), (claim, name), start)
    if wrong is not None and request.domain is not None and ends[0] != start:
        return None
    if wrong is not None:
        n, *sides = wrong
        where = t.equation(t.Symbol(name), t.integer(n))
        return broken(EXAMPLE, where, t.equation(*map(t.rational, sides)))
    first, value = t.integer(start), _put(claim, name, t.integer(start))
    before = t.add(_put(claim, name, t.sub(t.Symbol(name), t.integer(1))),
                   _put(body, index, t.Symbol(name)))  # fmt: skip
    try:
        to_sympy(before)
    except NotConvertible:
        return None
    steps = (
        Step(
            rule=BASE,
            why=Text("For {0} = {1} both sides are the same.", "{0} = {1} 时两边相等。",
                     (t.Symbol(name), first)),
            before=_put(body, index, first),
            after=value,
        ),
        Step(
            rule=NEXT,
            why=Text(
                "If it holds for {0} - 1, the sum up to {0} has one more term, {1}: that gives the"
                " right side for {0}.",
                "若对 {0} - 1 成立，则到 {0} 为止的和多一项 {1}，恰好得到 {0} 时的右边。",
                (t.Symbol(name), _put(body, index, t.Symbol(name))),
            ),
            before=before,
            after=claim,
        ),
    )  # fmt: skip
    note = Text("for every whole {0}", "对每个整数 {0}",
                (t.Relation(t.Comparison.GE, t.Symbol(name), first),))  # fmt: skip
    return Draft(answer=t.Truth(value=True), steps=steps, method="induction", notes=(note,))


def _put(expr: t.Expr, name: str, value: t.Expr) -> t.Expr:
    return t.substitute(expr, name, value)


def _counterexample(
    body: tuple[t.Expr, str], claim: tuple[t.Expr, str], start: int
) -> tuple[int, Fraction, Fraction] | None:
    """The first number for which the sum is another one, and the two sides."""
    total = Fraction(0)
    for n in range(start, start + TRIED):
        try:
            total += exact_value(*body, n)
            right = exact_value(*claim, n)
        except NotKnownError:
            return None
        if total != right:
            return n, total, right
    return None
