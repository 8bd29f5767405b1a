"""Runs a file of SQL on an empty SQLite database, and prints what each query answers."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator


def statements(text: str) -> Iterator[str]:
    """The statements, one after the other; a ``;`` in a text or a trigger ends none."""
    held = ""
    for part in text.split(";"):
        held += part + ";"
        if sqlite3.complete_statement(held):
            yield held
            held = ""
    if held.strip("; \t\r\n"):
        yield held


def main() -> None:
    """Run the file that is named as the only argument; exit with 1 at the first error."""
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    database = sqlite3.connect(":memory:", isolation_level=None)
    for statement in statements(text):
        try:
            cursor = database.execute(statement)
            if cursor.description:
                sys.stdout.write("\t".join(column[0] for column in cursor.description) + "\n")
                for row in cursor:
                    cells = ("NULL" if cell is None else str(cell) for cell in row)
                    sys.stdout.write("\t".join(cells) + "\n")
        except sqlite3.Error as wrong:
            sys.stderr.write(f"{wrong}\nin: {statement.strip()[:500]}\n")
            raise SystemExit(1) from None


if __name__ == "__main__":
    main()
