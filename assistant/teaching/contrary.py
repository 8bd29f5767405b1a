"""What shows that a line is wrong, without telling what would be right.

The checker's own counterexample to an equation is often its solution.  For a lesson the
counterexample is a value that fulfils the student's line and fails in the problem; where numbers
are compared, it is only said which is the larger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from assistant.maths import terms as t
from assistant.maths.numeric import evaluate
from assistant.maths.pool import Runner
from assistant.maths.reading.claims.formulas import formula
from assistant.maths.showing.plain import plain
from assistant.maths.types import (
    AnswerClaim,
    AnswerMark,
    Problem,
    Proved,
    Refuted,
    Solution,
    Task,
    Text,
)
from assistant.teaching.types import Lesson, Standing, Written

WRONG = Text("This does not follow from the line before.", "由上一行推不出这一行。")
WRONG_AT_ONCE = Text("This does not follow from the problem.", "由题目推不出这一行。")
NOT_ASKED = Text(
    "This is not what is asked for: its value is another one.", "这不是所求的量：它们的值不相等。"
)
DERIVED = Text(
    "for {0} the derivative of your line is {1}, and the integrand is {2}.",
    "当 {0} 时，你这一行的导数是 {1}，而被积函数是 {2}。",
)
FULFILS = Text(
    "{0} fulfils your line, but in the problem the sides are then {1} and {2}.",
    "{0} 满足你写的这一行，但代入原题后，两边分别是 {1} 和 {2}。",
)
TOO_LARGE = Text("Your value is too large.", "你得到的值偏大。")
TOO_SMALL = Text("Your value is too small.", "你得到的值偏小。")
MOST_ROOTS = 4


def wrong(lesson: Lesson) -> Text:
    """What is said first of a wrong line: from what it does not follow."""
    if any(line.standing is Standing.FIRM for line in lesson.written):
        return WRONG
    return NOT_ASKED if lesson.problem.told and not lesson.stated else WRONG_AT_ONCE


@dataclass(frozen=True, slots=True)
class Contrary:
    """Looks for a counterexample."""

    runner: Runner

    def example(self, lesson: Lesson, line: Written) -> Text | None:
        """The counterexample to a refuted line; ``None`` where every one would tell too much."""
        verdict = line.mark.verdict
        if not isinstance(verdict, Refuted):
            return None
        request = lesson.problem.request
        if lesson.story:
            return None
        if request.task is Task.SOLVE:
            if any(_is_bound(o) for o in request.operands):
                return line.mark.why  # a value that was tried, no solution
            return self._own_root(lesson, line)
        if t.symbols(request.operands[0]) if request.operands else ():
            told = verdict.witness and "=" in verdict.witness
            if told and request.task is Task.INTEGRATE and len(request.operands) == 1:
                return DERIVED.of(verdict.witness, verdict.right, verdict.left)
            if told:
                return line.mark.why
        (claim, *_) = line.said.claims or (None,)
        return _compared(verdict) if claim is not None and len(claim.sides) == 1 else None

    def _own_root(self, lesson: Lesson, line: Written) -> Text | None:
        """A solution of the student's line that the problem does not have."""
        request = lesson.problem.request
        if line.formula is None or len(request.variables) != 1:
            return None
        if set(t.symbols(line.formula)) - set(request.variables):
            return None
        own = replace(request, operands=(line.formula,), method="")
        result = self.runner.run("solve", Problem(request=own))
        if not isinstance(result, Solution) or not isinstance(result.verdict, Proved):
            return None
        match result.answer.value:
            case t.Collection(t.Bracket.SET, roots):
                found = (self._failing(lesson, root) for root in roots[:MOST_ROOTS])
                return next((text for text in found if text is not None), None)
        return None

    def _failing(self, lesson: Lesson, root: t.Expr) -> Text | None:
        (name,) = lesson.problem.request.variables
        said = f"{name} = {plain(root)}"
        mark = self.runner.run("answer", AnswerClaim(lesson.source, said))
        if not isinstance(mark, AnswerMark) or not isinstance(mark.verdict, Refuted):
            return None
        value = t.equation(t.Symbol(name), root)
        left, right = mark.verdict.left, mark.verdict.right
        if mark.verdict.witness and left and right:
            return Text(FULFILS.en, FULFILS.zh, (value, left, right))
        return None


def _is_bound(expr: t.Expr) -> bool:
    return any(isinstance(n, t.Relation) and n.op is not t.Comparison.EQ for n in t.walk(expr))


def _compared(verdict: Refuted) -> Text | None:
    """Which of two numbers is the larger; the second is the student's."""
    right, own = (formula(side) for side in (verdict.left, verdict.right))
    if right is None or own is None or t.symbols(right) or t.symbols(own):
        return None
    exact, given = (evaluate(side, {}) for side in (right, own))
    if exact is None or given is None or math.isclose(exact, given):
        return None
    return TOO_LARGE if given > exact else TOO_SMALL
