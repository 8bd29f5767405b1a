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
LONGEST = 1000
LARGEST = 10**6
_NUMBERED = re.compile(r"\s*\d{1,3}\s*[.)）、]\s+")
_INT = r"([-−]?\d{1,7})"
_IS = r"(?:=|:|：|in\b|∈|is\b|goes\b|取|为|是)?\s*(?:from\b|between\b|从|在)?"
_TO = r"(?:\.{2,3}|…+|to\b|~|～|-|–|到|至|and\b|与|和)"
_BETWEEN = re.compile(rf"\s*{_INT}\s*(?:<=?|≤)\s*([A-Za-z])\s*(?:<=|≤)\s*{_INT}\s*")
_RANGE = re.compile(rf"\s*([A-Za-z])\s*{_IS}\s*{_INT}\s*{_TO}\s*{_INT}\s*(?:之?间)?(?:的整数)?\s*")
_WHERE = re.compile(
    r"\s*[,，;；]?\s*(?:\b(?:where|with|for)\b|其中|这里)\s*[:：]?\s*"
    r"(?=[A-Za-z](?:\s*[,，、]\s*[A-Za-z])*\s*(?:[=:：∈取为是从在]|(?:in|is|goes|from|between)\b)"
    r"|[-−]?\d+\s*(?:<|≤)=?\s*[A-Za-z]\s*(?:<=|≤))"
)
_WHOLE = re.compile(r"\s*\[\s*(?:whole(?: numbers?)?|整数)\s*\]\s*", re.IGNORECASE)
_POINTS = re.compile(
    r"\s*[(（](\d{1,3}(?:\.\d{1,2})?\s*(?:points?|marks?|分))[)）]\s*$", re.IGNORECASE
)
_PLACE = re.compile(r"\{([^{}]{1,60})\}")
_ARGUMENT = re.compile(
    r"(?:[\^_]|\\(?:[dt]?frac|[dt]?binom|sqrt)(?:\s*\[[^\[\]]*\])?(?:\s*\{[^{}]*\})?)\s*$"
)
_OPERATOR = re.compile(r"\\(?:cdot|times|div)\s*$")
_BINDING = frozenset("*/^_·×÷√")
_TIGHT = frozenset("/^_÷√:")
"""Behind these a one is more than a factor that need not be written."""
_RAISED = re.compile(r"\s*(?:\^|\*\*|[²³!])")
_COEFFICIENT = re.compile(
    r"(?![kcdm][mg](?![A-Za-z]))"  # 1 km is no k times m
    r"(?:[mgstlh](?=\s*[-+*/^=<>≤≥²³)]|$)|[a-zA-Z](?<![mgstlh])[a-z]{0,2}(?![A-Za-z])"
    r"|(?:sin|cos|tan|cot|ln|log|lg|exp|sqrt)(?![a-z])|[(\\√π])"
)
"""What a factor stands before: letters, and no word or unit."""
EMPTY = Text(
    "there is no pattern in it; for example: Solve {0} = {1} where a = 2..9, b = 1..9",
    "其中没有题目模板；例如：解方程 {0} = {1} 其中 a = 2..9, b = 1..9",
    ("{a}x", "{b}"),
)
TOO_LONG = Text("line {0}: it is longer than {1} characters", "第 {0} 行：超过 {1} 个字符")
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
    def latex(self) -> bool:
        """Is it written in LaTeX, where braces are no places alone?"""
        return any(isinstance(piece, str) and "\\" in piece for piece in self.pieces)

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
            text = _joined(text, value, following, latex=self.latex)
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
        elif len(line) > LONGEST:
            raise BadPattern(TOO_LONG.of(str(number), str(LONGEST)))
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
    text, ranges = _parted(line, number)
    pieces = _pieces(text.strip(), ranges, number)
    return Pattern(pieces, ranges, whole, points, number)


def _parted(line: str, number: int) -> tuple[str, dict[str, tuple[int, int]]]:
    """The problem and the ranges behind it: “where x = 2” may belong to the problem."""
    for found in reversed(list(_WHERE.finditer(line))):
        text, rest = line[: found.start()], line[found.end() :]
        try:
            return text, _ranges(rest, number)
        except BadPattern:
            if _PLACE.search(text) and not _PLACE.search(rest):
                raise
    return line, {}


def _ranges(text: str, number: int) -> dict[str, tuple[int, int]]:
    ranges: dict[str, tuple[int, int]] = {}
    waiting: list[str] = []
    for part in re.split(r"[,，;；、]|\band\b(?!\s*[-−]?\d)", text.strip().rstrip(".。")):
        if re.fullmatch(r"\s*[A-Za-z]\s*", part):  # a, b = 1..9
            waiting.append(part.strip())
            continue
        letter, low, high = _range(part, number)
        ranges |= dict.fromkeys((*waiting, letter), (low, high))
        waiting = []
    if waiting:
        raise BadPattern(NO_RANGE.of(str(number), waiting[0]))
    return ranges


def _range(part: str, number: int) -> tuple[str, int, int]:
    """``a = 2..9``, ``a from 2 to 9``, ``2 <= a <= 9``, ``a取2到9``."""
    found, between = _RANGE.fullmatch(part), _BETWEEN.fullmatch(part)
    if found is not None:
        letter, ends = found[1], (found[2], found[3])
    elif between is not None:
        letter, ends = between[2], (between[1], between[3])
    else:
        raise BadPattern(NO_RANGE.of(str(number), part.strip()[:40]))
    low, high = sorted(int(end.replace("−", "-")) for end in ends)
    if between is not None and re.match(r"\s*[-−]?\d+\s*<(?!=)", part):
        low += 1
    if max(-low, high) > LARGEST or low == high == 0 or low > high:
        raise BadPattern(NO_RANGE.of(str(number), part.strip()[:40]))
    return letter, low, high


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


def _joined(before: str, value: Fraction, following: str, *, latex: bool) -> str:
    """A number behind a text as a person would write it: ``- 3`` for ``+ -3``, ``x`` for ``1x``,
    ``(-3)^2``; in LaTeX an argument keeps its braces."""
    if latex and _ARGUMENT.search(before):
        return f"{before}{{{_written(value)}}}"
    last = before.rstrip()[-1:]
    if latex and _OPERATOR.search(before):
        last = "*"
    if value < 0 and last in ("+", "-", "−") and before.rstrip()[:-1].strip():
        turned = "-" if last == "+" else "+"
        head = before.rstrip()[:-1]
        before = f"{head}{turned}{before[len(before.rstrip()) :]}"
        value, last = -value, turned
    if value < 0 and (last in _BINDING or last in ("+", "-", "−")):
        return f"{before}({_written(value)})"
    raised = _RAISED.match(following)
    if raised and (value < 0 or value.denominator != 1):
        return f"{before}({_written(value)})"
    coefficient = _COEFFICIENT.match(following) and not before[-1:].isalnum()
    if abs(value) == 1 and coefficient and last not in _TIGHT:
        return f"{before}{'-' if value < 0 else ''}"
    if value.denominator != 1 and (coefficient or last in _BINDING):
        sign, value = ("-", -value) if value < 0 else ("", value)
        return f"{before}{sign}({_written(value)})"
    return f"{before}{_written(value)}"


def _written(value: Fraction) -> str:
    return (
        str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    )
