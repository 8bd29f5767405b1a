"""Units that two sides of an equality are in: whether one may be another, and whether they fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import Finding
from assistant.maths.checking.lines.rounding import value_of
from assistant.maths.reading.claims.sides import Reading
from assistant.maths.reading.claims.tokens import METRIC, shown
from assistant.maths.reading.claims.units import UNITS, Dimension
from assistant.maths.types import Refuted, Text

Sides = tuple[t.Expr | None, t.Expr | None]
Readings = tuple[Reading | None, Reading | None]
MOST_KINDS = TWO_KINDS = 2
"""Kinds of quantity in a rate: of more nobody tries the units."""
POWERS = {1: Text("a length", "长度"), 2: Text("an area", "面积"), 3: Text("a volume", "体积")}
UNFIT = Text(
    "{0}: the unit does not fit: it is that of %s, and this is %s",
    "{0}：单位不符：所写的是%s的单位，而这里是%s",
)
_NAMED = (
    (2, re.compile(r"(?:^|\s)area$|面积$", re.IGNORECASE)),
    (3, re.compile(r"(?:^|\s)volume$|体积$", re.IGNORECASE)),
    (1, re.compile(r"(?:^|\s)(?:perimeter|circumference)$|周长$", re.IGNORECASE)),
)
"""Names of values that are measured in the powers of one unit."""
_LETTER = re.compile(r"\d\s*[ms](?![A-Za-z])")
"""A single letter at a number, which is a unit beside other units, and else may be a length."""


def may_convert(readings: Readings) -> bool:
    """Whether a side without a unit is in another unit of the same kind: 3 * 20 = 1 hour."""
    found = [r.measured for r in readings if r is not None and r.measured is not None]
    bare = [m for m in found if not m.dimension]
    with_unit = [m for m in found if m.dimension]
    if len(bare) != 1 or len(with_unit) != 1:
        return False
    (one,), (other,) = bare, with_unit
    return any(one.value * factor == other.value for factor in _factors(other.dimension))


def _factors(dimension: Dimension) -> Iterator[Fraction]:
    """How many base units the units of a dimension have: those that have a name, and those that
    others make, as ``m/s``."""
    yield from (u.factor for u in UNITS.values() if u.dimension == dimension)
    if len(dimension) > MOST_KINDS:
        return
    choices = [
        {u.factor**n for u in UNITS.values() if u.dimension == ((kind, 1),)}
        for kind, n in dimension
    ]
    for factors in product(*choices):
        yield prod(factors, start=Fraction(1))


def unit_of(reading: Reading, side: t.Expr | None) -> Fraction:
    """How many base units the unit of a side has; 1 where it has several."""
    value = None if side is None else value_of(side)
    if reading.measured is None or not isinstance(value, Fraction) or not value:
        return Fraction(1)
    return reading.measured.value / value or Fraction(1)


def converts(sides: Sides, ratio: Fraction) -> bool:
    """``3 hours * 60 = 180 minutes``: right without the units, whose ratio is a factor."""
    values = [value_of(side) for side in sides if side is not None]
    factors = {n.value for s in sides if s is not None for n in t.walk(s)
               if isinstance(n, t.Number)}  # fmt: skip
    return values[:1] == values[1:] and bool(factors & {ratio, 1 / ratio if ratio else ratio})


def unfit(text: str, name: str, readings: tuple[Reading | None, ...]) -> Finding | None:
    """A result in another power of a unit than what it is said to be, an area of 25 cm, or in a
    lower one than its factors have: ``5 cm * 5 cm = 25 cm``."""
    result = readings[-1] if readings else None
    if result is None or result.operators or any(r.ambiguous or r.guessed for r in readings if r):
        return None
    told = _power_of_length(result)
    worked_out = max(map(_power_of_length, readings))
    by_name = not _LETTER.search(text) or METRIC.search(text) is not None
    named = next((power for power, names in _NAMED if by_name and names.search(name)), 0)
    meant = named or (worked_out if worked_out > told else 0)
    if 0 in (told, meant) or told == meant:
        return None
    one, other, quoted = POWERS[told], POWERS[meant], shown(text)
    why = Text(UNFIT.en % (one.en, other.en), UNFIT.zh % (one.zh, other.zh), (quoted,))
    return Finding(Refuted(quoted, one.en, other.en), why)


def of_two_kinds(readings: Readings) -> bool:
    """Whether the sides are in different powers of a length, or both are mere quantities of
    different kinds: ``5 cm + 3 cm = 8 cm^2``, ``5 cm = 5 kg``."""
    one, other = readings
    if one is None or other is None or not (one.measured and other.measured):
        return False
    kinds = {one.measured.dimension, other.measured.dimension}
    lone = one.operators == other.operators == 0
    lengths = all(map(_power_of_length, readings))
    return len(kinds) == TWO_KINDS and () not in kinds and (lone or lengths)


def do_not_fit(readings: Readings) -> bool:
    """Whether all numbers on both sides have units, a rate among them, and the calculation does
    not lead to that of the result, ``120 km / 60 km/h = 2 km``, or adds quantities of different
    kinds.  Without a rate, many leave *per hour* out of right work: ``8 hours * $15 = $120``."""
    one, other = readings
    if one is None or other is None or one.ambiguous or other.ambiguous:
        return False
    if one.mixed or other.mixed:
        return True
    if one.measured is None or other.measured is None or one.bare or other.bare:
        return False
    if not (one.rated or other.rated):
        return False
    return one.measured.dimension != other.measured.dimension


def _power_of_length(reading: Reading | None) -> int:
    """1 for a length, 2 for an area, 3 for a volume; 0 for anything else."""
    match reading.measured.dimension if reading and reading.measured else ():
        case (("length", (1 | 2 | 3) as power),):
            return power
    return 0
