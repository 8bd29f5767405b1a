"""Whom the pronouns of a story mean: the one that was named, where only one was."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Compare,
    Fact,
    Kind,
    Paid,
    Pair,
    Per,
)
from assistant.maths.reading.stories.accounts.things import ONE, PRONOUNS, plain_name, together
from assistant.maths.reading.stories.accounts.words_zh import LENGTHS, MONEY, WEIGHTS

THINGS = re.compile("(?:希望工程|灾区|山区|学校|图书馆|商店|超市|公园)$")
"""Who is no person, and is not meant by 他."""
NOBODY = "?"
"""Whom a pronoun means that could mean several: nobody else has this name."""


def resolved(facts: list[Fact]) -> list[Fact]:
    """The facts with names in place of the pronouns for one."""
    seen: set[str] = set()
    meant: dict[str, str] = {}
    """Whom each pronoun meant before: it goes on to mean the same."""
    found = []
    for fact in facts:
        for name in _names(fact):
            if name in ONE:
                able = (
                    seen
                    if name in ("它", "it")
                    else {one for one in seen if not THINGS.search(one)}
                )
                meant.setdefault(name, next(iter(able)) if len(able) == 1 else NOBODY)
        found.append(_named(fact, meant))
        seen |= {plain for name in _names(fact) if (plain := plain_name(name)) and _is_name(plain)}
    return found


def _is_name(plain: str) -> bool:
    return plain not in PRONOUNS and plain not in ONE and together(plain) is None


def _names(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Amount():
            return (*fact.owners, fact.receiver)
        case Compare():
            return (fact.left, fact.right)
        case Per() | Pair() | Paid():
            return (fact.owner,)
        case Ask():
            return fact.names
    return ()


def _named(fact: Fact, meant: dict[str, str]) -> Fact:
    def named(name: str) -> str:
        return meant.get(name, name)

    match fact:
        case Amount():
            owners = tuple(map(named, fact.owners))
            return replace(fact, owners=owners, receiver=named(fact.receiver))
        case Compare():
            return replace(fact, left=named(fact.left), right=named(fact.right))
        case Per() | Pair() | Paid():
            return replace(fact, owner=named(fact.owner))
        case Ask():
            return replace(fact, names=tuple(map(named, fact.names)))
    return fact


def of_one(facts: list[Fact], ask: Ask) -> bool:
    """Whether all that is told and asked may be of the same owner."""
    names = {
        name
        for name in ask.names
        if plain_name(name) not in PRONOUNS and together(name) is None and not name.startswith("这")
    }
    for fact in facts:
        if isinstance(fact, Amount):
            names |= set(fact.owners)
        if isinstance(fact, Per | Pair):
            names.add(fact.owner)
    return len({plain_name(name) for name in names} - {"", *PRONOUNS}) <= 1


def measured(facts: list[Fact], ask: Ask) -> Ask:
    """The question with its unit, where it asks how far, how heavy or how much: that of all
    the lengths, weights or prices."""
    wanted = next((units for mark, units in SORTS_OF_UNIT.items() if mark in ask.marks), None)
    if wanted is None or (ask.kind is not None and "much" not in ask.marks):
        return ask
    kinds: set[Kind] = set()
    for fact in facts:
        match fact:
            case Amount(kind) | Per(_, kind):
                kinds.add(kind)
            case Pair(first, second):
                kinds |= {first.kind, second.kind}
    units = {kind.unit for kind in kinds if kind.unit in wanted}
    return replace(ask, kind=Kind(units.pop())) if len(units) == 1 else ask


SORTS_OF_UNIT = {"far": LENGTHS, "heavy": WEIGHTS, "much": MONEY}
