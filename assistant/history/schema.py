"""The tables, version by version.

``words`` finds text by groups of three characters (FTS5's trigram tokenizer), which serves
Chinese, formulas and parts of words alike.  It keeps no text of its own and only which message
holds which group (``detail=none``): that is a tenth of the size of a full index, and what it
finds is looked through again in the messages themselves.  Two line ends after each part let a
word of two characters at its end begin a group as well.

A message comes into the index when it is whole, so that writing one costs nothing twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION = 0x41735448
"""Says in the header of the file whose it is (``PRAGMA application_id``)."""

_TABLES = """
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    made REAL NOT NULL,
    touched REAL NOT NULL,
    leaf INTEGER
);
CREATE INDEX conversation_touched ON conversation (touched, id);
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    parent INTEGER REFERENCES message (id),
    role TEXT NOT NULL CHECK (role IN ('question', 'answer')),
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'crashed')),
    made REAL NOT NULL,
    changed REAL NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    imported INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    attachments TEXT NOT NULL DEFAULT '[]',
    record TEXT NOT NULL DEFAULT '',
    reasoning TEXT NOT NULL DEFAULT ''
);
CREATE INDEX message_conversation ON message (conversation, role);
CREATE INDEX message_parent ON message (parent);
CREATE INDEX message_open ON message (owner) WHERE state = 'open';
CREATE TABLE chore (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    part, content = '', columnsize = 0, detail = none, tokenize = 'trigram'
);
CREATE VIRTUAL TABLE word_starts USING fts5vocab (words, 'row');
"""

_ENDS = "char(10, 10)"


def _part(row: str) -> str:
    return f"{row}.text || {_ENDS} || {row}.reasoning || {_ENDS} || {row}.summary || {_ENDS}"


def _forget(row: str) -> str:
    return f"INSERT INTO words (words, rowid, part) VALUES ('delete', {row}.id, {_part(row)})"  # noqa: S608


def _learn(row: str) -> str:
    return f"INSERT INTO words (rowid, part) VALUES ({row}.id, {_part(row)})"  # noqa: S608


_CHANGED = "UPDATE OF text, reasoning, summary, state ON message"
_TRIGGERS = f"""
CREATE TRIGGER message_made AFTER INSERT ON message WHEN new.state <> 'open'
    BEGIN {_learn("new")}; END;
CREATE TRIGGER message_unmade AFTER DELETE ON message WHEN old.state <> 'open'
    BEGIN {_forget("old")}; END;
CREATE TRIGGER message_closed AFTER {_CHANGED} WHEN old.state = 'open' AND new.state <> 'open'
    BEGIN {_learn("new")}; END;
CREATE TRIGGER message_edited AFTER {_CHANGED} WHEN old.state <> 'open' AND new.state <> 'open'
    BEGIN {_forget("old")}; {_learn("new")}; END;
"""


def _first(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    for statement in statements(_TABLES + _TRIGGERS):
        connection.execute(statement)


def statements(script: str) -> list[str]:
    """The statements of a script, for a transaction that ``executescript`` would end."""
    found, rest = [], ""
    for piece in script.split(";"):
        rest += piece + ";"
        if sqlite3.complete_statement(rest):
            found.append(rest.strip())
            rest = ""
    return found


Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (_first,)
"""The n-th brings a file of version n to n + 1, within a transaction that is not its own."""
