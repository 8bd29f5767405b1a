"""Runs one turn of the session at a time, in a thread of its own.

The thread never touches a widget: it puts events into a mailbox, which rings at the screen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from textual.message import Message

from tui.messages import Asked, TurnEnded, TurnProgress, TurnStarted

if TYPE_CHECKING:
    from assistant.notes.attached import Attachments
    from assistant.session.options import TurnOptions
    from assistant.session.session import Session
    from tui.turn.mailbox import Running

CLOSING_SECONDS = 2.0


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
        self._unanswered: Asked | None = None
        """What nobody was there to answer, until something else is asked."""
        self._closed = False
        self.waiting: Asked | None = None

    @property
    def busy(self) -> bool:
        """Does a turn run?"""
        return self._running is not None

    @property
    def unstored(self) -> tuple[Asked, ...]:
        """What was asked and is in no history yet, the earlier one first."""
        turn = self._running
        begun = self._unanswered if turn is None else _unstored(turn)
        return tuple(asked for asked in (begun, self.waiting) if asked is not None)

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

    def ended(self, turn: Running, *, back: bool = False) -> None:
        """The screen has seen the end of a turn: the next question has its turn.  ``back``: its
        own came back to the field."""
        if self._running is not turn:
            return
        self._running, self._unanswered = None, None if back else _unstored(turn)
        asked = self.unqueue()
        if asked is not None and not self._closed:
            self._start(asked)

    def close(self) -> None:
        """End all; wait a little for the engine to let go, and for the history.  What was asked
        and did not get there is still ``unstored``."""
        self._closed = True
        turn = self._running
        if turn is None or turn.thread is None:
            return
        turn.cancel.set()
        turn.cancel.set()
        turn.thread.join(CLOSING_SECONDS)

    def _start(self, asked: Asked) -> None:
        from tui.turn.mailbox import Mailbox, Running  # what they need delays the first frame

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
            asked = turn.asked
            attached = _attachments(asked)
            options = _exactly(session.options) if asked.exact else None
            if (fork := asked.fork) is not None:
                session.before(fork.conversation, fork.question, again=fork.again)
            earlier = session.numbers
            turn.stored = lambda: session.numbers not in (None, earlier)
            with closing(session.ask(asked.text, turn.cancel, attached, options)) as events:
                for event in events:
                    turn.mailbox.put(event)
            turn.numbers = session.numbers
        except Exception as wrong:  # noqa: BLE001 - shown with its remedy; the app goes on
            error = wrong
        self._post(TurnEnded(turn, error))


def _unstored(turn: Running) -> Asked | None:
    """Its question, unless the history has it."""
    fork = turn.asked.fork
    return None if turn.stored() or (fork is not None and fork.again) else turn.asked


def _exactly(options: TurnOptions) -> TurnOptions:
    from assistant.events import Route

    return replace(options, route=Route.EXACT)


def _attachments(asked: Asked) -> Attachments | None:
    """Raises ``Unsupported`` for a text with too many lines."""
    if not asked.pasted:
        return None
    from assistant.notes.attached import Attachments

    attached = Attachments()
    for name, text in asked.pasted:
        attached.add_text(name, text)
    return attached
