"""Answers that are a quantity in words: ``1 hour 30 minutes``, 5元3角, ``15 apples``."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.maths.answers.extract import BEHIND_NUMBER
from assistant.maths.checking.answer_results import different_by, equal_by, unknown_by
from assistant.maths.reading.claims.sides import NoSide, Reading, SideReader
from assistant.maths.reading.claims.tokens import Sort, plain_signs, tokens
from assistant.maths.types import EqualResult

_COUNT = re.compile(
    r"(-?\d+(?:\.\d+)?(?:/[1-9]\d*)?)\s*([A-Za-z\u4e00-\u9fff][A-Za-z' \u4e00-\u9fff]{0,30})?"
)
_WORDS = re.compile(r"[A-Za-z']+")
MOST_WORDS, MOST = 3, 100


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
    if one.measured.dimension != other.measured.dimension:
        return different_by("units of different kinds")
    same = one.measured.value == other.measured.value
    return (equal_by if same else different_by)("in the same unit; exact arithmetic")


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
    plain = reader.at == len(reader.tokens) and numbers == words and not reading.operators
    sure = plain and bool(reading.units) and not (reading.ambiguous or reading.guessed)
    return reading if sure else None
