"""The range that a problem allows: which values count, and what a line has really lost.

"Solve x² = 9 for x < 0" has one solution.  A line that keeps only that one has lost nothing, and
one that gives the other is a case that does not count.
"""

from __future__ import annotations

import math

from assistant.maths import terms as t
from assistant.maths.numeric import evaluate
from assistant.maths.ordering import rational_value
from assistant.maths.showing.notation_calls import ELEMENT
from assistant.maths.types import Problem, Text
from assistant.teaching.reading import values_in
from assistant.teaching.types import Lesson

OUTSIDE = Text(
    "this case does not count: the problem looks only for {0}",
    "这种情形不算在内：题目只要求 {0}",
)
NEAR = 1e-9
"""Numbers this near to each other, in proportion, may be the same: nothing is said of them."""


def outside(problem: Problem, formula: t.Expr, names: tuple[str, ...]) -> Text | None:
    """That a line gives only values which the problem does not allow; ``None`` where one of them
    is allowed, or where that is not known."""
    domain = problem.request.domain
    if domain is None or len(names) != 1:
        return None
    values = values_in(formula, names)
    if not values or not all(is_outside(problem, value) for _, value in values):
        return None
    return OUTSIDE.of(t.Call(ELEMENT, (t.Symbol(names[0]), domain)))


def is_outside(problem: Problem, value: t.Expr) -> bool:
    """Is a value surely none of those that the problem allows?"""
    match problem.request.domain:
        case t.Interval(low, high, low_open, high_open):
            below = _order(value, low)
            above = _order(high, value)
            return (below is not None and (below < 0 or (below == 0 and low_open))) or (
                above is not None and (above < 0 or (above == 0 and high_open))
            )
    return False


def loses(lesson: Lesson, formula: t.Expr) -> bool:
    """Does a line surely lack a solution of the problem, so that a step which loses some may be
    named?  Without a list of exact solutions that is taken to be so where nothing in the problem
    limits them."""
    request = lesson.problem.request
    match lesson.solution.answer.value:
        case t.Collection(t.Bracket.SET, roots) if len(lesson.names) == 1:
            return any(_fails(formula, lesson.names[0], root) for root in roots)
    return request.domain is None and not lesson.story


def _fails(formula: t.Expr, name: str, root: t.Expr) -> bool:
    """Is an equation surely false for a value of its letter?"""
    if not isinstance(formula, t.Relation) or formula.op is not t.Comparison.EQ:
        return False
    order = _order(*(t.substitute(side, name, root) for side in (formula.left, formula.right)))
    return order is not None and order != 0


def _order(one: t.Expr, other: t.Expr) -> int | None:
    """-1, 0 or 1 as the one number is less than, equal to or greater than the other; 0 only
    where both are known exactly, and ``None`` where it is not known."""
    exact = rational_value(one), rational_value(other)
    if exact[0] is not None and exact[1] is not None:
        return (exact[0] > exact[1]) - (exact[0] < exact[1])
    left, right = _number(one), _number(other)
    if left is None or right is None or math.isnan(left) or math.isnan(right):
        return None
    if left == right or math.isclose(left, right, rel_tol=NEAR, abs_tol=NEAR):
        return None
    return 1 if left > right else -1


def _number(expr: t.Expr) -> float | None:
    match expr:
        case t.Constant(t.ConstantName.INFINITY):
            return math.inf
        case t.Neg(t.Constant(t.ConstantName.INFINITY)):
            return -math.inf
    return evaluate(expr, {})
