"""Work that goes on at the pace it had: how long the rest of it takes."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Fact,
    Pair,
    Same,
    Sense,
)
from assistant.maths.reading.stories.accounts.rates import meets
from assistant.maths.reading.stories.accounts.system import WANTED, Account
from assistant.maths.reading.stories.accounts.words_zh import TIMES, WHOLE_TIMES
from assistant.maths.reading.stories.telling import exact


def read_pace(facts: list[Fact], ask: Ask) -> Account | None:
    """The time for what is left of some work, of which so much was done in so much time."""
    if len(facts) != 3 or ask.kind is None or ask.later is not None or ask.what is not Asked.LEFT:
        return None
    total, pair, same = facts
    if not isinstance(total, Amount) or not isinstance(pair, Pair) or not isinstance(same, Same):
        return None
    if "still" not in ask.marks or ask.marks & {"up", "down", "short", "remains"} or pair.owner:
        return None
    if total.marks - {"todo", "whole"} or total.sense is Sense.OUT or total.receiver:
        return None
    time, done = (
        (pair.first, pair.second)
        if pair.first.kind.unit in TIMES | WHOLE_TIMES
        else (pair.second, pair.first)
    )
    fits = meets(ask.kind, time.kind) and meets(total.kind, done.kind)
    if not fits or time.kind.unit not in TIMES | WHOLE_TIMES or ask.names not in ((), total.owners):
        return None
    if time.value is None or done.value is None or total.value is None:
        return None
    if not exact(time.value) or not exact(done.value):
        return None
    rest, pace = t.sub(total.value, done.value), t.Div(done.value, time.value)
    return Account().ask(WANTED, ask.kind.unit, t.Div(rest, pace))
