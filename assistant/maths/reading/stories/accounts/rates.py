"""So much for each: chains of rates from the one amount that is told to the one that is asked."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Kind,
    Pair,
    Per,
    Same,
    Sense,
    Shared,
)
from assistant.maths.reading.stories.accounts.intervals import many_hands, spaced
from assistant.maths.reading.stories.accounts.people import of_one
from assistant.maths.reading.stories.accounts.system import WANTED, Account
from assistant.maths.reading.stories.accounts.things import (
    IS_PLACE,
    UNROUNDED,
    act,
    belongs,
    counts,
)
from assistant.maths.reading.stories.accounts.words_zh import (
    CARRIES,
    FILLED,
    LENGTHS,
    MONEY,
    TRIPS,
    VERBS,
    WEIGHTS,
    WHOLE_TIMES,
)
from assistant.maths.reading.stories.telling import exact

TWO = 2


def read_rates(facts: list[Fact], ask: Ask) -> Account | None:
    """The account of rates."""
    if (
        ask.kind is None
        or ask.later is not None
        or ask.what not in (Asked.VALUE, Asked.TOTAL, Asked.RATIO)
    ):
        return None
    money = any(isinstance(fact, Amount) and fact.kind.unit in MONEY for fact in facts)
    if "up" in ask.marks and money:
        return None  # it need not be spent
    if facts and isinstance(facts[0], Amount) and _some(facts[0]):
        facts = facts[1:]
    if ask.marks & {"left", "before"} or not all(map(_usable, facts)):
        return None
    if (
        not of_one(facts, ask)
        or _turned(facts, ask)
        or any(spaced(f) or many_hands(f) for f in facts)
    ):
        return None
    if (one := _for_one(facts, ask)) is not None:
        return read_rates(
            [Amount(one, t.integer(1)), *facts], replace(ask, what=Asked.VALUE, names=())
        )
    if any(isinstance(fact, Pair) for fact in facts):
        value = _proportion(facts, ask)
    elif ask.what is Asked.RATIO:
        value = _each(facts, ask)
    else:
        value = _chain(facts, ask)
        value = _traded(facts, ask) if value is None else value
    if value is None or not exact(value):
        return None
    return wanted(Account(), value, ask)


def _some(amount: Amount) -> bool:
    """Whether a story only opens with things, of which it is not told how many there are."""
    return amount.value is None and not amount.marks and amount.sense in (Sense.HAVE, Sense.IN)


def _for_one(facts: list[Fact], ask: Ask) -> Kind | None:
    """Of what thing it is asked how much goes with one of it, by rates alone."""
    rates = [fact for fact in facts if isinstance(fact, Per)]
    if not rates or len(rates) < len(facts):
        return None
    if ask.what is Asked.RATIO:
        return ask.base
    this = ask.names[0].removeprefix("这") if len(ask.names) == 1 else ""
    first = rates[0].base
    return first if this and this != ask.names[0] and this == first.thing else None


def wanted(
    account: Account, value: t.Expr, ask: Ask, size: Fraction | None = None
) -> Account | None:
    """The account with the value that is asked for: rounded where only whole groups count, or
    where all must have room."""
    if ask.kind is None:
        return None
    rounds = ask.marks & {"up", "down"}
    if not rounds and _broken(exact(value) if size is None else size, ask):
        rounds = frozenset({"down"})
    if not rounds:
        return account.ask(WANTED, ask.kind.unit, value)
    if len(rounds) > 1 or not isinstance(value, t.Div):
        return None
    found = account.ask(WANTED, UNROUNDED, value)
    assert found.asked is not None
    found.asked = t.Call("ceiling" if "up" in rounds else "floor", (found.asked,))
    return found


def _broken(number: Fraction | None, ask: Ask) -> bool:
    """Whether it is asked how many groups can be made, and the last would not be full."""
    if number is None or number.denominator == 1 or "can" not in ask.marks or ask.kind is None:
        return False
    carried = act(ask.verb) in CARRIES - {"装", "放"} or ask.kind.unit in TRIPS
    return (
        counts(ask.kind.unit)
        and not carried
        and (
            ask.kind.unit not in WHOLE_TIMES
            and ask.what is Asked.VALUE
            and not ask.marks & {"todo", "whole"}
        )
    )


def _turned(facts: list[Fact], ask: Ask) -> bool:
    """Whether what came is told, and what went is asked for, or the other way round."""
    asked = VERBS.get(ask.verb)
    senses = {fact.sense for fact in facts if isinstance(fact, Amount)}
    paying = ask.what is Asked.RATIO or (ask.kind is not None and ask.kind.unit in MONEY)
    return not paying and any({asked, one} == {Sense.IN, Sense.OUT} for one in senses)


def never_done(facts: list[Fact]) -> bool:
    """Whether a rate was only planned, and nothing is told or asked of what came of it; or no
    more than that: who planned 50 a day and took ten days has not done 500."""
    marks = [fact.marks for fact in facts if isinstance(fact, Per | Amount)]
    planned = any("planned" in one for one in marks)
    return planned and (len(marks) <= TWO or not any("supposed" in one for one in marks))


def limits(facts: list[Fact]) -> bool:
    """Whether it is told how much there is room for at most, not how much there is."""
    return any(isinstance(fact, Per) and "most" in fact.marks for fact in facts)


def _usable(fact: Fact) -> bool:
    if isinstance(fact, Amount):
        bad = {"left", "before", "part", "more", "still", "of all", "of rest", "of first"}
        if fact.kind.unit not in LENGTHS | WEIGHTS | {"页"}:
            bad.add("single")
        return (
            fact.value is not None
            and not fact.marks & bad
            and len(fact.owners) <= 1
            and not fact.receiver
        )
    return isinstance(fact, Per | Pair | Same | Shared)


CONTAINERS = frozenset("盘 盒 箱 袋 瓶 篮 桶 班 组 队 筐".split())
"""Which one counts by themselves: ``4个班`` are ``4班``, ``4个盘子`` ``4盘``."""


def _counter(kind: Kind) -> Kind | None:
    """Containers that are counted by themselves."""
    bare = re.sub(r"子$|级$|^小(?=组)", "", kind.thing)
    return Kind(bare) if kind.unit in ("个", "只") and bare in CONTAINERS else None


def meets(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be one, as a sort of things and one of the sort may be."""
    if one.fits(other) or _counter(one) == other or _counter(other) == one:
        return True
    return one.unit == other.unit and (
        belongs(one.thing, other.thing) or belongs(other.thing, one.thing)
    )


