"""Rows of the tables as messages, and back."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

from assistant.history.clean import storable
from assistant.history.failures import Contradiction, missing
from assistant.history.types import (
    Attachment,
    ConversationId,
    Message,
    MessageId,
    Role,
    State,
)

NAMES = (
    "id, conversation, parent, role, state, made, changed, label, outcome, summary, text,"
    " attachments, record, reasoning, imported"
)
Row = tuple[Any, ...]
"""A row as SQLite gives it; the tables hold its types."""
_NONE = "[]"
_ROLES, _STATES = set(Role), set(State)
UP = """
WITH RECURSIVE way (id, parent) AS (
    SELECT id, parent FROM message WHERE id = ?
    UNION ALL
    SELECT m.id, m.parent FROM way JOIN message AS m ON m.id = way.parent AND m.id < way.id
    LIMIT ?
)
"""
"""The numbers on the way from a leaf to its root.  A parent is always older than its children:
asking for that ends the way in a damaged file too."""
_WAY = f"""{UP} SELECT {", ".join(f"m.{name.strip()}" for name in NAMES.split(","))}
FROM way CROSS JOIN message AS m ON m.id = way.id
"""  # noqa: S608 - our own names
_INSERT = (
    "INSERT INTO message (conversation, parent, role, state, made, changed, label, outcome,"
    " summary, text, attachments, record, reasoning, imported, owner)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def message_of(row: Row) -> Message:
    """A row of ``NAMES``."""
    number, conversation, parent, role, state, made, changed = row[:7]
    label, outcome, summary, text, attachments, record, reasoning, imported = row[7:]
    if role not in _ROLES or state not in _STATES:
        raise Contradiction(f"message {number} is of no kind")
    return Message(
        id=number,
        conversation=conversation,
        parent=parent,
        role=Role(role),
        state=State(state),
        made=made,
        changed=changed,
        label=label,
        outcome=outcome,
        summary=summary,
        text=text,
        attachments=_attachments(attachments) if attachments != _NONE else (),
        record=record,
        reasoning=reasoning,
        imported=bool(imported),
    )


def insert(connection: sqlite3.Connection, message: Message, owner: str = "") -> MessageId:
    """Store a message under a number of its own; its ``id`` is not looked at."""
    attachments = [[storable(a.name), storable(a.text)] for a in message.attachments]
    made = connection.execute(
        _INSERT,
        (
            message.conversation,
            message.parent,
            message.role,
            message.state,
            message.made,
            message.changed or message.made,
            storable(message.label),
            storable(message.outcome),
            storable(message.summary),
            storable(message.text),
            json.dumps(attachments, ensure_ascii=False),
            storable(message.record),
            storable(message.reasoning),
            message.imported,
            owner,
        ),
    )
    return MessageId(made.lastrowid or 0)


def find(connection: sqlite3.Connection, number: MessageId) -> Message:
    """One message.  Raises ``NoSuchMessage``."""
    row = connection.execute(f"SELECT {NAMES} FROM message WHERE id = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        raise missing(number)
    return message_of(row)


def way_to(
    connection: sqlite3.Connection, leaf: MessageId, most: int | None = None
) -> list[Message]:
    """The messages from the root to a leaf, or the last ones of them."""
    found = connection.execute(_WAY, (leaf, -1 if most is None else most))
    return sorted(map(message_of, found), key=lambda message: message.id)


def stand_on(connection: sqlite3.Connection, conversation: ConversationId, leaf: MessageId) -> None:
    """Let a conversation remember where it stands."""
    connection.execute(
        "UPDATE conversation SET leaf = ?, touched = ? WHERE id = ?",
        (leaf, time.time(), conversation),
    )


def _attachments(text: str) -> tuple[Attachment, ...]:
    try:
        return tuple(Attachment(str(name), str(body)) for name, body in json.loads(text))
    except (ValueError, TypeError):
        return ()
