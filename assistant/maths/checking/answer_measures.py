"""Answers that are a quantity in words: ``1 hour 30 minutes``, 5元3角, ``15 apples``."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths.answers.extract import BEHIND_NUMBER
from assistant.maths.checking.answer_results import different_by, equal_by, unknown_by
from assistant.maths.reading.claims.sides import NoSide, Reading, SideReader
from assistant.maths.reading.claims.tokens import Sort, plain_signs, tokens
from assistant.maths.reading.claims.units import (
    UNITS,
    Measured,
    Unit,
    part_of,
    plus,
    unit_at_start,
)
from assistant.maths.types import EqualResult

_COUNT = re.compile(
    r"(-?\d+(?:\.\d+)?(?:/[1-9]\d*)?)\s*([A-Za-z\u4e00-\u9fff][A-Za-z' \u4e00-\u9fff]{0,30})?"
)
FEN = "分"
"""A minute behind hours, a coin behind yuan and jiao."""
SHORT = {"in": "inch", "d": "day"}
"""Units that are other words, or letters, where they do not stand behind numbers."""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+|/[1-9]\d*)?"
_UNIT = "|".join(sorted({*filter(str.isalpha, UNITS), *SHORT, FEN}, key=len, reverse=True))
_PART = re.compile(rf"\s*({_NUMBER})\s*({_UNIT})(?![A-Za-z])\s*")
_PRICE = re.compile(rf"([$¥])\s*({_NUMBER})")
_WORDS = re.compile(r"[A-Za-z']+")
MOST_WORDS, MOST = 3, 100


def in_parts(gold: str, answer: str) -> EqualResult | None:
    """Whether two quantities are the same of which one is told in several units, ``1m20cm``;
    nothing where none of them is."""
    if max(len(gold), len(answer)) > MOST:
        return None
    one, other = (_told(text) for text in (gold, answer))
    several = max(len(one), len(other)) > 1
    if not (one and other):  # a quantity, and something else that may be a bare number
        whole = several and _sum(one or other, "") is not None
        return unknown_by("unreadable") if whole else None
    if not (several or FEN in (one[0][1], other[0][1])):
        return None
    first, second = _sum(one, other[0][1]), _sum(other, one[0][1])
    if first is None or second is None:
        return unknown_by("unreadable")
    return _compared(first, second)


def _told(text: str) -> list[tuple[Fraction, str]]:
    """The numbers of a text with the unit behind each; nothing where there is anything else."""
    text = text.strip(" .。")
    if (price := _PRICE.fullmatch(text)) is not None:
        return [(_value(price[2]), price[1])]
    found: list[tuple[Fraction, str]] = []
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            return []
        found.append((_value(part[1]), part[2]))
        at = part.end()
    return found


def _value(number: str) -> Fraction:
    return Fraction(number.replace(",", ""))


def _sum(parts: list[tuple[Fraction, str]], beside: str) -> Measured | None:
    """A quantity in units of one kind, each smaller than the one before; ``beside``: the unit
    that it is held against, which says what 分 is."""
    found: Measured | None = None
    before: Unit | None = None
    for number, word in parts:
        name = SHORT.get(word, word)
        whole = unit_at_start(beside) if before is None and word == FEN else before
        unit = unit_at_start(name) if whole is None else part_of(whole, name)
        if unit is None:
            return None
        if before is not None and number * unit.factor >= before.factor:
            return None
        amount = Measured(number * unit.factor, unit.dimension)
        found = amount if found is None else plus(found, amount, 1)
        before = unit
    return found


def _compared(one: Measured, other: Measured) -> EqualResult:
    if one.dimension != other.dimension:
        return different_by("units of different kinds")
    same = one.value == other.value
    return (equal_by if same else different_by)("in the same unit; exact arithmetic")


def same_measures(gold: str, answer: str) -> EqualResult | None:
    """Whether two quantities are the same; nothing where one of them is none."""
    if max(len(gold), len(answer)) > MOST:
        return None
    counts = [_counted(plain_signs(text).strip(" .")) for text in (gold, answer)]
    if counts[0] is not None and counts[1] is not None:
        (number, of), (claimed, what) = counts[0], counts[1]
        if number != claimed:
            return different_by("different numbers")
        alike = of == what or not (of and what)
        return (equal_by if alike else unknown_by)("the same number")
    one, other = _measured(gold), _measured(answer)
    if one is None or other is None or one.measured is None or other.measured is None:
        return None
    return _compared(one.measured, other.measured)


def _counted(text: str) -> tuple[Fraction, str] | None:
    """A number of things that are no unit."""
    match = _COUNT.fullmatch(text)
    if match is None or BEHIND_NUMBER.match(text, match.end(1)) is None:
        return None
    what = (match[2] or "").strip().lower()
    known = _measured(text)
    if (known is not None and known.units) or len(_WORDS.findall(what)) > MOST_WORDS:
        return None
    return Fraction(match[1]), what


def _measured(text: str) -> Reading | None:
    """A quantity that is understood as a whole: numbers, each with a known unit."""
    found = tokens(plain_signs(text).strip(" ."))
    reader = SideReader(list(found))
    try:
        reading = reader.reading()
    except NoSide:
        return None
    numbers = sum(token.sort is Sort.NUMBER for token in found)
    words = sum(token.sort in (Sort.WORD, Sort.MONEY) for token in found)
    plain = (
        reader.at == len(reader.tokens)
        and numbers == words - reading.rated
        and not reading.operators
    )
    sure = plain and bool(reading.units) and not (reading.ambiguous or reading.guessed)
    return reading if sure else None
