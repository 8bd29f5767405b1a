"""Histories to test with: large ones of made-up turns, and their words."""

from __future__ import annotations

import random
import time
from pathlib import Path

from assistant.history import rows
from assistant.history.store import open_history
from assistant.history.types import ConversationId, Message, MessageId, Role

ENGLISH = (
    "the a we of to is and so that this function equation integral derivative limit sum root"
    " value answer check step let x y n then because therefore number plus minus times square"
    " triangle angle probability vector matrix wait hmm actually maybe substitute both sides"
).split()
CHINESE = (
    "我们设方程的解为所以因此函数在区间上单调递增求导数得到极值点积分面积三角形概率矩阵向量验证"
)


def prose(draw: random.Random, words: int) -> str:
    """Words of a model that thinks, in English with Chinese between."""
    out = []
    for _ in range(words):
        kind = draw.random()
        if kind < 0.75:
            out.append(draw.choice(ENGLISH))
        elif kind < 0.9:
            out.append(f"x^{draw.randrange(9)}+{draw.randrange(10_000)}")
        else:
            at = draw.randrange(len(CHINESE) - 6)
            out.append(CHINESE[at : at + draw.randrange(2, 6)])
    return " ".join(out)


def fill(path: Path | None, turns: int, *, in_one: int = 0, seed: int = 1) -> ConversationId:
    """``turns`` turns in a file, the first ``in_one`` of them in one conversation, which is the
    result, and the others by tens.  About 5,000 characters a turn, most of them thinking."""
    draw = random.Random(seed)
    with open_history(path) as history, history._database.writing() as connection:
        first, made, left = None, 0, in_one or 10
        conversation, parent = None, None
        start = time.time() - turns
        for number in range(turns):
            if conversation is None or made == left:
                left = left if conversation is None else 10
                conversation, parent, made = _conversation(connection, start + number), None, 0
                first = first or conversation
            parent = _turn(connection, draw, (conversation, parent), start + number)
            connection.execute(
                "UPDATE conversation SET leaf = ? WHERE id = ?", (parent, conversation)
            )
            made += 1
    assert first is not None
    return first


def _conversation(connection: object, made: float) -> ConversationId:
    cursor = connection.execute(  # type: ignore[attr-defined]
        "INSERT INTO conversation (title, made, touched) VALUES ('title', ?, ?)", (made, made)
    )
    return ConversationId(cursor.lastrowid)


def _turn(
    connection: object,
    draw: random.Random,
    at: tuple[ConversationId, MessageId | None],
    made: float,
) -> MessageId:
    conversation, parent = at
    common = {"id": MessageId(0), "conversation": conversation, "made": made}
    question = Message(**common, parent=parent, role=Role.QUESTION, text=prose(draw, 20))  # type: ignore[arg-type]
    above = rows.insert(connection, question)  # type: ignore[arg-type]
    answer = Message(
        **common,  # type: ignore[arg-type]
        parent=above,
        role=Role.ANSWER,
        text=prose(draw, 200),
        reasoning=prose(draw, 800),
        record="{}",
        outcome="answered",
        label="micro",
    )
    return rows.insert(connection, answer)  # type: ignore[arg-type]
