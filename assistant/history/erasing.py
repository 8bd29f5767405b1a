"""Deleting, so that nothing of it is left in any byte of the files.

A deleted row is overwritten (``secure_delete``), but copies of it can stand where pages were
rearranged, in the index of words until it is merged, and in the log.  So after a deletion the
index is merged, the whole file is written anew, and the log is emptied.  That can fail half-way,
or wait for another reader; the chore is written down with the deletion and done at the next
opportunity.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.history.database import Database
from assistant.history.failures import HistoryFailure, missing
from assistant.history.types import ConversationId
from runtimes.texts import Text

_CHORE = "erase"
TRACES = Text(
    "deleted; traces stay in the files until the history is opened again, because another program"
    " is reading it or there is no room on the disk",
    "已删除；因另一个程序正在读取历史或磁盘空间不足，痕迹将在下次打开历史时清除",
)
KEPT_ASIDE = Text(
    "deleted; a damaged history that is kept aside may still hold it: {0}",
    "已删除；但保留的损坏历史文件中可能仍有该内容：{0}",
)


def delete(database: Database, conversations: Sequence[ConversationId]) -> Text | None:
    """Delete some conversations; where traces may be left."""
    with database.writing() as connection:
        for number in conversations:
            if not _delete(connection, number):
                raise missing(number)
        _note(connection)
    return _told(database)


def delete_all(database: Database) -> Text | None:
    """Delete every conversation, and every copy of the file that was kept."""
    with database.writing() as connection:
        for (number,) in connection.execute("SELECT id FROM conversation").fetchall():
            _delete(connection, number)
        _note(connection)
    for file in _copies(database.path, "damaged"):
        _remove(file)
    return _told(database)


def older(database: Database, before: float) -> int:
    """How many conversations were last touched before a time."""
    with database.reading() as connection:
        return len(_old(connection, before))


def expire(database: Database, before: float) -> int:
    """Delete the conversations that were last touched before a time; how many went."""
    if not older(database, before):
        return 0
    with database.writing() as connection:
        old = _old(connection, before)
        for number in old:
            _delete(connection, number)
        _note(connection)
    finish(database)
    return len(old)


def finish(database: Database) -> bool:
    """Remove the traces of what was deleted; ``False`` where another process prevents it."""
    with database.raw() as connection:
        if not connection.execute("SELECT 1 FROM chore WHERE name = ?", (_CHORE,)).fetchone():
            return True
    for file in _copies(database.path, "v[0-9]*"):
        _remove(file)
    try:
        with database.writing() as connection:
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        with database.raw() as connection:
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            return False
        with database.writing() as connection:
            connection.execute("DELETE FROM chore WHERE name = ?", (_CHORE,))
    except HistoryFailure:
        return False
    return True


def _told(database: Database) -> Text | None:
    if not finish(database):
        return TRACES
    if kept := [str(file) for file in _copies(database.path, "damaged")]:
        return Text(KEPT_ASIDE.en, KEPT_ASIDE.zh, (", ".join(kept),))
    return None


def _delete(connection: sqlite3.Connection, number: int) -> bool:
    connection.execute("UPDATE message SET parent = NULL WHERE conversation = ?", (number,))
    connection.execute("DELETE FROM message WHERE conversation = ?", (number,))
    return connection.execute("DELETE FROM conversation WHERE id = ?", (number,)).rowcount > 0


def _note(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO chore VALUES (?)", (_CHORE,))


def _old(connection: sqlite3.Connection, before: float) -> list[int]:
    found = connection.execute("SELECT id FROM conversation WHERE touched < ?", (before,))
    return [number for (number,) in found]


def _copies(path: Path | None, word: str) -> Iterable[Path]:
    """Copies of the file that were kept under a word, the newest last."""
    if path is None:
        return ()
    return sorted(path.parent.glob(f"{path.stem}.{word}-*{path.suffix}"))


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + end).unlink()
