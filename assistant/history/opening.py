"""Opening the file: made for its user alone, brought to this version, salvaged where damaged.

Whatever is changed about a file that holds something is done to a copy or after a copy was
made, and the user is told.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.history import schema
from assistant.history.database import PATIENCE, Database, damage_mark
from assistant.history.failures import (
    HistoryDamaged,
    HistoryFailure,
    HistoryTooNew,
    primary,
    told,
)
from assistant.history.salvage import free_name, salvage
from runtimes.files import private_folder
from runtimes.texts import Text

PRIVATE = 0o600
_TOO_NEW = Text(
    "a later version of the program wrote the history {0}; it was not touched",
    "历史 {0} 由更新版本的程序写成，未作改动",
)
_NOT_OURS = Text(
    "{0} is a database of another program; it was not touched",
    "{0} 是其他程序的数据库，未作改动",
)
_UPDATE = Text("use that version, or move the file away", "请使用该版本，或将文件移走")
_MOVE = Text("move the file away", "请将文件移走")
MIGRATED = Text(
    "the history was brought to this version; the old file is kept: {0}",
    "历史已升级到当前版本；旧文件保留在 {0}",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready, and what the user should know about how it became so."""

    database: Database
    notices: tuple[Text, ...] = ()


def open_database(path: Path | None) -> Opened:
    """The database, made if there is none.  Raises ``HistoryFailure``."""
    if path is None:
        database = Database(None)
        _migrate(database)
        return Opened(database)
    try:
        private_folder(path.parent)
        opened = _opened(path)
    except (OSError, sqlite3.Error) as wrong:
        raise told(wrong, str(path)) from wrong
    opened.database.watched = True
    return opened


def _opened(path: Path) -> Opened:
    if path.exists() and not damage_mark(path).exists():
        database = _try(path)
        if database is not None and _is_current(database):
            return Opened(database)
        if database is not None:
            database.close()
    from filelock import FileLock

    # One process at a time makes, migrates or salvages; the others find it done.
    with FileLock(path.with_name(f"{path.name}-opening"), timeout=12 * PATIENCE, mode=PRIVATE):
        notices: list[Text] = []
        marked = damage_mark(path).exists() and path.exists()
        database = None if marked else _try(path)
        if database is None:
            notices.append(salvage(path, _fresh))
            database = _sound(path)
        damage_mark(path).unlink(missing_ok=True)
        if backup := _migrate(database):
            notices.append(Text(MIGRATED.en, MIGRATED.zh, (str(backup),)))
        return Opened(database, tuple(notices))


def _try(path: Path) -> Database | None:
    """The file, opened; ``None`` where it is damaged."""
    try:
        return _sound(path)
    except HistoryFailure as failure:
        wrong = failure.__cause__
        # Lost tables and formats that nobody writes are plain errors to SQLite.
        lost = isinstance(wrong, sqlite3.Error) and primary(wrong) == sqlite3.SQLITE_ERROR
        if lost or isinstance(failure, HistoryDamaged):
            return None
        raise


def _fresh(path: Path) -> Database:
    database = _sound(path)
    _migrate(database)
    return database


def _make_private(path: Path) -> None:
    """Let the file be there, for its user only; SQLite gives its own files beside it the same
    permissions.

    A file that is there is not opened: closing it again would take away the locks that SQLite
    holds on it in this process (https://sqlite.org/howtocorrupt.html, section 2.2).
    """
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
    elif path.stat().st_mode & 0o077:
        path.chmod(PRIVATE)


def _sound(path: Path) -> Database:
    """The file, opened, and its tables read.  Raises ``HistoryFailure``; a file that is not
    ours, or not of our time, was then not changed."""
    _make_private(path)
    database = Database(path)
    try:
        with database.raw() as connection:
            version = _version(connection, path)
            _to_wal(connection)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if version:
                connection.execute("SELECT max(id) FROM conversation").fetchone()
                connection.execute("SELECT max(id) FROM message").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _version(connection: sqlite3.Connection, path: Path | None) -> int:
    """The version of a file of ours; 0 where it is empty.  Raises ``HistoryTooNew``."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != schema.APPLICATION:
        if application or connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise HistoryTooNew(Text(_NOT_OURS.en, _NOT_OURS.zh, (str(path),)), _MOVE)
        return 0
    if version > len(schema.MIGRATIONS):
        raise HistoryTooNew(Text(_TOO_NEW.en, _TOO_NEW.zh, (str(path),)), _UPDATE)
    return version


def _is_current(database: Database) -> bool:
    with database.raw() as connection:
        return _version(connection, database.path) == len(schema.MIGRATIONS)


def _to_wal(connection: sqlite3.Connection) -> None:
    """Write ahead, so that a reader never waits.  The switch does not wait for others by itself,
    so it is tried again."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as wrong:
            if primary(wrong) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _migrate(database: Database) -> Path | None:
    """Bring the tables to this version, all steps or none; the backup of what was there."""
    with database.raw() as connection:
        version = _version(connection, database.path)
    if version == len(schema.MIGRATIONS):
        return None
    backup = _backup(database, version) if version and database.path else None
    with database.writing() as connection:
        for number, migration in enumerate(schema.MIGRATIONS[version:], version):
            migration(connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
    return backup


def _backup(database: Database, version: int) -> Path:
    assert database.path is not None
    target = free_name(database.path, f"v{version}")
    _make_private(target)
    with database.raw() as connection, closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
    return target
