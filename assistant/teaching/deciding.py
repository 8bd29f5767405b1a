"""Help with a question whose answer is a verdict: yes or no, which is larger, does it converge.

There the verdict is the secret, and nearly every part of the next line gives it away: a sum that
is ``∞``, two numbers in their order, a factor of what may be prime.  So only what is to be found
out is shown below the last level, and rules are named so that they could lead to either end.
"""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.showing.answers import Line
from assistant.maths.types import Problem, Rule, Solution, Task, Text
from assistant.teaching.gaps import HOLE, NOTHING_BUT, TRUE_OR_FALSE
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Move

SIDES = Rule("tutor.sides", "Compare the two sides", "比较两边")
EITHER_WAY = {
    "prove.same": SIDES,
    "prove.counterexample": SIDES,
    "prove.square": Rule("tutor.signs", "Look at the signs of the parts", "考察各部分的符号"),
    "number.split": Rule("tutor.factors", "Look for prime factors", "寻找质因数"),
    "series.terms": Rule("tutor.terms", "Look at how the terms behave", "考察通项的变化"),
    "series.alternating": Rule(
        "tutor.alternating",
        "Look at the signs and the sizes of the terms",
        "考察各项的符号与大小",
    ),
}
"""Rules that come to one end only, and what can be said in their place."""
ORDERED = Text("In order: {0}", "按大小排列：{0}")
EQUAL = Text("Are the two sides equal? □", "两边是否相等？□")
_HOLE = "□"


def decides(problem: Problem, solution: Solution) -> bool:
    """Is the answer a verdict, or an order of things that are there already?"""
    answer = solution.answer
    if problem.request.task in (Task.PROVE, Task.COMPARE) or isinstance(answer.value, t.Truth):
        return True
    worded = bool(answer.text) and not any(sign.isdigit() for sign in answer.text)
    return answer.value is None and worded


def neutral(move: Move) -> Rule:
    """The rule of a move by a name that tells no verdict."""
    return SIDES if _tries_values(move) else EITHER_WAY.get(move.rule.id, move.rule)


def asked_by(move: Move) -> Line:
    """What the next line is to find out, with nothing of what it says."""
    match move.line:
        case Text(args=(t.Relation() | t.Junction() as statement,)):
            return _judged(move, statement)
        case Text():
            return NOTHING_BUT
        case t.Relation(t.Comparison.EQ, left, right) if _tells_nothing(
            left, right
        ) and not _tries_values(move):
            return t.equation(left, HOLE)
        case t.Relation(t.Comparison.EQ):
            return t.equation(HOLE, HOLE)
        case t.Junction(t.Connective.AND, parts) if _is_chain(parts):
            return _order(len(parts) + 1)
    return NOTHING_BUT


def _judged(move: Move, statement: t.Relation | t.Junction) -> Line:
    """The line that says whether a statement is true: it is told only where it was there before,
    for our own is one that holds."""
    if same_line(statement, move.before):
        return TRUE_OR_FALSE.of(statement)
    if move.seen and isinstance(move.before, t.Relation | t.Junction):
        return TRUE_OR_FALSE.of(move.before)
    if isinstance(statement, t.Relation):
        return EQUAL if statement.op in (t.Comparison.EQ, t.Comparison.NE) else _order(2)
    return _order(len(statement.args) + 1) if _is_chain(statement.args) else NOTHING_BUT


def _tries_values(move: Move) -> bool:
    """Are numbers put in for the letters?  That is done only with what is false."""
    statement = move.seen and isinstance(move.before, t.Relation) and bool(t.symbols(move.before))
    return statement and isinstance(move.line, t.Relation) and not t.symbols(move.line)


def _tells_nothing(left: t.Expr, right: t.Expr) -> bool:
    """Is the left side only what is to be worked out?"""
    return rational_value(left) is None and not same_line(left, right)


def _is_chain(parts: tuple[t.Expr, ...]) -> bool:
    return all(isinstance(part, t.Relation) for part in parts)


def _order(count: int) -> Text:
    return ORDERED.of(", ".join([_HOLE] * count))
