"""How often the screen may be drawn again, from what drawing costs."""

from __future__ import annotations

import time

MOST = 30
"""Times a second, on a machine that is quick enough;"""
LEAST = 4
"""on any."""
REST = 3.0
"""So many times the seconds that a drawing took, the processor is left to others."""
TYPING = 0.15
"""Seconds after a key in which nothing is drawn but what was typed."""
QUIET = 1.0
"""Seconds without a key, after which a pause of a moment disturbs nobody."""


class Pacer:
    """Measures the thread of the screen: what it computed since it last drew is what that cost,
    the layout included that comes behind it."""

    def __init__(self) -> None:
        self._last = time.thread_time()
        self._cost = 0.0
        self._typed = 0.0

    def typed(self) -> None:
        """A key was pressed in the field."""
        self._typed = time.monotonic()

    @property
    def quiet(self) -> bool:
        """Was no key pressed for a while?"""
        return time.monotonic() - self._typed >= QUIET

    def pause(self) -> float:
        """Seconds until the next drawing.  Call it once after each."""
        now = time.thread_time()
        self._cost += 0.3 * (now - self._last - self._cost)
        self._last = now
        rest = min(max(REST * self._cost, 1 / MOST), 1 / LEAST)
        return max(rest, self._typed + TYPING - time.monotonic())
