"""The history: what was asked and answered, kept as it comes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, assert_never

from assistant.history import branching, erasing, portable, rows, searching
from assistant.history.clean import storable, title_of
from assistant.history.database import Database
from assistant.history.failures import missing, told
from assistant.history.opening import open_database
from assistant.history.owners import Owner
from assistant.history.types import (
    Attachment,
    Branch,
    ConversationId,
    Form,
    Hit,
    Listed,
    Message,
    MessageId,
    Role,
    State,
    StoredTurn,
)
from assistant.history.writer import AnswerWriter
from runtimes.texts import Lang, Text

NAME = "history.db"
"""Of the file in the folder of the user's data."""


def open_history(path: Path | None, *, days: int | None = None) -> History:
    """The history in a file, made if there is none; ``None`` keeps one in memory alone, of
    which nothing is ever on disk.

    ``days``: conversations that nobody has touched for so long are deleted.  Answers whose
    writers died are marked so.  Raises ``HistoryFailure``.
    """
    opened = open_database(path)
    history = History(opened.database, opened.notices)
    try:
        history._recover()  # noqa: SLF001 - the other half of this function
        if days is not None:
            history.expire(days)
    except BaseException:
        history.close()
        raise
    return history


class History:
    """Conversations in one database; threads may share it, and so may processes.

    Every method raises ``HistoryFailure`` where the file cannot be read or written, and
    ``NoSuchMessage`` for a number that is not there.  ``notices`` is what the user should know
    about how it was opened.
    """

    def __init__(self, database: Database, notices: tuple[Text, ...] = ()) -> None:
        self.notices = notices
        self._database = database
        self._owner = Owner(database.path)

    @property
    def incognito(self) -> bool:
        """Is nothing of this on disk?"""
        return self._database.path is None

    # --- writing -----------------------------------------------------------------------------

    def begin(self, *, title: str = "") -> ConversationId:
        """A new conversation; without a title it gets one from its first question."""
        now = time.time()
        with self._database.writing() as connection:
            made = connection.execute(
                "INSERT INTO conversation (title, made, touched) VALUES (?, ?, ?)",
                (title_of(title), now, now),
            )
        return ConversationId(made.lastrowid or 0)

    def ask(
        self,
        conversation: ConversationId,
        parent: MessageId | None,
        text: str,
        attachments: Sequence[Attachment] = (),
    ) -> MessageId:
        """Store a question below an answer (``None``: at the beginning), and stand on it.

        The same ``parent`` as that of another question makes a branch beside it.
        """
        question = Message(
            id=MessageId(0),
            conversation=conversation,
            parent=parent,
            role=Role.QUESTION,
            text=text,
            attachments=tuple(attachments),
            made=time.time(),
        )
        with self._database.writing() as connection:
            row = connection.execute(
                "SELECT title FROM conversation WHERE id = ?", (conversation,)
            ).fetchone()
            if row is None:
                raise missing(conversation)
            if parent is not None:
                above = rows.find(connection, parent)
                if above.role is not Role.ANSWER or above.conversation != conversation:
                    raise missing(parent)
            number = rows.insert(connection, question)
            rows.stand_on(connection, conversation, number)
            if not row[0]:
                connection.execute(
                    "UPDATE conversation SET title = ? WHERE id = ?",
                    (title_of(text), conversation),
                )
        return number

    def answer(self, question: MessageId, label: str = "") -> AnswerWriter:
        """Begin an answer to a question, and stand on it; ``label`` names who writes.

        A second answer to the same question is a branch beside the first.
        """
        try:
            self._owner.claim()
        except OSError as wrong:
            raise told(wrong, self._database.place) from wrong
        with self._database.writing() as connection:
            above = rows.find(connection, question)
            if above.role is not Role.QUESTION:
                raise missing(question)
            answer = Message(
                id=MessageId(0),
                conversation=above.conversation,
                parent=question,
                role=Role.ANSWER,
                text="",
                label=label,
                state=State.OPEN,
                made=time.time(),
            )
            number = rows.insert(connection, answer, self._owner.token)
            rows.stand_on(connection, above.conversation, number)
        return AnswerWriter(self._database, number)

    def record(self, answer: MessageId, record: str) -> None:
        """Put another record (a JSON text) in the place of an answer's own."""
        self._change(answer, "record", record)

    def fold(self, upto: MessageId, summary: str) -> None:
        """Let a summary stand for the branch from its root to a message, itself included; an
        empty one takes it back."""
        self._change(upto, "summary", summary)

    def rename(self, conversation: ConversationId, title: str) -> None:
        """Another title, cut to one line."""
        with self._database.writing() as connection:
            changed = connection.execute(
                "UPDATE conversation SET title = ? WHERE id = ?", (title_of(title), conversation)
            )
            if not changed.rowcount:
                raise missing(conversation)

    def _change(self, number: MessageId, column: str, text: str) -> None:
        with self._database.writing() as connection:
            changed = connection.execute(
                f"UPDATE message SET {column} = ? WHERE id = ?",  # noqa: S608 - our own names
                (storable(text), number),
            )
            if not changed.rowcount:
                raise missing(number)

    # --- reading -----------------------------------------------------------------------------

    def turns(
        self,
        conversation: ConversationId,
        leaf: MessageId | None = None,
        last: int | None = None,
    ) -> tuple[StoredTurn, ...]:
        """The branch on which a conversation stands, or that of another leaf; ``last`` leaves
        out all but the last turns of a long one."""
        with self._database.reading() as connection:
            return branching.turns(connection, conversation, leaf, last)

    def depth(self, leaf: MessageId) -> int:
        """How many turns the branch of a message has, down to it."""
        with self._database.reading() as connection:
            return branching.depth(connection, leaf)

    def messages(self, conversation: ConversationId) -> tuple[Message, ...]:
        """All messages of all branches, parents first."""
        with self._database.reading() as connection:
            return branching.messages(connection, conversation)

    def leaf(self, conversation: ConversationId) -> MessageId | None:
        """Where a conversation stands; ``None`` where nothing was asked yet."""
        with self._database.reading() as connection:
            return branching.leaf(connection, conversation)

    def message(self, number: MessageId) -> Message:
        """One message."""
        with self._database.reading() as connection:
            return rows.find(connection, number)

    def siblings(self, message: MessageId) -> tuple[Branch, ...]:
        """A message and those beside it: the versions of a question, the answers to one."""
        with self._database.reading() as connection:
            return branching.siblings(connection, message)

    def branches(self, conversation: ConversationId) -> tuple[Branch, ...]:
        """Every end of a conversation, with the message at which it leaves the others."""
        with self._database.reading() as connection:
            return branching.branches(connection, conversation)

    def versions(self, conversation: ConversationId) -> dict[MessageId, tuple[MessageId, ...]]:
        """For each question with others beside it, or several answers, all that may be chosen
        there: answers, or a question that has none; oldest first."""
        with self._database.reading() as connection:
            return branching.versions(connection, conversation)

    def switch(self, conversation: ConversationId, message: MessageId) -> MessageId:
        """Stand on the branch of a message, at its newest end, which is the result."""
        with self._database.writing() as connection:
            return branching.switch(connection, conversation, message)

    def find(self, conversation: ConversationId) -> Listed:
        """One conversation."""
        with self._database.reading() as connection:
            return branching.listed(connection, conversation)

    def latest(self) -> ConversationId | None:
        """The conversation that was touched last."""
        found = self.list(1)
        return found[0].id if found else None

    def list(self, limit: int = 50, before: ConversationId | None = None) -> tuple[Listed, ...]:
        """Conversations, the one touched last first; ``before`` goes on after one of them.

        Those in which nothing was asked are left out.
        """
        with self._database.reading() as connection:
            return branching.listing(connection, limit, before)

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """The messages that hold every word of a query, newest first.

        A word is any run of characters without a space, or any at all in quotation marks; it is
        found inside of other words too, in questions, answers, summaries and reasoning, capitals
        or not.  Up to 16 words and 400 characters of a query count.
        """
        with self._database.reading() as connection:
            return searching.search(connection, query, limit)

    def asked(self, limit: int = 100) -> tuple[str, ...]:
        """What was asked last, in all conversations, the newest at the end; what came from a file
        was not asked here."""
        with self._database.reading() as connection:
            return branching.asked(connection, limit)

    def changed(self) -> int:
        """Another number after another program has written into the file."""
        with self._database.raw() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    # --- files -------------------------------------------------------------------------------

    def export(self, conversation: ConversationId, form: Form, lang: Lang) -> str:
        """A conversation as the text of a file: all of it as JSON; the branch on which it stands,
        without what only this program needs, otherwise."""
        from assistant.history.as_html import to_html
        from assistant.history.as_json import to_json
        from assistant.history.as_markdown import to_markdown

        with self._database.reading() as connection:
            one = branching.listed(connection, conversation)
            leaf = branching.leaf(connection, conversation)
            match form:
                case Form.JSON:
                    messages = branching.messages(connection, conversation)
                    return to_json(portable.packed(one.title, one.made, messages, leaf))
                case Form.MARKDOWN:
                    turns = branching.turns(connection, conversation, None, None)
                    return to_markdown(one.title, turns, lang)
                case Form.HTML:
                    turns = branching.turns(connection, conversation, None, None)
                    return to_html(one.title, turns, lang)
        assert_never(form)

    def bring(self, text: str) -> ConversationId:
        """Store a conversation that was exported as JSON or Markdown, as a new one.

        Raises ``Unreadable`` for anything else; then nothing is stored.
        """
        from assistant.history.as_json import from_json
        from assistant.history.as_markdown import from_markdown

        read = from_json if text.lstrip()[:1] == "{" else from_markdown
        conversation = read(text)
        with self._database.writing() as connection:
            return portable.insert(connection, conversation)

    # --- deleting ----------------------------------------------------------------------------

    def delete(self, *conversations: ConversationId) -> Text | None:
        """Delete conversations, and every trace of their words in the files of the history.

        The result tells where traces may be left; they are removed as soon as they can be.
        """
        return erasing.delete(self._database, conversations)

    def delete_all(self) -> Text | None:
        """Delete everything: copies of older versions and damaged files kept aside too."""
        return erasing.delete_all(self._database)

    def older(self, days: int) -> int:
        """How many conversations ``expire`` would delete."""
        return erasing.older(self._database, time.time() - days * 86_400.0)

    def expire(self, days: int) -> int:
        """Delete what nobody has touched for so many days; how many conversations went."""
        return erasing.expire(self._database, time.time() - days * 86_400.0)

    # --- opening and closing -----------------------------------------------------------------

    def _recover(self) -> None:
        """Mark the answers of dead writers, and finish a deletion that was broken off."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT DISTINCT owner FROM message WHERE state = 'open'")
            dead = [token for (token,) in found if self._owner.is_dead(token)]
        if dead:
            with self._database.writing() as connection:
                connection.executemany(
                    "UPDATE message SET state = 'crashed', owner = ''"
                    " WHERE state = 'open' AND owner = ?",
                    [(token,) for token in dead],
                )
        self._owner.sweep()
        erasing.finish(self._database)

    def close(self) -> None:
        """Close; a second call does nothing."""
        self._owner.release()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
