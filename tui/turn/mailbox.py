"""The way of a turn's events from its thread to the screen.

The thread puts them in and rings; the screen empties the box as often as drawing is cheap, and
finds pieces of text that came meanwhile run together, so that a fast model costs no more than a
slow one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from runtimes.base import Cancel
from runtimes.types import ReasoningDelta, TextDelta

if TYPE_CHECKING:
    from assistant.events import TurnEvent
    from assistant.history import MessageId
    from tui.messages import Asked

MOST = 20_000
"""Characters of the answer that are drawn at once: between two drawings keys are looked at, and
what is out of sight is taken off."""
FIRST_TOKENS = 4
"""Pieces of text before a speed is told."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a turn goes: pieces of thinking and of the answer so far (a piece is about a token),
    seconds to the first, pieces a second while they come."""

    thought: int = 0
    written: int = 0
    first: float | None = None
    rate: float | None = None


class Mailbox:
    """Events on their way from the thread to the screen, and the pace at which they come."""

    def __init__(self, ring: Callable[[], object]) -> None:
        self._ring = ring
        self._lock = threading.Lock()
        self._events: list[TurnEvent] = []
        self._rung = False
        self._begun = time.monotonic()
        self._first = self._last = 0.0
        self._thought = self._written = 0

    def put(self, event: TurnEvent) -> None:
        """From the thread of the turn."""
        with self._lock:
            self._count(event)
            self._events.append(event)
            ring, self._rung = not self._rung, True
        if ring:
            self._ring()

    def take(self) -> tuple[TurnEvent, ...]:
        """What has come, neighbouring pieces of text joined, up to ``MOST`` of the answer.  It
        rings no more until ``again``."""
        with self._lock:
            taken, self._events = _parted(list(_joined(self._events)))
        return tuple(taken)

    @property
    def more(self) -> bool:
        """Is something left?"""
        with self._lock:
            return bool(self._events)

    def again(self) -> None:
        """Ring when there is something, at once if there is."""
        with self._lock:
            self._rung = bool(self._events)
            ring = self._rung
        if ring:
            self._ring()

    @property
    def pace(self) -> Pace:
        """So far."""
        with self._lock:
            pieces = self._thought + self._written
            if not pieces:
                return Pace()
            span = self._last - self._first
            enough = pieces >= FIRST_TOKENS and span > 0
            return Pace(
                thought=self._thought,
                written=self._written,
                first=self._first - self._begun,
                rate=(pieces - 1) / span if enough else None,
            )

    def _count(self, event: TurnEvent) -> None:
        match event:
            case ReasoningDelta():
                self._thought += 1
            case TextDelta():
                self._written += 1
            case _:
                return
        self._last = time.monotonic()
        if not self._first:
            self._first = self._last


def _joined(events: list[TurnEvent]) -> Iterator[TurnEvent]:
    for kind, run in groupby(events, type):
        if kind is TextDelta:
            yield TextDelta("".join(e.text for e in run if isinstance(e, TextDelta)))
        elif kind is ReasoningDelta:
            yield ReasoningDelta("".join(e.text for e in run if isinstance(e, ReasoningDelta)))
        else:
            yield from run


def _parted(events: list[TurnEvent]) -> tuple[list[TurnEvent], list[TurnEvent]]:
    room = MOST
    for n, event in enumerate(events):
        if isinstance(event, TextDelta):
            if not room:
                return events[:n], events[n:]
            if len(event.text) > room:
                rest = replace(event, text=event.text[room:])
                return [*events[:n], replace(event, text=event.text[:room])], [
                    rest,
                    *events[n + 1 :],
                ]
            room -= len(event.text)
    return events, []


@dataclass(eq=False, slots=True)
class Running:
    """A turn that runs, or has run; ``numbers`` are those of its question and its answer in the
    history, and ``stored`` tells whether the question is there."""

    asked: Asked
    mailbox: Mailbox = field(init=False)
    cancel: Cancel = field(default_factory=Cancel)
    thread: threading.Thread | None = None
    numbers: tuple[MessageId, MessageId] | None = None
    stored: Callable[[], bool] = field(default=lambda: False)
