"""Statements that do not follow from the line before: against it, solutions of the problem, or
values that are none."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.compared import Compared, impossible, is_range, unknowns
from assistant.maths.checking.lines.course import Course, Standing, told_values
from assistant.maths.checking.lines.divided import divided
from assistant.maths.checking.lines.forms import by_values
from assistant.maths.checking.lines.marks import Finding
from assistant.maths.checking.lines.rounded_roots import has_decimals
from assistant.maths.checking.logic.statements import all_of
from assistant.maths.checking.logic.values import show_solution, solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import Proved, Refuted, Supported, Text

SECONDS = 0.3
"""To try values in one statement."""
AGAINST = Text("contradicts the line before: both cannot hold", "与上一行矛盾，二者不能同时成立")
FULFILS = Text(
    "fulfils the equations of the problem; whether there are other solutions was not checked",
    "满足题目中的方程；是否还有其他解未作检查",
)
UNFIT = Text("{0} does not satisfy the problem", "{0} 不满足题目")
UNFIT_LINE = Text("{0} does not satisfy the line before", "{0} 不满足上一行")


def beside(course: Course, before: t.Expr, after: t.Expr) -> Finding | None:
    """The finding on a statement with several unknowns that does not follow from the line before;
    nothing where it may be a new condition."""
    names = unknowns(before, after)
    if (where := divided(before, after, course.sought)) is not None:
        return where
    if (solution := _solution(course, after)) is not None:
        return solution
    if told_values(before) and told_values(after):
        return None  # perhaps those of another solution
    found = by_values(before, after)
    if another_case(course, before, after) and not (found and isinstance(found.verdict, Proved)):
        return None
    if found is not None:
        return found
    if course.wordy or has_decimals(after) or not impossible(all_of([before, after]), names):
        return None
    problem = course.statements[0]
    if not course.is_firm(before) or impossible(problem, t.symbols(problem)):
        return None  # nobody proved it, or other numbers than real ones are meant
    return Finding(Refuted("", "true", "false"), AGAINST)


def another_case(course: Course, before: t.Expr, after: t.Expr) -> bool:
    """Whether a statement fits the problem, so that only the line before speaks against it, which
    may be one of the cases: y = 2 behind y = 1, where x + y = 3 and xy = 2."""
    problem = course.statements[0]
    if before == problem or course.standing(problem) is not Standing.FIRM or course.wordy:
        return False
    if course.standing(before) is Standing.FIRM:
        return False
    return not impossible(all_of([problem, after]), unknowns(problem, after))


def _solution(course: Course, after: t.Expr) -> Finding | None:
    """A value for every letter of the problem."""
    told = tuple(told_values(after))
    first = course.statements[0]
    alone = len(told) > 1 and {name for name, _ in told} == set(t.symbols(first))
    if course.wordy or not alone or course.standing(first) is not Standing.FIRM:
        return None
    verdict = true_at(first, told, (), Deadline(SECONDS))
    if isinstance(verdict, Proved):
        return Finding(Supported(1), FULFILS, (first,))
    if not isinstance(verdict, Refuted) or has_decimals(after):
        return None
    return _unfit(told, UNFIT)


def unfit_values(pair: Compared) -> Finding | None:
    """Values that are named as solutions, none of which is one of the line before, whatever the
    solutions of that are: ``x = 3`` behind ``e^x = 3``."""
    claimed = solutions(pair.after, pair.names) or ()
    tried = [true_at(pair.before, one, (), Deadline(SECONDS)) for one in claimed]
    if not tried or not all(isinstance(v, Refuted) for v in tried) or has_decimals(pair.after):
        return None
    if is_range(pair.before) or impossible(pair.before, pair.names):
        return None
    return _unfit(claimed[0], UNFIT_LINE)


def _unfit(values: tuple[tuple[str, t.Expr], ...], why: Text) -> Finding:
    shown = show_solution(values)
    return Finding(Refuted(shown, "false", "true"), Text(why.en, why.zh, (shown,)))
