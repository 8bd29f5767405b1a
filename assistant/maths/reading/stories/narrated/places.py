"""When and where something happens, and how long."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maths import terms as t
from assistant.maths.reading.stories.narrated.facts import (
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    MONTHS,
    PERIODS,
    WEEKDAYS,
)
from assistant.maths.reading.stories.narrated.phrases import (
    ARTICLES,
    Phrases,
)

IN = "in|on|at|inside|into|around|across|near"


class Places(Phrases):
    """Times and places."""

    def when(self, at: int) -> Iterator[tuple[str, int]]:
        """At what time: a day, a month, a part of the day."""
        if end := self.said(at, "yesterday|today|tomorrow|tonight"):
            yield self.word(at), end
        if self.said(at, "on|last|this|in") and self.word(at + 1) in WEEKDAYS | MONTHS:
            yield self.word(at + 1), at + 2
        if self.word(at) in WEEKDAYS | MONTHS:
            yield self.word(at), at + 1
        parts = "morning|afternoon|evening"
        if end := self.said(at, "in", "the", parts) or self.said(at, "this", parts):
            yield self.word(end - 1), end
        if end := self.said(at, "last", "week|month|year|night"):
            yield f"last {self.word(end - 1)}", end
        if end := self.said(
            at, "on|in", "the", "first|second|third|fourth|next", "day|week|month|hour|year"
        ):
            yield f"{self.word(end - 2)} {self.word(end - 1)}", end
        if end := self.said(
            at, "the", "first|second|third|fourth|next", "day|week|month|hour|year"
        ):
            yield f"{self.word(end - 2)} {self.word(end - 1)}", end
        if end := self.said(at, "for", "breakfast|lunch|dinner"):
            yield self.word(end - 1), end

    def periods(self, at: int) -> Iterator[tuple[Tail, int]]:
        """``a day``, ``every week``, ``for 5 days``, ``5 days a week``."""
        if self.said(at, "a|an|per|each|every") and self.word(at + 1) in PERIODS:
            yield Tail("per", PERIODS[self.word(at + 1)], t.integer(1)), at + 2
        if self.said(at, "daily"):
            yield Tail("per", "day", t.integer(1)), at + 1
        if every := self.said(at, "every"):
            for value, _, end in self.number(every):
                if period := _period(self.word(end)):
                    yield Tail("per", period, value), end + 1
        opened = self.said(at, "for|over|in|within|during") or (self.said(at, "after") or at)
        opened = self.said(opened, "the", "next|last|past") or opened
        for value, money, end in self.number(opened):
            period = "" if money else _period(self.word(end))
            if not period:
                continue
            if self.said(end + 1, "a|per|each|every") and self.word(end + 2) in PERIODS:
                yield Tail(f"span {period}", PERIODS[self.word(end + 2)], value), end + 3
            elif opened > at:
                yield Tail("span", period, value), end + 1
        if opened > at and self.said(opened, "a|an|one") and self.word(opened + 1) in PERIODS:
            yield Tail("span", PERIODS[self.word(opened + 1)], t.integer(1)), opened + 2

    def places(self, at: int) -> Iterator[tuple[Tail, int]]:
        """``to Bob``, ``from his grandpa``, ``in the box``."""
        if to := self.said(at, "to"):
            for name, end in self.name(to):
                yield Tail("to", name), end
        if source := self.said(at, "from"):
            for name, end in self.name(source):
                yield Tail("source", name), end
        place = self.said(at, IN)
        for noun, end in self.noun(place + 1) if place and self.word(place) in ARTICLES else ():
            if noun.split()[-1] not in PERIODS:
                yield Tail("where", noun), end


def _period(word: str) -> str:
    """A period in the singular or plural."""
    return PERIODS.get(word) or PERIODS.get(word.removesuffix("s"), "")
