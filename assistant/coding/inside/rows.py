"""Runs SQL on an empty SQLite database, and reports the rows of its last query as values.

Arguments: the file with the tables, the file with what is run on them, and the file with the
query that is looked at afterwards (empty for none).  What rows are expected is not here.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys

from assistant.coding.inside.sql import statements

REPORT = 3
MOST_ROWS = 5_000
LONGEST_CELL = 10_000
MOST_BYTES = 4 << 20
REFUSED = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
"""One database is all there is; so ``VACUUM INTO`` is refused too."""


class Rows:
    """What the last query gave.  ``sets`` counts the queries that gave rows."""

    def __init__(self) -> None:
        self.columns: list[str] = []
        self.rows: list[list[object]] = []
        self.sets = 0
        self.cut = False

    def take(self, cursor: sqlite3.Cursor) -> None:
        """All rows of a query, or as many as are ever compared."""
        self.columns = [str(column[0]) for column in cursor.description]
        self.rows, self.cut = [], False
        self.sets += 1
        size = 0
        for row in cursor:
            cells = [_cell(cell) for cell in row]
            size += sum(len(cell) if isinstance(cell, str) else 8 for cell in cells)
            if len(self.rows) >= MOST_ROWS or size > MOST_BYTES:
                self.cut = True
                return
            self.rows.append(cells)


def _cell(value: object) -> object:
    if isinstance(value, bytes):
        return {"hex": value[:LONGEST_CELL].hex()}
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def main() -> None:
    """Run the three files, and report over a pipe: the rows, or what was wrong and where."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_DENY if action in REFUSED else sqlite3.SQLITE_OK
    )
    found = Rows()
    record: dict[str, object] = {}
    for part, name in zip(("tables", "code", "query"), sys.argv[1:], strict=True):
        try:
            with open(name, encoding="utf-8") as file:  # noqa: PTH123
                _run(database, file.read(), found if part != "tables" else Rows())
        except (sqlite3.Error, MemoryError) as wrong:
            record = {"wrong": str(wrong)[:500] or "out of memory", "part": part}
            break
    else:
        record = {"columns": found.columns, "rows": found.rows, "sets": found.sets,
                  "cut": found.cut}  # fmt: skip
    data = f"{json.dumps(record)}\n".encode()
    while data:
        data = data[os.write(REPORT, data) :]


def _run(database: sqlite3.Connection, text: str, found: Rows) -> None:
    for statement in statements(text):
        cursor = database.execute(statement)
        if cursor.description:
            found.take(cursor)
