"""A damaged file is kept aside, and what can still be read of it goes into a fresh one.

Rows are asked for one by one: a page that cannot be read costs its own rows and no others.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from assistant.history.clean import title_of
from assistant.history.database import Database
from assistant.history.failures import DatabaseError
from runtimes.texts import Text

SALVAGED = Text(
    "the history was damaged; {0} messages of it could be read and are kept, the damaged file is"
    " {1}",
    "历史文件已损坏；抢救出 {0} 条消息，损坏的文件保留为 {1}",
)
_BESIDE = ("-wal", "-shm")
_CONVERSATION = ("id", "title", "made", "touched", "leaf")
_MESSAGE = (
    "id", "conversation", "parent", "role", "state", "made", "changed", "label", "outcome",
    "summary", "text", "attachments", "record", "reasoning", "imported",
)  # fmt: skip
_LEAST_ROW, _MOST_ROWS = 64, 500_000
"""Bytes that a message takes at least; rows that are tried where none can be counted."""

_PAGE, _HEADER, _COUNT_AT = 4096, 100, 28
"""Bytes of a page and of the header, and where in it the number of pages stands:
https://sqlite.org/fileformat2.html#the_database_header."""

Row = tuple[object, ...]


def salvage(path: Path, fresh: Callable[[Path], Database]) -> Text:
    """Keep the file aside, fill a fresh one; what to tell the user.

    Raises ``OSError``, ``HistoryFailure``.
    """
    kept = _set_aside(path)
    database = fresh(path)
    try:
        conversations, messages = _read(kept, _first_page(database))
        count = _write(database, conversations, _rehung(messages))
    finally:
        database.close()
    return Text(SALVAGED.en, SALVAGED.zh, (count, str(kept)))


def _set_aside(path: Path) -> Path:
    kept = free_name(path, "damaged")
    for end in _BESIDE:  # the log first: without its file nobody replays it
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + end))
    path.replace(kept)
    return kept


def _first_page(database: Database) -> bytes:
    """The header and the list of tables of a sound file; ours all have the same."""
    with database.raw() as connection:
        return connection.serialize()[:_PAGE]


def _read(kept: Path, first_page: bytes) -> tuple[list[Row], list[Row]]:
    """All conversations and messages that can be read from a copy of the file: as it is, or
    under a sound header, or with a sound first page, whatever gives the most."""
    best: tuple[list[Row], list[Row]] = ([], [])
    copy = free_name(kept, "copy")
    try:
        for length in (0, _HEADER, _PAGE):
            _remove(copy)
            for end in ("", _BESIDE[0]):
                beside = kept.with_name(kept.name + end)
                if beside.exists():
                    shutil.copyfile(beside, copy.with_name(copy.name + end))
                    copy.with_name(copy.name + end).chmod(0o600)
            _mend(copy, first_page[:length])
            found = _read_copy(copy)
            if len(found[1]) > len(best[1]) or not best[0]:
                best = found
            if length == 0 and found[1]:
                break
    finally:
        _remove(copy)
    return best


def _mend(copy: Path, head: bytes) -> None:
    """Put a sound beginning in its place, and pages of zeros where the end is cut off: SQLite
    opens no file that is shorter than its header says."""
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        if head:
            file.write(head)
            file.seek(_COUNT_AT)
            file.write(max(size // _PAGE, 1).to_bytes(4, "big"))
        file.seek(_COUNT_AT)
        pages = int.from_bytes(file.read(4), "big")
        if size < pages * _PAGE <= max(64 * size, _PAGE << 10):
            file.truncate(pages * _PAGE)


def _read_copy(path: Path) -> tuple[list[Row], list[Row]]:
    most = min(path.stat().st_size // _LEAST_ROW + 64, _MOST_ROWS)
    with suppress(*DatabaseError), closing(_quiet(path)) as connection:
        return (
            list(_rows(connection, "conversation", _CONVERSATION, most)),
            list(_rows(connection, "message", _MESSAGE, most)),
        )
    return [], []


def _remove(copy: Path) -> None:
    for end in ("", *_BESIDE):
        copy.with_name(copy.name + end).unlink(missing_ok=True)


def _quiet(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str], most: int
) -> Iterator[Row]:
    with suppress(*DatabaseError):
        last = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]  # noqa: S608
        most = min(most, int(last or 0))
    wanted = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - our names
    for number in range(1, most + 1):
        with suppress(*DatabaseError):
            if row := connection.execute(wanted, (number,)).fetchone():
                yield row


def _rehung(messages: Sequence[Row]) -> list[Row]:
    """The messages with parents that exist: one whose parent is lost goes below the nearest
    earlier message that may be its parent; an answer without any question gets an empty one."""
    kept: dict[object, Row] = {}
    latest: dict[tuple[object, object], object] = {}
    for row in messages:
        one = dict(zip(_MESSAGE, row, strict=True))
        mine, role = one["conversation"], one["role"]
        other = {"question": "answer", "answer": "question"}.get(str(role))
        if other is None:
            continue
        one["state"] = "crashed" if one["state"] == "open" else one["state"]
        lost = one["parent"]
        if lost not in kept:
            one["parent"] = latest.get((mine, other))
        if role == "answer" and one["parent"] is None:
            if not (isinstance(lost, int) and lost < int(str(one["id"])) and lost not in kept):
                continue
            one["parent"] = lost
            kept[lost] = (lost, mine, None, "question", "closed", one["made"], one["made"],
                          "", "", "", "", "[]", "", "", 0)  # fmt: skip
        kept[one["id"]] = tuple(one.values())
        latest[mine, role] = one["id"]
    return list(kept.values())


def _write(database: Database, conversations: Sequence[Row], messages: Sequence[Row]) -> int:
    """What was read, row by row: what breaks a rule of the tables is damage too."""
    found: dict[object, Row] = {row[0]: row for row in conversations}
    leaves: dict[object, object] = {}
    for row in messages:
        leaves[row[1]] = row[0]
        if row[1] not in found:
            found[row[1]] = (row[1], title_of(str(row[10])), row[5], row[5], None)
    ids = {row[0] for row in messages}
    count = 0
    with database.writing() as connection:
        for row in found.values():
            leaf = row[4] if row[4] in ids else leaves.get(row[0])
            _insert(connection, "conversation", _CONVERSATION, (*row[:4], leaf))
        for row in messages:
            count += _insert(connection, "message", _MESSAGE, row)
        connection.execute(
            "UPDATE conversation SET leaf = (SELECT max(id) FROM message"
            " WHERE conversation = conversation.id) WHERE leaf NOT IN (SELECT id FROM message)"
        )
    return count


def _insert(connection: sqlite3.Connection, table: str, names: Sequence[str], row: Row) -> bool:
    marks = ", ".join("?" * len(names))
    words = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    try:
        connection.execute(words, row)
    except sqlite3.IntegrityError:
        return False
    return True


def free_name(path: Path, word: str) -> Path:
    """A name beside a file that nothing has yet: ``history.v1-20260131-120000.db``."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 0
    while True:
        extra = f"-{number}" if number else ""
        target = path.with_name(f"{path.stem}.{word}-{stamp}{extra}{path.suffix}")
        if not target.exists():
            return target
        number += 1
