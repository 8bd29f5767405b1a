"""Values that cannot be what is asked for, whatever the line before says.

The checker of lines asks what follows from what; it takes a lone number for something given, and
``y = 2`` for a new condition.  In a lesson the problem is fixed and its exact solution is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.numeric import evaluate
from assistant.maths.pool import Runner
from assistant.maths.showing.plain import plain
from assistant.maths.types import AnswerClaim, AnswerMark, EqualResult, Refuted, Task, Text
from assistant.teaching.placing import REWRITTEN, VALUED
from assistant.teaching.reading import is_worked_out, values_in
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Lesson

AS_ANSWER = Text("Taken for the answer, this is not right.", "作为答案，这是不对的。")
FAILS = Text("{0} does not satisfy the problem.", "{0} 不满足题目。")
REJECTED = Text(
    "{0} does not satisfy the problem: it has to be rejected.", "{0} 不满足原题，应舍去。"
)
IMAGINARY = t.Constant(t.ConstantName.I)


@dataclass(frozen=True, slots=True)
class Valuing:
    """Compares values with those of the exact solution."""

    runner: Runner

    def is_wrong(self, lesson: Lesson, formula: t.Expr | None) -> bool:
        """Whether a number that stands for the value that is asked for is another one."""
        exact = lesson.solution.answer.value
        if lesson.problem.request.task not in VALUED or not _is_number(formula):
            return False
        assert formula is not None
        return _is_number(exact) and is_worked_out(formula, exact) and self._denied(lesson, formula)

    def is_wrong_answer(self, lesson: Lesson, formula: t.Expr | None) -> bool:
        """The same where nothing but the answer is asked for, and where the number is none that
        our own solution has on its way."""
        request = lesson.problem.request
        if lesson.stated or request.task in REWRITTEN or request.task is Task.DIFFERENTIATE:
            return False
        exact = lesson.solution.answer.value
        if formula is None or not _is_value(formula) or exact is None or not _is_value(exact):
            return False
        if set(t.symbols(formula)) != set(t.symbols(exact)):
            return False
        return not _is_on_the_way(lesson, formula) and self._denied(lesson, formula)

    def failing(self, lesson: Lesson, formula: t.Expr | None) -> t.Expr | None:
        """A value of an unknown that no solution of an equation or a system has."""
        if formula is None or lesson.problem.request.task is not Task.SOLVE:
            return None
        for name, value in values_in(formula, lesson.names):
            found = _values_of(lesson, lesson.names.index(name))
            if found is not None and _is_real(value) and self._differs(value, found):
                return t.equation(t.Symbol(name), value)
        return None

    def _denied(self, lesson: Lesson, formula: t.Expr) -> bool:
        mark = self.runner.run("answer", AnswerClaim(lesson.source, plain(formula)))
        return isinstance(mark, AnswerMark) and isinstance(mark.verdict, Refuted)

    def _differs(self, value: t.Expr, others: tuple[t.Expr, ...]) -> bool:
        results = (self.runner.run("equal", (plain(one), plain(value))) for one in others)
        return all(isinstance(one, EqualResult) and one.equal is False for one in results)


def _is_value(expr: t.Expr) -> bool:
    """Whether something is a number or a formula for one, and no statement and no set."""
    return not isinstance(expr, t.Relation | t.Junction | t.Collection | t.Truth | t.Interval)


def _is_number(expr: t.Expr | None) -> bool:
    return expr is not None and _is_value(expr) and not t.symbols(expr)


def _is_real(value: t.Expr) -> bool:
    """Whether a value is a number that is no rounded and no complex one, as far as is seen."""
    nodes = list(t.walk(value))
    rounded = any(isinstance(n, t.Number) and n.decimals is not None for n in nodes)
    return not (rounded or t.symbols(value) or IMAGINARY in nodes)


def _is_on_the_way(lesson: Lesson, value: t.Expr) -> bool:
    """Whether a part of our own solution has this value, and is none of the numbers that the
    problem gives."""
    steps = list(lesson.solution.steps)
    for step in steps:
        steps += step.substeps
    given = {part for one in lesson.problem.request.operands for part in t.walk(one)}
    parts = {part for step in steps for line in (step.before, step.after) for part in t.walk(line)}
    if t.symbols(value):
        return any(same_line(part, value) for part in parts - given)
    number = evaluate(value, {})
    known = (evaluate(part, {}) for part in parts - given if _is_number(part))
    return number is None or any(one is not None and math.isclose(one, number) for one in known)


def _values_of(lesson: Lesson, at: int) -> tuple[t.Expr, ...] | None:
    """The values that one unknown has in the solutions; ``None`` where they are no list."""
    match lesson.solution.answer.value:
        case t.Constant(t.ConstantName.EMPTY):
            return ()
        case t.Collection(t.Bracket.SET, found):
            if len(lesson.names) == 1:
                return found
            points = [one.items for one in found if isinstance(one, t.Collection)]
            whole = len(points) == len(found) and all(len(p) == len(lesson.names) for p in points)
            return tuple(point[at] for point in points) if whole else None
    return None
