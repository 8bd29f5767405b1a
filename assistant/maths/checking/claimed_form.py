"""The form of an answer of the right value: factored, expanded, simplified."""

from __future__ import annotations

from collections import Counter

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.answer_parts import value_of
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.numerics.budget import OutOfTime, alarm
from assistant.maths.showing.plain import plain
from assistant.maths.types import Task

SECONDS = 1.0
MOST_TIMES = 1000
"""To multiply factors out."""


def same_form(task: Task, gold: list[t.Expr] | None, answer: list[t.Expr] | None) -> bool:
    """Whether an answer of the right value is factored, expanded, simplified as the exact one."""
    if not gold or not answer or len(gold) != 1 or len(answer) != 1:
        return False
    exact, given = value_of(gold[0]), value_of(answer[0])
    if numeric(exact) and numeric(given):  # 6/8 has as many signs as 3/4
        return _number_factors(exact) == _number_factors(given)
    if task is Task.FACTOR:
        try:
            with alarm(SECONDS):
                return _factors(given) == _factors(exact)
        except (OutOfTime, RecursionError):
            return False
    if _letters(given) > _letters(exact):  # x + x
        return False
    if task is Task.EXPAND:
        return not any(
            isinstance(part, t.Add)
            for n in t.walk(given)
            if isinstance(n, t.Mul | t.Pow)
            for part in t.children(n)
        )
    return sum(1 for _ in t.walk(given)) <= 2 + sum(1 for _ in t.walk(exact))


def _letters(expr: t.Expr) -> int:
    """How often letters stand in a formula."""
    return sum(isinstance(n, t.Symbol) for n in t.walk(expr))


def _number_factors(value: t.Expr) -> list[str]:
    """The factors of a number, in any order, a power as so many of its base."""
    factors: list[str] = []
    for factor in value.factors if isinstance(value, t.Mul) else (value,):
        match factor:
            case t.Pow(base, t.Number(times)) if times.denominator == 1 and 0 < times <= MOST_TIMES:
                factors += [plain(base)] * int(times)
            case _:
                factors.append(plain(factor))
    return sorted(factors)


def _factors(expr: t.Expr) -> Counter[str]:
    """The factors with letters of a product, but for their signs, and how often each is there."""
    match expr:
        case t.Mul(factors):
            return sum(map(_factors, factors), Counter[str]())
        case t.Neg(arg):
            return _factors(arg)
        case t.Div(num, den) if not t.symbols(den):
            return _factors(num)
        case t.Pow(base, t.Number(exponent)) if exponent.denominator == 1 and exponent > 0:
            return Counter({f: n * int(exponent) for f, n in _factors(base).items()})
    return Counter([_without_sign(expr)] if t.symbols(expr) else [])


def _without_sign(factor: t.Expr) -> str:
    """A factor multiplied out, the same text for ``x - 1`` and ``1 - x``."""
    try:
        value = sp.expand(to_sympy(factor))
    except NotConvertible:
        return plain(factor)
    return min(str(value), str(sp.expand(-value)))
