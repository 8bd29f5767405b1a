"""An answer that is stored while it is written."""

from __future__ import annotations

import threading
import time
from io import StringIO
from types import TracebackType
from typing import Self

from assistant.history.clean import storable
from assistant.history.database import Database
from assistant.history.failures import HistoryFailure
from assistant.history.types import MessageId, State

INTERVAL = 0.4
"""Seconds from a piece of text to its way to the disk; a crash loses at most the last second."""
_SAVE = "UPDATE message SET text = ?, reasoning = ?, changed = ? WHERE id = ?"
_CLOSE = (
    "UPDATE message SET text = ?, reasoning = ?, changed = ?, state = ?, outcome = ?, record = ?,"
    " label = COALESCE(?, label), owner = '' WHERE id = ?"
)


class AnswerWriter:
    """Takes an answer piece by piece; a thread of its own stores what has come.

    The caller never waits for the disk.  Where storing fails, the next call raises the
    ``HistoryFailure``, once; the text is kept in memory, and ``close`` tries again.  An answer
    that was deleted meanwhile stays deleted.
    """

    def __init__(self, database: Database, number: MessageId) -> None:
        self.id = number
        self._database = database
        self._text, self._reasoning = StringIO(), StringIO()
        self._lock = threading.Lock()
        self._news, self._ended = threading.Event(), threading.Event()
        self._keeper: threading.Thread | None = None
        self._failure: HistoryFailure | None = None

    def text(self, piece: str) -> None:
        """More of the answer."""
        self._add(self._text, piece)

    def reasoning(self, piece: str) -> None:
        """More of the thinking."""
        self._add(self._reasoning, piece)

    def rewind(self, offset: int) -> None:
        """Take back the answer from this character on."""
        with self._lock:
            length = self._text.tell()
            self._text.seek(min(max(offset, 0), length))
            self._text.truncate()
        self._check()
        self._wake()

    def close(self, outcome: str, record: str = "", label: str | None = None) -> None:
        """The answer is whole; ``record`` is a JSON text that is given back as it is, ``label``
        names who has written it, where that was not known when it was begun.

        A second call does nothing.  Raises ``HistoryFailure`` where it cannot be stored.
        """
        if self._ended.is_set():
            return
        self._ended.set()
        self._news.set()
        if self._keeper is not None:
            self._keeper.join()
        told = storable(outcome), storable(record), label if label is None else storable(label)
        values = (*self._now(), State.CLOSED, *told, self.id)
        with self._database.writing() as connection:
            connection.execute(_CLOSE, values)
            connection.execute(
                "UPDATE conversation SET touched = ? WHERE id ="
                " (SELECT conversation FROM message WHERE id = ?)",
                (time.time(), self.id),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close("" if kind is None else "failed")

    def _add(self, buffer: StringIO, piece: str) -> None:
        with self._lock:
            buffer.write(storable(piece))
        self._check()
        self._wake()

    def _check(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def _wake(self) -> None:
        if self._ended.is_set():
            return
        self._news.set()
        if self._keeper is None:
            self._keeper = threading.Thread(target=self._keep, name="history", daemon=True)
            self._keeper.start()

    def _now(self) -> tuple[str, str, float]:
        with self._lock:
            return self._text.getvalue(), self._reasoning.getvalue(), time.time()

    def _keep(self) -> None:
        """Store what has come, from time to time, until the end or until it fails."""
        while True:
            self._news.wait()
            self._news.clear()  # before the end is looked for, so that its ring is never wiped out
            if self._ended.wait(INTERVAL):
                return
            try:
                with self._database.writing() as connection:
                    connection.execute(_SAVE, (*self._now(), self.id))
            except HistoryFailure as failure:
                self._failure = failure
                return
