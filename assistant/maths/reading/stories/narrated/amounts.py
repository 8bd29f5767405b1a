"""Amounts of those who are asked about, over the time that is asked about."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.words_en import ITEM, singular
from assistant.maths.reading.stories.narrated.entries import (
    COMES,
    STATES,
    Entry,
    fits,
    per_unit,
    times,
    total,
)
from assistant.maths.reading.stories.narrated.facts import (
    Ask,
)
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.narrated.world import World
from assistant.maths.reading.stories.telling import exact

SHORT = frozenset("second minute hour".split())
"""Paces for these are told of one thing after another."""


class Amounts:
    """What is told, by whom it is of."""

    def __init__(self, world: World, ask: Ask) -> None:
        self.world = world
        self.ask = ask
        self.needed: set[int] = set()
        """The numbers in what was reckoned."""

    def of(self, who: tuple[str, ...]) -> list[Entry]:
        """The entries of some at the time and place of the question."""
        found = [e for e in self.world.entries if self._whose(e, who)]
        when, where, source = map(self.ask.tail, ("when", "where", "source"))
        if when is not None:
            lasting = [e for e in found if e.tail("per") and not e.word("when")]
            found = [e for e in found if e.word("when") == when.word or e in lasting]
        for says, tail in (("source", source), ("to", self.ask.tail("to"))):
            if tail is not None:
                found = [e for e in found if e.word(says) == tail.word]
        if where is not None and not self._everywhere(where.word, found):
            found = [e for e in found if e.word("where") == where.word]
        return found

    def _whose(self, entry: Entry, who: tuple[str, ...]) -> bool:
        """Whether an entry is of some, or happened to what they alone have."""
        owners = set(entry.who.split("&"))
        taken = entry.does is Does.TAKE and entry.who not in who
        if ((entry.who == "" and entry.verb != "have") or taken) and self.alone(who, entry):
            return True
        return who in ((), ("",)) or owners <= set(who)

    def _everywhere(self, place: str, found: list[Entry]) -> bool:
        """Whether all that is told of is at one place, or belongs to it."""
        kind = self.ask.kind
        told = [e for e in self.world.entries if fits(e.kind, kind) and e.does in STATES]
        if place in {e.who for e in found}:
            return True
        return self.ask.does in STATES and {e.word("where") for e in told} == {place}

    def alone(self, who: tuple[str, ...], entry: Entry) -> bool:
        """Whether only those who are asked about have such things, so that it happened to theirs."""
        holders = {
            e.who
            for e in self.world.entries
            if e.does in STATES | COMES - {Does.TAKE} and e.who and fits(e.kind, entry.kind)
        }
        return bool(who) and holders == set(who)

    def turned(self, entry: Entry, kind: Kind) -> t.Expr | None:
        """An entry as so much of a kind, with what is in its things."""
        value: t.Expr | None = entry.value
        inside = next((x for x in entry.tails if x.says.startswith("contents ")), None)
        held = entry.kind.thing.partition(" of ")[0]
        if inside is not None and inside.within not in ("", held, entry.kind.thing):
            return None
        if inside is not None and inside.value is not None:
            here = Kind(inside.says.removeprefix("contents "), inside.word)
            here = Kind(ITEM, singular(inside.word)) if here.unit == ITEM else here
            value = self.world.chain(here, times(entry.value, inside.value), kind)
        else:
            value = self.world.chain(entry.kind, entry.value, kind)
        each_of = entry.tail("each of")
        if value is not None and each_of is not None and each_of.value is not None:
            value = times(value, each_of.value)
        return None if value is None else self.over_time(entry, value)

    def over_time(self, entry: Entry, value: t.Expr) -> t.Expr | None:
        """An amount for each period, over the time that is told or asked."""
        span, per = self.ask.tail("span"), self.ask.tail("per")
        over = span or per
        if entry.tail("per") is None:
            if entry.does in STATES:
                return value
            if over is not None and entry.kind.unit != over.word and entry.tail("span") != over:
                return None
            spans = [x for x in entry.tails if x.says.startswith("span")]
            return value if not spans or spans == [self.ask.tail("span")] else None
        paces = [e for e in self.world.entries if (e.who, e.verb) == (entry.who, entry.verb)]
        paces = [e for e in paces if e.word("per") in SHORT and not e.tail("span")]
        if len(paces) > 1:
            return None  # at which of them, and how long?
        timed = Entry(entry.who, entry.verb, entry.does, entry.kind, value, entry.tails)
        worked = self.hours(entry)
        if worked is not None:
            return worked
        return self.world.repeated(timed, over)

    def hours(self, entry: Entry) -> t.Expr | None:
        """What comes of so much an hour, where it is told how many hours one works."""
        per = entry.tail("per")
        if per is None or entry.tail("span") or per.value is None or exact(per.value) != 1:
            return None
        found: list[t.Expr] = []
        when = self.ask.tail("when")
        for other in self.world.entries:
            paid = other.verb == "work" and entry.does in (Does.EARN, Does.MAKE)
            same = other.does is Does.ACT and (paid or other.verb == entry.verb)
            if other is entry or other.who != entry.who or not same or other.kind.thing:
                continue
            if when is not None and other.word("when") not in ("", when.word):
                continue
            factor = per_unit(other.kind.unit, per.word)
            if factor is None or other.kind.unit == "year":
                continue
            over = self.ask.tail("span") or self.ask.tail("per")
            long = self.world.repeated(other, over)
            if long is None or (over is not None and other.tail("per") is None):
                return None
            self.world.used.add(id(other))
            found.append(long if factor == 1 else times(long, t.rational(factor)))
        return times(entry.value, total(found)) if found else None
