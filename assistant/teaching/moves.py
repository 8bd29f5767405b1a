"""The exact solution as moves that a student makes: one line under the other."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.showing import words
from assistant.maths.showing.answers import Line, answer_lines, set_lines
from assistant.maths.showing.asked import asked
from assistant.maths.showing.notation_calls import COMMAS
from assistant.maths.showing.story import FAILS, HOLDS
from assistant.maths.types import Link, Problem, Rule, Solution, Step, Task, Text
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Move

WORK_OUT = Rule("tutor.work_out", "Work it out", "算出结果")
PUT = Rule("tutor.put", "Write what the text says as a calculation", "根据题意列式")
SAY = Rule("tutor.say", "Say what is asked for", "写出所求的结果")
NO_WORDS = Text("", "")
INSERTED = frozenset({"definition.insert"})
"""Steps that say a value of a letter."""
SOLVED = frozenset({"definition.value"})
"""Steps that solve an equation of a story."""
_NUMBER = re.compile(r"\d{1,30}(?:\.\d{1,30})?")


def moves_of(
    problem: Problem, solution: Solution, steps: tuple[Step, ...] | None = None
) -> tuple[Move, ...]:
    """The moves from the problem to the answer, by the solution's ``steps`` or others.  What is
    already there is no move."""
    start = None if problem.definitions else asked(problem.request)
    hidden = _numbers(problem.source)
    sight = [] if start is None or (isinstance(start, t.Call) and start.name == COMMAS) else [start]
    out: list[Move] = []
    if start is not None and problem.told:  # to find the calculation is the student's part
        out.append(Move(hidden, start, PUT, NO_WORDS, seen=False))
    whole = solution.steps if steps is None else steps
    for step in (small for one in whole for small in _small(one)):
        line = _line(step, sight, solves=problem.request.task is Task.SOLVE)
        if isinstance(line, Text) or not any(same_line(line, seen) for seen in sight):
            before = step.before if step.before in sight or not sight else sight[-1]
            seen = before in sight
            out.append(Move(before if seen else hidden, line, step.rule, step.why, seen))
        sight.append(step.after)
    if not problem.more and (problem.definitions or _is_said(problem, solution)):
        out += _ending(out, sight, hidden, solution)
    if not out:
        before = hidden if start is None else start
        lines = answer_lines(solution)[:1]
        out = [Move(before, line, WORK_OUT, NO_WORDS, start is not None) for line in lines]
    return tuple(out)


def _is_said(problem: Problem, solution: Solution) -> bool:
    """Whether the answer is a line of its own, and no set that the last line has put in other
    words."""
    (answer, *_) = answer_lines(solution)
    equation = isinstance(answer, t.Relation) and answer.op is t.Comparison.EQ
    return equation or problem.request.task not in (Task.SOLVE, Task.DSOLVE)


def _ending(
    moves: list[Move], sight: list[t.Expr], hidden: t.Expr, solution: Solution
) -> list[Move]:
    """The answer itself, where the steps only lead up to it: a letter, a word, a number."""
    (answer, *_) = answer_lines(solution)
    last = moves[-1].line if moves else None
    if isinstance(answer, Text) or not any(same_line(answer, seen) for seen in sight):
        if last == answer:
            return []
        return [Move(sight[-1] if sight else hidden, answer, SAY, NO_WORDS, bool(sight))]
    return []


def _numbers(source: str) -> t.Expr:
    """The numbers that a text names."""
    found = dict.fromkeys(_NUMBER.findall(source))
    return t.Collection(t.Bracket.LIST, tuple(t.Number(Fraction(n)) for n in found))


def _small(step: Step) -> tuple[Step, ...]:
    """The steps within a step, where they lead from its line to its end by whole lines: for
    expressions, which a student rewrites in small steps."""
    inner = tuple(s for s in step.substeps if not same_line(s.before, s.after))
    if step.rule.id in SOLVED and inner:
        return inner
    if step.link is not Link.EQUAL or len(inner) < 2:
        return (step,)
    chained = all(a.after == b.before for a, b in pairwise(inner))
    whole = inner[0].before == step.before and inner[-1].after == step.after
    equal = all(s.link is Link.EQUAL for s in inner)
    return inner if chained and whole and equal else (step,)


def _line(step: Step, sight: list[t.Expr], *, solves: bool) -> Line:
    after = step.after
    if step.rule.id in INSERTED and not _is_statement(after):
        return t.equation(step.before, after)
    match step.link:
        case Link.SOLUTION if step.variable:
            return set_lines(after, (step.variable,))[0]
        case Link.EQUAL if not _is_statement(after) and step.before not in sight:
            return t.equation(step.before, after)
    match after:
        case t.Truth(value) if not solves:
            return (HOLDS if value else FAILS).of(step.before)
        case t.Truth(value):
            return words.EVERY_REAL if value else words.NO_SOLUTION
    return after


def _is_statement(expr: t.Expr) -> bool:
    return isinstance(expr, t.Relation | t.Junction | t.Truth)
