"""Versions of a question and of its answer: made, looked at, and gone on with, in the chat."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from tui.messages import Asked, Fork, Submitted, Told

if TYPE_CHECKING:
    from assistant.history import MessageId
    from tui.screens.chat import ChatScreen
    from tui.turn.mailbox import Running
    from tui.widgets.exchange import Exchange

NOTHING = Text("nothing was asked yet", "还没有提问")
NOT_NOW = Text("stop the answer first", "请先停止当前回答")
NOT_STORED = Text("this turn is not in the history", "本轮不在历史记录中")
ONLY_ONE = Text("there is only one version of this", "只有一个版本")


class Branches:
    """The branches of the conversation that a chat shows."""

    def __init__(self, chat: ChatScreen) -> None:
        self._chat = chat

    def edit(self) -> None:
        """The question of the turn in focus, else the newest, comes into the field; asked for
        again, the one before it."""
        chat = self._chat
        one = self._target()
        fork = chat.composer.fork
        if one is not None and fork is not None:
            shown = chat.transcript.exchanges
            numbers = [exchange.said.question for exchange in shown]
            at = numbers.index(fork.question) if fork.question in numbers else len(shown)
            one = shown[max(at - 1, 0)]
        if (made := self._fork(one)) is not None and one is not None:
            chat.composer.edit(one.said.asked.text, one.said.asked.pasted, made)

    def again(self) -> None:
        """Answer the question of the turn in focus, else the newest, anew."""
        one = self._target()
        if (made := self._fork(one, again=True)) is not None and one is not None:
            asked = one.said.asked
            self._chat.post_message(Submitted(Asked(asked.text, asked.pasted, made)))

    async def other(self, step: int) -> None:
        """Go on with the version before or after."""
        chat = self._chat
        one = self._target()
        if (made := self._fork(one)) is None or one is None:
            return
        desk = chat.app.desk

        def switched() -> MessageId | None:
            history = desk.history()
            ends = history.versions(made.conversation).get(made.question, ())
            end = one.said.answer_id or made.question
            if end not in ends:
                return None
            wanted = ends[(ends.index(end) + step) % len(ends)]
            return history.switch(made.conversation, wanted)

        try:
            leaf = await asyncio.to_thread(switched)
            if leaf is None:
                self._tell(ONLY_ONE)
            else:
                await chat.open(made.conversation, leaf)
        except RuntimeFailure as failure:
            self._tell(failure.message)

    async def started(self, asked: Asked) -> None:
        """What a new version stands in the place of is not shown any more."""
        if asked.fork is None:
            return
        transcript = self._chat.transcript
        for one in transcript.exchanges:
            if one.said.question == asked.fork.question:
                await transcript.cut(one)
                return

    async def ended(self, turn: Running, exchange: Exchange) -> None:
        """A turn is in the history now; it may be one of several versions."""
        from tui.conversations.pages import place_among

        if turn.numbers is None:
            return
        said = exchange.said
        said.question, said.answer_id = turn.numbers
        desk = self._chat.app.desk
        conversation = desk.conversation
        if turn.asked.fork is None or conversation is None:
            return
        try:
            choices = await asyncio.to_thread(lambda: desk.history().versions(conversation))
        except RuntimeFailure:
            return  # the turn itself has told it
        said.versions = place_among(said, choices)
        exchange.show_versions()

    def _target(self) -> Exchange | None:
        transcript = self._chat.transcript
        return transcript.holding(self._chat.focused) or transcript.last

    def _fork(self, one: Exchange | None, *, again: bool = False) -> Fork | None:
        conversation = self._chat.app.desk.conversation
        if self._chat.turns.busy:
            self._tell(NOT_NOW)
        elif one is None:
            self._tell(NOTHING)
        elif one.said.question is None or conversation is None:
            self._tell(NOT_STORED)
        else:
            return Fork(conversation, one.said.question, again)
        return None

    def _tell(self, text: Text) -> None:
        self._chat.app.post_message(Told(text, wrong=True))
