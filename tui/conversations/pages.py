"""A conversation of the history, read from its end on, a page at a time, in a thread.

However long it is, its newest turns are there at once, and no more is in memory than was looked
at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from runtimes.texts import Lang
from tui.turn.said import Said

if TYPE_CHECKING:
    from assistant.history import ConversationId, History, MessageId

PAGE = 20
"""Turns that are read at once;"""
MOST_BACK = 200
"""that are read to find one of them."""


class Pages:
    """The branch of ``leaf`` (``None``: the one on which the conversation stands)."""

    def __init__(
        self,
        history: Callable[[], History],
        conversation: ConversationId,
        leaf: MessageId | None,
        lang: Lang,
    ) -> None:
        self._history = history
        self._conversation = conversation
        self._leaf = leaf
        self.lang = lang
        self._choices: dict[MessageId, tuple[MessageId, ...]] | None = None
        self.left = 0
        """How many turns have not been read; known after the first page."""

    async def back_to(self, sought: MessageId | None) -> tuple[list[Said], Said | None]:
        """The last page, with those before it back to a message, and the turn of that message,
        if it is among the newest ones.  Raises ``HistoryFailure``."""
        turns = await self.read()
        while True:
            for said in turns if sought is not None else ():
                if sought in (said.question, said.answer_id):
                    return turns, said
            if sought is None or not self.left or len(turns) >= MOST_BACK:
                return turns, None
            turns = await self.read() + turns

    async def read(self) -> list[Said]:
        """The page before the one that was read last.  Raises ``HistoryFailure``."""
        return await asyncio.to_thread(self._read)

    def _read(self) -> list[Said]:
        from tui.conversations.recalled import recalled

        history = self._history()
        if self._choices is None:
            self._choices = history.versions(self._conversation)
            end = self._leaf or history.leaf(self._conversation)
            self.left = 0 if end is None else history.depth(end)
        turns = history.turns(self._conversation, self._leaf, PAGE)
        self._leaf = turns[0].question.parent if turns else None
        self.left = 0 if self._leaf is None else max(self.left - len(turns), 1)
        found = [recalled(turn, self.lang) for turn in turns]
        for said in found:
            said.versions = place_among(said, self._choices)
        return found


def place_among(
    said: Said, choices: dict[MessageId, tuple[MessageId, ...]]
) -> tuple[int, int] | None:
    """Which of how many versions a turn is; ``None`` for the only one."""
    ends = choices.get(said.question, ()) if said.question is not None else ()
    end = said.answer_id or said.question
    return (ends.index(end) + 1, len(ends)) if end in ends else None
