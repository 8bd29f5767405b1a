"""Values that the work comes to: a result under a name, and the answer at its end."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.checking.lines.arithmetic import number_findings, numeric
from assistant.maths.checking.lines.compared import is_range, unknowns
from assistant.maths.checking.lines.course import Course, Standing, told_value
from assistant.maths.checking.lines.marks import Finding, linked, on, proved
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.checking.logic.values import show_solution, solutions, true_at
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Doubt, Link, Proved, Refuted, Text, Undecided

KEPT = ("the value of the line before", "与上一行的值相同")


def untested(course: Course) -> Finding | None:
    """An answer in which a solution was left that the first statement does not have."""
    if len(course.statements) < 2 or not course.plain:
        return None
    first, last = course.statements[0], split_signs(course.statements[-1])
    if not course.added:
        return _astray(course, first, last)
    if not _is_answer(last):
        return None
    names = unknowns(first, last)
    for solution in (solutions(last, names) or ()) if len(names) == 1 else ():
        verdict = true_at(first, solution, (), Deadline(1.0))
        if isinstance(verdict, Refuted):
            value = show_solution(solution)
            why = Text(
                "{0} does not satisfy the first equation: it has to be rejected",
                "{0} 不满足原方程，是增根，应舍去",
                (value,),
            )
            return Finding(Refuted(value, "false", "true"), why)
    return None


def _astray(course: Course, first: t.Expr, last: t.Expr) -> Finding | None:
    """The same for what follows only from lines that nobody proved: numbers that agree with them
    support nothing where the first statement says otherwise."""
    names = unknowns(first, last)
    if course.standing(course.statements[-1]) is not Standing.OPEN or len(names) != 1:
        return None
    if not (_is_answer(last) or is_range(last)):
        return None
    verdict = linked(last, first, Link.IMPLIES, names)
    if not isinstance(verdict, Refuted):
        return None
    why = Text(
        "{0} fulfils this line, but not the first one",
        "{0} 满足本行，但不满足第一行",
        (verdict.witness,),
    )
    return Finding(Undecided(Doubt.NO_METHOD), why)


def settles(course: Course) -> bool:
    """Whether the last statement gives the unknown."""
    return bool(course.statements) and _is_answer(split_signs(course.statements[-1]))


def _is_answer(statement: t.Expr) -> bool:
    """``x = 2 or x = 9``: the unknown alone, no equation that is still to be solved."""
    match statement:
        case t.Junction(_, parts):
            return all(map(_is_answer, parts))
        case t.Relation(t.Comparison.EQ, t.Symbol(), value):
            return not t.symbols(value)
        case t.Call("in", (t.Symbol(), _)):
            return True
    return False


def rounded_value(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on ``x ≈ 0.805`` where a line before says which number x is."""
    match claim.sides:
        case (t.Symbol(name), number) if claim.signs == ("≈",) and number is not None:
            pass
        case _:
            return None
    said = next((s for s in reversed(course.statements) if name in t.symbols(s)), None)
    told = told_value(said) if said is not None else None
    if said is None or told is None or told[0] != name or not numeric(number):
        return None
    (found,) = number_findings(replace(claim, sides=(told[1], number), readings=()), line)
    if isinstance(found.verdict, Refuted) and not course.is_known(said):
        return None
    return on(found, said)


def same_name(course: Course, claim: Claim, *, lone: bool) -> list[Finding]:
    """``total = 61`` after ``total = 5*12``: wrong where it is the next line, elsewhere perhaps
    the name of another thing."""
    name, known, value = claim.name, course.named, claim.sides[1]
    course.named = (name, value) if value is not None and lone else None
    if known is None or known[0] != name or not lone or value is None:
        return []
    if not isinstance(claim.sides[-1], t.Number) or not t.children(known[1]):
        return []
    verdict = linked(known[1], value, Link.EQUAL)
    if isinstance(verdict, Proved):
        return [
            on(proved("arithmetic", "the value of the line before", "与上一行的值相同"), known[1])
        ]
    if isinstance(verdict, Refuted):
        why = Text("{0} had another value in the line before", "{0} 与上一行的值不同", (name,))
        return [Finding(Refuted(name, verdict.left, verdict.right), why)]
    return []
