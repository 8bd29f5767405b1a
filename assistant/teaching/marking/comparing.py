"""An answer held against those of a key.

The comparison of answers is made for whole texts of one writer; a class writes everything.  So what
it finds equal is looked at again for its unit and its form, and what it finds different counts as
wrong only where nothing else can have been meant.

Students write the way to their answer into it: “5 + 3 = 8”.  What stands last is the answer then,
and it is another only where none of the sides is the one of the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.maths.answers.clean import UNIT_OF, clean
from assistant.maths.answers.opposites import same_kind
from assistant.maths.pool import Runner
from assistant.maths.types import EqualResult, Proved, Supported, Work, WorkReport
from assistant.teaching.marking.choices import chosen, letters
from assistant.teaching.marking.lines import TAKEN_BACK

_PARTS = re.compile(r"\bor\b|\band\b|[,，、;；或且和]")
_NAME = re.compile(r"\s*(?:[^\W\d_](?:_?\{?\w{1,3}\}?)?|[^\W\d_]\([^\W\d_]\))\s*")
_EQUALS = re.compile(r"(?<![<>!:=])=(?![=<>])")
_NAMED = re.compile(r"\s*[^\W\d_](?:_?\{?\d{1,2}\}?)?\s*=(?!=)")
_DECIMAL = re.compile(r"\s*[-+]?\d+\.\d+\s*")
_NUMBER = re.compile(r"\s*[-+]?(?:\d[\d,]*(?:\.\d+)?)(?:\s*/\s*\d+|\s+\d+/\d+)?\s*%?\s*")
_WORKED = re.compile(r"[\d)]\s*(?:[+\-*×·÷^(!]|/.*[-+*×·÷/])|√|\\?sqrt|\|")
"""Of an answer that is a number: it is still to be worked out."""
_POWER_OF_TEN = re.compile(
    r"\s*[-+]?\d(?:\.\d+)?\s*(?:[*×·]|\\times|\\cdot)\s*10\s*\^\s*\{?-?\d+\}?\s*"
)
_BOUND = re.compile(r"[<>≤≥≠]|\\[lgn]eq?\b|\\ne\b")
_WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]+")
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])\d*|[α-ωΑ-Ω]\d*")
_UNIT_WORD = "|".join(re.escape(w) for w in sorted(UNIT_OF, key=len, reverse=True))
_UNIT = re.compile(rf"(?<![A-Za-z])(?:{_UNIT_WORD})(?![A-Za-z])")
_ASKED = re.compile(
    rf"(?:多少|几|[hH]ow many|\bin|\bto|\binto|[换化]成|合)\s*({_UNIT_WORD})(?![A-Za-z])"
)
_SIGNS = {"√": "true", "✓": "true", "T": "true", "×": "false", "✗": "false", "F": "false"}
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_KNOWN = frozenset(
    "or and sin cos tan cot sec csc log ln lg exp sqrt pi frac dfrac left right cdot times infty "
    "arcsin arccos arctan mod cm mm km kg mg ml pm le ge leq geq in oo 或 且 和".split()
)
"""Words that are mathematics; among others a number may be hedged: “3 or so”."""

NUMERIC = "equal at "
"""How the method begins by which two answers were only compared in numbers."""


class Held(Enum):
    """What holding it against the key gave."""

    TRUE = auto()
    AGREES = auto()
    """Equal at all points that were tried, which is not proved."""
    FALSE = auto()
    OTHER_FORM = auto()
    """It says the same, but is not solved or worked out as the answer of the key is."""
    UNIT = auto()
    """The number is the same; a unit stands only at one of them."""
    ROUNDED = auto()
    """One is the other when rounded."""
    PART = auto()
    """Some of the values of the key, and no other."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Comparing:
    """``runner`` does the jobs of the mathematics; ``problem`` is what was asked."""

    runner: Runner
    problem: str = ""

    def outcome(self, golds: Sequence[str], given: str) -> Held:
        """Is it one of them?  ``FALSE`` only where it is certainly none."""
        held = [self._held(_one_spelling(gold), _one_spelling(given)) for gold in golds]
        for first in Held:
            if first in held and first is not Held.FALSE:
                return first
        return Held.FALSE if held else Held.UNKNOWN

    def _held(self, gold: str, given: str) -> Held:
        said = chosen(gold, given)
        if said is None:
            said = same_kind(_bare(gold), _bare(given))
        if said is not None:
            return Held.TRUE if said else Held.FALSE
        sides = _EQUALS.split(given)
        whole = self._equal(gold, given)
        same: list[bool | None] = [whole]
        if not whole and len(sides) > 1 and not _EQUALS.search(gold):
            same = [self._equal(gold, side) for side in sides]
        if same[-1]:
            return self._form(gold, given)
        if self._rounded(gold, sides[-1]):
            return Held.ROUNDED
        if self._is_part(gold, given):
            return Held.PART
        if None in same or True in same or self._otherwise(gold, given):
            return Held.UNKNOWN
        return Held.FALSE

    def _form(self, gold: str, given: str) -> Held:
        """Of one that is equal: is it the answer, as it stands?"""
        if tight(gold) == tight(given):
            return Held.TRUE
        if _takes_back(gold, given) or is_either(given):
            return Held.UNKNOWN
        if _unsolved(given) and not _unsolved(gold):
            return Held.OTHER_FORM
        last = _EQUALS.split(given)[-1]
        number = bool(_NUMBER.fullmatch(_EQUALS.split(clean(gold).text)[-1]))
        worked = number and _WORKED.search(clean(last).text) and not _POWER_OF_TEN.fullmatch(last)
        if worked or (len(tight(given)) > 2 and tight(given) in tight(self.problem)):
            return Held.OTHER_FORM
        if self._only_one_unit(gold, last):
            return Held.UNIT
        numeric = any(self._in_numbers(gold, text) for text in {given, last})
        return Held.AGREES if numeric else Held.TRUE

    def _only_one_unit(self, gold: str, given: str) -> bool:
        """A unit that the problem asks for need not be in the key."""
        units = {clean(text).unit for text in (gold, given)}
        if len(units) == 1 or "" not in units or re.search(r"pi\b|π", gold + given):
            return False
        asked = _units(_ASKED.findall(self.problem)) or _units(_UNIT.findall(self.problem))
        return not clean(given).unit or asked != units - {""}

    def _otherwise(self, gold: str, given: str) -> bool:
        """May something be meant that the comparison did not see?"""
        if _words(gold) | _words(given) or chosen(gold, gold) is not None:
            return True
        if _letters(given) - _letters(gold):
            return True
        if bool(_BOUND.search(gold)) != bool(_BOUND.search(given)):
            return "∈" in gold + given or any(c in "([" for c in gold + given)
        if self._is_part(gold, given, repeated=True):
            return True
        return any(self._equal(one, other) is not False for one, other in _meant(gold, given))

    def _is_part(self, gold: str, given: str, *, repeated: bool = False) -> bool:
        """Are these some of the values of the key, or all of them and some twice?"""
        parts, values = _split(gold), _split(given)
        if any(c in "()[]<>≤≥" for c in gold) or not values or max(len(parts), len(values)) > 6:
            return False
        if (len(values) < len(parts)) is repeated:
            return False
        return all(any(self._equal(part, value) for part in parts) for value in values)

    def _rounded(self, gold: str, given: str) -> bool:
        """Is one of them a decimal to which the other rounds?"""
        if _DECIMAL.fullmatch(gold):
            gold, given = given, gold
        if not _DECIMAL.fullmatch(given):
            return False
        report = self.runner.run("check", Work("", (f"{gold} ≈ {given}",)))
        if not isinstance(report, WorkReport):
            return False
        return all(isinstance(mark.verdict, Proved | Supported) for mark in report.marks)

    def _in_numbers(self, gold: str, given: str) -> bool:
        result = self.runner.run("equal", (gold, given))
        same = isinstance(result, EqualResult) and result.equal
        return bool(same) and isinstance(result, EqualResult) and result.method.startswith(NUMERIC)

    def _equal(self, gold: str, given: str) -> bool | None:
        result = self.runner.run("equal", (gold, given))
        return result.equal if isinstance(result, EqualResult) else None


