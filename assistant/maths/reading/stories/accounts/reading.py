"""Whole stories about amounts: each clause a fact, the facts one account, the account one answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice, product

from assistant.maths import terms as t
from assistant.maths.reading.patterns import late
from assistant.maths.reading.scan import HAN
from assistant.maths.reading.stories.accounts import (
    clauses_en,
    clauses_zh,
    patterns_zh,
    splitting_en,
    splitting_zh,
)
from assistant.maths.reading.stories.accounts.acts import of_one_act
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Kind,
    Per,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.groups import (
    read_grouped,
    read_left_over,
    read_product,
)
from assistant.maths.reading.stories.accounts.moments import told_by_times
from assistant.maths.reading.stories.accounts.pace import read_pace
from assistant.maths.reading.stories.accounts.paying import change, settled, spent
from assistant.maths.reading.stories.accounts.people import measured, of_one, resolved
from assistant.maths.reading.stories.accounts.portions import read_portions, read_shares
from assistant.maths.reading.stories.accounts.rates import (
    another_price,
    at_odds,
    contents,
    limits,
    meets,
    never_done,
    of_other,
    read_rates,
    wanted,
)
from assistant.maths.reading.stories.accounts.relations import read_relations
from assistant.maths.reading.stories.accounts.stock import read_stock
from assistant.maths.reading.stories.accounts.system import Account
from assistant.maths.reading.stories.accounts.transfers import read_transfers
from assistant.maths.reading.stories.accounts.units import converted
from assistant.maths.reading.stories.accounts.words_zh import MONEY
from assistant.maths.reading.stories.accounts.years import read_years
from assistant.maths.reading.stories.telling import exact, laid_out
from assistant.maths.reading.stories.text import Tale, with_dollars
from assistant.maths.types import Request

Method = Callable[[list[Fact], Ask], "Account | None"]
METHODS: tuple[Method, ...] = (
    read_relations,
    read_stock,
    read_rates,
    read_grouped,
    read_left_over,
    read_product,
    read_pace,
    read_years,
    read_transfers,
    read_portions,
    read_shares,
)
ALL_PEOPLE = (Kind("人"), Kind("人", "同学"))
"""Those who may be of any of the groups that are told."""
TWO = 2
EACH = late(
    r"[,.;](?:那么|问|请问|求)?(?:(?P<names>[\u4e00-\u9fff]{1,4}[和与、][\u4e00-\u9fff]{1,4})|他们|她们|(?:他们|她们)?(?:两|二|俩)个?人|两[个只条袋箱筐桶堆队班]|他们俩)"
    r"各(?:自)?(?P<rest>(?:有|是|买了?|做了?|种了?|分得|得到|重|长)(?:多少|几)[\u4e00-\u9fff]{1,5})[?.]?$"
)
"""What each of two has."""
MAX_PHRASES = 20
MAX_READINGS = 200
"""Combinations of what the clauses may say; a story with more is not clear."""


def read_accounts(tale: Tale) -> list[Request] | None:
    """The one answer in which all readings of a story agree; of each of two, where that is asked."""
    text = tale.text if tale.options else with_dollars(tale.text, tale.scan.source)
    if not (apart := _asked_apart(text)):
        account = _account(text)
        return None if account is None else account.requests(tale)
    accounts = [account for one in apart if (account := _account(one)) is not None]
    first, others = accounts[:1], accounts[1:]
    if len(accounts) < len(apart) or any(
        (one.equations, one.units) != (first[0].equations, first[0].units) for one in others
    ):
        return None
    return first[0].requests(tale, *(one.asked for one in others if one.asked is not None))


def _asked_apart(text: str) -> list[str]:
    """The story with the question of each of two alone: ``两人各有多少元``; empty where it is
    not so asked."""
    found = EACH.search(text) if HAN.search(text) else None
    if found is None:
        return []
    told = text[: found.start()]
    names = tuple(re.split("[和与、]", found["names"])) if found["names"] else ()
    pairs = {
        fact.owners
        for options in _clauses(f"{told}.") or ()
        for fact in options
        if isinstance(fact, Amount) and len(fact.owners) == TWO
    }
    if not names and len(pairs) == 1:
        names = pairs.pop()
    return [f"{told},{name}{found['rest']}" for name in names]


def _account(text: str) -> Account | None:
    """The account of the one answer in which all readings agree."""
    clauses = _clauses(text)
    if not clauses:
        return None
    found: dict[object, Account] = {}
    total = 1
    for options in clauses:
        total *= len(options)
    if not total or total > MAX_READINGS:
        return None
    for facts in islice(product(*clauses), MAX_READINGS):
        asks = [fact for fact in facts if isinstance(fact, Ask)]
        if len(asks) != 1 or facts[-1] is not asks[0]:
            continue
        *told, ask = resolved(list(facts))
        assert isinstance(ask, Ask)
        for account in _all_accounts(told, measured(told, ask)):
            value = account.answer()
            if value is not None and value > 0:
                found.setdefault(value, account)
    if len(found) != 1:
        return None
    return next(iter(found.values()))


def _clauses(text: str) -> list[list[Fact]] | None:
    """What each clause may say; ``None`` where one is not understood."""
    if not HAN.search(text):
        return _phrases(text)
    found: list[list[Fact]] = []
    for _, facts in _told(text):
        if facts is None:
            return None
        found += [facts] if facts else []
    return found


def first_unclear(text: str) -> str:
    """The first clause of a Chinese text that says nothing known; empty where all do."""
    return next((part for part, facts in _told(text) if facts is None), "")


def _told(text: str) -> Iterator[tuple[str, list[Fact] | None]]:
    """What each clause of a Chinese text may say; nothing where it is a scene, ``None`` where it
    is not understood."""
    parts = splitting_zh.split(text)
    opened = False
    intro = patterns_zh.INTRO.fullmatch(parts[0]) if len(parts) > 1 else None
    if intro:
        whole = patterns_zh.OF_IT.match(parts[1]) or parts[-1].startswith(f"这{intro['in']}")
        whole = whole or not any(intro["in"] in part for part in parts[1:])
        parts = parts[1:] if whole else parts
    for part in parts:
        facts = clauses_zh.read_clause(part) if len(part) <= splitting_zh.MAX_CLAUSE else []
        scene = not opened and patterns_zh.SCENE.fullmatch(part)
        opened = opened or bool(facts)
        yield part, facts or ([] if scene else None)


def _phrases(text: str) -> list[list[Fact]] | None:
    """What each phrase of an English story says."""
    hits = laid_out(splitting_en.plain(text), clauses_en.PHRASES)
    if not hits or len(hits) > MAX_PHRASES:
        return None
    if any(hit.says == "daily" for hit in hits) and any(hit.one("w") for hit in hits):
        return None  # is that day one of those?
    said = [clauses_en.read_phrase(hit) for hit in hits]
    if any(facts is None for facts in said):
        return None
    return [[fact] for facts in said for fact in facts or ()]


def _all_accounts(facts: list[Fact], ask: Ask) -> list[Account]:
    """All accounts of the facts as they are told, or in one unit where several are told."""
    if (limits(facts) and "up" not in ask.marks) or not of_one_act(facts, ask):
        return []
    if never_done(facts):
        return []
    facts = settled(facts)
    found = _accounts(facts, ask)
    other = converted(facts, ask)
    return found if other is None else found + _accounts(*other)


def _accounts(facts: list[Fact], ask: Ask) -> list[Account]:
    """All accounts that understand all the facts."""
    found = []
    timed = told_by_times(facts)
    for said in (facts, *_collapsed(facts), *([] if timed == facts else [timed])):
        for method in METHODS:
            account = method(said, ask)
            if account is not None:
                found.append(account)
        others = (_then_shared(said, ask), change(said, ask), spent(said, ask))
        found += [account for account in others if account is not None]
    return found


def _collapsed(facts: list[Fact]) -> list[list[Fact]]:
    """The facts with one "so many, so much in each" as the amount that it is."""
    found: list[list[Fact]] = []
    if at_odds(facts):
        return found
    for n in range(len(facts) - 1):
        one, two = facts[n], facts[n + 1]
        amount = _handed_out(one) if isinstance(one, Amount | Shared) else _handed_out(two)
        rate = one if isinstance(one, Per) else two
        if not isinstance(amount, Amount) or not isinstance(rate, Per) or "rest" in rate.marks:
            continue
        if amount.value is None or rate.value is None or not meets(amount.kind, rate.base):
            continue
        if rate.owner and amount.owners and (rate.owner,) != amount.owners:
            continue
        if another_price(rate, amount.kind) or of_other(amount.kind, rate.kind):
            continue
        act = _of_money(amount) if rate.kind.unit in MONEY else (amount.verb, amount.sense)
        if act is None:
            continue
        whole = Amount(
            contents(amount.kind, rate.kind),
            t.Mul((amount.value, rate.value)),
            amount.owners,
            *act,
            amount.receiver,
            amount.when,
            amount.marks,
        )
        changed = [*facts[:n], whole, *facts[n + 2 :]]
        found += [changed, *_collapsed(changed)]
    return found


def _handed_out(fact: Fact) -> Fact:
    """Those among whom things are shared out, not equally by that alone."""
    if isinstance(fact, Shared) and fact.among is not None and not fact.rest and not fact.even:
        return replace(fact.among, verb="分", sense=Sense.OUT)
    return fact


def _of_money(amount: Amount) -> tuple[str, Sense] | None:
    """What buying or selling things does to the money."""
    if amount.verb.startswith(("买", "购", "订", "bought", "buy")):
        return "花", Sense.OUT
    if amount.verb.startswith(("卖", "售", "sold", "sell")):
        return "收", Sense.IN
    return None


def _then_shared(facts: list[Fact], ask: Ask) -> Account | None:
    """What is left of a stock, shared out or grouped."""
    if len(facts) < 2 or ask.kind is None or not of_one(facts[-1:], ask):
        return None
    last = facts[-1]
    if isinstance(last, Shared) and last.rest and last.among is not None and ask.base is not None:
        stock = read_stock(facts[:-1], Ask(Asked.LEFT, ask.kind))
        if stock is None or stock.asked is None or last.among.value is None:
            return None
        if not meets(last.among.kind, ask.base):
            return None
        return _divided(stock, last.among.value, ask)
    if isinstance(last, Per) and ask.base is None and last.value is not None:
        stock = read_stock(facts[:-1], Ask(Asked.LEFT, last.kind)) if "rest" in last.marks else None
        if stock is None and not last.marks - {"each", "grouped"} and last.kind in ALL_PEOPLE:
            stock = read_relations(facts[:-1], Ask(Asked.TOTAL, last.kind))
        if stock is None or stock.asked is None or not meets(last.base, ask.kind):
            return None
        return _divided(stock, last.value, ask)
    return None


def _divided(stock: Account, by: t.Expr, ask: Ask) -> Account | None:
    """The same account, the stock in the end being divided."""
    if len(stock.equations) != 1 or stock.asked is None or ask.kind is None or not exact(by):
        return None
    there, size = stock.answer(), exact(by)
    if there is None or not size:
        return None
    return wanted(stock, t.Div(stock.asked, by), ask, there / size)
