"""The exact solution as moves that a student makes: one line under the other."""

from __future__ import annotations

from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line, answer_lines, set_lines
from assistant.maths.showing.asked import asked
from assistant.maths.types import Link, Problem, Rule, Solution, Step, Text
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Move

WORK_OUT = Rule("tutor.work_out", "Work it out", "算出结果")
NO_WORDS = Text("", "")


def moves_of(problem: Problem, solution: Solution) -> tuple[Move, ...]:
    """The moves from the problem to the answer.  What is already there is no move."""
    start = asked(problem.request)
    sight = [start] if start is not None else []
    out: list[Move] = []
    for step in (small for whole in solution.steps for small in _small(whole)):
        line = _line(step, sight)
        if isinstance(line, Text) or not any(same_line(line, seen) for seen in sight):
            before = step.before if step.before in sight else (sight or [step.before])[-1]
            out.append(Move(before, line, step.rule, step.why))
        sight.append(step.after)
    if not out:
        answer = answer_lines(solution)
        before = start if start is not None else t.Symbol("?")
        out = [Move(before, line, WORK_OUT, NO_WORDS) for line in answer[:1]]
    return tuple(out)


def _small(step: Step) -> tuple[Step, ...]:
    """The steps within a step, where they lead from its line to its end by whole lines: for
    expressions, which a student rewrites in small steps."""
    inner = tuple(s for s in step.substeps if not same_line(s.before, s.after))
    if step.link is not Link.EQUAL or len(inner) < 2:
        return (step,)
    chained = all(a.after == b.before for a, b in pairwise(inner))
    whole = inner[0].before == step.before and inner[-1].after == step.after
    equal = all(s.link is Link.EQUAL for s in inner)
    return inner if chained and whole and equal else (step,)


def _line(step: Step, sight: list[t.Expr]) -> Line:
    after = step.after
    match step.link:
        case Link.SOLUTION if step.variable:
            return set_lines(after, (step.variable,))[0]
        case Link.EQUAL if not _is_statement(after) and step.before not in sight:
            return t.equation(step.before, after)
    match after:
        case t.Truth(value):
            return words.EVERY_REAL if value else words.NO_SOLUTION
    return after


def _is_statement(expr: t.Expr) -> bool:
    return isinstance(expr, t.Relation | t.Junction | t.Truth)
