"""Units of measure and clock times."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.numbers.quantities import has_decimals, integer, rational, written
from assistant.maths.solving.numbers.units import measure
from assistant.maths.types import Request, Rule, Step, Text

FACTOR = Rule("measure.factor", "Multiply by the conversion factor", "乘以换算率")
SCALE = Rule("measure.scale", "Change the scale", "换算温标")
MINUTES = Rule("measure.minutes", "Count in minutes", "化为分钟")
DAY = 24 * 60
COLDEST = Fraction("-273.15")
IMPOSSIBLE = Text(
    "This is below absolute zero ({0} °C): there is no such temperature.",
    "这低于绝对零度（{0} °C），不存在这样的温度。",
    (written(COLDEST, decimal=True),),
)

CELSIUS = {
    "celsius": (Fraction(1), Fraction(0)),
    "kelvin": (Fraction(1), Fraction("-273.15")),
    "fahrenheit": (Fraction(5, 9), Fraction(-160, 9)),
}
"""Degrees Celsius are so many times the reading, and so many more."""


def convert(request: Request) -> Draft | None:
    """An amount in another unit of the same kind."""
    match request:
        case Request(topic=topics.CONVERT, operands=(amount,), words=(given, wanted)):
            value = rational(amount)
        case _:
            return None
    if value is None:
        return None
    if given in CELSIUS and wanted in CELSIUS:
        return _temperature(amount, given, wanted)
    source, target = measure(given), measure(wanted)
    if source is None or target is None or source[0] != target[0]:
        return None
    scale = source[1] / target[1]
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


def _temperature(amount: t.Expr, given: str, wanted: str) -> Draft | None:
    """``(100 - 160/5)·5/9``: by way of degrees Celsius."""
    line, value = amount, rational(amount)
    assert value is not None
    steps: list[Step] = []
    factor, more = CELSIUS[given]
    notes = (IMPOSSIBLE,) if factor * value + more < COLDEST else ()
    if given != "celsius":
        value = factor * value + more
        line = _rescaled(t.add(t.mul(t.rational(factor), line), t.rational(more)), value, steps)
    if wanted != "celsius":
        factor, more = CELSIUS[wanted]
        value = (value - more) / factor
        back = t.add(t.mul(t.rational(1 / factor), line), t.rational(-more / factor))
        line = _rescaled(back, value, steps)
    return Draft(answer=line, steps=tuple(steps), method="units", notes=notes)


def _rescaled(line: t.Expr, value: Fraction, steps: list[Step]) -> t.Expr:
    after = written(value, decimal=True)
    why = Text("One scale in degrees of the other.", "两种温标之间的换算。")
    steps.append(Step(rule=SCALE, why=why, before=line, after=after))
    return after


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
