"""Who has what, and what comes together over time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Kind
from assistant.maths.reading.stories.accounts.rates import of_other
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.accounts.words_en import singular
from assistant.maths.reading.stories.narrated.entries import (
    COMES,
    GOES,
    MAX_CHAIN,
    STATES,
    Entry,
    fits,
    is_of,
    per_unit,
    times,
)
from assistant.maths.reading.stories.narrated.facts import (
    Rate,
    Tail,
)
from assistant.maths.reading.stories.narrated.lexis import (
    Does,
)
from assistant.maths.reading.stories.telling import exact


@dataclass
class Stocks:
    """What is told of amounts, and for each of what, in order."""

    entries: list[Entry] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    used: set[int] = field(default_factory=set)
    """The entries and rates, by their identity, that were needed."""

    def moved(self, who: str, kind: Kind) -> bool:
        """Whether what somebody has of a kind has changed."""
        return any(
            e.who == who and e.does in COMES | GOES and fits(e.kind, kind) for e in self.entries
        )

    def chain(self, told: Kind, value: t.Expr, asked: Kind, left: int = MAX_CHAIN) -> t.Expr | None:
        """So much of one kind as so much of another, by what is told of each; only where one way leads there."""
        if fits(told, asked):
            return value
        if told.unit != asked.unit and not told.thing and not asked.thing:
            factor = per_unit(told.unit, asked.unit)
            if factor is not None:
                return (
                    times(value, t.rational(factor))
                    if factor >= 1
                    else t.Div(value, t.rational(1 / factor))
                )
        found = []
        for rate in self.rates if left else ():
            if not is_of(told, rate.base) or of_other(told, rate.kind):
                continue
            if (
                end := self.chain(rate.kind, times(value, rate.value), asked, left - 1)
            ) is not None:
                found.append((rate, end))
        if len(found) != 1:
            return None
        self.used.add(id(found[0][0]))
        return found[0][1]

    def holds(self, entry: Entry, kind: Kind) -> bool:
        """Whether an entry is of a kind, or of things in which there is some of it."""
        inside = [x.word for x in entry.tails if x.says == f"contents {kind.unit}"]
        if any(singular(word) == kind.thing for word in inside):
            return True
        return self.chain(entry.kind, entry.value, kind) is not None

    def repeated(self, entry: Entry, over: Tail | None) -> t.Expr | None:
        """What comes together over the time that is told or asked; ``None`` where that is not clear."""
        per, span = entry.tail("per"), entry.tail("span")
        week = next((x for x in entry.tails if x.says.startswith("span ")), None)
        if per is None or per.value is None:
            return None if week else entry.value
        value: t.Expr = entry.value
        unit, every = per.word, per.value
        if week is not None and week.value is not None:
            if week.says != f"span {unit}" or exact(every) != 1:
                return None
            value, unit = t.Mul((value, week.value)), week.word
        long = span or over
        if span is not None and over is not None:
            return None
        if long is None or long.value is None:
            return None
        factor = per_unit(long.word, unit)
        if factor is None:
            return None
        many = exact(long.value)
        if many is None:
            return None
        times: list[t.Expr] = [] if many == 1 else [long.value]
        times += [] if factor == 1 else [t.rational(factor)]
        product: t.Expr = t.Mul((value, *times)) if times else value
        return product if exact(every) == 1 else t.Div(product, every)

    def stock(self, who: str, kind: Kind) -> tuple[t.Expr, bool] | None:
        """What somebody has of a kind now, and whether some of it is gone."""
        mine = [
            e
            for e in self.entries
            if e.who == who and self.chain(e.kind, e.value, kind) is not None
        ]
        mine = mine or [
            e for e in self.entries
            if (not e.who or who in e.who.split("&")) and self.chain(e.kind, e.value, kind) is not None
        ]  # fmt: skip
        if not mine or any(
            e.does not in STATES | COMES | GOES | {Does.EARN, Does.SPEND} or e.open for e in mine
        ):
            return None
        value: t.Expr | None = None
        for e in mine:
            turned = self.chain(e.kind, e.value, kind)
            amount = None if turned is None else self.repeated(replace(e, value=turned), None)
            if amount is None or any(
                x.says.startswith("contents") or x.says == "each of" for x in e.tails
            ):
                return None
            if e.does in GOES | {Does.SPEND}:
                value = None if value is None else t.add(value, t.Neg(amount))
            else:
                value = amount if value is None else t.add(value, amount)
            if value is None:
                return None
            self.used.add(id(e))
        return None if value is None else (value, any(e.does in GOES | {Does.SPEND} for e in mine))
