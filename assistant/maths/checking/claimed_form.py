"""The form of an answer of the right value: factored, expanded, simplified."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.answer_parts import value_of
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.showing.plain import plain
from assistant.maths.types import Task


def same_form(task: Task, gold: list[t.Expr] | None, answer: list[t.Expr] | None) -> bool:
    """Whether an answer of the right value is factored, expanded, simplified as the exact one."""
    if not gold or not answer or len(gold) != 1 or len(answer) != 1:
        return False
    exact, given = value_of(gold[0]), value_of(answer[0])
    if numeric(exact) and numeric(given):  # 6/8 has as many signs as 3/4
        return _number_factors(exact) == _number_factors(given)
    match task:
        case Task.FACTOR:
            return _factors(given) == _factors(exact)
        case Task.EXPAND:
            return not any(
                isinstance(part, t.Add)
                for n in t.walk(given)
                if isinstance(n, t.Mul | t.Pow)
                for part in t.children(n)
            )
    return sum(1 for _ in t.walk(given)) <= 2 + sum(1 for _ in t.walk(exact))


def _number_factors(value: t.Expr) -> list[str]:
    """The factors of a number written out, in any order."""
    factors = value.factors if isinstance(value, t.Mul) else (value,)
    return sorted(map(plain, factors))


def _factors(expr: t.Expr) -> int:
    """How many factors with letters a product has, repeated ones each time."""
    match expr:
        case t.Mul(factors):
            return sum(map(_factors, factors))
        case t.Neg(arg):
            return _factors(arg)
        case t.Pow(base, t.Number(exponent)) if exponent.denominator == 1 and exponent > 0:
            return int(exponent) * _factors(base)
    return int(bool(t.symbols(expr)))
