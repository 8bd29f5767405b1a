"""Time for one check: a deadline asked between routes, and an alarm inside long ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from assistant.maths.cas.guard import OutOfTime, processor_limit, processor_time

__all__ = ["Deadline", "OutOfTime", "alarm"]


class Deadline:
    """When a check must end; ``left`` is the seconds that remain.

    They are seconds of computing, so that what is decided does not depend on what else the
    machine does; with ``time.monotonic`` as its ``clock``, those in which somebody waits.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = processor_time) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def left(self) -> float:
        """Seconds until the end, negative after it."""
        return self._end - self._clock()

    def check(self) -> None:
        """Raises ``OutOfTime`` after the end."""
        if self.left <= 0:
            raise OutOfTime


def alarm(seconds: float) -> AbstractContextManager[None]:
    """Interrupts a pure calculation; an alarm inside another ends at the earlier of the two."""
    return processor_limit(seconds)
