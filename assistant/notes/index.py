"""The full-text index: passages in SQLite, found by FTS5 and ordered by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.notes.words import indexed, match
from runtimes.errors import Unsupported
from runtimes.texts import Text

HEADING_WEIGHT = 3.0
"""A word in the heading counts as so many in the text."""

TABLES = """
CREATE TABLE IF NOT EXISTS passages(
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    heading TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of ON passages(file);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    heading, text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""
_RANK = f"INSERT INTO words(words, rank) VALUES ('rank', 'bm25({HEADING_WEIGHT}, 1.0)')"  # noqa: S608 - ours
_INSERT = "INSERT INTO passages(file, first, last, heading, text) VALUES (?, ?, ?, ?, ?)"
_WORDS = "INSERT INTO words(rowid, heading, text) VALUES (?, ?, ?)"
_FORGET = "INSERT INTO words(words, rowid, heading, text) VALUES ('delete', ?, ?, ?)"
_SEARCH = """
SELECT p.id, p.file, p.first, p.last, p.heading, p.text, w.score FROM
    (SELECT rowid, -rank AS score FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?) AS w
    JOIN passages AS p ON p.id = w.rowid ORDER BY w.score DESC, p.id
"""


_ONE = "SELECT file, first, last, heading, text FROM passages WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage of the file with a number, as it is stored."""

    file: int
    first: int
    last: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; a higher score suits better."""

    id: int
    entry: Entry
    score: float


class Index:
    """The passages of a database.  What it changes is for the owner of the database to commit."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def make(self) -> None:
        """The tables, where they are missing.  Raises ``Unsupported``."""
        try:
            self._database.executescript(TABLES)
            self._database.execute(_RANK)
        except sqlite3.OperationalError as wrong:
            if "fts5" not in str(wrong):
                raise
            raise Unsupported(
                Text(
                    "this Python's SQLite has no full-text search (FTS5)",
                    "此 Python 的 SQLite 不支持全文检索（FTS5）",
                ),
                Text(
                    "use a Python from python.org or conda", "请使用 python.org 或 conda 的 Python"
                ),
            ) from wrong

    def add(self, entries: Iterable[Entry]) -> None:
        """Store passages and their words."""
        for e in entries:
            values = (e.file, e.first, e.last, e.heading, e.text)
            number = self._database.execute(_INSERT, values).lastrowid
            words = (number, indexed(e.heading), indexed(e.text))
            self._database.execute(_WORDS, words)

    def forget(self, file: int) -> None:
        """Take all passages of a file out."""
        rows = self._database.execute(
            "SELECT id, heading, text FROM passages WHERE file = ?", (file,)
        ).fetchall()
        for number, heading, text in rows:
            self._database.execute(_FORGET, (number, indexed(heading), indexed(text)))
        self._database.execute("DELETE FROM passages WHERE file = ?", (file,))

    def tidy(self) -> None:
        """Merge the index, so that no forgotten word is left in it."""
        self._database.execute("INSERT INTO words(words) VALUES ('optimize')")

    def search(self, question: str, limit: int) -> Sequence[Hit]:
        """The passages that suit a question best, the best one first."""
        wanted = match(question)
        if not wanted:
            return ()
        rows = self._database.execute(_SEARCH, (wanted, limit)).fetchall()
        return [
            Hit(number, Entry(file, first, last, heading, text), score)
            for number, file, first, last, heading, text, score in rows
        ]

    def entry(self, number: int) -> Entry:
        """The passage with a number that a search has given."""
        return Entry(*self._database.execute(_ONE, (number,)).fetchone())
