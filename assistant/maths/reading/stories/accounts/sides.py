"""Amounts that stand side by side, and by which names each is meant."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Amount, Kind, Sense
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.accounts.things import (
    ONE,
    PRONOUNS,
    SORTS,
    belongs,
    plain_name,
)


@dataclass
class Entry:
    """One of the amounts: by which names it is meant, and its value or the unknown."""

    names: frozenset[str]
    kind: Kind
    value: t.Expr
    told: bool = True
    verb: str = ""
    sense: Sense = Sense.HAVE
    aside: bool = False
    """Whether it comes in only as what another is compared with."""
    went_on: bool = False
    """Whether nobody is named who did it: then the one before did."""


class Side:
    """The amounts of a story that stand side by side."""

    def __init__(self, unit: str) -> None:
        self.account = Account()
        self.entries: list[Entry] = []
        self.wholes: list[tuple[tuple[str, ...], t.Expr]] = []
        self.unit = unit
        self.place = ""
        """Where, or whose, all the amounts are."""

    def add(self, amount: Amount) -> Entry | None:
        """An amount that is told."""
        if amount.value is None:
            return None
        names = {*amount.owners, amount.kind.thing, amount.when} - {""}
        owner = amount.owners[0] if amount.owners else ""
        names |= {owner + other for other in (amount.kind.thing, amount.when) if owner and other}
        if not names:
            names = {f"#{len(self.entries)}"}
        found = Entry(
            frozenset(map(plain_name, names)),
            amount.kind,
            amount.value,
            verb=amount.verb,
            sense=amount.sense,
            went_on=not amount.owners and bool(amount.verb) and amount.sense is not Sense.HAVE,
        )
        if any(entry.names == found.names for entry in self.entries):
            return None
        self.entries.append(found)
        return found

    def about(self, thing: str) -> bool:
        """Whether all amounts may be of a thing, or of the sort of things, that is named."""
        return all(
            belongs(entry.kind.thing, thing) or belongs(thing, entry.kind.thing)
            if entry.kind.thing
            else thing not in SORTS or any(belongs(name, thing) for name in entry.names)
            for entry in self.entries
            if thing
        )

    def named(self, name: str, *, new: bool = True) -> Entry | None:
        """The amount that a name means; a new unknown one where it is the first time.

        ``None`` where several could be meant.
        """
        plain = plain_name(name)
        if plain in ONE and len(self.entries) == 1:
            return self.entries[0]
        if not plain or plain in PRONOUNS:
            return None
        things = {entry.kind.thing for entry in self.entries} - {""}
        owner, _, thing = plain.rpartition("的")
        if owner and (thing in things or thing.removesuffix("数") in things):
            plain = owner
        found = [entry for entry in self.entries if plain in entry.names]
        if len(found) == 1:
            return found[0]
        if found or not new:
            return None
        value = self.account.unknown(plain, self.unit)
        entry = Entry(frozenset({plain}), Kind(self.unit), value, told=False)
        self.entries.append(entry)
        return entry
