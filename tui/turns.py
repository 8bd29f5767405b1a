"""Runs one turn of the session at a time, in a thread of its own.

The thread never touches a widget: it puts events into a mailbox and rings.  The screen empties
the mailbox as often as drawing is cheap, and finds pieces of text that came meanwhile run
together, so that a fast model costs no more than a slow one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING

from textual.message import Message

from runtimes.base import Cancel
from runtimes.types import ReasoningDelta, TextDelta
from tui.messages import Asked, TurnEnded, TurnProgress, TurnStarted

if TYPE_CHECKING:
    from assistant.events import TurnEvent
    from assistant.notes.attached import Attachments
    from assistant.session.session import Session

CLOSING_SECONDS = 2.0
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
        """What has come, neighbouring pieces of text joined.  It rings no more until ``again``."""
        with self._lock:
            events, self._events = self._events, []
        return tuple(_joined(events))

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


@dataclass(eq=False, slots=True)
class Running:
    """A turn that runs, or has run."""

    asked: Asked
    mailbox: Mailbox = field(init=False)
    cancel: Cancel = field(default_factory=Cancel)
    thread: threading.Thread | None = None


class Fate(Enum):
    """What became of a question."""

    STARTED = auto()
    QUEUED = auto()
    REFUSED = auto()
    """One is waiting already, or the app is being closed."""


class Turns:
    """The turns of one conversation after another; all methods are for the screen's thread.

    ``open_session`` is called in the thread of the turn; ``post`` may be called from any.
    """

    def __init__(
        self, open_session: Callable[[], Session], post: Callable[[Message], object]
    ) -> None:
        self._open_session = open_session
        self._post = post
        self._running: Running | None = None
        self._session: Session | None = None
        self._closed = False
        self.waiting: Asked | None = None

    @property
    def busy(self) -> bool:
        """Does a turn run?"""
        return self._running is not None

    def ask(self, asked: Asked) -> Fate:
        """Begin its turn, or keep it until the running one is over."""
        if self._closed or self.waiting is not None:
            return Fate.REFUSED
        if self._running is not None:
            self.waiting = asked
            return Fate.QUEUED
        self._start(asked)
        return Fate.STARTED

    def unqueue(self) -> Asked | None:
        """Take back the question that waits."""
        asked, self.waiting = self.waiting, None
        return asked

    def stop(self) -> None:
        """Stop the running turn and keep what it has; a second time: kill what does not stop."""
        if self._running is not None:
            self._running.cancel.set()

    def answer_now(self) -> None:
        """End the thinking, and answer."""
        session = self._session
        if self._running is not None and session is not None:
            session.answer_now()

    def ended(self, turn: Running) -> None:
        """The screen has seen the end of a turn: the next question has its turn."""
        if self._running is not turn:
            return
        self._running = None
        asked = self.unqueue()
        if asked is not None and not self._closed:
            self._start(asked)

    def close(self) -> None:
        """End all; wait a little for the engine to let go."""
        self._closed = True
        self.waiting = None
        turn = self._running
        if turn is None or turn.thread is None:
            return
        turn.cancel.set()
        turn.cancel.set()
        turn.thread.join(CLOSING_SECONDS)

    def _start(self, asked: Asked) -> None:
        turn = Running(asked)
        turn.mailbox = Mailbox(lambda: self._post(TurnProgress(turn)))
        turn.thread = threading.Thread(target=self._run, args=(turn,), name="turn", daemon=True)
        self._running = turn
        self._post(TurnStarted(turn))
        turn.thread.start()

    def _run(self, turn: Running) -> None:
        error: Exception | None = None
        try:
            session = self._session = self._open_session()
            attached = _attachments(turn.asked)
            with closing(session.ask(turn.asked.text, turn.cancel, attached)) as events:
                for event in events:
                    turn.mailbox.put(event)
        except Exception as wrong:  # noqa: BLE001 - shown with its remedy; the app goes on
            error = wrong
        self._post(TurnEnded(turn, error))


def _attachments(asked: Asked) -> Attachments | None:
    """Raises ``Unsupported`` for a text with too many lines."""
    if not asked.pasted:
        return None
    from assistant.notes.attached import Attachments

    attached = Attachments()
    for name, text in asked.pasted:
        attached.add_text(name, text)
    return attached
