"""The connection to one file, shared by the threads of a process, its errors told as failures."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.history.failures import DatabaseError, is_damage, told

PATIENCE = 5.0
"""Seconds to wait for another process that writes."""
MEMORY = ":memory:"
_PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted is overwritten with zeros
    "temp_store = MEMORY",  # nothing of a conversation in a file beside the database
    "synchronous = FULL",  # what is stored outlasts a power cut too
)


class Database:
    """One connection.  ``path`` is ``None`` for a database in memory, of which nothing is ever
    on disk.  Raises ``HistoryFailure`` where the file cannot be opened."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.watched = False
        """Is damage to be remembered for the next one who opens the file?"""
        self._lock = threading.RLock()
        try:
            self._connection = _connect(path)
        except DatabaseError as wrong:
            raise told(wrong, self.place) from wrong

    @property
    def place(self) -> str:
        """The path, for a sentence."""
        return MEMORY if self.path is None else str(self.path)

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone, in no transaction.  Raises ``HistoryFailure``."""
        with self._lock:
            try:
                yield self._connection
            except DatabaseError as wrong:
                if self.watched and self.path is not None and is_damage(wrong):
                    with suppress(OSError):
                        damage_mark(self.path).touch(mode=0o600)
                raise told(wrong, self.place) from wrong

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the file for several questions.  Raises ``HistoryFailure``."""
        with self._transaction("DEFERRED") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All changes within, or none.  Raises ``HistoryFailure``."""
        with self._transaction("IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[sqlite3.Connection]:
        with self.raw() as connection:
            connection.execute(f"BEGIN {kind}")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection; the last one of all processes folds the log into the file."""
        with self._lock, suppress(sqlite3.Error):
            self._connection.close()


def damage_mark(path: Path) -> Path:
    """A file that is there after damage was met while the history was open."""
    return path.with_name(f"{path.name}-damaged")


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        MEMORY if path is None else path,
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection
