"""What is there in the end, and what was done."""

from __future__ import annotations

from itertools import combinations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.disjoint import things_apart
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.things import still_there
from assistant.maths.reading.stories.accounts.words_en import ITEM
from assistant.maths.reading.stories.narrated.entries import (
    COMES,
    GOES,
    STATES,
    Entry,
    fits,
    total,
)
from assistant.maths.reading.stories.narrated.lexis import (
    PERIODS,
    VERBS,
    Does,
)
from assistant.maths.reading.stories.narrated.money import Money
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
)

WORK = frozenset("page problem question chapter mile kilometer meter".split())
"""Of which less is left when some of it is done."""
SPOILT_VERBS = frozenset("die died dies burst bursts broke broken break breaks wilted wilt".split())
"""What happens to things that may still be there."""


class Holdings(Money):
    """Things that are there, that come and go."""

    def there(self, who: tuple[str, ...]) -> t.Expr | None:
        """What some have in the end."""
        kind, value = self.ask.kind, list[t.Expr]()
        mine = self.of(who)
        if not self._clear(who, mine):
            return None
        for entry in self.world.entries:
            given = entry.does is Does.GIVE and entry.word("to") in who
            lost = entry.word("source") in who and entry.word("source") != ""
            if entry not in mine and not given and not lost:
                continue
            if entry.verb == "be" and self.ask.verb != "be":
                continue
            amount = self.money(entry) if kind == MONEY else self.turned(entry, kind)
            if amount is None and kind == MONEY and entry.does in (Does.BUY, Does.SELL):
                return None
            sense = 0 if amount is None else self.sense(entry, kind, who)
            if entry not in mine:
                sense = 1 if given else -1
            elif sense and not self._sound(entry, mine, sense):
                return None
            if amount is not None and sense:
                value.append(amount if sense > 0 else t.Neg(amount))
                self.world.used.add(id(entry))
        return total(value) if value and not isinstance(value[0], t.Neg) else None

    def _sound(self, entry: Entry, mine: list[Entry], sense: int) -> bool:
        """Whether what is there is certain, and what goes is of it."""
        if entry.does in STATES and not self._certain(entry, mine):
            return False
        return sense > 0 or self._from(entry, mine)

    def _clear(self, who: tuple[str, ...], mine: list[Entry]) -> bool:
        """Whether it is clear what there is of the kind: not of another time while it changes, not
        of somebody of whom nothing is told, and nothing that is part of another or only used."""
        told = [e for e in self.world.entries if fits(e.kind, self.ask.kind)]
        if self.ask.tail("when") and any(e.does not in STATES for e in told):
            return False
        if len(who) > 1 and not set(who) <= {name for e in mine for name in e.who.split("&")}:
            return False
        used = any(e.does is Does.LOSE and still_there(e.verb, e.kind) for e in told)
        dead = not self.ask.marked("left") and any(e.verb in SPOILT_VERBS for e in told)
        places = {e.word("where") for e in self.world.entries} - {""}
        if any(e.who in who and e.word("source") in places for e in told):
            return False  # it was there before, in another place
        whens = {e.word("when") for e in mine if e in told and e.does in STATES}
        return not used and not dead and len(whens) < 2 and not parts_told(mine, self.ask.kind)

    def _from(self, entry: Entry, mine: list[Entry]) -> bool:
        """Whether what goes is of what was there, and goes from whom it belongs to."""
        held = [
            e for e in mine if e.does in STATES | COMES | {Does.EARN, Does.SELL} and e is not entry
        ]
        if entry.does is Does.BUY or entry.kind == MONEY:
            return True
        alike = [e for e in held if fits(e.kind, entry.kind) or fits(entry.kind, e.kind)
                 or self.turned(e, entry.kind) is not None or self.turned(entry, e.kind) is not None]  # fmt: skip
        owners = {e.who for e in alike}
        givers = set(entry.who.split("&"))
        known = entry.does in (Does.TAKE, Does.ACT) or "" in (entry.who, *owners)
        return bool(alike) and (known or bool(givers & {*owners, *self.ask.who}))

    def _certain(self, entry: Entry, mine: list[Entry]) -> bool:
        """Whether what is there was told once, before anything had changed for its owner."""
        twice = any(
            e is not entry and e.does in STATES and e.who == entry.who
            and _where(e) == _where(entry) and fits(e.kind, entry.kind) and fits(entry.kind, e.kind)
            for e in mine
        )  # fmt: skip
        earlier = self.world.entries[: self.world.entries.index(entry)]
        changed = any(
            entry.who in (e.who, e.word("to")) and e.does not in STATES and fits(e.kind, entry.kind)
            for e in earlier
        )
        return not twice and not changed

    def sense(self, entry: Entry, kind: Kind, who: tuple[str, ...]) -> int:
        """Whether an entry adds to what is there, takes away or does neither."""
        if kind == MONEY:
            if entry.kind != MONEY:
                return -1 if entry.does is Does.BUY else 1 if entry.does is Does.SELL else 0
            if entry.does is Does.MAKE:
                return 1
            if entry.does in (Does.SPEND, Does.GIVE, Does.LOSE):
                return -1
            return 1 if entry.does in STATES | {Does.EARN, Does.GET, Does.SELL} else 0
        if entry.does is Does.TAKE and (who == ("",) or entry.who not in who):
            return -1
        if entry.does in STATES | COMES:
            return 1
        worked = (
            self.ask.marked("left") and entry.does is Does.ACT and (kind.thing or kind.unit) in WORK
        )
        return -1 if entry.does in GOES or worked else 0

    def done(self, who: tuple[str, ...]) -> t.Expr | None:
        """What some did, together."""
        ask, found = self.ask, []
        mine = self.of(who)
        if parts_told(mine, ask.kind) or (
            any(e.tail("per") for e in mine) and any(e.word("when") for e in mine)
        ):
            return None  # is that day one of those?
        for entry in mine:
            same = entry.verb == ask.verb or (ask.kind.unit == "far" and entry.does is Does.ACT) or (
                ask.verb in ("do", "cover", "travel", "go") and entry.does is Does.ACT)  # fmt: skip
            if not same:
                continue
            amount = self.turned(entry, ask.kind)
            if amount is None and entry.kind.unit in PERIODS and ask.kind.unit not in PERIODS:
                continue  # how long it was done
            if amount is None:
                return None
            found.append(amount)
            self.world.used.add(id(entry))
        return total(found) if found else self._used_for(mine)

    def _used_for(self, mine: list[Entry]) -> t.Expr | None:
        """What is used, put or needed for so many things, for each of which so much is."""
        rates = [
            rate for rate in self.world.rates if VERBS.get(rate.verb, ("",))[0] == self.ask.verb
        ]
        things = [e for e in mine if e.does in STATES | COMES and not e.open]
        if len(rates) != 1 or not fits(rates[0].kind, self.ask.kind) or len(things) != 1:
            return None
        return self.turned(things[0], self.ask.kind)


def parts_told(entries: list[Entry], asked: Kind) -> bool:
    """Whether some things may be among others that are told of in the same way: red balls, and
    balls or big ones."""
    told = [e for e in entries if e.kind.unit == asked.unit == ITEM and fits(e.kind, asked)]
    return any(
        one.kind != other.kind
        and (one.who, one.verb) == (other.who, other.verb)
        and not things_apart(one.kind.thing, other.kind.thing, ITEM)
        for one, other in combinations(told, 2)
    )


def _where(entry: Entry) -> tuple[str, str]:
    return entry.word("where"), entry.kind.thing
