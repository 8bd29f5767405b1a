"""What a history holds: conversations, and in each a tree of questions and answers.

An answer hangs below its question, the next question below the answer.  A question that was
edited is a sister of the old one, and so is an answer that was written anew: nothing is lost.
A conversation remembers the message at which it stands, its leaf; the way from there up to the
root is what a reader sees.  Times are seconds since 1970; offsets count characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

ConversationId = NewType("ConversationId", int)
MessageId = NewType("MessageId", int)


class Role(StrEnum):
    """Who speaks."""

    QUESTION = "question"
    ANSWER = "answer"


class State(StrEnum):
    """Whether a message is whole."""

    OPEN = "open"
    """Somebody is writing it."""
    CLOSED = "closed"
    CRASHED = "crashed"
    """Whoever wrote it died; what had come is here, but for the last second."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text that was joined to a question.  ``name`` is for the eye, never a path to open."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the tree.

    ``label``, ``outcome`` and ``record`` are the writer's own words about an answer: the model,
    how it ended, and a JSON text that holds the marks of its steps.  ``summary``, where it is
    not empty, stands for the whole branch from the root down to this message, itself included.
    ``imported``: it came out of a file; the marks in its record are what the file claims, and
    nothing that was checked here.
    """

    id: MessageId
    conversation: ConversationId
    parent: MessageId | None
    role: Role
    text: str
    made: float
    reasoning: str = ""
    attachments: tuple[Attachment, ...] = ()
    label: str = ""
    state: State = State.CLOSED
    outcome: str = ""
    record: str = ""
    summary: str = ""
    changed: float = 0.0
    imported: bool = False


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question and the answer below it on one branch; ``None`` where none was begun."""

    question: Message
    answer: Message | None = None

    @property
    def summary(self) -> str:
        """What stands for everything up to and with this turn; empty where nothing does."""
        return (self.answer.summary if self.answer else "") or self.question.summary


def folded(turns: Sequence[StoredTurn]) -> tuple[str, tuple[StoredTurn, ...]]:
    """The latest summary of a branch, and the turns that come after what it stands for."""
    for at in range(len(turns) - 1, -1, -1):
        if turns[at].summary:
            return turns[at].summary, tuple(turns[at + 1 :])
    return "", tuple(turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A conversation in a list.  ``turns`` counts the questions of all its branches."""

    id: ConversationId
    title: str
    made: float
    touched: float
    turns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way on from a fork.

    ``message`` is where it leaves the fork, ``leaf`` its newest end, ``start`` the first words
    of ``message``; ``current``: the conversation stands on it.
    """

    message: MessageId
    leaf: MessageId
    role: Role
    start: str
    made: float
    current: bool


class Where(StrEnum):
    """The part of a message in which words were found."""

    QUESTION = "question"
    ANSWER = "answer"
    SUMMARY = "summary"
    REASONING = "reasoning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message that holds all the words looked for.

    ``snippet`` is one line around the first of them; ``spans`` are the places of the words in
    it, from where to before where.
    """

    conversation: ConversationId
    title: str
    message: MessageId
    where: Where
    snippet: str
    spans: tuple[tuple[int, int], ...]
    made: float


class Form(StrEnum):
    """What a conversation can be written as."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
