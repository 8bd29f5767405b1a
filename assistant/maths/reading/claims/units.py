"""Quantities in worked lines: what units of school measure, and how they add and multiply."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """So many base units of a dimension; ``name`` tells units of one dimension apart."""

    name: str
    dimension: Dimension
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in base units."""

    value: Fraction
    dimension: Dimension = ()


def _table() -> dict[str, Unit]:
    rows = (
        ("time", "second seconds s sec secs 秒 秒钟", "1"),
        ("time", "minute minutes min mins 分钟", "60"),
        ("time", "hour hours h hr hrs 小时 时", "3600"),
        ("time", "day days 天 日", "86400"),
        ("time", "week weeks 周 星期", "604800"),
        ("months", "month months 个月 月", "1"),
        ("months", "year years 年", "12"),
        ("length", "mm millimeter millimeters millimetre millimetres 毫米", "1/1000"),
        ("length", "cm centimeter centimeters centimetre centimetres 厘米", "1/100"),
        ("length", "dm 分米", "1/10"),
        ("length", "meter meters m metre metres 米", "1"),
        ("length", "km kilometer kilometers kilometre kilometres 千米 公里", "1000"),
        ("length", "inch inches 英寸", "127/5000"),
        ("length", "ft foot feet 英尺", "381/1250"),
        ("length", "yd yds yard yards", "1143/1250"),
        ("length", "mi mile miles 英里", "201168/125"),
        ("mass", "mg milligram milligrams 毫克", "1/1000"),
        ("mass", "gram grams g 克", "1"),
        ("mass", "kg kilogram kilograms kilo kilos 千克 公斤", "1000"),
        ("mass", "tonne tonnes t 吨", "1000000"),
        ("weight", "oz ounce ounces", "1"),
        ("weight", "lb lbs pound pounds", "16"),
        ("volume", "ml mL milliliter milliliters millilitre millilitres 毫升", "1/1000"),
        ("volume", "liter liters l L litre litres 升", "1"),
        ("cups", "cup cups", "1"),
        ("cups", "pint pints", "2"),
        ("cups", "quart quarts", "4"),
        ("cups", "gallon gallons", "16"),
        ("money", "dollar dollars buck bucks $", "100"),
        ("money", "cent cents penny pennies ¢", "1"),
        ("yuan", "元 块 ¥", "10"),
        ("yuan", "角 毛", "1"),
        ("euro", "euro euros €", "1"),
        ("sterling", "£", "1"),
        ("", "dozen dozens 打", "12"),
    )
    table: dict[str, Unit] = {}
    for kind, words, factor in rows:
        names = words.split()
        dimension: Dimension = ((kind, 1),) if kind else ()
        table.update({w: Unit(names[0], dimension, Fraction(factor)) for w in names})
    for word, area in (("平方", 2), ("立方", 3)):
        for name in ("米", "厘米", "分米", "毫米", "千米"):
            base = table[name]
            table[word + name] = Unit(word + base.name, (("length", area),), base.factor**area)
    for name in ("公顷", "hectare", "hectares"):
        table[name] = Unit("hectare", (("length", 2),), Fraction(10_000))
    return table


UNITS = _table()
AMBIGUOUS = frozenset({"分", "度", "degrees", "second"})
"""Words that are units in one line and something else in another."""
MULTIPLIERS = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8,
}  # fmt: skip


def unit_at_start(word: str) -> Unit | None:
    """The unit with which a word begins: a Chinese one may have more characters behind it."""
    if word in UNITS:
        return UNITS[word]
    if word.isascii():
        return UNITS.get(word.lower())
    for size in (4, 3, 2, 1):
        if word[:size] in UNITS and len(word) > size:
            return UNITS[word[:size]]
    return None


def part_of(unit: Unit, word: str) -> Unit | None:
    """The smaller unit of the same kind with which a word begins: 分 is a minute behind an hour,
    and a coin behind 元 and 角."""
    smaller = unit_at_start(word)
    if smaller is None and word[:1] == "分":
        minute, jiao = UNITS["分钟"], UNITS["角"]
        cent = Unit("分", jiao.dimension, jiao.factor / 10)
        smaller = {minute.dimension: minute, jiao.dimension: cent}.get(unit.dimension)
    fits = smaller is not None and smaller.dimension == unit.dimension
    return smaller if fits and smaller is not None and smaller.factor < unit.factor else None


def power(unit: Unit, exponent: int) -> Unit:
    """``cm^2`` of ``cm``."""
    dimension = tuple((kind, exponent * n) for kind, n in unit.dimension)
    return Unit(f"{unit.name}^{exponent}", dimension, unit.factor**exponent)


def rate(unit: Unit, by: Unit) -> Unit:
    """``km/h`` of ``km`` and ``h``."""
    found = times(Measured(unit.factor, unit.dimension), Measured(by.factor, by.dimension), -1)
    assert found is not None  # no unit is nothing
    return Unit(f"{unit.name}/{by.name}", found.dimension, found.value)


def plus(one: Measured | None, other: Measured | None, sign: int) -> Measured | None:
    """Sum or difference; nothing for different kinds of quantity."""
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return Measured(one.value + sign * other.value, one.dimension)


def times(one: Measured | None, other: Measured | None, power: int) -> Measured | None:
    """Product (``power`` 1) or quotient (-1)."""
    if one is None or other is None or (power < 0 and other.value == 0):
        return None
    powers = dict(one.dimension)
    for kind, n in other.dimension:
        powers[kind] = powers.get(kind, 0) + power * n
    dimension = tuple(sorted((k, n) for k, n in powers.items() if n))
    return Measured(one.value * other.value**power, dimension)


def raised(base: Measured | None, exponent: Measured | None) -> Measured | None:
    """A whole power of a bare number."""
    if base is None or exponent is None or base.dimension or exponent.dimension:
        return None
    n = exponent.value
    if n.denominator != 1 or abs(n) > 40 or (n < 0 and base.value == 0):
        return None
    return Measured(base.value ** int(n))
