"""Work on a problem that means other numbers than all real ones: an interval, integers, …, or
other things by the signs between them.

The judges of lines know the real numbers only.  What holds for all of them holds for any kind
of them, but a line that fails for some may be right for those that are meant.
"""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.compared import unknowns
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.marking import wrong_by_itself
from assistant.maths.checking.logic.statements import as_statement
from assistant.maths.checking.logic.values import solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.domains import Numbers, hull, numbers
from assistant.maths.reading.claims.line import Line
from assistant.maths.types import Doubt, Mark, Problem, Proved, Refuted, Text, Undecided

OTHERS = Mark(
    Undecided(Doubt.NO_METHOD),
    0,
    Text(
        "not decided: the problem means certain numbers only, and this was not checked for them",
        "未能判定：题目限定了数的范围，此行未在该范围内检验",
    ),
)
REDEFINED = Text(
    "not judged: the problem gives signs or numerals a meaning of their own",
    "未作判断：题目对运算符号或数字另有规定",
)
SECONDS = 0.5


def meant(problem: Problem) -> t.Expr | None:
    """The domain of a problem, where it is not all real numbers."""
    asked = (r.domain for r in (problem.request, *problem.more) if r.domain is not None)
    others = [d for d in asked if numbers(d) is not Numbers.REAL]
    wide = [d for d in others if is_wider(d)]
    return next(iter((*wide, *others)), None)


def is_wider(domain: t.Expr | None) -> bool:
    """Whether a domain has more than real numbers, so that nothing here holds for it."""
    return domain is not None and numbers(domain) in Numbers.COMPLEX | Numbers.OTHER


def within(course: Course, line: Line, mark: Mark) -> Mark:
    """The mark of a line, undecided where the numbers that are meant might make it another."""
    if course.redefined and not isinstance(mark.verdict, Undecided):
        return Mark(Undecided(Doubt.NO_METHOD), mark.claims, REDEFINED)
    if course.domain is None or isinstance(mark.verdict, Undecided) or _of_numbers(line):
        return mark
    refuted = isinstance(mark.verdict, Refuted)
    if refuted and (wrong_by_itself(line) or _is_no_solution(course, line)):
        return mark
    if not refuted and not is_wider(course.domain):
        return mark
    return Mark(OTHERS.verdict, mark.claims, OTHERS.why)


def _of_numbers(line: Line) -> bool:
    """Whether a line compares numbers, whatever the letters of the problem are."""
    return bool(line.claims) and all(
        len(c.sides) > 1 and not any(s is None or t.symbols(s) for s in c.sides)
        for c in line.claims
    )


def _is_no_solution(course: Course, line: Line) -> bool:
    """Whether a line gives a value that is meant and does not solve the problem."""
    if is_wider(course.domain) or not course.statements or len(line.claims) != 1:
        return False
    first, last = course.statements[0], line.claims[0].statement
    if last is None or len(names := unknowns(first, last)) != 1:
        return False
    deadline = Deadline(SECONDS)
    return any(
        _lies_in(course.domain, names, solution)
        and isinstance(true_at(first, solution, (), deadline), Refuted)
        for solution in solutions(last, names) or ()
    )


def _lies_in(
    domain: t.Expr | None, names: tuple[str, ...], solution: tuple[tuple[str, t.Expr], ...]
) -> bool:
    """Whether a value certainly is one of the numbers that are meant."""
    value = solution[0][1]
    size = value.arg if isinstance(value, t.Neg) else value
    whole = isinstance(size, t.Number) and size.value.denominator == 1
    if domain is None or not (whole or numbers(domain) is Numbers.RANGE):
        return False
    interval = hull(domain)
    inside = t.Truth(value=True) if interval is None else as_statement(interval, names)
    if inside is None:
        return False
    return interval is None or isinstance(true_at(inside, solution, (), Deadline(SECONDS)), Proved)
