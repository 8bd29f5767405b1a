"""Statements about numbers only: ``3 + 5 = 8`` is true, ``2 < 1`` is false."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.found import real
from assistant.maths.solving.equations.linear import compare_numbers
from assistant.maths.solving.equations.solution_sets import sign_of, value_tree
from assistant.maths.types import Link, Request, Rule, Text

CALCULATE = Rule("statement.calculate", "Calculate both sides", "计算两边")
JUDGE = Rule("statement.judge", "Compare the sides", "比较两边")


def statement_of_numbers(request: Request) -> Draft | None:
    """A relation without letters: its truth value."""
    match request.operands:
        case (t.Relation(op, left, right) as given,) if not t.symbols(given):
            pass
        case _:
            return None
    try:
        values = real(left), real(right)
        sign = sign_of(values[0] - values[1])
    except (NotConvertible, TypeError):
        return None
    if sign is None or any(not v.is_extended_real for v in values):
        return None
    truth = compare_numbers(op, sp.Integer(sign))
    trail = Trail(given, Link.EQUIVALENT)
    line = t.Relation(op, *(value_tree(v) for v in values))
    trail.to(line, CALCULATE, Text("Calculate each side.", "分别计算两边。"))
    why = Text("The statement is true.", "等式（不等式）成立。")
    if not truth:
        why = Text("The statement is false.", "等式（不等式）不成立。")
    trail.to(t.Truth(truth), JUDGE, why)
    return Draft(answer=t.Truth(truth), steps=tuple(trail.steps), method="calculation")
