"""The formula of ``a(n+1) = p·a(n) + q``: with the fixed point ``c = q/(1 - p)`` the sequence
``a(n) - c`` is geometric; with ``p = 1`` it is arithmetic.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Rule, Step, Text

FIXED = Rule("recurrence.fixed_point", "Find the constant solution", "求不动点")
GEOMETRIC = Rule("recurrence.geometric", "What is left is geometric", "构造等比数列")
ARITHMETIC = Rule("recurrence.arithmetic", "A constant difference", "等差数列")
CLOSED = Rule("recurrence.closed", "Formula of the n-th term", "通项公式")
ONE, N = t.integer(1), t.Symbol("n")


def named(letter: str, index: int | str) -> t.Symbol:
    """``a_3``, ``a_{n+1}``."""
    return t.Symbol(f"{letter}_{index}")


def linear_form(rule: t.Expr, first: list[t.Expr], letter: str) -> Draft | None:
    """The formula where the next term is ``p·a(n) + q`` with numbers p and q."""
    before = sp.Symbol("p0")
    body = sp.expand(to_sympy(rule))
    if len(first) != 1 or body.free_symbols - {before} or not body.is_polynomial(before):
        return None
    if sp.degree(body, before) != 1:
        return None
    p, q = body.coeff(before, 1), body.coeff(before, 0)
    start = to_sympy(first[0])
    general = t.equation(named(letter, "{n+1}"), t.substitute(rule, "p0", named(letter, "n")))
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
    shifted = t.add(named(letter, "n"), from_sympy(-fixed)) if q != 0 else named(letter, "n")
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
