"""Patterns of problems: a text with ``{places}``, and the ranges of the letters in them.

    # Linear equations
    Solve {a}x + {b} = {c} where a = 2..9, b = -9..9, c = -20..20 [whole] (2 points)
    Factor x^2 - {p+q}x + {p*q} where p = 1..9, q = 1..9
    计算 {a}/{b} + {c}/{d} 其中 a = 1..9, b = 2..9, c = 1..9, d = 2..9

A place holds a letter, or a formula of letters.  ``[whole]`` takes only draws whose answer is made
of whole numbers.  Zero is drawn only where a range begins or ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from assistant.maths import terms as t
from assistant.maths.exact_values import NotKnownError, exact_value
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.types import Text

MOST_PATTERNS = 100
LARGEST = 10**6
_NUMBERED = re.compile(r"\s*\d{1,3}\s*[.)）、]\s+")
_WHERE = re.compile(r"\s*[,，;；]?\s*(?:\bwhere\b|\bwith\b|其中)\s*(?=[A-Za-z]\s*(?:=|in\b|∈))")
_RANGE = re.compile(
    r"\s*([A-Za-z])\s*(?:=|in\b|∈)\s*([-−]?\d{1,7})\s*(?:\.\.\.?|…|to\b|~|到|至)\s*([-−]?\d{1,7})\s*"
)
_WHOLE = re.compile(r"\s*\[\s*(?:whole(?: numbers?)?|整数)\s*\]\s*", re.IGNORECASE)
_POINTS = re.compile(
    r"\s*[(（](\d{1,3}(?:\.\d{1,2})?\s*(?:points?|marks?|分))[)）]\s*$", re.IGNORECASE
)
_PLACE = re.compile(r"\{([^{}]{1,60})\}")
EMPTY = Text(
    "there is no pattern in it; for example: Solve {0} = {1} where a = 2..9, b = 1..9",
    "其中没有题目模板；例如：解方程 {0} = {1} 其中 a = 2..9, b = 1..9",
    ("{a}x", "{b}"),
)
TOO_MANY = Text("it has more than {0} patterns", "模板超过 {0} 个")
NO_RANGE = Text(
    "line {0}: “{1}” is no range; write for example: where a = 2..9, b = -9..9",
    "第 {0} 行：“{1}”不是取值范围；应类似：其中 a = 2..9, b = -9..9",
)
NO_LETTER = Text(
    "line {0}: the letter {1} has no range; write behind the problem: where {1} = 1..9",
    "第 {0} 行：字母 {1} 没有取值范围；请在题目后写：其中 {1} = 1..9",
)
NO_FORMULA = Text(
    "line {0}: “{1}” is no formula of letters", "第 {0} 行：“{1}”不是由字母组成的式子"
)


class BadPattern(Exception):  # noqa: N818 - the input's fault, not the program's
    """A text that is no pattern, or gives no problem; ``why`` says where and what to do,
    ``reason`` what became of the last problem that was drawn."""

    def __init__(self, why: Text, reason: Text | None = None) -> None:
        super().__init__(why.en)
        self.why = why
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pattern:
    """``pieces`` are texts and formulas in turn, beginning and ending with a text; ``ranges`` hold
    the lowest and the highest number of each letter.  ``whole``: the answer must be made of whole
    numbers.  ``points`` as they are written.  ``line`` is its line in the file."""

    pieces: tuple[str | t.Expr, ...]
    ranges: Mapping[str, tuple[int, int]]
    whole: bool
    points: str
    line: int

    @property
    def fixed(self) -> bool:
        """Is there nothing to be drawn?"""
        return len(self.pieces) == 1

    def drawn(self, chance: Random) -> str | None:
        """A problem; ``None`` where a place comes out as zero, or has no value."""
        letters = {name: _number(chance, *ends) for name, ends in self.ranges.items()}
        text = ""
        for n, piece in enumerate(self.pieces):
            if isinstance(piece, str):
                text += piece
                continue
            value = _value(piece, letters)
            if value is None or (value == 0 and not isinstance(piece, t.Symbol)):
                return None
            following = self.pieces[n + 1]
            assert isinstance(following, str)
            text = _joined(text, value, following)
        return text


@dataclass(frozen=True, slots=True)
class Patterns:
    """``title`` is empty where none is given."""

    title: str
    listed: tuple[Pattern, ...]


def read_patterns(text: str) -> Patterns:
    """Raises ``BadPattern``."""
    title, found = "", []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            title = title or line.strip(" #\t")
        elif line.strip():
            found.append(_pattern(line, number))
    if not found:
        raise BadPattern(EMPTY)
    if len(found) > MOST_PATTERNS:
        raise BadPattern(TOO_MANY.of(str(MOST_PATTERNS)))
    return Patterns(title, tuple(found))


def _pattern(line: str, number: int) -> Pattern:
    line = _NUMBERED.sub("", line, count=1) if _NUMBERED.match(line) else line
    points = ""
    if found := _POINTS.search(line):
        points, line = found[1], line[: found.start()]
    whole = _WHOLE.search(line) is not None
    line = _WHOLE.sub(" ", line)
    parts = _WHERE.split(line, maxsplit=1)
    ranges = _ranges(parts[1], number) if len(parts) > 1 else {}
    pieces = _pieces(parts[0].strip(), ranges, number)
    return Pattern(pieces, ranges, whole, points, number)


def _ranges(text: str, number: int) -> dict[str, tuple[int, int]]:
    ranges = {}
    for part in re.split(r"[,，;；]|\band\b", text.strip().rstrip(".。")):
        found = _RANGE.fullmatch(part)
        if found is None:
            raise BadPattern(NO_RANGE.of(str(number), part.strip()[:40]))
        low, high = sorted(int(end.replace("−", "-")) for end in found.groups()[1:])
        if max(-low, high) > LARGEST or low == high == 0:
            raise BadPattern(NO_RANGE.of(str(number), part.strip()[:40]))
        ranges[found[1]] = (low, high)
    return ranges


def _pieces(
    text: str, ranges: Mapping[str, tuple[int, int]], number: int
) -> tuple[str | t.Expr, ...]:
    """The text with formulas in its places.  In LaTeX a brace need not be a place."""
    pieces: list[str | t.Expr] = [""]
    at = 0
    for found in _PLACE.finditer(text):
        value = _place(found[1], ranges, number, latex="\\" in text)
        if value is None:
            continue
        pieces[-1] = f"{pieces[-1]}{text[at : found.start()]}"
        pieces += [value, ""]
        at = found.end()
    pieces[-1] = f"{pieces[-1]}{text[at:]}"
    return tuple(pieces)


def _place(
    inner: str, ranges: Mapping[str, tuple[int, int]], number: int, *, latex: bool
) -> t.Expr | None:
    names = frozenset(ranges)
    try:
        value = read_formula(inner, names=names)
    except ReadingError as wrong:
        if latex:
            return None
        raise BadPattern(NO_FORMULA.of(str(number), inner)) from wrong
    letters = t.symbols(value)
    if latex and not names.intersection(letters):
        return None
    if missing := next((name for name in letters if name not in names), None):
        raise BadPattern(NO_LETTER.of(str(number), missing))
    return value


def _number(chance: Random, low: int, high: int) -> int:
    """A number of a range, zero only where it is one of its ends."""
    while True:
        number = chance.randint(low, high)
        if number or 0 in (low, high):
            return number


def _value(piece: t.Expr, letters: Mapping[str, int]) -> Fraction | None:
    for name, number in letters.items():
        piece = t.substitute(piece, name, t.integer(number))
    try:
        return exact_value(piece, "", 0)
    except NotKnownError:
        return None


def _joined(before: str, value: Fraction, following: str) -> str:
    """A number behind a text as a person would write it: ``- 3`` for ``+ -3``, ``x`` for ``1x``."""
    sign, last = "", before.rstrip()[-1:]
    size = abs(value)
    if value < 0 and last in ("+", "-", "−") and before.rstrip()[:-1].strip():
        turned = "-" if last == "+" else "+"
        head = before.rstrip()[:-1]
        before = f"{head}{turned}{before[len(before.rstrip()) :]}"
    elif value < 0 and last in ("*", "/", "^", "·", "×", "÷", "+", "-", "−"):
        return f"{before}({_written(value)})"
    elif value < 0:
        sign = "-"
    coefficient = re.match(r"[A-Za-z(\\]", following) and not before[-1:].isalnum()
    number = "" if size == 1 and coefficient else _written(size)
    if size.denominator != 1 and (coefficient or last in ("*", "/", "^", "·", "×", "÷")):
        number = f"({number})"
    return f"{before}{sign}{number}"


def _written(value: Fraction) -> str:
    return (
        str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    )
