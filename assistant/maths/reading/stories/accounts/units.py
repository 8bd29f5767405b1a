"""One unit for all the amounts of a dimension, where several are told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.reading.stories.accounts.facts import (
    Amount,
    Ask,
    Asked,
    Compare,
    Fact,
    Kind,
    Pair,
    Per,
    Shared,
)
from assistant.maths.reading.stories.lengths import CHINESE, METRES
from assistant.maths.reading.stories.telling import exact

DIMENSIONS: tuple[dict[str, Fraction], ...] = (
    CHINESE,
    {name: METRES[name] for name in ("kilometer", "meter", "cm", "mm")},
    *(
        {name: Fraction(size) for name, size in table.items()}
        for table in (
            {"吨": "1000", "千克": "1", "克": "1/1000"},
            {"元": "1", "角": "1/10"},
            {"小时": "60", "分钟": "1", "秒": "1/60"},
            {"星期": "7", "天": "1"},
            {"年": "12", "月": "1"},
            {"平方米": "1", "平方分米": "1/100", "平方厘米": "1/10000"},
            {"mile": "5280", "yard": "3", "foot": "1", "inch": "1/12"},
            {"ton": "1", "kilogram": "1", "gram": "1/1000"},
            {"dollar": "1", "cent": "1/100"},
            {"hour": "60", "minute": "1", "second": "1/60"},
            {"week": "7", "day": "1"},
            {"year": "12", "month": "1"},
        )
    ),
)
"""The sizes of units beside each other; a ton is left out where it could be two things."""


def converted(facts: list[Fact], ask: Ask) -> tuple[list[Fact], Ask] | None:
    """All in the unit that is asked for, or in the smallest; ``None`` where nothing changes."""
    if ask.kind is None and ask.what is Asked.DIFFERENCE:
        return None  # in what unit?
    said = [kind for fact in facts for kind in _kinds(fact)]
    wanted = [kind for kind in (ask.kind, ask.base) if kind is not None]
    into: dict[str, tuple[str, Fraction]] = {}
    for sizes in DIMENSIONS:
        units = {kind.unit for kind in (*said, *wanted)} & set(sizes)
        if len(units) < 2 or "ton" in units:
            continue
        asked = [kind.unit for kind in wanted if kind.unit in sizes]
        target = asked[0] if asked else min(units, key=lambda unit: sizes[unit])
        into |= {unit: (target, sizes[unit] / sizes[target]) for unit in units}
    if not into:
        return None
    base = None if ask.base is None else _kind(ask.base, into)
    if base != ask.base:
        return None
    return [_fact(fact, into) for fact in facts], ask


Into = dict[str, tuple[str, Fraction]]


def _kinds(fact: Fact) -> tuple[Kind, ...]:
    match fact:
        case Amount(kind):
            return (kind,)
        case Per(base, kind):
            return (base, kind)
        case Pair(first, second):
            return (first.kind, second.kind)
        case Shared(Amount(kind)):
            return (kind,)
        case Compare(kind=Kind() as kind):
            return (kind,)
    return ()


def _kind(kind: Kind, into: Into) -> Kind:
    return Kind(into[kind.unit][0], kind.thing) if kind.unit in into else kind


def _times(value: t.Expr | None, factor: Fraction) -> t.Expr | None:
    number = None if value is None else exact(value)
    return value if number is None or factor == 1 else t.rational(number * factor)


def _amount(fact: Amount, into: Into) -> Amount:
    factor = into.get(fact.kind.unit, ("", Fraction(1)))[1]
    return replace(fact, kind=_kind(fact.kind, into), value=_times(fact.value, factor))


def _fact(fact: Fact, into: Into) -> Fact:
    match fact:
        case Amount():
            return _amount(fact, into)
        case Per(base, kind, value):
            up = into.get(kind.unit, ("", Fraction(1)))[1]
            down = into.get(base.unit, ("", Fraction(1)))[1]
            return replace(
                fact, base=_kind(base, into), kind=_kind(kind, into), value=_times(value, up / down)
            )
        case Pair(first, second):
            return replace(fact, first=_amount(first, into), second=_amount(second, into))
        case Shared(Amount() as among):
            return replace(fact, among=_amount(among, into))
        case Compare(kind=Kind() as kind, value=value):
            factor = into.get(kind.unit, ("", Fraction(1)))[1]
            return replace(fact, kind=_kind(kind, into), value=_times(value, factor))
    return fact
