"""Ways to write an answer that its reader does not know, spelled as one that it does."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assistant.maths.reading.numerals import chinese

MOST = 400
"""Characters of an answer that is looked through."""
_MINUTES = re.compile(
    r"(?<![\d.])(\d{1,4})\s*(?:°|\^\\circ|\^\{\\circ\})\s*(\d{1,2})\s*['′](?!['′])(?:\s*(\d{1,2})\s*(?:''|″|\"))?"
)
"""Degrees, minutes and seconds of an angle."""
_MIXED = re.compile(r"(?<![\d.,/])(\d{1,9}) (\d{1,9})/([1-9]\d{0,8})(?=\s*[A-Za-z\u4e00-\u9fff])")
"""``3 1/2 cups``."""
_HAN = r"[零一二三四五六七八九十百千万两\d]"
_MIXED_ZH = re.compile(
    rf"({_HAN}{{1,9}})又({_HAN}{{1,9}}分之{_HAN}{{1,9}}|\d{{1,9}}/[1-9]\d{{0,8}})"
)
"""``一又四分之三``."""
_EMPHASIS = re.compile(r"\s*(\*\*|__)(?!\1)(.+?)\1\s*")
_OPTIONS = re.compile(r"[A-H](?:\s*[,，、和]?\s*[A-H]){0,7}")


def respelled(text: str) -> str:
    """An answer with angles in degrees alone, and mixed numbers as fractions."""
    if len(text) > MOST:
        return text
    if (bold := _EMPHASIS.fullmatch(text)) is not None:
        text = bold[2]
    text = _MINUTES.sub(_degrees, text)
    text = _MIXED.sub(lambda m: _written(Fraction(m[1]) + Fraction(int(m[2]), int(m[3]))), text)
    return _MIXED_ZH.sub(_mixed, text)


def _degrees(match: re.Match[str]) -> str:
    minutes, seconds = int(match[2]), int(match[3] or 0)
    return f"({_written(int(match[1]) + Fraction(minutes, 60) + Fraction(seconds, 3600))})°"


def _mixed(match: re.Match[str]) -> str:
    whole, part = chinese(match[1]), match[2]
    rest = Fraction(part) if "/" in part else chinese(part)
    return match[0] if whole is None or rest is None else _written(whole + rest)


def _written(value: Fraction) -> str:
    """As a decimal where it is one: units stand behind decimals."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{decimal:f}" if Fraction(decimal) == value else str(value)


def options(text: str) -> frozenset[str] | None:
    """The letters of the options that are chosen: ``A, C``, ``AC``; of one alone too."""
    text = text.strip(" .。")
    return frozenset(re.findall("[A-H]", text)) if _OPTIONS.fullmatch(text) else None
