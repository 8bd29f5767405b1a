"""Units of measure and clock times."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import has_decimals, integer, rational, written
from assistant.maths.types import Request, Rule, Step, Text

FACTOR = Rule("measure.factor", "Multiply by the conversion factor", "乘以换算率")
WORK_OUT = Rule("measure.work_out", "Work it out", "计算")
MINUTES = Rule("measure.minutes", "Count in minutes", "化为分钟")
DAY = 24 * 60

LENGTH: dict[str, Fraction] = {
    "meter": Fraction(1), "kilometer": Fraction(1000), "decimeter": Fraction(1, 10),
    "centimeter": Fraction(1, 100), "millimeter": Fraction(1, 10**3),
    "micrometer": Fraction(1, 10**6), "nanometer": Fraction(1, 10**9),
    "inch": Fraction(254, 10**4), "foot": Fraction(3048, 10**4), "yard": Fraction(9144, 10**4),
    "mile": Fraction(1609344, 1000),
}  # fmt: skip
TIME: dict[str, Fraction] = {
    "second": Fraction(1), "minute": Fraction(60), "hour": Fraction(3600), "day": Fraction(86400),
    "week": Fraction(604800), "millisecond": Fraction(1, 10**3),
    "microsecond": Fraction(1, 10**6), "nanosecond": Fraction(1, 10**9),
}  # fmt: skip
CALENDAR: dict[str, Fraction] = {
    "month": Fraction(1, 12), "year": Fraction(1), "decade": Fraction(10),
    "century": Fraction(100), "millennium": Fraction(1000),
}  # fmt: skip
MASS: dict[str, Fraction] = {
    "kilogram": Fraction(1), "tonne": Fraction(1000), "gram": Fraction(1, 10**3),
    "milligram": Fraction(1, 10**6), "microgram": Fraction(1, 10**9),
    "nanogram": Fraction(1, 10**12),
    "pound": Fraction(45359237, 10**8), "ounce": Fraction(45359237, 16 * 10**8),
}  # fmt: skip
VOLUME: dict[str, Fraction] = {"litre": Fraction(1), "millilitre": Fraction(1, 1000)}
DIMENSIONS = (LENGTH, TIME, CALENDAR, MASS, VOLUME)
"""Exact by definition (SI brochure 2019; international yard and pound 1959).  Months and
years have no fixed number of days, so they are a kind of their own."""


def convert(request: Request) -> Draft | None:
    """An amount in another unit of the same kind."""
    match request:
        case Request(topic=topics.CONVERT, operands=(amount,), words=(given, wanted)):
            kind = next((d for d in DIMENSIONS if given in d and wanted in d), None)
        case _:
            return None
    value = rational(amount)
    if kind is None or value is None:
        return None
    scale = kind[given] / kind[wanted]
    result = written(value * scale, decimal=has_decimals(amount) or scale.denominator > 1)
    why = Text(
        "1 {0} is {2} {1}.", "1 {0} = {2} {1}。", (given, wanted, written(scale, decimal=True))
    )
    line: t.Expr = t.Mul((amount, t.rational(scale)))
    if scale.denominator > 1 and scale.numerator == 1:
        line = t.Div(amount, t.integer(scale.denominator))
    trail = Trail(line)
    trail.to(result, FACTOR, why)
    steps = tuple(trail.steps) or (Step(rule=FACTOR, why=why, before=line, after=result),)
    return Draft(answer=result, steps=steps, method="units")


# clocks --------------------------------------------------------------------------------


def minutes_of(clock: str) -> tuple[int, bool]:
    """Minutes after midnight, and whether the clock counts to twelve."""
    time, _, half = clock.partition(" ")
    hours, _, minutes = time.partition(":")
    hour = int(hours)
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour * 60 + int(minutes), bool(half)


def clock_of(minutes: int, *, twelve: bool) -> str:
    """``10:37 AM`` or ``22:37`` of the minutes after midnight."""
    minutes %= DAY
    hour, rest = divmod(minutes, 60)
    if not twelve:
        return f"{hour}:{rest:02}"
    return f"{(hour - 1) % 12 + 1}:{rest:02} {'AM' if hour < 12 else 'PM'}"


def shift(request: Request) -> Draft | None:
    """The time so many minutes after or before another."""
    match request:
        case Request(
            topic=(topics.TIME_AFTER | topics.TIME_BEFORE) as topic,
            operands=(amount,),
            words=(clock,),
        ):
            count = integer(amount)
        case _:
            return None
    if count is None or count < 0:
        return None
    start, twelve = minutes_of(clock)
    moved = count if topic == topics.TIME_AFTER else -count
    end = start + moved
    line = t.Add((t.integer(start), t.integer(moved)))
    text = clock_of(end, twelve=twelve)
    why = Text(
        "{0} is {1} minutes after midnight; {2} is {3}.",
        "{0} 是零点后 {1} 分钟；零点后 {2} 分钟是 {3}。",
        (clock, t.integer(start), t.integer(end), text),
    )
    step = Step(rule=MINUTES, why=why, before=line, after=t.integer(end))
    return Draft(answer=None, text=text, steps=(step,), method="clock")


def between(request: Request) -> Draft | None:
    """The minutes from one time to the next time the clock shows another."""
    if request.topic != topics.TIME_BETWEEN or len(request.words) != 2:
        return None
    (start, a), (end, b) = map(minutes_of, request.words)
    if a != b:
        return None
    later = end if end >= start else end + DAY
    line = t.Add((t.integer(later), t.Neg(t.integer(start))))
    why = Text(
        "In minutes after midnight, from {0} to {1}.",
        "从 {0} 到 {1}，按零点后的分钟数计算。",
        request.words,
    )
    step = Step(rule=MINUTES, why=why, before=line, after=t.integer(later - start))
    return Draft(answer=t.integer(later - start), steps=(step,), method="clock")
