"""Decimals that go on without end, in a formula: ``0.333…``, ``0.1\\overline{6}``, ``0.(3)``.

Dots behind a number are no full stop: a text that lost them would mean another number.
"""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Text

DOTS = r"(?:\.{3,}|…+|⋯+|\\[lc]?dots(?![A-Za-z]))"
SAFE_DOTS = "⋯"
"""A sign for dots that nobody takes for full stops."""
BEHIND = re.compile(r"(?<=\d)(?P<gap>\s*)(?P<dots>\.\.(?!\s*[\w.(\\-])|(?:\.{3,}|…+)(?!\s*\d))")
ON_TOP = r"(?:\\dot\s*\{?\d\}?|\d\u0307)"
PERIOD = re.compile(
    rf"\\(?:overline|bar)\s*\{{(?P<bar>\d{{1,12}})\}}|(?P<top>{ON_TOP}(?:\d*{ON_TOP})?)"
)
"""Digits that repeat, as they are marked behind those that do not."""
IN_BRACKETS = re.compile(r"\((?P<round>\d{1,12})\)")
"""``0.(3)``; behind a digit the bracket is a factor, as in ``0.5(30)``."""
LAST_ON_TOP = re.compile(r"\u0307(?:(?P<more>\d*)\u0307)?")
TRAILING = re.compile(rf"\s*{DOTS}")
LISTED = re.compile(rf"(?:\d\s*(?:[,，、;；和]|and\b)|\d\s*\+\s*\d+\.\d+\s*\+)\s*\d+\.\d+\s*{DOTS}")
"""``0.1, 0.11, 0.111...`` and ``1.11 + 2.22 + 3.33...``: the digits, or the list, may go on."""
MARKS = frozenset(" .…⋯\\\u0307")
"""What may begin the mark of a period."""
UNCLEAR = Text(
    "which digits repeat is not clear: write the repeating digits in brackets, as 0.1(6)",
    "循环节不明确：请用括号标出循环节，如 0.1(6)",
)
TWO_WAYS = Text(
    "is it the digits that go on here, or the list?", "此处的省略号是指小数无限循环，还是数列继续？"
)


def kept(text: str) -> str:
    """A text of the same length whose dots behind numbers no reader takes for full stops.

    Raises ``ReadingError`` where such dots may belong to a list or to its last number.
    """
    if ".." not in text and "…" not in text:
        return text
    if found := LISTED.search(text):
        raise ReadingError(TWO_WAYS, found.start())
    return BEHIND.sub(lambda hit: hit["gap"] + SAFE_DOTS * len(hit["dots"]), text)


def value(digits: str, text: str, at: int) -> tuple[Fraction, str, int] | None:
    """The value of a decimal whose first digits end at ``at``, its spelling with the period in
    brackets, and where it ends; ``None`` for any other number.

    Raises ``ReadingError`` where dots do not show which digits repeat.
    """
    if text[at : at + 1] not in MARKS or "e" in digits:
        return None
    whole, point, before = digits.partition(".")
    if not point:
        if not text.startswith(".", at):
            return None
        hit = PERIOD.match(text, at + 1) or IN_BRACKETS.match(text, at + 1)
    else:
        hit = PERIOD.match(text, at)
    if hit is not None:
        found = {name: part for name, part in hit.groupdict().items() if part}
        return _valued(whole, before, re.sub(r"\D", "", found.popitem()[1]), hit.end())
    if point and (top := LAST_ON_TOP.match(text, at)):
        return _valued(whole, before[:-1], before[-1] + (top["more"] or ""), top.end())
    if point and (dots := TRAILING.match(text, at)):
        split = period_of(before)
        if split is None or len(dots[0].strip()) == 2:
            raise ReadingError(UNCLEAR, at)
        return _valued(whole, *split, dots.end())
    return None


def _valued(whole: str, before: str, period: str, end: int) -> tuple[Fraction, str, int]:
    low, high = 10 ** len(before), 10 ** (len(before) + len(period))
    upper, lower = int(whole + before + period), int((whole + before) or "0")
    return Fraction(upper - lower, high - low), f"{whole}.{before}({period})", end


def period_of(digits: str) -> tuple[str, str] | None:
    """What stands before the period, and the shortest period that was written at least twice
    up to the dots (a single digit at least twice, too); ``None`` where none was."""
    for size in range(1, len(digits) // 2 + 1):
        period = digits[-size:]
        start = len(digits) - size
        while start >= size and digits[start - size : start] == period:
            start -= size
        if len(digits) - start >= 2 * size:
            while start and digits[start - 1] == period[-1]:
                start -= 1
                period = period[-1] + period[:-1]
            return digits[:start], period
    return None
