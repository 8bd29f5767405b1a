"""What waits for the text that follows it before it is a step, or part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.steps import wording as w
from assistant.steps.sentences import Sentence

LEAD = re.compile(r"[:：][\s*_]*$")
ENDING_OR = re.compile(r"(?:(?<![A-Za-z])or|或者?)$")
UNIT_NOTE = re.compile(r"[（(]\s*[\u4e00-\u9fff]{1,6}\s*[)）]$")
VALUE = re.compile(r"(?:\d|[)\]}$%]|(?<![A-Za-z])[A-Za-z])$")
NAME = re.compile(r"(?<![A-Za-z\d])[A-Za-z]$")
"""A letter, of which no number behind it is a factor: 设某数为 x."""
CAPITAL = re.compile(r"[A-Z][A-Za-z]")
TAIL = 40
OR = re.compile(r"(?:or|或者?)(?![A-Za-z])[\s,，:：]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """Words before formulas that suppose, deny or round; ``used`` with the first of them."""

    text: str
    start: int
    end: int
    firm: str = ""
    """The words in it that reach beyond the next formula."""
    used: bool = False


@dataclass(frozen=True, slots=True)
class Last:
    """The last side of the formula before; ``spoken`` where it was a step by itself, which
    a row that begins with ``=`` continues."""

    side: str
    start: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A step that what follows it may deny: ``closed`` where its formula is true or false by
    itself; a ``formula`` waits beyond its own line."""

    text: str
    start: int
    end: int
    formula: bool
    closed: bool


class Open:
    """A sentence that has not ended with its line; what is asked of it each line is kept."""

    def __init__(self, first: Sentence) -> None:
        self._first, self._last = first, first
        self.start = first.start
        self._parts = [first.text]
        self.size = len(first.text)
        self.formula = w.wordless(first.text)
        self.related = w.has_relation(first.text)

    @property
    def tail(self) -> str:
        """How it ends."""
        return self._parts[-1][-TAIL:]

    def add(self, found: Sentence) -> None:
        """The next line of it."""
        self._parts.append(found.text)
        self._last = found
        self.size += 1 + len(found.text)
        self.formula &= w.wordless(found.text)
        self.related |= w.has_relation(found.text)

    def whole(self) -> Sentence:
        """All its lines as one sentence."""
        if len(self._parts) == 1:
            return self._first
        first, last = self._first, self._last
        return Sentence(" ".join(self._parts), first.start, last.end, last.ended)

    def joins(self, found: str) -> str:
        """Whether a line goes on with the sentence: *join*, *apart*, or *drop* where either
        reading could be wrong."""
        tail, first, second = self.tail, self.formula, w.wordless(found)
        if LEAD.search(tail):
            return "apart"
        if OR.match(found) or ENDING_OR.search(tail):
            return "join"
        if w.LEADING.match(found):
            return "apart" if first else "join"
        if w.OPERATOR.match(found):
            return "join"
        if w.MINUS.match(found):
            return "apart" if first and w.has_relation(found) else "join"
        if w.DANGLING.search(tail) or tail.endswith((",", "，", "、")):
            return "join"
        if first:
            return "join" if not second and found[:1].islower() else "apart"
        if second:
            if self.related or (NAME.search(tail) and found[0].isdigit() and w.has_relation(found)):
                return "apart"
            return "drop" if VALUE.search(tail) else "join"
        new = CAPITAL.match(found) or w.core(found) != found or self._over(found)
        return "apart" if new and self.related else "join"

    def _over(self, found: str) -> bool:
        """Whether Chinese goes on with another statement, where the line ends with a value or its
        unit: there lines are not wrapped in the middle of a sentence."""
        ends = VALUE.search(self.tail) or UNIT_NOTE.search(self.tail)
        return ends is not None and w.HAN.search(found) is not None and w.has_relation(found)
