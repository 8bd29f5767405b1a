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
from contextlib import contextmanager
from types import FrameType

AGAIN_SECONDS = 0.1
"""An alarm that falls into a destructor is swallowed there: it is rung again."""


class OutOfTime(Exception):  # noqa: N818 - a state, not an error
    """The call was given up."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``OutOfTime`` in the body after so many seconds.

    Limits nest: an inner one never outlasts the outer one.  Off the main thread, and where
    the system has no interval timer, there is no limit but the worker's own.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    outer_handler = signal.getsignal(signal.SIGALRM)
    outer_left = signal.getitimer(signal.ITIMER_REAL)[0]
    limit = max(min(seconds, outer_left) if outer_left else seconds, 1e-3)
    started = time.monotonic()
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, outer_handler)
        if outer_left:
            left = outer_left - (time.monotonic() - started)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-3), AGAIN_SECONDS)
