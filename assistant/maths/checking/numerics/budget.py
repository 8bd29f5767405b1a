"""Time for one check: a deadline asked between routes, and an alarm inside long ones."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(Exception):  # noqa: N818 - a value that becomes the verdict "undecided"
    """A check took longer than it may."""


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


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Interrupts pure calculations with ``OutOfTime`` (POSIX, main thread; else no limit).

    Never put it around SymPy's integrator, which does not survive an interrupt.
    An alarm inside another ends at the earlier of the two.
    """
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    outer_left = signal.getitimer(signal.ITIMER_REAL)[0]
    started = time.monotonic()
    old = signal.signal(signal.SIGALRM, ring)
    span = max(seconds, 0.001)
    signal.setitimer(signal.ITIMER_REAL, min(span, outer_left) if outer_left else span)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
        if outer_left:
            rest = outer_left - (time.monotonic() - started)
            signal.setitimer(signal.ITIMER_REAL, max(rest, 0.001))
