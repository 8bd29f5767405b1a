"""A time limit around one call into SymPy that may not end.

The whole worker is killed at the problem's deadline; this gives up earlier, on one idea
only, so that the next can be tried.  Wrap nothing that keeps state outside itself: clear
the caches of ``manualintegrate`` before it is used again.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

processor_time = time.thread_time
"""Seconds that this thread has computed."""
AGAIN_SECONDS = 0.1
"""An alarm that falls into a destructor is swallowed there: it is rung again."""


class OutOfTime(Exception):  # noqa: N818 - a state, not an error
    """The call was given up."""


def time_limit(seconds: float) -> AbstractContextManager[None]:
    """Raise ``OutOfTime`` in the body after so many seconds.

    Limits nest: an inner one never outlasts the outer one.  Off the main thread, and where
    the system has no interval timer, there is no limit but the worker's own.
    """
    return _limit(seconds, "ITIMER_REAL", "SIGALRM")


def processor_limit(seconds: float) -> AbstractContextManager[None]:
    """The same for seconds of computing: what is found in them does not depend on what else the
    machine does, as when a model uses all its cores."""
    return _limit(seconds, "ITIMER_PROF", "SIGPROF")


@contextmanager
def _limit(seconds: float, timer_name: str, signal_name: str) -> Iterator[None]:
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    timer, number = getattr(signal, timer_name), getattr(signal, signal_name)
    clock = time.monotonic if number == signal.SIGALRM else processor_time
    outer_handler = signal.getsignal(number)
    outer_left = signal.getitimer(timer)[0]
    limit = max(min(seconds, outer_left) if outer_left else seconds, 1e-3)
    started = clock()
    signal.signal(number, stop)
    signal.setitimer(timer, limit, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, outer_handler)
        if outer_left:
            left = outer_left - (clock() - started)
            signal.setitimer(timer, max(left, 1e-3), AGAIN_SECONDS)
