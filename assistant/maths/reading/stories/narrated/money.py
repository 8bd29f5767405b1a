"""What is paid and earned."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.words_en import ITEM, singular
from assistant.maths.reading.stories.narrated.amounts import Amounts
from assistant.maths.reading.stories.narrated.entries import (
    Entry,
    fits,
    times,
    total,
)
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
    NOTHING,
)
from assistant.maths.reading.stories.telling import exact


class Money(Amounts):
    """Money that comes and goes."""

    def price(self, entry: Entry) -> t.Expr | None:
        """What the things of an entry cost together."""
        each, cost = entry.tail("each"), entry.tail("cost")
        at = entry.tail("at")
        if at is not None:
            return at.value if exact(entry.value) == 1 else None  # for each, or for all of them?
        held = any(x.says.startswith("contents") for x in entry.tails)
        if each is not None and each.value is not None and not held:
            if each.word and each.word not in (entry.kind.thing, entry.kind.unit):
                return None
            return times(entry.value, each.value)
        if cost is not None or each is not None:
            return None if cost is None else cost.value
        return self.world.chain(entry.kind, entry.value, MONEY)

    def money(self, entry: Entry) -> t.Expr | None:
        """The money that an entry is of, or that its things cost."""
        if entry.kind == MONEY:
            if entry.does in (Does.BUY, Does.HOLD):
                return None
            return self.over_time(entry, entry.value)
        if entry.does in (Does.BUY, Does.SELL):
            cost = self.price(entry)
            return None if cost is None else self.over_time(entry, cost)
        return None

    def spent(self, who: tuple[str, ...], on: str) -> t.Expr | None:
        """What was spent, on one sort of things where it is named."""
        found = []
        for entry in self.of(who):
            spends = entry.does is Does.BUY or (entry.kind == MONEY and entry.does is Does.SPEND)
            if not spends:
                continue
            kind = Kind(ITEM, singular(on)) if on else NOTHING
            told = singular(entry.word("on")) == kind.thing
            if on and not (told or fits(entry.kind, kind) or _about(entry.kind.thing, kind.thing)):
                continue
            amount = self.money(entry)
            if amount is None:
                return None
            found.append(amount)
            self.world.used.add(id(entry))
        return self.charged(total(found), on) if found else None

    def charged(self, cost: t.Expr, on: str) -> t.Expr | None:
        """With what is added to the cost of all, or taken off."""
        charge = self.world.charge
        if charge is None:
            return cost
        if on or self.world.charged_at < len(self.world.entries):
            return None
        self.world.used.add(id(charge))
        return times(
            cost, t.add(t.integer(1), charge.share if charge.added else t.Neg(charge.share))
        )

    def earned(self, who: tuple[str, ...]) -> t.Expr | None:
        """What was earned or taken."""
        found = []
        wanted = (
            {Does.EARN, Does.SELL}
            | ({Does.MAKE} if self.ask.does in (Does.MAKE, Does.EARN) else set())
            | ({Does.GET} if self.ask.does is Does.GET else set())
        )
        for entry in self.of(who):
            if self.ask.verb == "save" and entry.verb != "save":
                continue
            if entry.does not in wanted or (
                entry.does in (Does.MAKE, Does.GET, Does.EARN) and entry.kind != MONEY
            ):
                continue
            amount = self.money(entry)
            if amount is None:
                return None
            found.append(amount)
            self.world.used.add(id(entry))
        return total(found) if found else None


def _about(thing: str, sort: str) -> bool:
    """Whether a thing is named by what it is of: ``ice cream cones``, ``cups of pudding``."""
    return f" {thing} ".startswith(f" {sort} ") or thing.endswith(f" of {sort}")
