"""What is asked of amounts side by side: one of them, their sum, difference or ratio."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.disjoint import disjoint
from assistant.maths.reading.stories.accounts.facts import (
    Ask,
    Asked,
    Sense,
)
from assistant.maths.reading.stories.accounts.sides import Entry, Side
from assistant.maths.reading.stories.accounts.system import (
    DIFFERENCE,
    RATIO,
    TOTAL,
    WANTED,
    Account,
)
from assistant.maths.reading.stories.accounts.things import (
    RATIO_UNIT,
    plain_name,
    together,
)
from assistant.maths.reading.stories.accounts.words_zh import WHEN
from assistant.maths.reading.stories.telling import exact


def answered(side: Side, ask: Ask, last: str) -> Account | None:
    """The account with what is asked; ``last`` is the amount that was told of just before."""
    account = side.account
    match ask.what:
        case Asked.VALUE:
            found = _wanted(side, ask)
            if found is None or (found.told and ask.later is None):
                return None
            if ask.later is not None:
                return account.ask(WANTED, side.unit, t.add(found.value, ask.later))
            account.asked = found.value
        case Asked.TOTAL:
            total = None if ask.later is not None else _total(side, ask)
            return None if total is None else account.ask(TOTAL, side.unit, total)
        case Asked.DIFFERENCE:
            pair = _compared(side, ask, last)
            if len(pair) != 2 or pair[0] is None or pair[1] is None or pair[0] is pair[1]:
                return None
            first, second = pair[0].value, pair[1].value
            if "share" in ask.marks:
                return _share_of(account, ask, first, second)
            if ask.kind is not None and not side.about(ask.kind.thing):
                return None
            if "either" in ask.marks:
                values = exact(first), exact(second)
                if values[0] is None or values[1] is None:
                    return None
                first, second = (first, second) if values[0] > values[1] else (second, first)
            difference = t.sub(first, second) if ask.more else t.sub(second, first)
            return account.ask(DIFFERENCE, side.unit, difference)
        case Asked.RATIO:
            pair = [side.named(n or last, new=False) for n in ask.names]
            if len(pair) != 2 or pair[0] is None or pair[1] is None or ask.base:
                return None
            if ask.later is not None or exact(pair[0].value) is None or not exact(pair[1].value):
                return None
            if ask.kind is not None and not side.about(ask.kind.thing):
                return None
            account.percent = "percent" in ask.marks
            return account.ask(RATIO, RATIO_UNIT, t.Div(pair[0].value, pair[1].value))
        case _:
            return None
    return account if account.asked is not None else None


def _compared(side: Side, ask: Ask, last: str) -> list[Entry | None]:
    """The two amounts that are compared; where one of two is named, with the other."""
    if "other" in ask.marks:
        one = side.named(ask.names[0], new=False)
        others = [entry for entry in side.entries if entry is not one]
        return [one, others[0]] if len(others) == 1 else []
    return [side.named(n or last, new=False) for n in ask.names]


def _share_of(account: Account, ask: Ask, first: t.Expr, second: t.Expr) -> Account | None:
    """By what part of the second the first is more, or less."""
    if exact(first) is None or not exact(second) or ask.later is not None:
        return None
    difference = t.sub(first, second) if ask.more else t.sub(second, first)
    account.percent = "percent" in ask.marks
    return account.ask(RATIO, RATIO_UNIT, t.Div(difference, second))


def _wanted(side: Side, ask: Ask) -> Entry | None:
    """The amount that is asked for, by its owner or by the thing."""
    thing = ask.kind.thing if ask.kind else ""
    owner = side.named(ask.names[0], new=False) if len(ask.names) == 1 else None
    named = side.named(thing, new=False) if thing else None
    if owner is not None and (not owner.told or ask.later is not None):
        return owner if side.about(thing) else None
    there = not ask.names or owner is not None or side.place.endswith(ask.names[0])
    return named if len(ask.names) <= 1 and there else None


def _of_one(side: Side, name: str) -> bool:
    """Whether all amounts are those of one owner."""
    named = plain_name(name)
    return all(named in e.names or (e.went_on and n > 0) for n, e in enumerate(side.entries))


def _at_one(side: Side, name: str) -> bool:
    """Whether the first amount is at the place that is asked of, and the others are of like things."""
    if not side.entries:
        return False
    first, *others = side.entries
    thing = first.kind.thing
    return bool(thing) and side.place.endswith(name) and all(
        not entry.kind.thing and any(n.endswith(thing[-1]) for n in entry.names) for entry in others
    )  # fmt: skip


def _total(side: Side, ask: Ask) -> t.Expr | None:
    if len(ask.names) > 1:
        chosen = [side.named(name, new=False) for name in ask.names]
    else:
        chosen = list(side.entries)
        count = together(ask.names[0]) if ask.names else 0
        if count is None and not (_of_one(side, ask.names[0]) or _at_one(side, ask.names[0])):
            return None
        if count and count != len(chosen):
            return None
        if side.wholes:
            return None
    entries = [entry for entry in chosen if entry is not None]
    if (
        len(entries) < 2
        or len(entries) < len(chosen)
        or len({id(e) for e in entries}) < len(entries)
    ):
        return None
    if ask.kind is not None and not side.about(ask.kind.thing):
        return None
    if not ask.names and any(re.fullmatch(WHEN, n) for e in entries if not e.told for n in e.names):
        return None  # of another time, of which it is not asked
    done = any(e.told and e.verb and e.sense is not Sense.HAVE for e in entries)
    if not ask.names and "they" not in ask.marks and done and any(e.aside for e in entries):
        return None  # by the one who is told of, or by the others, too?
    return t.add(*(entry.value for entry in entries)) if disjoint(entries) else None
