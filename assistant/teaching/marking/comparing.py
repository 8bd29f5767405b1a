"""An answer held against those of a key.

Students write the way to their answer into it: “5 + 3 = 8”.  What stands last is the answer then,
and it is another only where none of the sides is the one of the key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.maths.pool import Runner
from assistant.maths.types import EqualResult, Proved, Supported, Work, WorkReport

_CHOICE = re.compile(r"\s*[(（]?\s*([A-Ha-h])\s*[)）]?\s*[.。]?\s*")
_PARTS = re.compile(r"\bor\b|\band\b|[,，、;；或且和]")
_NAME = re.compile(r"\s*(?:[^\W\d_](?:_?\{?\w{1,3}\}?)?|[^\W\d_]\([^\W\d_]\))\s*")
_EQUALS = re.compile(r"(?<![<>!:=])=(?![=<>])")


_DECIMAL = re.compile(r"\s*[-+−]?\d+\.\d+\s*")
_WORD = re.compile(r"[A-Za-z]{2,}")
_KNOWN = frozenset(
    "or and sin cos tan cot sec csc log ln lg exp sqrt pi frac dfrac left right cdot times infty "
    "arcsin arccos arctan mod cm mm km kg mg ml pm le ge leq geq in oo".split()
)
"""Words that are mathematics; among others a number may be hedged: “3 or so”."""


class Held(Enum):
    """What holding it against the key gave."""

    TRUE = auto()
    FALSE = auto()
    OTHER_FORM = auto()
    """It says the same, but is not solved as the answer of the key is."""
    ROUNDED = auto()
    """One is the other when rounded."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Comparing:
    """``runner`` does the jobs of the mathematics."""

    runner: Runner

    def outcome(self, golds: Sequence[str], given: str) -> Held:
        """Is it one of them?  ``FALSE`` only where it is certainly none."""
        held = [self._held(gold, given) for gold in golds]
        for first in (Held.TRUE, Held.OTHER_FORM, Held.ROUNDED, Held.UNKNOWN):
            if first in held:
                return first
        return Held.FALSE if held else Held.UNKNOWN

    def _held(self, gold: str, given: str) -> Held:
        if (chosen := _choice(gold, given)) is not None:
            return Held.TRUE if chosen else Held.FALSE
        whole = self._equal(gold, given)
        if whole:
            return Held.OTHER_FORM if _unsolved(given) and not _unsolved(gold) else Held.TRUE
        sides = _EQUALS.split(given)
        same: list[bool | None] = [whole]
        if len(sides) > 1 and not _EQUALS.search(gold):
            same = [self._equal(gold, side) for side in sides]
        if same[-1]:
            return Held.TRUE
        if self._rounded(gold, sides[-1]):
            return Held.ROUNDED
        hedged = _words(given) and not _words(gold)
        return Held.UNKNOWN if None in same or True in same or hedged else Held.FALSE

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

    def _equal(self, gold: str, given: str) -> bool | None:
        result = self.runner.run("equal", (gold, given))
        return result.equal if isinstance(result, EqualResult) else None


def _choice(gold: str, given: str) -> bool | None:
    """Of an answer that is the letter of an option; ``None`` where it is none."""
    right, chosen = _CHOICE.fullmatch(gold), _CHOICE.fullmatch(given)
    if right is None or chosen is None or not right[1].isupper():
        return None
    return right[1] == chosen[1].upper()


def _words(text: str) -> bool:
    """Are there words in it that are no mathematics?"""
    return any(word.lower() not in _KNOWN for word in _WORD.findall(text))


def _unsolved(text: str) -> bool:
    """Does an equation stand in it that is solved for nothing: ``2x = 8``?"""
    for part in _PARTS.split(text):
        sides = _EQUALS.split(part)
        if len(sides) == 2 and not any(map(_NAME.fullmatch, sides)):
            return any(c.isalpha() for c in part)
    return False
