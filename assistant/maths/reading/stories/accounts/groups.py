"""So many groups of so many, and a rest: all of them."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Per,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.rates import meets
from assistant.maths.reading.stories.accounts.system import LEFT, WANTED, Account
from assistant.maths.reading.stories.accounts.things import act
from assistant.maths.reading.stories.accounts.words_zh import TIMES, VERBS
from assistant.maths.reading.stories.telling import exact

NOT_ALL = frozenset(
    ("left", "before", "part", "more", "still", "of all", "of rest", "of first", "todo")
)
"""Marks of groups that are not all of them."""


def read_product(facts: list[Fact], ask: Ask) -> Account | None:
    """So many of so many each, which is all that is told and asked for."""
    if len(facts) != 1 or ask.kind is None or ask.later is not None:
        return None
    told = facts[0]
    if not isinstance(told, Amount) or not isinstance(told.value, t.Mul) or told.receiver:
        return None
    if (
        told.marks
        or ask.marks - {"whole", "far", "much"}
        or ask.what not in (Asked.VALUE, Asked.TOTAL)
    ):
        return None
    whose = not ask.names or ask.names == told.owners
    if not whose or not meets(told.kind, ask.kind) or act(ask.verb) not in ("", act(told.verb)):
        return None
    return Account().ask(WANTED, ask.kind.unit, told.value)


def read_left_over(facts: list[Fact], ask: Ask) -> Account | None:
    """What is left over when all are put into groups of so many."""
    if len(facts) != 2 or ask.kind is None or ask.later is not None or ask.what is not Asked.LEFT:
        return None
    there, rate = facts
    if not isinstance(there, Amount) or not isinstance(rate, Per) or "grouped" not in rate.marks:
        return None
    if {"rest", "most"} & rate.marks or there.marks & NOT_ALL or there.receiver:
        return None
    if not {"remains", "left"} <= ask.marks or ask.marks & {"up", "down", "short", "todo"}:
        return None
    if len({*there.owners, *ask.names}) > 1 or ask.verb or there.sense is Sense.OUT:
        return None
    if (
        not meets(there.kind, rate.kind)
        or not meets(ask.kind, rate.kind)
        or rate.base.unit in TIMES
    ):
        return None
    whole, each = exact(there.value or t.integer(0)), exact(rate.value or t.integer(0))
    if not whole or not each or there.value is None or rate.value is None:
        return None
    full = t.Mul((rate.value, t.integer(int(whole // each))))
    return Account().ask(LEFT, ask.kind.unit, t.sub(there.value, full))


def read_grouped(facts: list[Fact], ask: Ask) -> Account | None:
    """So many groups of so many, and some that are left over: all of them."""
    amounts = [fact for fact in facts if isinstance(fact, Amount | Shared)]
    rates = [fact for fact in facts if isinstance(fact, Per)]
    told = [a for a in amounts if not (isinstance(a, Amount) and a.value is None)]
    if len(rates) != 1 or len(told) != 2 or len(amounts) + 1 < len(facts) or ask.kind is None:
        return None
    rate, left = rates[0], told[1]
    groups = told[0].among if isinstance(told[0], Shared) else told[0]
    if not isinstance(left, Amount) or groups is None or groups.marks & NOT_ALL:
        return None
    if isinstance(told[0], Shared) and told[0].rest:
        return None
    over = (
        "left" in left.marks
        and "short" not in left.marks
        and left.verb in ("", "有")
        and len(left.owners) == 0
    )
    whole = ask.what in (Asked.TOTAL, Asked.VALUE, Asked.BEFORE) and not ask.marks & {"up", "down"}
    if not over or not whole or {"rest", "supposed", "most"} & rate.marks or ask.later is not None:
        return None
    if len({*groups.owners, *ask.names, rate.owner} - {""}) > 1 and ask.names[:1] != groups.owners:
        return None
    fits = (
        meets(groups.kind, rate.base) and meets(left.kind, rate.kind) and meets(ask.kind, rate.kind)
    )
    if not fits or rate.base.unit in TIMES or None in (rate.value, groups.value, left.value):
        return None
    if VERBS.get(ask.verb) is Sense.OUT or facts.index(left) != len(facts) - 1:
        return None
    assert rate.value is not None
    assert groups.value is not None
    assert left.value is not None
    total = t.Add((t.Mul((rate.value, groups.value)), left.value))
    return Account().ask(WANTED, ask.kind.unit, total)
