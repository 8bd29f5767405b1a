"""At what time amounts are told: what is there at one time says nothing of another."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Amount, Ask, Asked, Compare, Fact, Sense
from assistant.maths.reading.stories.accounts.words_zh import VERBS, WHEN

NOW = frozenset("今年 今天 today".split())
AGE = frozenset("岁 year".split())


def at_one_time(amounts: list[Amount], ask: Ask) -> bool:
    """Whether what is compared or added is there at one time, and asked for at that time.

    Acts add up over time, and one amount may be compared with what it was before; but the age
    that one has now says nothing of another's age a year ago, and who is there in the morning
    may be there in the evening too.
    """
    states = [a for a in amounts if a.sense is Sense.HAVE and a.value is not None]
    whens = {_time(state.when) for state in states}
    if len(whens) > 1:
        whose = {(state.owners, state.kind.thing) for state in states if state.owners}
        lasting = any(state.owners and (state.verb or state.kind.unit in AGE) for state in states)
        if len(whose) > 1 or (lasting and ask.what is Asked.TOTAL):
            return False
    by_time = all(re.fullmatch(WHEN, name) for name in ask.names)
    apart = ask.what is Asked.DIFFERENCE or (ask.what is Asked.TOTAL and len(whens) > 1)
    if by_time or apart or not any(state.owners for state in states):
        return True
    return whens == {_time(ask.when)}


def _time(when: str) -> str:
    """A time, empty for now: so is one that is not told."""
    return "" if when in NOW else when


def told_by_times(facts: list[Fact]) -> list[Fact]:
    """The facts in which what was done at one time, and is told by what was done at another, is an
    amount of its own: ``第二次比第一次多用2米``."""
    found: list[Fact] = []
    for fact in facts:
        if isinstance(fact, Compare) and re.fullmatch(WHEN, fact.left):
            whens = [a for a in found if isinstance(a, Amount) and a.when == fact.right and a.when]
            amount = _by_time(fact, whens[0]) if len(whens) == 1 else None
            if amount is None:
                return facts
            found.append(amount)
        else:
            found.append(fact)
    return found


def _by_time(fact: Compare, other: Amount) -> Amount | None:
    if other.value is None or other.marks or other.sense is Sense.HAVE or other.receiver:
        return None
    if fact.verb and fact.verb[:1] != other.verb[:1]:
        return None
    if VERBS.get(fact.verb, other.sense) not in (other.sense, Sense.DO):
        return None  # what comes is not what goes
    if fact.kind is not None and (fact.kind.unit, fact.kind.thing or other.kind.thing) != (
        other.kind.unit,
        other.kind.thing,
    ):
        return None
    value = other.value if fact.times is None else t.Mul((fact.times, other.value))
    if fact.value is not None:
        value = t.add(value, fact.value if fact.more else t.Neg(fact.value))
    return replace(other, value=value, when=fact.left)
