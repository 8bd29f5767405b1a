"""A conversation: questions in, the events of their turns out."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.events import Route, TurnEnd, TurnEvent, TurnFinished
from assistant.session.conversation import Conversation
from assistant.session.means import Means
from assistant.session.options import TurnOptions
from assistant.session.preparing import Preparing
from assistant.session.recording import Recorder
from assistant.session.turn import Turn
from runtimes.base import Cancel
from runtimes.errors import Busy
from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.history import ConversationId, MessageId
    from assistant.notes.attached import Attachments
    from assistant.session.recording import Place

BUSY = Text("a question is being answered already", "正在回答另一个问题")


class Session:
    """One conversation, one turn at a time.

    ``options`` may be changed between turns.  The ``means`` are their owner's to close.
    """

    def __init__(self, means: Means, options: TurnOptions, history: Place = None) -> None:
        """``history`` keeps what is said; where it is a function, that opens it when the first
        word is to be kept."""
        self.options = options
        self._means = means
        self._recorder = Recorder(history, means.label)
        self._conversation = Conversation()
        self._lock = threading.Lock()
        self._turn: Turn | None = None
        self._route: Route | None = None

    @property
    def conversation(self) -> ConversationId | None:
        """Its number in the history; ``None`` before the first question, and without one."""
        return self._recorder.conversation

    def resume(self, conversation: ConversationId, leaf: MessageId | None = None) -> None:
        """Go on with a conversation of the history, on the branch of ``leaf``.

        Raises ``HistoryFailure``.
        """
        self._conversation = self._recorder.resume(conversation, leaf)

    @property
    def numbers(self) -> tuple[MessageId, MessageId] | None:
        """The question and the answer of the last turn in the history, once they are there."""
        return self._recorder.numbers

    def before(
        self, conversation: ConversationId, question: MessageId, *, again: bool = False
    ) -> None:
        """Go back to before a question of the history: the next one is another version of it.

        ``again``: the next one is that question itself, and its answer stands beside the old
        one.  Nothing is lost.  Raises ``HistoryFailure``.
        """
        self._route = None
        said = self._recorder.before(conversation, question, again=again)
        self._conversation = replace(said, opening=self._conversation.opening)

    def ask(
        self,
        text: str,
        cancel: Cancel,
        attachments: Attachments | None = None,
        options: TurnOptions | None = None,
    ) -> Generator[TurnEvent, None, None]:
        """The whole turn.  Raises ``Busy`` while another one runs; every other failure is the
        end of the turn: its ``TurnFinished`` tells it.  ``options`` hold for this turn alone."""
        if not self._lock.acquire(blocking=False):
            raise Busy(BUSY)
        try:
            yield from self._asked(text, cancel, attachments, options or self.options)
        finally:
            self._turn = None
            self._lock.release()

    def answer_now(self) -> None:
        """End the thinking and begin the answer.  Any thread, and a signal handler, may ask it;
        nothing happens where nobody is thinking."""
        turn = self._turn
        if turn is not None:
            turn.answer_now()

    def _asked(
        self, text: str, cancel: Cancel, attachments: Attachments | None, options: TurnOptions
    ) -> Generator[TurnEvent, None, None]:
        recorder = self._recorder
        turn = self._turn = Turn(self._means, text, options, cancel, self._route)
        preparing = Preparing(self._means, options, self._conversation, attachments)
        texts = () if attachments is None else attachments.texts()
        recorder.begin(text, texts, waits=self._means.has_model)
        finished = False
        try:
            with closing(turn.events(preparing)) as events:
                for event in events:
                    finished = isinstance(event, TurnFinished)
                    if finished:
                        self._remember(turn, preparing)
                    yield from recorder.note(event, options.lang)
                    yield event
        finally:
            if not finished:
                self._remember(turn, preparing)
                recorder.abandon(TurnEnd.CANCELLED, turn.answer)

    def _remember(self, turn: Turn, preparing: Preparing) -> None:
        """What the next turn goes on from."""
        self._route = None if turn.route is Route.EXACT else turn.route
        self._conversation = preparing.remembered(turn.question, turn.answer, turn.reasoning)
        self._recorder.fold(preparing.folded, preparing.summary)
