"""Time for one check: a deadline asked between routes, and an alarm inside long ones."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager

from assistant.maths.cas.guard import OutOfTime, time_limit

__all__ = ["Deadline", "OutOfTime", "alarm"]


class Deadline:
    """When a check must end; ``left`` is the seconds that remain."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until the end, negative after it."""
        return self.end - time.monotonic()

    def check(self) -> None:
        """Raises ``OutOfTime`` after the end."""
        if self.left <= 0:
            raise OutOfTime


def alarm(seconds: float) -> AbstractContextManager[None]:
    """Interrupts a pure calculation; an alarm inside another ends at the earlier of the two."""
    return time_limit(seconds)
