"""Keeps a turn in the history while it happens; a history that fails never costs the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.events import (
    AnswerChecked,
    Notice,
    NoticeKind,
    Rewound,
    Route,
    Routed,
    Solved,
    StepChecked,
    StepProposed,
    ToolRan,
    TurnEnd,
    TurnEvent,
    TurnFinished,
    VoteCounted,
)
from assistant.history.failures import HistoryFailure
from assistant.history.types import Attachment, ConversationId, Message, MessageId, folded
from assistant.records import Json, event_record
from assistant.session.conversation import Conversation, Turn
from runtimes.texts import Lang, Text
from runtimes.types import ReasoningDelta, TextDelta

if TYPE_CHECKING:
    from assistant.history import History
    from assistant.history.writer import AnswerWriter

ATTACHED = 8_000
"""Characters that old attachments take in a conversation that is gone on with."""
LOST = Text("this turn is not kept in the history: {0}", "本轮未写入历史记录：{0}")


class Recorder:
    """Where in the history a conversation stands; ``history`` ``None`` keeps nothing.

    ``label`` names the model that answers.
    """

    def __init__(self, history: History | None, label: str) -> None:
        self.conversation: ConversationId | None = None
        self._history = history
        self._label = label
        self._answers: list[MessageId] = []
        """Of the turns that are in the next prompt, in their order."""
        self._question: tuple[str, tuple[Attachment, ...]] = ("", ())
        self._writer: AnswerWriter | None = None
        self._record = _Record()
        self._failure: HistoryFailure | None = None
        self._spoke = False

    def resume(self, conversation: ConversationId, leaf: MessageId | None) -> Conversation:
        """What was said on a branch.  Raises ``HistoryFailure``."""
        assert self._history is not None
        summary, turns = folded(self._history.turns(conversation, leaf))
        answered = [(t.question, t.answer) for t in turns if t.answer is not None]
        self.conversation = conversation
        self._answers = [answer.id for _, answer in answered]
        said = [
            Turn(_with_attachments(asked), answer.text, answer.reasoning)
            for asked, answer in answered
        ]
        return Conversation(tuple(said), summary)

    def begin(self, question: str, attachments: Sequence[tuple[str, str]]) -> None:
        """A question is asked; its answer begins with the first event."""
        self._record, self._failure, self._spoke = _Record(), None, False
        self._question = question, tuple(Attachment(name, text) for name, text in attachments)

    def note(self, event: TurnEvent, lang: Lang) -> Notice | None:
        """Keep an event; the result tells the user, once, that the history failed."""
        self._record.add(event, lang)
        self._try(lambda history: self._note(history, event, lang))
        if self._failure is None:
            return None
        told, self._failure = self._failure, None
        return Notice(NoticeKind.HISTORY, _because(LOST, told))

    def fold(self, turns: int, summary: str) -> None:
        """The first so many turns, if any, are told by ``summary`` from now on."""
        if 0 < turns <= len(self._answers):
            upto = self._answers[turns - 1]
            self._answers = self._answers[turns:]
            self._try(lambda history: history.fold(upto, summary))

    def abandon(self, end: TurnEnd) -> None:
        """Whoever drew the turn has gone before its end: what came is kept."""
        writer, self._writer = self._writer, None
        if writer is not None:
            self._try(lambda _: writer.close(end.value))

    def _note(self, history: History, event: TurnEvent, lang: Lang) -> None:
        writer = self._writer
        if writer is None:
            exact = isinstance(event, Routed) and event.route is Route.EXACT
            writer = self._writer = self._begun(history, "exact" if exact else self._label)
        match event:
            case ReasoningDelta(text):
                writer.reasoning(text)
            case TextDelta(text):
                self._spoke = True
                writer.text(text)
            case Rewound(offset):
                writer.rewind(offset)
            case TurnFinished():
                self._writer = None
                if not self._spoke:  # the exact solver's answer comes in one piece
                    writer.text(event.answer)
                writer.close(event.end.value, self._record.text(event, lang))

    def _begun(self, history: History, label: str) -> AnswerWriter:
        if self.conversation is None:
            self.conversation = history.begin()
        above = self._answers[-1] if self._answers else None
        asked = history.ask(self.conversation, above, *self._question)
        writer = history.answer(asked, label)
        self._answers.append(writer.id)
        return writer

    def _try(self, action: Callable[[History], None]) -> None:
        """A writer that has failed tries again when it is closed."""
        if self._history is None:
            return
        try:
            action(self._history)
        except HistoryFailure as failure:
            self._failure = failure
            if self._writer is None:
                self._history = None  # nothing can be begun there; said once, and no more


class _Record:
    """What a reopened conversation shows of an answer beside its text."""

    def __init__(self) -> None:
        self._steps: dict[int, Json] = {}
        self._others: list[Json] = []

    def add(self, event: TurnEvent, lang: Lang) -> None:
        match event:
            case StepProposed(step):
                self._steps[step.index] = event_record(event, lang)
            case StepChecked(index):
                mark = event_record(event, lang)
                del mark["event"]
                self._steps.setdefault(index, {}).update(mark)
            case Rewound(_, first):
                self._steps = {n: s for n, s in self._steps.items() if n < first}
                self._others.append(event_record(event, lang))
            case Routed() | Solved() | Notice() | AnswerChecked() | VoteCounted() | ToolRan():
                self._others.append(event_record(event, lang))
            case _:
                pass

    def text(self, finished: TurnFinished, lang: Lang) -> str:
        """All of it as JSON."""
        steps = [self._steps[n] for n in sorted(self._steps)]
        end = event_record(finished, lang)
        return json.dumps(
            {"events": self._others, "steps": steps, "finished": end}, ensure_ascii=False
        )


def _with_attachments(question: Message) -> str:
    """A question as it was sent: with what was attached, as far as that is not too much."""
    from assistant.notes.attached import Attachments
    from assistant.notes.quoting import quoted

    if not question.attachments:
        return question.text
    attached = Attachments()
    for one in question.attachments:
        attached.add_text(one.name, one.text)
    passages = attached.select(question.text, ATTACHED).passages
    return "\n\n".join(part for part in (question.text, quoted(passages)) if part)


def _because(head: Text, failure: HistoryFailure) -> Text:
    return Text(
        head.en.replace("{0}", failure.message.en),
        head.zh.replace("{0}", failure.message.zh),
        failure.message.args,
    )
