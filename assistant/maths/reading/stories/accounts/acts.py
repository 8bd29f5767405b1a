"""Whether what is told of is what is asked of: who writes has not read."""

from __future__ import annotations

from assistant.maths.reading.stories.accounts.facts import Amount, Ask, Fact, Pair, Per, Sense
from assistant.maths.reading.stories.accounts.things import act
from assistant.maths.reading.stories.accounts.words_en import GENERAL
from assistant.maths.reading.stories.accounts.words_zh import TIMES, VERBS, WHOLE_TIMES

ALIKE = (
    "吃喝用烧",
    "种栽植",
    "修铺挖",
    "做生加制织",
    "看读",
    "运搬",
    "走行跑骑",
    "写练",
    "坐乘容",
    "收摘采",
)
"""First characters of verbs for what may be the same act."""


def of_one_act(facts: list[Fact], ask: Ask) -> bool:
    """Whether what is done at a rate is what is done for a time: who writes eight pages a day
    and reads for five days has not read forty."""
    if not _money_goes(facts, ask):
        return False
    takes = (
        ask.kind is not None and ask.kind.unit in TIMES | WHOLE_TIMES and ask.verb in ("用", "花")
    )
    verbs = ["" if takes else ask.verb] + [
        fact.verb
        for fact in facts
        if isinstance(fact, Pair)
        or (isinstance(fact, Per) and fact.base.unit in TIMES | WHOLE_TIMES)
        or (isinstance(fact, Amount) and fact.kind.unit in TIMES | WHOLE_TIMES)
    ]
    acts = {
        act(verb)
        for verb in verbs
        if (
            verb not in GENERAL if verb.isascii() else VERBS.get(verb, Sense.HAVE) is not Sense.HAVE
        )
    } - {""}
    alike = {next((line[0] for line in ALIKE if one in line), one) for one in acts}
    return len(alike) <= 1 or not any(isinstance(fact, Per | Pair) for fact in facts)


EARNS, SPENDS, SAVES, SELLS = (
    frozenset(("earn", "make")),
    frozenset(("spend", "pay")),
    "sav",
    "sell",
)
BUYS = frozenset(("buy", "purchas", "order", "get", "need", ""))


def _money_goes(facts: list[Fact], ask: Ask) -> bool:
    """Whether money is asked for that comes, or goes, by what is told: who sells, or
    eats, spends nothing."""
    if ask.kind is None or ask.kind.unit != "dollar":
        return True
    no_goods = {"dollar"} | TIMES | WHOLE_TIMES
    goods = [f for f in facts if isinstance(f, Amount) and f.kind.unit not in no_goods]
    if ask.verb in EARNS:
        return all(fact.verb == SELLS for fact in goods)
    if ask.verb == SAVES:
        return any(isinstance(fact, Per | Amount) and fact.verb == SAVES for fact in facts)
    return ask.verb not in SPENDS or all(fact.verb in BUYS for fact in goods)
