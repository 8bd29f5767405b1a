"""A calculation that comes to the right number: is it one that leads there?

``24/2 - 5 = 7`` is true, and 7 may be what is asked for; by whatever else it came about.  A
calculation is taken for the answer where its numbers are those of the question, of our own
solution, or of the student's lines before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.types import Text
from assistant.teaching.types import Lesson, Standing, Written

BY_CHANCE = Text(
    "The number is right, but where the numbers of this calculation come from was not found. "
    "Write the answer by itself, or how you come to it.",
    "数值正确，但未找到算式中各数的来源。请单独写出答案，或写出得到它的过程。",
)
COMMON = frozenset(map(Fraction, (0, 1, 2, 60, 100, 180, 360, 1000)))
"""Numbers that need no source: of units, of angles, of a half."""
HANDY = frozenset(map(Fraction, (1, 2, 10)))
"""Numbers by which others are made round."""
TWO = 2
_CALCULATION = re.compile(
    r"\s*(?:[A-Za-z]{1,12}\s|[\u4e00-\u9fff]{1,3}[:：]?)?[\d\s.+\-−*/×÷^()=?？]{1,200}"
)
"""A question with nothing in it but a calculation."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s{0,3}\\?(?:[%％]|per ?cent\b)", re.IGNORECASE)


def is_by_chance(lesson: Lesson, line: Written) -> bool:
    """Whether a line is a calculation with numbers alone of which one comes from nowhere."""
    claims = line.said.claims
    if not claims or len(claims[-1].sides) < 2 or claims[-1].name:
        return False
    first = claims[-1].sides[0]
    if first is None or t.symbols(first) or isinstance(first, t.Number):
        return False
    numbers = set(_numbers(first))
    return not numbers <= _known(lesson) | _taken_apart(lesson, numbers)


def _taken_apart(lesson: Lesson, numbers: set[Fraction]) -> set[Fraction]:
    """Those of the numbers that two numbers of the question were taken apart into: ``25*4*4`` and
    ``50*8`` for 25*16, ``20*5 - 2*5`` for 18*5."""
    if _CALCULATION.fullmatch(lesson.source) is None:
        return set()
    operands = lesson.problem.request.operands
    asked = set(_numbers(operands[0])) if len(operands) == 1 else set()
    if len(asked) > TWO:
        return set()
    others = numbers | HANDY
    return {n for n in numbers if any(asked & set(_joined(n, other)) for other in others)}


def _joined(one: Fraction, other: Fraction) -> Iterator[Fraction]:
    """What two numbers make by one operation."""
    yield from (one + other, abs(one - other), one * other)
    if one and other:
        yield from (one / other, other / one)


def _known(lesson: Lesson) -> set[Fraction]:
    """The numbers of the question, of our own solution and of the lines before."""
    found = set(COMMON) | {Fraction(digits) for digits in _DIGITS.findall(lesson.source)}
    found |= {Fraction(digits) / 100 for digits in _PERCENT.findall(lesson.source)}
    steps = list(lesson.solution.steps)
    for step in steps:
        steps += step.substeps
    forms = [form for step in steps for form in (step.before, step.after)]
    forms += [*lesson.problem.request.operands]
    before = lesson.written[:-1]
    forms += [w.formula for w in before if w.standing is not Standing.REFUSED and w.formula]
    return found.union(*map(_numbers, forms))


def _numbers(expr: t.Expr) -> Iterator[Fraction]:
    return (abs(node.value) for node in t.walk(expr) if isinstance(node, t.Number))
