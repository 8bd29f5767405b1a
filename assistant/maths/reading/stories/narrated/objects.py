"""So much of a thing, with what is said of it: every way in which the tokens may be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from assistant.maths.reading.stories.accounts.words_en import singular
from assistant.maths.reading.stories.narrated.facts import (
    Object,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    GERUNDS,
    KIN,
    MONTHS,
    PARTICIPLES,
    PERIODS,
    VERBS,
    WEEKDAYS,
)
from assistant.maths.reading.stories.narrated.phrases import (
    ARTICLES,
    GROUPS,
)
from assistant.maths.reading.stories.narrated.sizes import Sizes

ALL = (
    "in all",
    "in total",
    "all together",
    "altogether",
    "together",
    "total",
    "combined",
    "collectively",
)
MAX_TAILS = 4
MAX_READINGS = 12


class Objects(Sizes):
    """Amounts behind a verb."""

    def objects(self, at: int) -> Iterator[tuple[tuple[Object, ...], int]]:
        """One or several, joined by commas and ``and``."""
        for one, end in islice(self.object(at), MAX_READINGS):
            yield (one,), end
            for joint in (("and",), (",", "and"), (",",)):
                after = self.said(end, *joint)
                if after:
                    for more, last in self.objects(after):
                        yield (one, *more), last

    def object(self, at: int) -> Iterator[tuple[Object, int]]:
        """An amount with its tails."""
        starts: list[tuple[tuple[Tail, ...], int]] = [((), at)]
        starts += [((Tail("when", when),), end) for when, end in self.when(at)]
        for first, start in starts:
            for size, kind, before, end in self.sized(start):
                for tails, last in self.tails(end):
                    yield Object(size, kind, (*first, *before, *tails)), last

    def tails(self, at: int) -> Iterator[tuple[tuple[Tail, ...], int]]:
        """None, one or several."""
        yield from self._tails(at, MAX_TAILS)

    def _tails(self, at: int, left: int) -> Iterator[tuple[tuple[Tail, ...], int]]:
        yield (), at
        start = self.said(at, ",") or at
        for tail, end in self.tail(at if start == at else start) if left else ():
            if start > at and tail.says not in ("each", "cost", "per", "contents"):
                continue
            for more, last in self._tails(end, left - 1):
                yield (tail, *more), last

    def tail(self, at: int) -> Iterator[tuple[Tail, int]]:
        """One adverbial."""
        for words in ALL:
            if end := self.said(at, *words.split()):
                yield Tail("total"), end
        if end := self.said(at, "left|remaining") or self.said(at, "left", "over"):
            yield Tail("left"), end
        givers = self.said(at, "from", "the|both|all|his|her|their") or self.said(
            at, "from|between"
        )
        for _, _, end in self.number(givers) if givers else ():
            for noun, stop in self.noun(end):
                if noun in GROUPS or singular(noun) in KIN or noun.endswith("parents"):
                    yield Tail("total"), stop
        for verb in (self.said(at, "to", "be"), self.said(at, "to")):
            if verb and self.word(verb) in (VERBS if verb == at + 1 else PARTICIPLES):
                yield Tail("purpose"), verb + 1
                for _, end in self.noun(verb + 2) if self.word(verb + 1) in ARTICLES else ():
                    yield Tail("purpose"), end
        if end := self.said(at, "to", "spend") or self.said(at, "to", "go", "shopping"):
            yield Tail("purpose"), end
        if self.said(at, "to", "go|take", "to"):
            for _, end in self.noun(self.said(at + 3, "the|a|an") or at + 3):
                yield Tail("purpose"), end
        if end := self.said(at, "now"):
            yield Tail("now"), end
        if end := self.said(at, "so", "far") or self.said(at, "already"):
            yield Tail("so far"), end
        for when, end in self.when(at):
            yield Tail("when", when), end
        if on := self.said(at, "on|for"):
            start = self.said(on, "a|an|the|some|his|her|their|new") or on
            for noun, end in self.noun(start):
                if (
                    noun.split()[-1].removesuffix("s") not in PERIODS
                    and self.tokens[start].word not in MONTHS | WEEKDAYS
                ):
                    yield Tail(self.word(at), noun), end
        if end := self.said(at, "going", "on|to", "a|the"):
            for _, stop in self.noun(end):
                yield Tail("purpose"), stop
        if self.word(at) in GERUNDS:
            for noun, end in self.noun(at + 1):
                yield Tail("where", f"{self.word(at)} {noun}"), end
        yield from self._priced(at)
        yield from self.periods(at)
        yield from self._held(at)
        yield from self.places(at)

    def _priced(self, at: int) -> Iterator[tuple[Tail, int]]:
        """``at $3 each``, ``that cost $3 each``, ``for $20``."""
        opened = (
            self.said(at, "that|which", "cost|costs|are|were|is|was|sell|sells")
            or self.said(at, "costing|at|for")
            or self.said(at, "each", "at|for|costing")
            or self.said(at, "that|which", "each", "cost|costs")
            or self.said(at, "worth")
        )
        if not opened:
            return
        opened = self.said(opened, "for") or opened
        single = "each" in (self.word(at), self.word(at + 1))
        for value, money, end in self.number(opened):
            if not money:
                continue
            each = self.said(end, "each|apiece") or self.said(
                end, "per|a|an", "piece|item|unit|person"
            )
            if each or single:
                yield Tail("each", value=value), each or end
            else:
                if self.said(end, "per|a|an|every|each") and self.word(end + 1) not in PERIODS:
                    for kind, last in self.thing(end + 1):
                        yield Tail("each", kind.thing or kind.unit, value), last
                yield Tail("cost" if self.word(at) == "for" else "at", value=value), end

    def _held(self, at: int) -> Iterator[tuple[Tail, int]]:
        """``with 12 eggs in each box``, ``of 50 beads each``."""
        opened = self.said(at, "with|of|containing") or self.said(
            at, "that|which", "hold|holds|contain|contains|have|has|had"
        )
        opened = self.said(opened, "each", "having|holding|containing") or opened if opened else 0
        for value, money, end in self.number(opened) if opened else ():
            if money:
                continue
            for kind, stop in self.thing(end):
                if last := self.said(stop, "each|apiece"):
                    yield Tail(f"contents {kind.unit}", kind.thing, value), last
                if last := self.said(stop, "in|on|per", "each|every") or self.said(stop, "per"):
                    for within, after in self.thing(last):
                        yield Tail(f"contents {kind.unit}", kind.thing, value, within.thing), after
                    yield Tail(f"contents {kind.unit}", kind.thing, value), last
                if self.word(at) == "of":
                    yield Tail(f"contents {kind.unit}", kind.thing, value), stop
