"""A conversation out of the database: what an export holds, and what an import may hold."""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.history import rows
from assistant.history.clean import title_of
from assistant.history.failures import Unreadable
from assistant.history.types import ConversationId, Message, MessageId, Role, State
from runtimes.texts import Text

MAX_BYTES = 128 << 20
"""Of a file to import."""
MAX_MESSAGES = 200_000
LATEST = 253_402_300_799.0
"""Seconds: the last of the year 9999."""


@dataclass(frozen=True, slots=True)
class Portable:
    """A conversation whose messages are numbered from 0, parents before their children.

    ``leaf`` is the number where it stands; ``None`` where it has no message.
    """

    title: str
    made: float
    messages: tuple[Message, ...]
    leaf: int | None


def packed(
    title: str, made: float, messages: Sequence[Message], leaf: MessageId | None
) -> Portable:
    """A conversation of the database, its messages numbered anew."""
    numbers = {message.id: at for at, message in enumerate(messages)}
    moved = tuple(
        replace(
            message,
            id=MessageId(at),
            conversation=ConversationId(0),
            parent=None if message.parent is None else MessageId(numbers[message.parent]),
        )
        for at, message in enumerate(messages)
    )
    return Portable(title, made, moved, None if leaf is None else numbers[leaf])


def checked(conversation: Portable) -> Portable:
    """The conversation, if its messages form a tree.  Raises ``Unreadable``."""
    messages = conversation.messages
    if len(messages) > MAX_MESSAGES:
        raise refused(Text("it holds too many messages", "消息过多"))
    for at, message in enumerate(messages):
        above = message.parent
        if above is not None and not 0 <= above < at:
            raise refused(Text("message {0} hangs nowhere", "消息 {0} 没有归属", (at,)))
        role = None if above is None else messages[above].role
        wanted = (Role.QUESTION,) if message.role is Role.ANSWER else (None, Role.ANSWER)
        if role not in wanted:
            raise refused(Text("message {0} answers nothing", "消息 {0} 的问答次序有误", (at,)))
        for moment in (message.made, message.changed, conversation.made):
            if not (math.isfinite(moment) and 0 <= moment <= LATEST):
                raise refused(Text("message {0} has no time", "消息 {0} 的时间有误", (at,)))
    if conversation.leaf is None and messages:
        return replace(conversation, leaf=len(messages) - 1)
    if conversation.leaf is not None and not 0 <= conversation.leaf < len(messages):
        raise refused(Text("it stands on no message", "当前位置有误"))
    return conversation


def insert(connection: sqlite3.Connection, conversation: Portable) -> ConversationId:
    """Store a checked conversation; its messages are marked as imported."""
    made = connection.execute(
        "INSERT INTO conversation (title, made, touched) VALUES (?, ?, ?)",
        (title_of(conversation.title), conversation.made, time.time()),
    )
    number = ConversationId(made.lastrowid or 0)
    ids: list[MessageId] = []
    for message in conversation.messages:
        ids.append(
            rows.insert(
                connection,
                replace(
                    message,
                    conversation=number,
                    parent=None if message.parent is None else ids[message.parent],
                    state=State.CRASHED if message.state is State.OPEN else message.state,
                    imported=True,
                ),
            )
        )
    if conversation.leaf is not None:
        rows.stand_on(connection, number, ids[conversation.leaf])
    return number


def refused(why: Text) -> Unreadable:
    """A file that is not what we export; ``why`` is the end of the sentence."""
    return Unreadable(
        Text(f"this is no conversation to import: {why.en}", f"无法导入对话：{why.zh}", why.args),
        Text(
            "import a file that assistant history export wrote, as JSON or Markdown",
            "请导入由 assistant history export 写出的 JSON 或 Markdown 文件",
        ),
    )
