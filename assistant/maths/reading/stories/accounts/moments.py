"""At what time amounts are told: what is there at one time says nothing of another."""

from __future__ import annotations

import re

from assistant.maths.reading.stories.accounts.facts import Amount, Ask, Asked, Sense
from assistant.maths.reading.stories.accounts.words_zh import WHEN

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