def _one_spelling(text: str) -> str:
    """With one sign for minus, and no full stop at the end."""
    return re.sub(r"[−–—](?=\s*[\w(√.])", "-", text).strip().rstrip("。")


def _bare(text: str) -> str:
    """A word without its stop; a sign for right or wrong in words."""
    text = text.strip(" .。!！\t")
    return _SIGNS.get(text.upper(), text)


def tight(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s", "", text)


def _letters(text: str) -> set[str]:
    """The letters in it, but for the one whose value it gives; ``x3`` is none of ``3x``."""
    return set(_LETTER.findall(_NAMED.sub("", text)))


def _meant(gold: str, given: str) -> Iterator[tuple[str, str]]:
    """Both as they may have been meant: with another name, “and” for “or”, a comma for a point."""
    one, other = (_EQUALS.split(text, maxsplit=1) for text in (gold, given))
    named = len(one) == len(other) == 2 and one[0] != other[0]
    if named and _NAME.fullmatch(one[0]) and _NAME.fullmatch(other[0]):
        yield one[1], other[1]
    if _PARTS.search(gold + given) and not re.search(r"[(（\[]", gold + given):
        for joined in (",", " and "):
            both = _PARTS.sub(joined, gold), _PARTS.sub(joined, given)
            if both != (gold, given):
                yield both
    plain = tuple(_COMMA.sub(".", text).rstrip("!！") for text in (gold, given))
    if plain != (gold, given):
        yield plain[0], plain[1]


def _units(words: Sequence[str]) -> set[str]:
    return {UNIT_OF[word] for word in words}


def _split(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()]


def _words(text: str) -> set[str]:
    """The words in it that are no mathematics."""
    return {word.lower() for word in _WORD.findall(text)} - _KNOWN - UNIT_OF.keys()


def _takes_back(gold: str, given: str) -> bool:
    """Does it name the number of the key only to deny it, or to be near it?"""
    if not any(c.isdigit() for c in gold) and letters(gold) is None:
        return False
    if TAKEN_BACK.search(given) and not TAKEN_BACK.search(gold):
        return True
    number = _NUMBER.fullmatch(clean(gold).text) is not None
    return number and _BOUND.search(given) is not None


def is_either(text: str) -> bool:
    """Is one of several letters given: ``x = 1 or y = 2``?"""
    names = {found[0].strip() for part in _split(text) if (found := _NAMED.match(part))}
    return len(names) > 1 and re.search(r"\bor\b|或", text) is not None


def _unsolved(text: str) -> bool:
    """Does an equation stand in it that is solved for nothing: ``2x = 8``?"""
    for part in _PARTS.split(text):
        sides = _EQUALS.split(part)
        if len(sides) == 2 and not any(map(_NAME.fullmatch, sides)):
            return any(c.isalpha() for c in part)
    return False
