"""Several stocks side by side, of which some change: who has how much in the end."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Amount, Ask, Asked, Compare, Fact, Sense
from assistant.maths.reading.stories.accounts.relations import compared
from assistant.maths.reading.stories.accounts.relations_asked import answered
from assistant.maths.reading.stories.accounts.sides import Entry, Side
from assistant.maths.reading.stories.accounts.system import Account, linear
from assistant.maths.reading.stories.accounts.things import plain_name, still_there, takes

AGES = frozenset("岁 年 year".split())
MOVED = "给"
"""What goes from one to another."""


def read_transfers(facts: list[Fact], ask: Ask) -> Account | None:
    """The account of stocks that are told or compared first, and then changed."""
    first = next((n for n, fact in enumerate(facts) if _changes(fact)), 0)
    if not first or ask.kind is None or ask.later is not None or not _now(ask):
        return None
    start, changes = facts[:first], facts[first:]
    units = {f.kind.unit for f in facts if isinstance(f, Amount | Compare) and f.kind is not None}
    if len(units) != 1 or ask.kind.unit not in units:
        return None
    side = Side(units.pop())
    last = ""
    for fact in start:
        if isinstance(fact, Compare):
            told = compared(side, fact, last)
        else:
            told = isinstance(fact, Amount) and _there(fact) and side.add(fact) is not None
        if not told:
            return None
        last = fact.left if isinstance(fact, Compare) else _owner(fact) or last
    stages: list[t.Expr] = []
    if len(side.entries) < 2 or not all(_changed(side, change, stages) for change in changes):
        return None
    bare = any(isinstance(f, Amount) and not (f.owners and f.verb) for f in start)
    if not _one_meant(side, ask, bare=bare):
        return None
    if ask.what is Asked.LEFT and not ask.names and "whole" not in ask.marks:
        return None  # whose?
    what = ask.what
    if what is Asked.LEFT:
        what = Asked.TOTAL if "whole" in ask.marks else Asked.VALUE
    account = answered(side, replace(ask, what=what), last)
    return None if account is None or not _possible(account, stages) else _asked(account, side, ask)


def _possible(account: Account, stages: list[t.Expr]) -> bool:
    """Whether nobody ever has less than nothing."""
    found = account.values()
    rows = [linear(stage) for stage in stages]
    if found is None or None in rows:
        return False
    values = [
        sum((factor * found.get(name, Fraction(1)) for name, factor in row.items()), Fraction(0))
        for row in rows
        if row is not None
    ]
    return all(value >= 0 for value in values)


def _one_meant(side: Side, ask: Ask, *, bare: bool) -> bool:
    """Whether a stock that is asked for by its owner is all that is meant: red balls in a box are
    not all that is in it, and ``bare`` things, of which no owner is told, may be there, too."""
    if ask.what not in (Asked.VALUE, Asked.LEFT) or len(ask.names) != 1 or ask.kind is None:
        return True
    entry, thing = side.named(ask.names[0], new=False), ask.kind.thing
    if entry is None or not entry.kind.thing or thing == entry.kind.thing:
        return True
    last = entry.kind.thing[-1]
    others = [name for other in side.entries if other is not entry for name in other.names]
    return not thing and not bare and not any(name.endswith(last) for name in others)


def _asked(account: Account, side: Side, ask: Ask) -> Account:
    """The account, in which a stock that is asked for has a name of its own."""
    if ask.what in (Asked.VALUE, Asked.LEFT) and not isinstance(account.asked, t.Symbol):
        assert account.asked is not None
        return account.ask("left", side.unit, account.asked)
    return account


def _now(ask: Ask) -> bool:
    """Whether it is asked for what is there in the end."""
    bad = {"up", "down", "change", "before", "todo", "short", "share", "percent", "can"}
    held = ask.verb in ("", "有", "have")
    return not ask.marks & bad and held and not any(mark.startswith("not ") for mark in ask.marks)


def _changes(fact: Fact) -> bool:
    return isinstance(fact, Amount) and fact.sense in (Sense.IN, Sense.OUT)


def _owner(fact: Fact) -> str:
    return fact.owners[0] if isinstance(fact, Amount) and len(fact.owners) == 1 else ""


def _there(amount: Amount) -> bool:
    """Whether so much is simply there."""
    named = len(amount.owners) == 1 or (not amount.owners and amount.kind.thing)
    return amount.sense is Sense.HAVE and bool(named) and amount.marks <= {"before", "now"}


def _changed(side: Side, amount: Fact, stages: list[t.Expr]) -> bool:
    """Whether it is clear which stocks change, and by how much; they are changed."""
    if not isinstance(amount, Amount) or amount.value is None or not _changes(amount):
        return False
    if not amount.marks <= {"more", "done", "from"} or len(amount.owners) > 1:
        return False
    if side.unit in AGES or ("from" not in amount.marks and takes(amount.verb, _owner(amount))):
        return False
    if still_there(amount.verb, amount.kind) or amount.when:
        return False
    stock = _stock(side, amount)
    if stock is None:
        return False
    if amount.verb == MOVED:
        to = side.named(amount.receiver, new=False) if amount.receiver else None
        if to is stock or not _owner(amount) or not amount.receiver:
            return False
        stages.append(_grow(stock, t.Neg(amount.value)))
        if to is not None:
            _grow(to, amount.value)
        return True
    if amount.receiver:
        return False
    stages.append(_grow(stock, amount.value if amount.sense is Sense.IN else t.Neg(amount.value)))
    return True


def _stock(side: Side, amount: Amount) -> Entry | None:
    """The stock that changes: that of an owner, or of things of one name."""
    owner, thing = _owner(amount), amount.kind.thing
    if not owner:
        return side.named(thing, new=False) if thing else None
    found = side.named(owner, new=False)
    if found is None and thing:
        found = side.named(plain_name(owner) + thing, new=False)
    if found is None or (thing and found.kind.thing and thing != found.kind.thing):
        return None
    return found


def _grow(entry: Entry, by: t.Expr) -> t.Expr:
    entry.value, entry.told = t.add(entry.value, by), False
    return entry.value
