"""What is asked of a narrated story."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.system import DIFFERENCE, LEFT, TOTAL, WANTED, Account
from assistant.maths.reading.stories.narrated.bearing import Bearing
from assistant.maths.reading.stories.narrated.entries import (
    STATES,
    fits,
    total,
)
from assistant.maths.reading.stories.narrated.facts import (
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    PERIODS,
    Does,
)
from assistant.maths.reading.stories.narrated.phrases import (
    MONEY,
)
from assistant.maths.reading.stories.narrated.world import World
from assistant.maths.reading.stories.telling import exact

KNOWN = frozenset(
    (
        "total",
        "left",
        "now",
        "so far",
        "when",
        "where",
        "source",
        "to",
        "on",
        "span",
        "per",
        "later",
    )
)
"""What may be said besides in a question."""


class Answers(Bearing):
    """The answer to the question of a story."""

    def account(self) -> Account | None:
        """The equations with what is asked; ``None`` where it is not clear."""
        self.ask = ask = replace(self.ask, kind=self.world.short_kind(self.ask.kind))
        if any(tail.says not in KNOWN for tail in ask.tails):
            return None
        if (on := ask.tail("on")) is not None:
            if ask.on or ask.does is not Does.SPEND:
                return None
            self.ask = ask = replace(ask, on=on.word)
        self.shared_out()
        hows = {
            "more": self.difference,
            "sorts": self.sorts,
            "need": self.groups,
            "short": self.short,
            "profit": self.profit,
        }
        value = hows.get(ask.how, self.asked)()
        later = ask.tail("later")
        if value is not None and later is not None and later.value is not None:
            value = t.add(value, later.value)
        if value is None or not self.all_used(value):
            return None
        unit = "" if ask.kind.unit in ("far", "time") else ask.kind.unit
        name = (
            DIFFERENCE
            if ask.how in ("more", "sorts")
            else LEFT
            if ask.marked("left")
            else TOTAL
            if ask.marked("total")
            else WANTED
        )
        return self.world.account.ask(name, unit, value)

    def difference(self) -> t.Expr | None:
        """How much more one is than the other."""
        ask = self.ask
        if ask.on == "when" and len(ask.other) == 1:
            sides = [self.value(ask.who), None]
            others = tuple(
                replace(x, word=ask.other[0]) if x.says == "when" else x for x in ask.tails
            )
            self.ask = replace(ask, tails=others)
            sides[1] = self.value(ask.who)
            self.ask = ask
        elif ask.on and ask.other:
            sides = [self.spent(ask.who, on) for on in (ask.on, ask.other[0])]
        elif len(ask.who) == 1 and (other := self.other_side()):
            sides = [self.value((who,)) for who in (ask.who[0], other)]
        else:
            return None
        if sides[0] is None or sides[1] is None:
            return None
        return t.sub(sides[1], sides[0]) if ask.less else t.sub(sides[0], sides[1])

    def sorts(self) -> t.Expr | None:
        """How many more of one thing than of another."""
        one, two = self.value(self.ask.who), None
        asked = self.ask
        self.ask = replace(asked, kind=replace(asked.kind, thing=asked.other[0]))
        two = self.value(asked.who)
        self.ask = asked
        if one is None or two is None:
            return None
        return t.sub(two, one) if asked.less else t.sub(one, two)

    def profit(self) -> t.Expr | None:
        """What was earned without what was spent for it."""
        earned, spent = self.earned(self.ask.who), self.spent(self.ask.who, "")
        return None if earned is None or spent is None else t.sub(earned, spent)

    def short(self) -> t.Expr | None:
        """How much more is needed than is there."""
        wanted = [e for e in self.world.entries if e.does is Does.NEED]
        if any(
            tail.says.startswith(("per", "span", "contents")) for e in wanted for tail in e.tails
        ):
            return None
        money = self.ask.kind == MONEY
        needs = [
            e.value if fits(e.kind, self.ask.kind) else self.price(e) if money else None
            for e in wanted
        ]
        known = [need for need in needs if need is not None]
        if not known or len(known) < len(needs) or len({e.who for e in wanted}) > 1:
            return None
        self.world.used |= {id(e) for e in wanted}
        self.world.entries = [e for e in self.world.entries if e not in wanted]
        self.ask = replace(
            self.ask, verb="have", does=Does.HAVE, who=self.ask.who or (wanted[0].who,)
        )
        there = self.there(self.ask.who)
        return None if there is None else t.sub(total(known), there)

    def shared_out(self) -> None:
        """What several have together, as an equation, where one of them is asked about."""
        for entry in [e for e in self.world.entries if "&" in e.who]:
            members = entry.who.split("&")
            if self.ask.does not in STATES and entry.verb != self.ask.verb:
                continue
            if not set(self.ask.who) | set(self.ask.other) < set(members) or entry.tails not in (
                (),
                (Tail("total"),),
            ):
                continue
            parts = [self.world.own(one, entry) for one in members]
            if any(part is None for part in parts):
                continue
            self.world.entries.remove(entry)
            self.world.account.says(
                t.add(*(part for part in parts if part is not None)), entry.value
            )

    def other_side(self) -> str:
        """With whom one is compared: the only other one, where nobody is named."""
        ask = self.ask
        if ask.other:
            return ask.other[0] if len(ask.other) == 1 and ask.other != ask.who else ""
        others = {entry.who for entry in self.world.entries} - {*ask.who, ""}
        return others.pop() if len(others) == 1 else ""

    def asked(self) -> t.Expr | None:
        """The value that is asked for."""
        if self.ask.does is Does.SPEND and self.ask.on:
            return self.spent(self.ask.who, self.ask.on)
        direct = self.value(self.ask.who)
        return direct if direct is not None else self.groups()

    def value(self, who: tuple[str, ...]) -> t.Expr | None:
        """What some have, did, spent or earned, together."""
        ask = self.ask
        if ask.kind == MONEY and ask.does in (
            Does.SPEND,
            Does.EARN,
            Does.MAKE,
            Does.GET,
            Does.SELL,
        ):
            if ask.does is Does.SPEND:
                return self.spent(who, "")
            return self.earned(who)
        if ask.does in STATES:
            return self.there(who)
        return self.done(who)

    def lasting(self) -> t.Expr | None:
        """How long so much takes, of which so much is done in each time."""
        paces = [
            e
            for e in self.world.entries
            if e.tail("per") and not any(x.says.startswith("span") for x in e.tails)
        ]
        others = [e for e in self.world.entries if e not in paces]
        if (
            len(paces) != 1
            or len(others) != 1
            or others[0].does not in STATES
            or others[0].tails
            or not exact(paces[0].value)
        ):
            return None
        pace, whole, per = paces[0], others[0], paces[0].tail("per")
        amount = self.world.chain(whole.kind, whole.value, pace.kind)
        if amount is None or per is None or per.value is None or exact(per.value) != 1:
            return None
        if self.ask.kind.unit not in (per.word, "time"):
            return None
        self.world.used |= {id(pace), id(whole)}
        return t.Div(amount, pace.value)

    def groups(self) -> t.Expr | None:
        """How many groups so much makes, or how long it takes."""
        ask = self.ask
        if (
            ask.how == "need"
            and ask.kind.unit in {*PERIODS, "time"}
            and (long := self.lasting()) is not None
        ):
            return long
        if ask.how not in ("value", "need") or len(self.world.entries) != 1:
            return None
        entry = self.world.entries[0]
        if ask.how == "need" and not entry.tails and entry.does in STATES:
            amount = self.world.chain(entry.kind, entry.value, ask.kind)
            if amount is not None and not fits(entry.kind, ask.kind):
                return amount
        rates = [rate for rate in self.world.rates if fits(rate.base, ask.kind)]
        if len(rates) != 1 or ask.kind == MONEY:
            return None
        rate, entry = rates[0], self.world.entries[0]
        others = [one for one in self.world.rates if one is not rate]
        amount = World([entry], others, used=self.world.used).chain(
            entry.kind, entry.value, rate.kind
        )
        tails = [tail for tail in entry.tails if tail.says not in ("purpose", "total")]
        if amount is None or not exact(rate.value) or ask.marked("left") or tails:
            return None
        self.world.used |= {id(rate), id(entry)}
        return t.Div(amount, rate.value)
