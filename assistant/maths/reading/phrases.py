"""Matching sentences against phrases with places in them.

A phrase is a line such as ``remainder when <a> is divided by <b>``: literal words (a
regular expression, matched without regard to case) and named places.  A place takes as
little as it can; when what it took cannot be read, the next possibility is tried, so
``sum of <a> and <b>`` finds the right *and*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.maths.reading.patterns import ANYTHING, Needs, compiled, has_all, needs

PLACE = re.compile(r"<(\w+)>")
SPACE = re.compile(r"\\.|\[[^\]]*\]| +")
GAP = r"(?:\s+|(?=[(\[{|$\\√∫∑]))"
"""White space in a phrase; a bracket or LaTeX command may follow a word directly."""
EDGE = " \t\r\n\u00a0\u3000"
LETTER = "A-Za-z_"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the input, with its place, so that errors point into the input."""

    source: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the span."""
        return self.source[self.start : self.end]

    def cut(self, start: int, end: int) -> Span:
        """Another part of the same input, without white space at its edges."""
        while start < end and self.source[start] in EDGE:
            start += 1
        while end > start and self.source[end - 1] in EDGE:
            end -= 1
        return Span(self.source, start, end)

    def strip(self, characters: str = "") -> Span:
        """Without white space and the given characters at its edges; the point of ``.5`` stays."""
        start, end = self.start, self.end
        while start < end and self.source[start] in EDGE + characters:
            if self.source[start] == "." and self.source[start + 1 : end][:1].isdigit():
                break
            start += 1
        while end > start and self.source[end - 1] in EDGE + characters:
            end -= 1
        return Span(self.source, start, end)

    def __bool__(self) -> bool:
        return self.end > self.start


class Phrase:
    """Literals and places, alternating; compiled when it is first tried."""

    def __init__(self, pattern: str) -> None:
        self._pieces = PLACE.split(pattern)
        self.places = tuple(self._pieces[1::2])
        assert all(p.strip() for p in self._pieces[2:-1:2]), pattern
        self._literals: dict[int, re.Pattern[str] | None] = {}

    @cached_property
    def needs(self) -> Needs:
        """Words that every text of the phrase has: spares most compilations."""
        words = (piece.replace(" ", ANYTHING) for piece in self._pieces[0::2])
        return tuple(dict.fromkeys(need for piece in words for need in needs(piece)))

    def literal(self, index: int) -> re.Pattern[str] | None:
        """The words before the place of that index, or behind the last one."""
        if index not in self._literals:
            tail = r"\s*\Z" if index == len(self.places) else ""
            self._literals[index] = _literal(self._pieces[2 * index], tail)
        return self._literals[index]

    def matches(self, span: Span) -> Iterator[dict[str, Span]]:
        """Every way to lay the phrase over the whole span."""
        if not has_all(span.text.casefold(), self.needs):
            return
        first = self.literal(0)
        start = span.start
        if first is not None:
            found = first.match(span.source, start, span.end)
            if found is None:
                return
            start = found.end()
        yield from self._rest(span, start, 0)

    def _rest(self, span: Span, start: int, index: int) -> Iterator[dict[str, Span]]:
        if index == len(self.places):
            if not span.cut(start, span.end):
                yield {}
            return
        literal = self.literal(index + 1)
        if literal is None:
            taken = span.cut(start, span.end)
            if taken:
                yield {self.places[index]: taken}
            return
        for found in literal.finditer(span.source, start, span.end):
            taken = span.cut(start, found.start())
            if taken:
                for others in self._rest(span, found.end(), index + 1):
                    yield {self.places[index]: taken, **others}


def _literal(source: str, tail: str = "") -> re.Pattern[str] | None:
    source = source.replace("[,，]?", r"[,，]?\s*").replace(" ?", r"\s*").strip()
    source = source.replace("[:,]?", r"\s*[:,]?").replace("[:]?", r"\s*[:]?")
    if not source:
        return None
    body = SPACE.sub(lambda m: GAP if m[0][0] == " " else m[0].replace(" ", r"\s"), source)
    bare = re.sub(r"\\.", "", source)
    if re.search(r"[a-z]", bare):
        before = rf"(?<![{LETTER}])" if re.match(r"(?:\(\?:)*[a-z]", bare) else ""
        body = rf"{before}(?:{body})(?:(?<![{LETTER}])|(?![{LETTER}]))"
    return compiled(rf"\s*(?:{body}){tail}", re.IGNORECASE)