def _chain(facts: list[Fact], ask: Ask) -> t.Expr | None:
    """From the one amount by all the rates to what is asked."""
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    rates = [fact for fact in facts if isinstance(fact, Per)]
    if len(amounts) != 1 or not rates or ask.kind is None:
        return None
    if (
        at_odds(facts)
        or any("rest" in rate.marks or another_price(rate, amounts[0].kind) for rate in rates)
        or len(amounts) + len(rates) < len(facts)
    ):
        return None
    kinds = [rate.base for rate in rates] + [rate.kind for rate in rates]
    if _blurred([*kinds, amounts[0].kind, ask.kind]):
        return None
    ends = _walk(amounts[0].kind, amounts[0].value, rates)
    fitting = [value for kind, value in ends if meets(kind, ask.kind)]
    return fitting[0] if len(fitting) == 1 and len(ends) == 1 else None


def contents(kind: Kind, each: Kind) -> Kind:
    """What is in so many containers: ``3车面粉，每车9袋`` are so many 袋 of 面粉."""
    if each.thing or each.unit in MONEY or kind.unit not in FILLED:
        return each
    return replace(each, thing=kind.thing)


def another_price(rate: Per, kind: Kind) -> bool:
    """Whether a price is of other things than those of a kind: ``苹果每千克3元`` and pears."""
    if rate.kind.unit not in MONEY or not rate.owner or not kind.thing or rate.base.thing:
        return False
    return not belongs(kind.thing, rate.owner) and not IS_PLACE.search(rate.owner)


def at_odds(facts: list[Fact]) -> bool:
    """Whether two rates of the same things are told, so that one of them replaces the other."""
    rates = [fact for fact in facts if isinstance(fact, Per)]
    return any(
        meets(one.base, other.base) and meets(one.kind, other.kind)
        for n, one in enumerate(rates)
        for other in rates[:n]
    )


def _blurred(kinds: list[Kind]) -> bool:
    """Whether a unit without things could be of two of the things that are named."""
    kinds = [_counter(kind) or kind for kind in kinds]
    for kind in kinds:
        named = {k.thing for k in kinds if k.unit == kind.unit and k.thing}
        if not kind.thing and len(named) > 1 and not _one_sort(named):
            return True
    return False


def _one_sort(things: set[str]) -> bool:
    return any(all(belongs(one, sort) for one in things) for sort in things)


def _walk(kind: Kind, value: t.Expr | None, rates: list[Per]) -> list[tuple[Kind, t.Expr]]:
    """All ends that use each of the rates once."""
    if value is None:
        return []
    if not rates:
        return [(kind, value)]
    found = []
    for n, rate in enumerate(rates):
        others = rates[:n] + rates[n + 1 :]
        if rate.value is None or not exact(rate.value) or of_other(kind, rate.kind):
            continue
        if meets(kind, rate.base):
            found += _walk(contents(kind, rate.kind), t.Mul((value, rate.value)), others)
        if meets(kind, rate.kind):
            found += _walk(rate.base, t.Div(value, rate.value), others)
    return found


