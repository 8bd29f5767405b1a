"""The discriminant of the problem's quadratic equation, where a line gives it a value."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from assistant.maths import terms as t
from assistant.maths.checking.lines.arithmetic import numeric
from assistant.maths.checking.lines.course import Course, Standing
from assistant.maths.checking.lines.linear import degree
from assistant.maths.checking.lines.marks import Finding, on, proved
from assistant.maths.checking.lines.rounding import value_of
from assistant.maths.checking.numerics.numeric import NoValue, evaluate
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Refuted, Text

NAMES = frozenset({"Δ", "Delta", "D"})
RIGHT = ("the discriminant of {0}", "{0} 的判别式")
WRONG = Text("the discriminant of {0} is {1}", "{0} 的判别式是 {1}")
TWO = 2


def discriminant(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on ``Δ = 25 - 24 = 1``, and on what is equal to it; nothing where another
    multiple of the equation may be meant."""
    if not (claim.sides and claim.sure) or line.supposed or line.denied or course.wordy:
        return None
    match claim.sides[0]:
        case t.Symbol(name) if name in NAMES:
            pass
        case _:
            return None
    equal = claim.equals
    told = [side for side in claim.sides[1 : equal + 1] if side is not None and numeric(side)]
    problem = course.statements[0] if course.statements else None
    if problem is None or not told or course.standing(problem) is not Standing.FIRM:
        return None
    quadratic, value = _quadratic(problem), value_of(told[-1])
    if quadratic is None or not isinstance(value, Fraction):
        return None
    found = _discriminant(quadratic)
    if value == found:
        return on(proved("discriminant", *RIGHT, problem), problem)
    if found and _is_scaled(value / found, quadratic):
        return None
    others = [q for said in _later(course) if (q := _quadratic(said)) is not None]
    if course.definitions or any(_discriminant(q) == value for q in others):
        return None  # perhaps that of another equation, as of t = 2x
    why = Text(WRONG.en, WRONG.zh, (problem, str(found)))
    return on(Finding(Refuted(f"{claim.sides[0]}", str(value), str(found)), why), problem)


def _later(course: Course) -> list[t.Expr]:
    """The statements of the work, each by itself."""
    return [part for said in course.statements[1:] for part in t.walk(said)]


def _discriminant(quadratic: tuple[Fraction, Fraction, Fraction]) -> Fraction:
    a, b, c = quadratic
    return b * b - 4 * a * c


def _quadratic(problem: t.Expr) -> tuple[Fraction, Fraction, Fraction] | None:
    """The coefficients of a quadratic equation with numbers in it."""
    if not isinstance(problem, t.Relation) or problem.op is not t.Comparison.EQ:
        return None
    names = t.symbols(problem)
    gap = t.sub(problem.left, problem.right)
    if len(names) != 1 or degree(gap, names[0]) != TWO:
        return None
    try:
        values = [evaluate(gap, {names[0]: Fraction(x)}) for x in (0, 1, -1)]
    except NoValue:
        return None
    zero, one, minus = (v if isinstance(v, Fraction) else None for v in values)
    if zero is None or one is None or minus is None:
        return None
    a, b = (one + minus) / 2 - zero, (one - minus) / 2
    return (a, b, zero) if a else None


def _is_scaled(ratio: Fraction, quadratic: tuple[Fraction, Fraction, Fraction]) -> bool:
    """Whether it is the square by which the equation in lower terms differs."""
    top, bottom = isqrt(abs(ratio.numerator)), isqrt(ratio.denominator)
    if Fraction(top * top, bottom * bottom) != ratio:
        return False
    whole = all(c.denominator == 1 for c in quadratic)
    by = Fraction(top, bottom)
    return (top == 1 or not whole) and all((c * by).denominator == 1 for c in quadratic)
