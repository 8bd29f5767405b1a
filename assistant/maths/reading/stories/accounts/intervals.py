"""Rates that do not go by the number of things: intervals between them, and many hands at once."""

from __future__ import annotations

from assistant.maths.reading.stories.accounts.facts import Amount, Fact, Pair, Per
from assistant.maths.reading.stories.accounts.words_en import ITEM
from assistant.maths.reading.stories.accounts.words_zh import LENGTHS, TIMES, WHOLE_TIMES
from assistant.maths.reading.stories.telling import exact

POSTS, STROKES = (
    frozenset("棵 根 盏 面 盆 杆 把".split()),
    frozenset("下 次 段 层 声 楼 辆 班 趟".split()),
)
WORKERS = frozenset("人 头 匹 台 只 条 辆 艘 架".split())


def many_hands(fact: Fact) -> bool:
    """Whether so many take so long: more of them take less time, or as long."""
    match fact:
        case Pair(Amount(of), Amount(time)) | Per(of, time):
            many = of.unit in WORKERS or (of.unit == ITEM and not fact.owner)
            return many and time.unit in TIMES | WHOLE_TIMES
    return False


def spaced(fact: Fact) -> bool:
    """Whether things stand or happen at intervals, of which there is one less than of them."""
    if isinstance(fact, Per):
        pairs = [(fact.base.unit, fact.kind.unit)]
    elif isinstance(fact, Pair):
        one, two = fact.first.kind.unit, fact.second.kind.unit
        pairs = [(one, two), (two, one)]
    else:
        return False
    return any(
        (thing in POSTS and measure in LENGTHS) or (thing in STROKES and measure in TIMES)
        for thing, measure in pairs
    ) or _now_and_then(fact)


def _now_and_then(fact: Fact) -> bool:
    """Whether something is done once in so many days: on the first of them, or on the last?"""
    if not isinstance(fact, Per) or fact.value is None or exact(fact.value) == 1:
        return False
    return fact.base.unit in STROKES and fact.kind.unit in WHOLE_TIMES