def of_other(kind: Kind, inside: Kind) -> bool:
    """Whether boxes are told to be of other things than what is told to be in each."""
    _, of, held = kind.thing.partition(" of ")
    named = bool(of and inside.thing) and kind.unit == inside.unit
    return named and not belongs(held, inside.thing) and not belongs(inside.thing, held)


def _each(facts: list[Fact], ask: Ask) -> t.Expr | None:
    """So much in all, shared out among so many: how much for each."""
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    shared = [fact for fact in facts if isinstance(fact, Shared)]
    rates = [fact for fact in facts if isinstance(fact, Per)]
    if len(amounts) + len(shared) + len(rates) < len(facts) or len(shared) > 1 or ask.kind is None:
        return None
    if any(one.rest for one in shared) or ask.base is None:
        return None
    bases = [fact.among for fact in shared if fact.among is not None]
    everything = [*amounts, *bases]
    alike = bool(shared) and not ask.marks - {"even", "can"}
    """How much each gets is asked for, and so is the same for each."""
    even = alike or any(one.even for one in shared) or "even" in ask.marks
    if not (even or ask.kind.unit in MONEY) or len(everything) != 2:
        return None
    of = [a for a in everything if meets(a.kind, ask.base)]
    total = [a for a in everything if a not in of]
    if len(of) != 1 or len(total) != 1 or of[0].value is None or not exact(of[0].value):
        return None
    whole = total[0].value
    if rates:
        if len(rates) > 1 or rates[0].value is None:
            return None
        ends = _walk(total[0].kind, whole, rates)
        if len(ends) != 1:
            return None
        kind, whole = ends[0]
    else:
        kind = total[0].kind
    if (
        not meets(kind, ask.kind)
        or whole is None
        or _blurred([kind, ask.kind, _counter(of[0].kind) or of[0].kind, ask.base])
    ):
        return None
    return t.Div(whole, of[0].value)


def _proportion(facts: list[Fact], ask: Ask) -> t.Expr | None:
    """So much goes with so much: and at the same rate, with another amount."""
    pairs = [fact for fact in facts if isinstance(fact, Pair)]
    amounts = [fact for fact in facts if isinstance(fact, Amount)]
    rest = [f for f in facts if not isinstance(f, Pair | Amount | Same)]
    if rest or len(pairs) > 2 or ask.kind is None:
        return None
    pair = pairs[0]
    first, second = pair.first, pair.second
    if ask.what is Asked.RATIO:
        if len(facts) - sum(isinstance(f, Same) for f in facts) > 1 or ask.base is None:
            return None
        even = "even" in ask.marks or len(facts) > 1 or ask.kind.unit in MONEY
        for base, total in ((first, second), (second, first)):
            if even and meets(base.kind, ask.base) and meets(total.kind, ask.kind):
                return _quotient(total.value, base.value)
        return None
    same = any(isinstance(fact, Same) for fact in facts)
    if len(pairs) != 1 or len(amounts) != 1:
        return None
    given = amounts[0]
    if not same and not _priced(pair, given):
        return None
    for base, total in ((first, second), (second, first)):
        if meets(given.kind, base.kind) and meets(ask.kind, total.kind):
            rate = _quotient(total.value, base.value)
            return None if rate is None or given.value is None else t.Mul((rate, given.value))
    return None


def _priced(pair: Pair, given: Amount) -> bool:
    """Whether so many of a thing cost so much, and it is told of more or fewer of the very thing."""
    for base, cost in ((pair.first, pair.second), (pair.second, pair.first)):
        if cost.kind.unit in MONEY and base.kind.thing and given.kind == base.kind:
            return not given.marks and not given.owners and given.sense is Sense.HAVE
    return False


def _quotient(above: t.Expr | None, below: t.Expr | None) -> t.Expr | None:
    if above is None or below is None or not exact(below):
        return None
    return t.Div(above, below)


def _traded(facts: list[Fact], ask: Ask) -> t.Expr | None:
    """The same in all at another rate: more for each, and fewer of them."""
    if len(facts) != 3 or ask.kind is None:
        return None
    first, amount, second = facts
    if not (isinstance(first, Per) and isinstance(amount, Amount) and isinstance(second, Per)):
        return None
    fits = meets(first.base, second.base) and meets(first.kind, second.kind)
    if (
        not fits
        or "supposed" not in second.marks
        or second.value is None
        or not exact(second.value)
    ):
        return None
    if (
        amount.value is None
        or first.value is None
        or amount.sense not in (Sense.HAVE, Sense.DO, Sense.OUT)
    ):
        return None
    if not meets(amount.kind, first.base) or not meets(ask.kind, first.base):
        return None
    return t.Div(t.Mul((first.value, amount.value)), second.value)
