"""Money that is handed over, what comes back of it, and what was spent."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Kind,
    Paid,
    Sense,
)
from assistant.maths.reading.stories.accounts.stock import read_stock
from assistant.maths.reading.stories.accounts.system import WANTED, Account
from assistant.maths.reading.stories.accounts.things import belongs, plain_name
from assistant.maths.reading.stories.telling import exact

SPENT = "花"
_BUYING = re.compile("买.*$")
PRICED = frozenset(("", "花", "用", "付", "花费", "用去", "花去"))
"""Verbs by which it is asked what something cost."""


def change(facts: list[Fact], ask: Ask) -> Account | None:
    """What one gets back of the money that was handed over."""
    paid = [fact for fact in facts if isinstance(fact, Paid)]
    if "change" not in ask.marks or len(paid) != 1 or paid[0].back or ask.kind is None:
        return None
    costs = [fact for fact in facts if fact is not paid[0]]
    if not all(isinstance(fact, Amount) and fact.sense is Sense.OUT for fact in costs):
        return None
    return read_stock([Amount(ask.kind, paid[0].value), *costs], Ask(Asked.LEFT, ask.kind))


def settled(facts: list[Fact]) -> list[Fact]:
    """The facts with what was handed over, less what came back of it, as what was spent."""
    paid = [fact for fact in facts if isinstance(fact, Paid)]
    if [one.back for one in paid] != [False, True]:
        return facts
    owners = (paid[0].owner,) if paid[0].owner else ()
    cost = Amount(Kind("元"), t.sub(paid[0].value, paid[1].value), owners, SPENT, Sense.OUT)
    return [cost if fact is paid[0] else fact for fact in facts if fact is not paid[1]]


def spent(facts: list[Fact], ask: Ask) -> Account | None:
    """What was spent for all that was bought, where that is one thing or it is asked for all."""
    if not facts or ask.kind is None or ask.kind.unit != "元" or ask.later is not None:
        return None
    *bought, cost = facts
    if not isinstance(cost, Amount) or cost.verb != SPENT:
        return None
    if ask.what not in (Asked.VALUE, Asked.TOTAL) or ask.verb not in PRICED or len(bought) > 1:
        return None
    if ask.marks - {"whole", "done"} or not isinstance(cost.value, t.Add):
        return None
    one = bought[0] if bought else None
    if one is not None and not (isinstance(one, Amount) and one.verb.startswith("买")):
        return None
    if isinstance(one, Amount) and ask.what is Asked.VALUE and _several(one):
        return None
    if not _is_payer(ask.names, cost.owners or (one.owners if isinstance(one, Amount) else ())):
        return None
    this = one is None and all(name.startswith("这") for name in ask.names)
    if ask.kind.thing and not this and not (one and belongs(one.kind.thing, ask.kind.thing)):
        return None
    return Account().ask(WANTED, "元", cost.value)


def _several(amount: Amount) -> bool:
    return amount.value is None or exact(amount.value) != 1


def _is_payer(asked: tuple[str, ...], payers: tuple[str, ...]) -> bool:
    """Whether it is asked of the one who paid, or of what was bought: ``小明买书``, ``这本书``."""
    names = {plain_name(_BUYING.sub("", name)) for name in asked if not name.startswith("这")}
    return not payers or names <= {*map(plain_name, payers), ""}
