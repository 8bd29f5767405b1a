"""Sequences given by a recurrence: terms one after the other, and linear ones in closed form.

``a(n+1) = p·a(n) + q``: with the fixed point ``c = q/(1 - p)`` the sequence ``a(n) - c`` is
geometric; with ``p = 1`` it is arithmetic.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.problems.known import put_in
from assistant.maths.types import Link, Request, Rule, Step, Text

NEXT = Rule("recurrence.next", "Put the term before into the recurrence", "代入递推公式")
FIXED = Rule("recurrence.fixed_point", "Find the constant solution", "求不动点")
GEOMETRIC = Rule("recurrence.geometric", "What is left is geometric", "构造等比数列")
ARITHMETIC = Rule("recurrence.arithmetic", "A constant difference", "等差数列")
CLOSED = Rule("recurrence.closed", "Formula of the n-th term", "通项公式")
MANY = 60
ONE, N = t.integer(1), t.Symbol("n")


def recurrence(request: Request) -> Draft | None:
    """A term, or the formula of the n-th term where the recurrence is linear of order one.

    Operands: the next term written in ``p0`` (the term before it), ``p1`` (the one before
    that) and n; then the first terms.  Words: the sequence's letter, and the index wanted
    or ``n``.
    """
    if request.topic != topics.RECURRENCE or len(request.words) != 2:
        return None
    rule, *first = request.operands
    if any(t.symbols(v) for v in first) or set(t.symbols(rule)) - {"p0", "p1", "n"}:
        return None
    letter, wanted = request.words
    if wanted == "n":
        return _closed(rule, first, letter)
    index = int(wanted)
    if not len(first) < index <= MANY:
        return None
    return _terms(rule, first, letter, index)


def _named(letter: str, index: int | str) -> t.Symbol:
    return t.Symbol(f"{letter}_{index}")


def _terms(rule: t.Expr, first: list[t.Expr], letter: str, index: int) -> Draft | None:
    terms, steps = list(first), list[Step]()
    for k in range(len(first), index):
        put = {"p0": terms[-1], "n": t.integer(k)}
        if len(terms) > 1:
            put["p1"] = terms[-2]
        line = put_in(rule, put)
        value = sp.simplify(to_sympy(line))
        if not value.is_number or not value.is_finite:
            return None
        terms.append(from_sympy(value))
        why = Text("{0} from the term before.", "由前一项得 {0}。", (_named(letter, k + 1),))
        steps.append(Step(rule=NEXT, why=why, before=line, after=terms[-1]))
    return Draft(answer=terms[-1], steps=tuple(steps), method="recurrence")


def _closed(rule: t.Expr, first: list[t.Expr], letter: str) -> Draft | None:
    before = sp.Symbol("p0")
    body = sp.expand(to_sympy(rule))
    if len(first) != 1 or body.free_symbols - {before} or sp.degree(body, before) != 1:
        return None
    p, q = body.coeff(before, 1), body.coeff(before, 0)
    start = to_sympy(first[0])
    general = t.equation(_named(letter, "{n+1}"), t.substitute(rule, "p0", _named(letter, "n")))
    n = sp.Symbol("n")
    if p == 1:
        answer = from_sympy(sp.expand(start + (n - 1) * q))
        why = Text(
            "Each term is {0} more than the one before.", "后一项比前一项多 {0}。", (from_sympy(q),)
        )
        step = Step(rule=ARITHMETIC, why=why, before=general, after=answer, link=Link.FORMULA)
        return Draft(answer=answer, steps=(step,), method="arithmetic sequence")
    fixed = q / (1 - p)
    steps: list[Step] = []
    c = t.Symbol("c")
    if q != 0:
        equation = t.equation(c, t.add(t.mul(from_sympy(p), c), from_sympy(q)))
        why = Text("The value that the recurrence leaves as it is.", "递推式保持不变的值。")
        found = t.equation(c, from_sympy(fixed))
        steps.append(Step(rule=FIXED, why=why, before=equation, after=found,
                          link=Link.EQUIVALENT, variable="c"))  # fmt: skip
    shifted = t.sub(_named(letter, "n"), from_sympy(fixed)) if q != 0 else _named(letter, "n")
    power = t.mul(from_sympy(start - fixed), t.Pow(from_sympy(p), t.sub(N, ONE)))
    told = Text(
        "{0} is multiplied by {1} at each step.", "{0} 每次乘以 {1}。", (shifted, from_sympy(p))
    )
    steps.append(
        Step(
            rule=GEOMETRIC,
            why=told,
            before=general,
            after=t.equation(shifted, power),
            link=Link.FORMULA,
        )
    )
    line = t.add(power, from_sympy(fixed)) if q != 0 else power
    answer = from_sympy(sp.powsimp(sp.expand((start - fixed) * p ** (n - 1) + fixed)))
    steps.append(Step(rule=CLOSED, why=Text("Write it out.", "整理。"), before=line, after=answer))
    return Draft(answer=answer, steps=tuple(steps), method="fixed point")
