"""The clauses of a narrated story: every way in which a sentence may be read, whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.maths.reading.stories.narrated.deeds import Deeds
from assistant.maths.reading.stories.narrated.facts import (
    Did,
    Fact,
    Last,
    Object,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    NOTHING,
)
from assistant.maths.reading.stories.narrated.rates import Reading

OPENERS = (
    "if", "now", "then", "later", "next", "also", "so", "suppose", "suppose that", "given that", "after that", "afterwards",
    "in addition", "additionally", "finally", "first", "and", "but", "later on", "while",
)  # fmt: skip


class Clauses(Deeds):
    """The clauses of one sentence."""

    def whole(self) -> Iterator[tuple[Fact, ...]]:
        """All readings that take every token."""
        for facts, _, end in self.several(self.opened(0), ()):
            if end == len(self.tokens):
                yield facts

    def opened(self, at: int) -> int:
        """Behind words that only join."""
        for _ in range(2):
            for words in OPENERS:
                if end := self.said(at, *words.split()):
                    at = self.said(end, ",") or end
        return at

    def several(self, at: int, subject: tuple[str, ...]) -> Iterator[Reading]:
        """One clause, or several that are joined."""
        for facts, who, end in self.clause(at, subject):
            yield facts, who, end
            if relative := self.said(end, ",", "who") or self.said(end, "who"):
                for more, stop in self.predicate(relative, _meant(facts, who)):
                    yield (*facts, *more), who, stop
            joint = self.said(end, ",") or end
            after = self.said(joint, "and|but|so|while") or joint
            last_did = next((f for f in reversed(facts) if isinstance(f, Did)), None)
            if after > end and last_did is not None and last_did.does is Does.ACT:
                then = self.said(after, "then|another") or after
                for more, stop in self._lasting(then, who, last_did.verb, Does.ACT):
                    yield (*facts, *more), who, stop
            after = self.said(after, "then|if|also") or after
            if after > end:
                for more, last, stop in self.several(after, who):
                    yield (*facts, *more), last, stop

    def clause(self, at: int, subject: tuple[str, ...]) -> Iterator[Reading]:
        """One clause."""
        yield from self._there(at)
        yield from self._rates(at)
        yield from self._last(at)
        yield from self._takes(at)
        yield from self._happened(at)
        yield from self._sells(at)
        yield from self._charge(at)
        start = self._timed(at)
        for tail, begin in start:
            for who, end in self.names(begin):
                each = bool(self.said(end, "each|both"))
                for facts, stop in self.predicate(end + each, who):
                    yield tuple(_at(_each(f, each=each), tail) for f in facts), who, stop
        if subject:
            for facts, stop in self.predicate(at, subject):
                yield facts, subject, stop

    def _timed(self, at: int) -> list[tuple[Tail | None, int]]:
        """A time before the subject."""
        found: list[tuple[Tail | None, int]] = [(None, at)]
        if end := self.said(at, "together|altogether") or self.said(at, "in", "total|all"):
            found.append((Tail("total"), self.said(end, ",") or end))
        for when, end in self.when(at):
            found.append((Tail("when", when), self.said(end, ",") or end))
        return found

    def _there(self, at: int) -> Iterator[Reading]:
        if end := self.said(at, "there", "are|were|is|was"):
            for objects, stop in self.objects(end):
                yield (Did(("",), "have", Does.HAVE, objects),), ("",), stop

    def _last(self, at: int) -> Iterator[Reading]:
        end = self.said(at, "which|that|this", "is|was")
        if end:
            for size, kind, tails, stop in self.sized(end):
                if size.ref is not None and not tails and kind == NOTHING:
                    yield (Last(size),), (), stop


def _meant(facts: tuple[Fact, ...], who: tuple[str, ...]) -> tuple[str, ...]:
    """Whom ``who`` means behind a clause: the last that was named."""
    for fact in reversed(facts):
        if isinstance(fact, Did) and fact.objects:
            ref = fact.objects[-1].size.ref
            return (ref.who,) if ref is not None and ref.who else fact.who
    return who


def _each(fact: Fact, *, each: bool) -> Fact:
    return replace(fact, each=True) if each and isinstance(fact, Did) else fact


def _at(fact: Fact, tail: Tail | None) -> Fact:
    if tail is None or not isinstance(fact, Did):
        return fact
    return replace(fact, objects=_with(fact.objects, tail))


def _with(objects: tuple[Object, ...], tail: Tail) -> tuple[Object, ...]:
    return tuple(replace(one, tails=(*one.tails, tail)) for one in objects)
