"""Claims about several whole numbers: every combination of remainders, or a counterexample."""

from __future__ import annotations

from itertools import product
from math import lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text
from assistant.maths.whole_claims import JointClaim, jointly

TABLE = Rule("whole.combinations", "Try every combination of remainders", "逐一检验余数的组合")
EXAMPLE = Rule("whole.joint_counterexample", "A counterexample", "反例")
MOST = 20_000
ALL = Text("the letters stand for whole numbers", "字母取整数")
TRIED = Text(
    "Modulo {0} only the remainders of the letters matter; all {1} combinations were tried.",
    "模 {0} 时只与各字母的余数有关；全部 {1} 种组合都已检验。",
)
BREAKS = Text("For {0} the value is {1}.", "当 {0} 时，值为 {1}。")


def joint_remainders(request: Request) -> Draft | None:
    """``a^2 + b^2`` never leaves the remainder 3 modulo 4."""
    claim = jointly(request)
    if claim is None:
        return None
    letters = [sp.Symbol(name) for name in claim.letters]
    try:
        poly = sp.Poly(to_sympy(claim.value), *letters, domain=sp.QQ)
    except (NotConvertible, sp.PolynomialError, sp.CoercionFailed):
        return None
    below = lcm(*(int(c.q) for c in poly.coeffs()))
    period = claim.modulus * below
    count = period ** len(letters)
    if count > MOST:
        return None
    terms = [(powers, int(c * below)) for powers, c in poly.terms()]
    wanted = claim.remainder * below
    for numbers in product(claim.numbers(period), repeat=len(letters)):
        value = _value(terms, numbers)
        holds = value % below == 0 and (value % period == wanted) != claim.never
        if not holds:
            return _false(claim, numbers, sp.Rational(value, below))
    statement = request.operands[0]
    why = Text(TRIED.en, TRIED.zh, (t.integer(period), t.integer(count)))
    step = Step(rule=TABLE, why=why, before=statement, after=statement, link=Link.FORMULA)
    return Draft(answer=t.Truth(value=True), steps=(step,), method="remainders", notes=(ALL,))


def _value(terms: list[tuple[tuple[int, ...], int]], numbers: tuple[int, ...]) -> int:
    total = 0
    for powers, factor in terms:
        term = factor
        for number, power in zip(numbers, powers, strict=True):
            term *= number**power
        total += term
    return total


def _false(claim: JointClaim, numbers: tuple[int, ...], value: sp.Rational) -> Draft:
    where = t.Junction(
        t.Connective.AND,
        tuple(
            t.equation(t.Symbol(name), t.integer(n))
            for name, n in zip(claim.letters, numbers, strict=True)
        ),
    )
    number = t.Div(t.integer(int(value.p)), t.integer(int(value.q)))
    shown = t.integer(int(value.p)) if value.q == 1 else number
    told = Text(BREAKS.en, BREAKS.zh, (where, shown))
    false = t.Truth(value=False)
    step = Step(rule=EXAMPLE, why=told, before=claim.statement(shown), after=false,
                link=Link.FORMULA)  # fmt: skip
    return Draft(answer=false, steps=(step,), method="counterexample", notes=(told, ALL))
