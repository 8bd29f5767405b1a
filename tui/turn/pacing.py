"""When the screen is drawn again: as often as drawing is cheap, and between two keys.

A key that comes while a long answer is being drawn waits for that drawing.  One who types is a
metronome of sorts: right after a key has been shown the next one is furthest away, so that is
when the answer is drawn.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

MOST = 30
"""Times a second that is drawn, on a machine that is quick enough;"""
LEAST = 4
"""on any."""
REST = 3.0
"""So many times the seconds that a drawing took, the processor is left to others."""
OWN = 0.03
"""Seconds after a key that belong to its own sign;"""
NEXT = 0.1
"""after which the next key may be near, if somebody types;"""
TYPING = 0.3
"""and after which nobody does."""
WORTH = 0.001
"""Seconds that are worth a timer."""
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
        """Seconds that the next drawing is to wait for what it costs.  Call it once after each."""
        now = time.thread_time()
        self._cost += 0.3 * (now - self._last - self._cost)
        self._last = now
        return min(max(REST * self._cost, 1 / MOST), 1 / LEAST)

    def in_the_way(self) -> float:
        """Seconds from now on in which a drawing might keep a key waiting."""
        since = time.monotonic() - self._typed
        if since < OWN:
            return OWN - since
        return TYPING - since if NEXT <= since < TYPING else 0.0


class Stoppable(Protocol):
    """A timer, as Textual has it."""

    def stop(self) -> object:
        """It does not go off."""


SetTimer = Callable[[float, Callable[[], object]], Stoppable]


class Gate:
    """Lets the next drawing through, when it is time for it."""

    def __init__(self, pacer: Pacer, set_timer: SetTimer) -> None:
        self._pacer = pacer
        self._set_timer = set_timer
        self._timer: Stoppable | None = None
        self._go: Callable[[], object] | None = None
        self._last = False
        self._latest = 0.0
        self._held = False

    def drawn(self, go: Callable[[], object], *, last: bool = False) -> None:
        """Something was drawn; ``go`` is called when more may be.  The ``last`` one is called,
        whatever else is drawn before."""
        if last or not self._last:
            self._go, self._last = go, last
        pause = self._pacer.pause()
        self._latest = time.monotonic() + pause + 1 / LEAST
        self._held = False
        self._arm(pause)

    def typed(self) -> None:
        """A key was pressed: what was held for it comes right behind it."""
        self._pacer.typed()
        if self._held:
            self._arm(min(OWN, self._latest - time.monotonic()))

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._set_timer(seconds, self._open)

    def _open(self) -> None:
        left = self._latest - time.monotonic()
        wait = min(self._pacer.in_the_way(), left)
        if wait > WORTH:
            self._held = True
            self._arm(wait)
            return
        go, self._go, self._timer = self._go, None, None
        self._held = self._last = False
        if go is not None:
            go()
