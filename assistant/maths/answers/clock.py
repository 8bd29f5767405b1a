"""Answers that are a time of day or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass

TIME = re.compile(
    r"(?P<before>上午|凌晨|下午|晚上)?\s*(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"\s*(?P<after>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}")
HALF_DAY = 12


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it was written; ``half`` is 0 before noon, 1 after it, ``None`` unsaid."""

    hour: int
    rest: tuple[int, int]
    half: int | None

    @property
    def certain(self) -> bool:
        """Whether it says which half of the day it means."""
        return self.half is not None or self.hour > HALF_DAY or self.hour == 0

    @property
    def hours(self) -> int:
        """The hour of 24, as far as it is certain."""
        return self.hour if self.half is None else self.hour % HALF_DAY + HALF_DAY * self.half


def time_of(text: str) -> Time | None:
    """The time that the whole text is, if it is one."""
    match = TIME.fullmatch(text.strip())
    if match is None or int(match["hour"]) > 24:
        return None
    half: int | None = None
    if match["before"]:
        half = int(match["before"] in ("下午", "晚上"))
    elif match["after"]:
        half = int(match["after"][0] in "pP")
    return Time(int(match["hour"]), (int(match["minute"]), int(match["second"] or 0)), half)


def same_moment(one: str, other: str) -> tuple[bool | None, str] | None:
    """Whether two texts are the same time or date (``None`` within: not known), and how that
    was found; ``None`` where neither is surely one: ``2:30`` alone may be a ratio."""
    if DATE.fullmatch(one.strip()) or DATE.fullmatch(other.strip()):
        return _same_date(one, other)
    first, second = time_of(one), time_of(other)
    if not any(time is not None and time.half is not None for time in (first, second)):
        return None
    if first is None or second is None:
        return None, "a time and something else"
    if first.rest != second.rest or first.hour % HALF_DAY != second.hour % HALF_DAY:
        return False, "different times"
    if first.certain and second.certain:
        return first.hours == second.hours, "times of day"
    return None, "before or after noon"


def _same_date(one: str, other: str) -> tuple[bool | None, str]:
    parts = [
        [int(n) for n in re.split(r"\D", text.strip())] if DATE.fullmatch(text.strip()) else None
        for text in (one, other)
    ]
    if parts[0] is None or parts[1] is None:
        return None, "a date and something else"
    return parts[0] == parts[1], "dates"
