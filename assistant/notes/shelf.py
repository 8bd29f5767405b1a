"""The database of the notes: which files are in it, from which folders, and its index."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.notes.index import Entry, Index
from assistant.notes.meaning import Meanings
from assistant.notes.types import NoteFile, Unit
from runtimes.errors import Damaged, DiskFull, RuntimeFailure, Unsupported
from runtimes.files import private_folder
from runtimes.reasons import because_of
from runtimes.texts import Text

VERSION = 2
"""Of the tables and of what ``words.indexed`` makes of a text.  2 has vectors beside the words: an
older index gets their table when it is opened, and an older program must not change passages
under them."""
BUSY = 30.0
"""Seconds to wait for another process that is writing."""
TABLES = """
CREATE TABLE IF NOT EXISTS files(
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, digest TEXT NOT NULL,
    size INTEGER NOT NULL, stamp INTEGER NOT NULL, unit TEXT NOT NULL, title TEXT NOT NULL,
    passages INTEGER NOT NULL, added REAL NOT NULL);
CREATE TABLE IF NOT EXISTS roots(path BLOB PRIMARY KEY);
CREATE TABLE IF NOT EXISTS left_out(path BLOB PRIMARY KEY);
"""
_PUT = """
INSERT INTO files(path, digest, size, stamp, unit, title, passages, added)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_LIST = "SELECT path, title, unit, passages, size, added FROM files ORDER BY path"
_STATE = "SELECT id, digest, size, stamp, passages FROM files WHERE path = ?"


@dataclass(frozen=True, slots=True)
class State:
    """A file as it was when it was read; ``stamp`` is its time of change in nanoseconds."""

    id: int
    digest: str
    size: int
    stamp: int
    passages: int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a passage came from."""

    path: str
    unit: Unit
    size: int
    stamp: int


class Shelf:
    """The tables.  ``commit`` makes lasting what was put and taken.  For one thread."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the file; ``None`` is an empty one in memory.  Raises ``RuntimeFailure``."""
        self._path = path
        try:
            self._database = _connect(path)
            self._prepare()
        except sqlite3.Error as wrong:
            raise failure(wrong, path) from wrong
        except OSError as wrong:
            raise _no_folder(wrong) from wrong

    def _prepare(self) -> None:
        database = self._database
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise Unsupported(
                Text("the notes were written by a newer version", "笔记由更新版本的程序写入"),
                Text("update the program", "请更新程序"),
            )
        self.index, self.meanings = Index(database), Meanings(database)
        if version < VERSION:
            database.executescript(TABLES)
            self.index.make()
            self.meanings.make()
            database.execute(f"PRAGMA user_version = {VERSION}")
            database.commit()

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._database.close()

    def commit(self) -> None:
        """Make it last.  Raises ``sqlite3.Error``."""
        self._database.commit()

    # --- files -------------------------------------------------------------------------------

    def state(self, path: str) -> State | None:
        """What is known of a file."""
        row = self._database.execute(_STATE, (os.fsencode(path),)).fetchone()
        return State(*row) if row else None

    def source(self, file: int) -> Source:
        """The file with a number."""
        row = self._database.execute(
            "SELECT path, unit, size, stamp FROM files WHERE id = ?", (file,)
        ).fetchone()
        return Source(os.fsdecode(row[0]), Unit(row[1]), row[2], row[3])

    def put(self, path: str, state: State, unit: Unit, title: str) -> int:
        """Enter a file in place of the old one; the result is its number."""
        self.take(path)
        values = (os.fsencode(path), state.digest, state.size, state.stamp, unit.value, title)
        row = self._database.execute(_PUT, (*values, state.passages, time.time()))
        assert row.lastrowid is not None
        return row.lastrowid

    def add(self, entries: Sequence[Entry]) -> None:
        """The passages of a file that was put."""
        self.index.add(entries)

    def touch(self, file: int, size: int, stamp: int) -> None:
        """The file was changed in nothing but its time."""
        self._database.execute(
            "UPDATE files SET size = ?, stamp = ? WHERE id = ?", (size, stamp, file)
        )

    def take(self, path: str) -> bool:
        """Take a file out; was it there?"""
        state = self.state(path)
        if state is None:
            return False
        self.index.forget(state.id)
        self._database.execute("DELETE FROM files WHERE id = ?", (state.id,))
        return True

    def files(self) -> list[NoteFile]:
        """All files, by path."""
        return [
            NoteFile(os.fsdecode(path), title, Unit(unit), passages, size, added)
            for path, title, unit, passages, size, added in self._database.execute(_LIST)
        ]

    # --- folders that were added, and what in them the user does not want ----------------------

    def roots(self) -> list[str]:
        """The folders that were added."""
        return self._paths("roots")

    def left_out(self) -> list[str]:
        """What was removed from them and shall not come back by itself."""
        return self._paths("left_out")

    def add_root(self, path: str) -> None:
        """Remember an added folder."""
        self._database.execute("INSERT OR IGNORE INTO roots VALUES (?)", (os.fsencode(path),))

    def drop_root(self, path: str) -> None:
        """Forget an added folder."""
        self._database.execute("DELETE FROM roots WHERE path = ?", (os.fsencode(path),))

    def leave_out(self, path: str) -> None:
        """Do not read it again by itself."""
        self._database.execute("INSERT OR IGNORE INTO left_out VALUES (?)", (os.fsencode(path),))

    def let_in(self, path: str) -> None:
        """It may be read again."""
        self._database.execute("DELETE FROM left_out WHERE path = ?", (os.fsencode(path),))

    def _paths(self, table: str) -> list[str]:
        rows = self._database.execute(f"SELECT path FROM {table} ORDER BY path")  # noqa: S608 - ours
        return [os.fsdecode(path) for (path,) in rows]


_NOT_OPEN = Text("the notes cannot be opened: {0}: {1}", "无法打开笔记：{0}：{1}")
_CHECK = Text(
    "check the permissions of the folder, or put it elsewhere with ASSISTANT_HOME",
    "请检查文件夹权限，或用 ASSISTANT_HOME 另设位置",
)


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return sqlite3.connect(":memory:")
    private_folder(path.parent)
    with suppress(FileExistsError):  # made by us, it is nobody else's to read from the start
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=BUSY)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA secure_delete = ON")  # what is removed is gone from the disk
    return database


def failure(wrong: sqlite3.Error, path: Path | None) -> RuntimeFailure:
    """What a fault of the database means to the user."""
    where = str(path or "")
    match getattr(wrong, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(Text("the disk is full: {0}", "磁盘已满：{0}", (where,)))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Unsupported(
                Text("another process is writing the notes", "另一个进程正在写入笔记"),
                Text("wait until it is done", "请等待其完成"),
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return Unsupported(because_of(wrong, _NOT_OPEN, where), _CHECK)
    damaged = Text("the index of the notes is damaged: {0} ({1})", "笔记索引已损坏：{0}（{1}）")
    return Damaged(
        because_of(wrong, damaged, where),
        Text("move this file away, then: assistant notes add …",
             "请移走该文件，然后：assistant notes add …"),
    )  # fmt: skip


def _no_folder(wrong: OSError) -> RuntimeFailure:
    return Unsupported(because_of(wrong, _NOT_OPEN, str(wrong.filename or "")), _CHECK)
