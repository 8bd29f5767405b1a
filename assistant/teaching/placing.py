"""Where a line stands: whether it is gone on from, may turn out right, or stands beside."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.showing.asked import asked
from assistant.maths.types import (
    Doubt,
    Mark,
    Proved,
    Refuted,
    Supported,
    Task,
    Text,
    Undecided,
)
from assistant.teaching.reading import is_bound, settles
from assistant.teaching.setting_up import renaming
from assistant.teaching.shapes import same_line
from assistant.teaching.types import Lesson, Standing, Written

ASIDE = Text(
    "a side calculation: it helps, but it is not the next form of the line before",
    "这是辅助计算：有帮助，但不是上一行的下一步",
)
BESIDE = Text("an equation beside an inequality: not judged here", "不等式之外的等式，这里不作判断")
CONDITION = Text("a condition that every solution fulfils", "每个解都满足的条件")
FED = frozenset({Task.INTEGRATE, Task.LIMIT, Task.SUM, Task.PRODUCT})
"""Tasks whose formula the checker takes as a first line."""

CALCULATED = Text(
    "the calculation is right; whether the text asks for it was not checked",
    "计算正确；是否符合题意未作检查",
)
"""Of a calculation with numbers of a story: what holds by itself may be no step to the answer."""
ROUNDED = Proved("rounding")
"""What the checker says of a value that is right when rounded to its digits."""
VALUED = FED | {Task.EVALUATE}
"""Tasks that ask for a value."""
REWRITTEN = VALUED | {Task.SIMPLIFY, Task.FACTOR, Task.EXPAND}
"""Tasks whose lines are forms of one expression."""


def standing_of(mark: Mark) -> Standing:
    """By the mark alone."""
    match mark.verdict:
        case Proved() | Supported():
            return Standing.FIRM
        case Refuted():
            return Standing.REFUSED
        case Undecided(Doubt.NOT_A_CLAIM):
            return Standing.ASIDE
    return Standing.OPEN


def placed(lesson: Lesson, line: Written) -> Written:
    """A right line that is no next form of the one before stands beside the others: a condition
    on an equation, a calculation with numbers, ``A = B`` where A is not what is worked on."""
    if line.standing is not Standing.FIRM or line.formula is None:
        return line
    if is_rounded(line):
        return replace(line, standing=Standing.ASIDE, state=lesson.state)
    request = lesson.problem.request
    operands = request.operands
    if lesson.stated:
        condition = is_bound(line.formula) and not any(map(is_bound, operands))
        if condition and isinstance(line.mark.verdict, Proved):
            return replace(line, standing=Standing.ASIDE, state=lesson.state, told=CONDITION)
        called = renaming(replace(lesson, written=(*lesson.written, line)))
        about = set(t.symbols(line.formula)) & set(called.values())
        beside = isinstance(line.formula, t.Relation) and not about
        return replace(line, standing=Standing.ASIDE) if beside else line
    claims = line.said.claims
    first = claims[-1].sides[0] if claims and len(claims[-1].sides) > 1 else None
    before = line_before(lesson)
    told = lesson.problem.told and first is not None and not t.symbols(line.formula)
    if told and first is not None and not any(same_line(one, first) for one in operands):
        mark = replace(line.mark, verdict=Supported(1), why=CALCULATED)
        return replace(line, mark=mark, standing=Standing.ASIDE, state=lesson.state, told=mark.why)
    if request.task not in REWRITTEN or first is None or before is None:
        return line
    known = [before, *operands, asked(request)]
    if any(one is not None and same_line(one, first) for one in known):
        return line
    return replace(line, standing=Standing.ASIDE, state=lesson.state)


def is_rounded(line: Written) -> bool:
    """Whether a line is right only as far as its digits go."""
    return line.mark.verdict == ROUNDED


def aside(lesson: Lesson, formula: t.Expr | None) -> Text | None:
    """Why a line that does not follow is not wrong: it is one of the calculations that our own
    solution makes beside its lines, or an equation where the problem has an inequality."""
    if formula is None:
        return None
    parts = [n for o in lesson.problem.request.operands for n in t.walk(o)]
    bounds = [n for n in parts if isinstance(n, t.Relation) and n.op is not t.Comparison.EQ]
    equations = [n for n in t.walk(formula) if isinstance(n, t.Relation)]
    if bounds and equations and all(n.op is t.Comparison.EQ for n in equations):
        return BESIDE
    if settles(formula, lesson.names):
        return None  # a wrong answer, whatever our own solution rejects
    if lesson.problem.request.task in REWRITTEN and rational_value(formula) is not None:
        return None  # a number alone stands for the whole; a part of it is "2^3 = 8"
    steps = list(lesson.solution.steps)
    for step in steps:
        steps += step.substeps
        if same_line(step.before, formula) or same_line(step.after, formula):
            return ASIDE
    return None


def line_before(lesson: Lesson) -> t.Expr | None:
    """The formula of the last sure line, or of the problem."""
    for line in reversed(lesson.written):
        if line.standing is Standing.FIRM and line.formula is not None:
            return line.formula
    request = lesson.problem.request
    if lesson.problem.told:
        return None  # there are only words before it
    worked = request.task in (Task.DIFFERENTIATE, Task.INTEGRATE)
    one = len(request.operands) == 1 and not worked
    return request.operands[0] if one else asked(request)
