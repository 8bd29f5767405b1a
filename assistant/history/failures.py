"""What can go wrong with a history; a turn goes on without it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path

from runtimes.errors import DiskFull, NotFound, RuntimeFailure, Unsupported
from runtimes.reasons import because_of
from runtimes.texts import Text

_LEAST_FREE = 1 << 20
"""Bytes: with less, a disk is full whatever the system calls the error."""
_FULL = Text("the disk is full: the history {0} cannot be written", "磁盘已满，无法写入历史 {0}")
_MAKE_ROOM = Text(
    "make room on the disk, or go on without a history", "请清理磁盘空间，或在没有历史的情况下继续"
)
_READ_ONLY = Text("the history {0} cannot be written: {1}", "无法写入历史 {0}：{1}")
_CHECK = Text(
    "check the permissions of the folder, or put it elsewhere with ASSISTANT_HOME",
    "请检查文件夹权限，或用 ASSISTANT_HOME 另设位置",
)
_BUSY = Text("another program keeps the history {0} locked", "另一个程序正占用历史 {0}")
_WAIT = Text("close the other program, or try again", "请关闭另一个程序，或稍后重试")
_DAMAGED = Text("the history {0} is damaged: {1}", "历史 {0} 已损坏：{1}")
_NEXT_START = Text(
    "it is kept, and what can be read is saved, when it is opened next",
    "下次打开时会保留原文件，并抢救其中可读的内容",
)
_OTHER = Text("the history {0} failed: {1}", "历史 {0} 出错：{1}")


class Contradiction(sqlite3.DatabaseError):
    """The rows do not fit together, which only damage that SQLite cannot see does to them."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


class HistoryFailure(RuntimeFailure):
    """The history cannot be opened, read or written."""


class HistoryFull(HistoryFailure, DiskFull):
    """There is no room left on the disk of the history."""


class HistoryDamaged(HistoryFailure):
    """The file is broken; the next ``open_history`` keeps it aside and salvages it."""


class HistoryTooNew(HistoryFailure, Unsupported):
    """A later version wrote the file, or it is none of ours; it was not touched."""


class NoSuchMessage(HistoryFailure, NotFound):
    """There is no conversation or message of that number."""


class Unreadable(HistoryFailure, Unsupported):
    """A file to import is not what we export, or is too large."""


DatabaseError = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where the words of its error are themselves damaged."""


def told(wrong: sqlite3.Error | UnicodeDecodeError | OSError, place: str) -> HistoryFailure:
    """An error of the database, or of its files, as a failure; ``place`` is its path."""
    if isinstance(wrong, OSError):
        if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            return HistoryFull(_FULL.of(place), _MAKE_ROOM)
        return HistoryFailure(because_of(wrong, _READ_ONLY, place), _CHECK)
    if is_damage(wrong):
        return HistoryDamaged(because_of(wrong, _DAMAGED, place), _NEXT_START)
    match primary(wrong):
        case sqlite3.SQLITE_FULL:
            return HistoryFull(_FULL.of(place), _MAKE_ROOM)
        case sqlite3.SQLITE_IOERR if _no_room(place):
            return HistoryFull(_FULL.of(place), _MAKE_ROOM)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return HistoryFailure(because_of(wrong, _READ_ONLY, place), _CHECK)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return HistoryFailure(_BUSY.of(place), _WAIT)
        case _:
            return HistoryFailure(because_of(wrong, _OTHER, place))


def primary(wrong: sqlite3.Error | UnicodeDecodeError) -> int:
    """SQLite's error code without its extension (https://sqlite.org/rescode.html); 0 where the
    error is none of SQLite's own."""
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF


def is_damage(wrong: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Does the error say that the file itself is broken?"""
    return (
        isinstance(wrong, UnicodeDecodeError)
        or primary(wrong) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
        or "decode to UTF-8" in str(wrong)  # Python's own error about a text, without a code
    )


def missing(number: int) -> NoSuchMessage:
    """There is nothing of that number."""
    return NoSuchMessage(
        Text("there is no {0} in the history", "历史中没有编号 {0}", (number,)),
        Text("list what is there: assistant history", "查看已有内容：assistant history"),
    )


def _no_room(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).parent).free < _LEAST_FREE
    except OSError:
        return False
