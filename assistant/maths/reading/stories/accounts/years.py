"""Ages at another time: the years in between are the same for all."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import Amount, Ask, Asked, Fact, Kind
from assistant.maths.reading.stories.accounts.moments import NOW
from assistant.maths.reading.stories.accounts.system import WANTED, Account
from assistant.maths.reading.stories.accounts.things import plain_name

AGE = Kind("岁")


def read_years(facts: list[Fact], ask: Ask) -> Account | None:
    """In how many years one is so old; or how old one is when another is."""
    ages = [fact for fact in facts if isinstance(fact, Amount) and fact.kind == AGE]
    if len(ages) < len(facts) or ask.what is not Asked.VALUE or len(ask.names) > 1:
        return None
    if any(len(age.owners) != 1 or age.value is None for age in ages):
        return None
    now = {plain_name(age.owners[0]): age.value for age in ages if _today(age)}
    then = [age for age in ages if age.marks == {"then"}]
    wanted = plain_name(ask.names[0]) if ask.names else ""
    if len(now) + len(then) < len(ages):
        return None
    if ask.kind == Kind("年") and ask.later is not None and len(now) == 1 and not then:
        name, age = next(iter(now.items()))
        if wanted not in ("", name) or age is None:
            return None
        return Account().ask(WANTED, "年", t.sub(ask.later, age))
    if ask.kind != AGE or ask.later is not None or len(then) != 1 or len(now) != 2 or ask.when:
        return None
    other = plain_name(then[0].owners[0])
    mine, others, reached = now.get(wanted), now.get(other), then[0].value
    if mine is None or others is None or reached is None or wanted == other:
        return None
    return Account().ask(WANTED, "岁", t.add(mine, t.sub(reached, others)))


def _today(age: Amount) -> bool:
    return not age.marks and (not age.when or age.when in NOW)
