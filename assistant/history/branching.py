"""The tree of a conversation: where it stands, how it forks, and its place among the others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from assistant.history import rows
from assistant.history.clean import title_of
from assistant.history.failures import Contradiction, missing
from assistant.history.types import (
    Branch,
    ConversationId,
    Listed,
    Message,
    MessageId,
    Role,
    StoredTurn,
)

LONGEST_ASKED = 20_000
"""Characters of a question that one would ask again."""
_NEWEST_END = """
WITH RECURSIVE down (id) AS (
    SELECT ?
    UNION ALL
    SELECT (SELECT max(m.id) FROM message AS m WHERE m.parent = down.id AND m.id > down.id)
    FROM down WHERE down.id IS NOT NULL
)
SELECT max(id) FROM down
"""
_LISTED = """
SELECT c.id, c.title, c.made, c.touched,
    (SELECT count(*) FROM message AS m WHERE m.conversation = c.id AND m.role = 'question')
FROM conversation AS c
"""


def leaf(connection: sqlite3.Connection, conversation: ConversationId) -> MessageId | None:
    """Where a conversation stands."""
    row = connection.execute(
        "SELECT leaf FROM conversation WHERE id = ?", (conversation,)
    ).fetchone()
    if row is None:
        raise missing(conversation)
    return None if row[0] is None else MessageId(row[0])


def turns(
    connection: sqlite3.Connection,
    conversation: ConversationId,
    end: MessageId | None,
    last: int | None,
) -> tuple[StoredTurn, ...]:
    """The branch that ends there, in pairs; only the ``last`` ones of them."""
    stands = leaf(connection, conversation)
    end = stands if end is None else end
    if end is None:
        return ()
    way = rows.way_to(connection, end, None if last is None else 2 * last)
    if not way or way[-1].conversation != conversation:
        if end == stands:
            raise Contradiction(f"conversation {conversation} stands on no message")
        raise missing(end)
    found = paired(way)
    return found if last is None else found[max(len(found) - last, 0) :]


def depth(connection: sqlite3.Connection, end: MessageId) -> int:
    """How many questions stand on the way from the root to a message, that one included."""
    found = connection.execute(
        f"{rows.UP} SELECT count(*) FROM way JOIN message AS m ON m.id = way.id"  # noqa: S608
        " WHERE m.role = 'question'",
        (end, -1),
    )
    return int(found.fetchone()[0])


def paired(way: Iterable[Message]) -> tuple[StoredTurn, ...]:
    """Questions with the answers that follow them."""
    found: list[StoredTurn] = []
    for message in way:
        if message.role is Role.QUESTION:
            found.append(StoredTurn(message))
        elif found:
            found[-1] = StoredTurn(found[-1].question, message)
    return tuple(found)


def messages(connection: sqlite3.Connection, conversation: ConversationId) -> tuple[Message, ...]:
    """All of them; a parent is always older than its children."""
    leaf(connection, conversation)
    found = connection.execute(
        f"SELECT {rows.NAMES} FROM message WHERE conversation = ? ORDER BY id",  # noqa: S608
        (conversation,),
    )
    return tuple(map(rows.message_of, found))


def siblings(connection: sqlite3.Connection, number: MessageId) -> tuple[Branch, ...]:
    """The children of the same parent, oldest first."""
    one = rows.find(connection, number)
    found = connection.execute(
        "SELECT id FROM message WHERE conversation = ? AND parent IS ? ORDER BY id",
        (one.conversation, one.parent),
    ).fetchall()
    standing = _standing(connection, one.conversation)
    return tuple(
        _branch(connection, MessageId(n), _newest_end(connection, MessageId(n)), standing)
        for (n,) in found
    )


def branches(connection: sqlite3.Connection, conversation: ConversationId) -> tuple[Branch, ...]:
    """The leaves, oldest first, each with the first message that no other leaf shares."""
    leaf(connection, conversation)
    parents: dict[int, int | None] = dict(
        connection.execute(
            "SELECT id, parent FROM message WHERE conversation = ? ORDER BY id", (conversation,)
        ).fetchall()
    )
    below: dict[int | None, int] = {}
    for parent in parents.values():
        below[parent] = below.get(parent, 0) + 1
    standing = _standing(connection, conversation)
    found = []
    for end in (number for number in parents if number not in below):
        at = end
        while (above := parents.get(at)) is not None and below[above] == 1:
            at = above
        found.append(_branch(connection, MessageId(at), MessageId(end), standing))
    return tuple(found)


def versions(
    connection: sqlite3.Connection, conversation: ConversationId
) -> dict[MessageId, tuple[MessageId, ...]]:
    """For each question that stands beside others, or has several answers, what may be chosen
    there: the answers of all of them, or a question itself that has none; oldest first."""
    found = connection.execute(
        "SELECT id, parent, role FROM message WHERE conversation = ? ORDER BY id", (conversation,)
    )
    questions: dict[int | None, list[int]] = {}
    answers: dict[int, list[int]] = {}
    for number, parent, role in found:
        if role == Role.QUESTION:
            questions.setdefault(parent, []).append(number)
        else:
            answers.setdefault(parent, []).append(number)
    choices: dict[MessageId, tuple[MessageId, ...]] = {}
    for sisters in questions.values():
        ends = sorted(end for one in sisters for end in answers.get(one, [one]))
        if len(ends) > 1:
            choices |= dict.fromkeys(map(MessageId, sisters), tuple(map(MessageId, ends)))
    return choices


def switch(
    connection: sqlite3.Connection, conversation: ConversationId, number: MessageId
) -> MessageId:
    """Stand on the newest end below a message."""
    if rows.find(connection, number).conversation != conversation:
        raise missing(number)
    end = _newest_end(connection, number)
    connection.execute("UPDATE conversation SET leaf = ? WHERE id = ?", (end, conversation))
    return end


def listed(connection: sqlite3.Connection, conversation: ConversationId) -> Listed:
    """One conversation."""
    row = connection.execute(f"{_LISTED} WHERE c.id = ?", (conversation,)).fetchone()
    if row is None:
        raise missing(conversation)
    return _listed(row)


def listing(
    connection: sqlite3.Connection, limit: int, before: ConversationId | None
) -> tuple[Listed, ...]:
    """Conversations in which something was asked, the one touched last first."""
    where, values = "c.leaf IS NOT NULL", []
    if before is not None:
        last = listed(connection, before)
        where += " AND (c.touched, c.id) < (?, ?)"
        values = [last.touched, last.id]
    found = connection.execute(
        f"{_LISTED} WHERE {where} ORDER BY c.touched DESC, c.id DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(map(_listed, found))


def asked(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """The questions that were put here last, the newest at the end."""
    found = connection.execute(
        "SELECT text FROM message WHERE role = 'question' AND NOT imported"
        " AND length(text) BETWEEN 1 AND ? ORDER BY id DESC LIMIT ?",
        (LONGEST_ASKED, limit),
    )
    return tuple(text for (text,) in reversed(found.fetchall()))


def _listed(row: tuple[int, str, float, float, int]) -> Listed:
    return Listed(
        id=ConversationId(row[0]), title=row[1], made=row[2], touched=row[3], turns=row[4]
    )


def _newest_end(connection: sqlite3.Connection, number: MessageId) -> MessageId:
    """Down to the newest child, again and again."""
    return MessageId(connection.execute(_NEWEST_END, (number,)).fetchone()[0])


def _standing(connection: sqlite3.Connection, conversation: ConversationId) -> set[int]:
    """The numbers of the messages on the branch where a conversation stands."""
    end = leaf(connection, conversation)
    found = connection.execute(
        f"{rows.UP} SELECT id FROM way",  # noqa: S608 - our own words
        (end, -1),
    )
    return {number for (number,) in found}


def _branch(
    connection: sqlite3.Connection, number: MessageId, end: MessageId, standing: set[int]
) -> Branch:
    role, text, made = connection.execute(
        "SELECT role, substr(text, 1, 400), made FROM message WHERE id = ?", (number,)
    ).fetchone()
    return Branch(
        message=number,
        leaf=end,
        role=Role(role),
        start=title_of(text),
        made=made,
        current=end in standing,
    )
