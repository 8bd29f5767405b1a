"""Whether all that was told bears on what is asked, or plainly does not."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.words_en import ITEM
from assistant.maths.reading.stories.narrated.entries import (
    STATES,
    Entry,
    fits,
    leaves,
)
from assistant.maths.reading.stories.narrated.facts import (
    Rate,
)
from assistant.maths.reading.stories.narrated.holdings import Holdings
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
)
from assistant.maths.reading.stories.telling import exact


class Bearing(Holdings):
    """What has a bearing on the question."""

    def all_used(self, value: t.Expr) -> bool:
        """Whether the answer and the equations have all the numbers that were told in them, but
        those that plainly have no bearing on what is asked."""
        self.needed = leaves(value, *self.world.account.equations)
        charge = self.world.charge
        if charge is not None and not leaves(charge.share) <= self.needed:
            return False
        rates = all(self._used(rate) or self._only_held(rate) for rate in self.world.rates)
        return rates and all(self._used(e) or self._beside(e) for e in self.world.entries)

    def _used(self, told: Entry | Rate) -> bool:
        """Whether a number is in what was reckoned; a factor 1 was left out."""
        one = exact(told.value) == 1 and id(told) in self.world.used
        cost = told.tail("cost") if isinstance(told, Entry) else None
        if cost is not None and cost.value is not None and leaves(cost.value) <= self.needed:
            return True  # so much for all of them
        return one or leaves(told.value) <= self.needed

    def _only_held(self, rate: Rate) -> bool:
        """Whether it is only told what is in things that have a price, which is asked for."""
        if not self.ask.kind == MONEY != rate.kind:
            return False
        sold = [
            e for e in self.world.entries if (e.tail("each") or e.tail("cost")) and self._used(e)
        ]
        return any(fits(e.kind, rate.base) for e in sold) or any(
            r.kind == MONEY and r.base == rate.base and self._used(r) for r in self.world.rates
        )

    def _beside(self, entry: Entry) -> bool:
        """Whether an entry tells of another person, or of other things, times and places."""
        ask = self.ask
        where, when = ask.tail("where"), ask.tail("when")
        if ask.on and entry.does in (Does.SPEND, Does.BUY):
            return True  # on other things
        if ask.does not in STATES and not entry.open:
            if entry.does is Does.HAVE and entry.verb == "have":
                return True  # what was done is asked
            if ask.verb == "earn" and entry.does is Does.SPEND:
                return True
            if ask.kind == MONEY != entry.kind and entry.does in {Does.LOSE, Does.MAKE, Does.GET}:
                return True
        if (
            where is not None
            and entry.does in STATES
            and entry.word("where") not in ("", where.word)
        ):
            return True
        named = {*ask.who, *ask.other}
        if (
            entry.open
            or "" in named
            or not named
            or {entry.word("to"), entry.word("source")} & named
        ):
            return False
        if not set(entry.who.split("&")) & named:
            return self._of_another(entry)
        if when is not None and entry.word("when") not in ("", when.word):
            return ask.does not in STATES
        mine = any(e.who == entry.who and self._used(e) for e in self.world.entries)
        if self.world.holds(entry, ask.kind):
            return False
        if entry.does is Does.HAVE and entry.kind.unit == ITEM == ask.kind.unit and mine:
            return not fits(entry.kind, ask.kind) and not fits(ask.kind, entry.kind)
        return mine and entry.verb == "be" and ask.verb != "be"

    def _of_another(self, entry: Entry) -> bool:
        """Whether it is another's, with whom nobody who is asked about has to do."""
        if any(e.who == entry.who and self._used(e) for e in self.world.entries):
            return False
        own = {Does.ACT, Does.MAKE, Does.BUY} | STATES
        money = {Does.SELL, Does.EARN, Does.SPEND} if self.ask.kind == MONEY else {Does.GET}
        return entry.does in own | money and bool(entry.who)
