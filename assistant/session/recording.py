"""Keeps a turn in the history while it happens; a history that fails never costs the answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.bilingual import ALSO, in_both
from assistant.events import (
    AnswerChecked,
    CodeChecked,
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
from assistant.records import Json, event_record
from assistant.session.conversation import Conversation, Turn
from runtimes.texts import Lang, Text
from runtimes.types import ReasoningDelta, TextDelta

if TYPE_CHECKING:
    from assistant.history import AnswerWriter, ConversationId, History, Message, MessageId
    from assistant.history.failures import HistoryFailure

    Place = History | Callable[[], History] | None
    """A history, or how to open one when it is first needed, or none."""

ATTACHED = 8_000
"""Characters that old attachments take in a conversation that is gone on with."""
SOON = 0.3
"""Seconds after which a question is stored though nothing was answered yet.  Before that the
history is not even opened: the question goes to the model first."""
GONE = Text(
    "the conversation was deleted meanwhile: this goes on in a new one",
    "原对话已被删除，本轮起记录到新对话",
)
LOST = Text("this turn is not kept in the history: {0}", "本轮未写入历史记录：{0}")


class Recorder:
    """Where in the history a conversation stands; ``place`` ``None`` keeps nothing.

    ``label`` names the model that answers.  A timer's thread and the turn's share it.
    """

    def __init__(self, place: Place, label: str) -> None:
        self.conversation: ConversationId | None = None
        self._place = place
        self._label = label
        self._answers: list[MessageId | None] = []
        """Of the turns that are in the next prompt, in their order; ``None`` for a deleted one."""
        self._above: MessageId | None = None
        """The last answer, which the next question stands under."""
        self._again: MessageId | None = None
        """A stored question that is answered once more by the next turn,"""
        self._stands: MessageId | None = None
        """or by this one."""
        self.numbers: tuple[MessageId, MessageId] | None = None
        """The question and the answer of the last turn, once they are stored."""
        self._question: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
        self._exact = self._spoke = self._stored = False
        self._writer: AnswerWriter | None = None
        self._record = _Record()
        self._failure: HistoryFailure | None = None
        self._notices: list[Text] = []
        self._lock = threading.RLock()
        self._timer: threading.Timer | None = None

    def resume(self, conversation: ConversationId, leaf: MessageId | None) -> Conversation:
        """What was said on a branch.  Raises ``HistoryFailure``."""
        from assistant.history import folded

        history = self._history()
        assert history is not None
        summary, turns = folded(history.turns(conversation, leaf))
        answered = [(t.question, t.answer) for t in turns if t.answer is not None]
        self.conversation, self._again = conversation, None
        self._above = answered[-1][1].id if answered else None
        spoken = [(asked, answer) for asked, answer in answered if answer.text.strip()]
        self._answers = [answer.id for _, answer in spoken]
        said = [
            Turn(_with_attachments(asked), answer.text, answer.reasoning)
            for asked, answer in spoken
        ]
        return Conversation(tuple(said), summary)

    def before(
        self, conversation: ConversationId, question: MessageId, *, again: bool
    ) -> Conversation:
        """What was said before a question: the next one stands beside it, or (``again``) is that
        question, and only its answer is new.  Raises ``HistoryFailure``."""
        history = self._history()
        assert history is not None
        above = history.message(question).parent
        said = Conversation()
        if above is None:
            self.conversation, self._above, self._answers = conversation, None, []
        else:
            said = self.resume(conversation, above)
        self._again = question if again else None
        return said

    def begin(
        self, question: str, attachments: Sequence[tuple[str, str]], *, waits: bool = True
    ) -> None:
        """A question is asked; it is stored with the first word of the answer, or soon where it
        ``waits`` for a model."""
        self._record, self._failure = _Record(), None
        self._exact = self._spoke = self._stored = False
        self._question, self.numbers = (question, tuple(attachments)), None
        self._stands, self._again = self._again, None
        if self._place is not None and waits:
            self._timer = threading.Timer(SOON, self._try, (self._begun,))
            self._timer.daemon = True
            self._timer.start()

    def note(self, event: TurnEvent, lang: Lang) -> list[Notice]:
        """Keep an event; the result tells the user what he should know of the history."""
        self._record.add(event, lang)
        if isinstance(event, Routed):
            self._exact = event.route is Route.EXACT
        if isinstance(event, ReasoningDelta | TextDelta | Rewound | TurnFinished):
            self._try(lambda: self._keep(event, lang))
        with self._lock:
            told = [Notice(NoticeKind.HISTORY, text) for text in self._notices]
            self._notices.clear()
            failure, self._failure = self._failure, None
        return told + ([Notice(NoticeKind.HISTORY, _because(LOST, failure))] if failure else [])

    def fold(self, turns: int, summary: str) -> None:
        """The first so many turns, if any, are told by ``summary`` from now on."""
        if 0 < turns <= len(self._answers):
            upto = self._answers[turns - 1]
            self._answers = self._answers[turns:]
            if upto is not None:
                self._try(lambda: self._fold(upto, summary))

    def abandon(self, end: TurnEnd, answer: str) -> None:
        """Whoever drew the turn has gone before its end: what came is kept."""
        self._stop_timer()
        with self._lock:
            self._stored = True  # a timer that was about to begin it has nothing to do any more
            writer, self._writer = self._writer, None
        if writer is not None:
            self._remember(writer, answer)
            self._try(lambda: writer.close(end.value))

    def _remember(self, writer: AnswerWriter, answer: str) -> None:
        """A turn without an answer is in no prompt."""
        if answer.strip():
            self._answers.append(writer.id)

    def _keep(self, event: TurnEvent, lang: Lang) -> None:
        if isinstance(event, TurnFinished) and _asked_nobody(event) and not self._stored:
            self._stop_timer()
            return
        self._begun()
        writer = self._writer
        if writer is None:
            return
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
                self._remember(writer, event.answer)
                if not self._spoke:  # the exact solver's answer comes in one piece
                    writer.text(event.answer)
                writer.close(event.end.value, self._record.text(event, lang), self._who)

    def _begun(self) -> None:
        """Store the question and begin its answer, if that is not done."""
        from assistant.history.failures import NoSuchMessage

        self._stop_timer()
        with self._lock:
            history = self._history()
            if self._stored or history is None:
                return
            try:
                self._writer = self._write_to(history)
            except NoSuchMessage:
                if self.conversation is None:
                    raise
                self._notices.append(GONE)
                self.conversation = self._above = self._stands = None
                self._answers = [None] * len(self._answers)
                self._writer = self._write_to(history)
            self._stored = True

    def _write_to(self, history: History) -> AnswerWriter:
        """The answer, begun below its question."""
        from assistant.history import Attachment

        if self.conversation is None:
            self.conversation = history.begin()
        text, attached = self._question
        files = tuple(Attachment(name, body) for name, body in attached)
        asked = self._stands
        if asked is None:
            asked = history.ask(self.conversation, self._above, text, files)
        writer = history.answer(asked, self._who)
        self._above = writer.id
        self.numbers = asked, writer.id
        return writer

    @property
    def _who(self) -> str:
        """Who answers, as far as that is known: one that waits long is begun before it is."""
        from assistant.history.labels import EXACT

        return EXACT if self._exact else self._label

    def _history(self) -> History | None:
        """The history, opened."""
        if callable(self._place):
            self._place = self._place()
            self._notices += self._place.notices
        return self._place

    def _fold(self, upto: MessageId, summary: str) -> None:
        history = self._history()
        if history is not None:
            history.fold(upto, summary)

    def _stop_timer(self) -> None:
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()

    def _try(self, action: Callable[[], None]) -> None:
        """A writer that has failed tries again when it is closed."""
        if self._place is None:
            return
        from assistant.history import HistoryFailure

        try:
            action()
        except HistoryFailure as failure:
            with self._lock:
                self._failure = failure
                if not self._stored:
                    self._place = None  # nothing can be begun there; said once, and no more


class _Record:
    """What a reopened conversation shows of an answer beside its text."""

    def __init__(self) -> None:
        self._steps: dict[int, Json] = {}
        self._others: list[Json] = []
        self._codes: list[tuple[int, Json]] = []
        """Each with the end of its block."""
        self._solved: Solved | None = None
        """What the exact solver answered."""

    def add(self, event: TurnEvent, lang: Lang) -> None:
        match event:
            case StepProposed(step):
                self._steps[step.index] = event_record(event, lang)
            case StepChecked(index):
                mark = _in_both(event, lang)
                del mark["event"]
                step_record = self._steps.setdefault(index, {})
                step_record.pop(ALSO, None)
                step_record.update(mark)
            case Rewound(offset, first):
                self._steps = {n: s for n, s in self._steps.items() if n < first}
                self._codes = [code for code in self._codes if code[0] <= offset]
                self._others.append(_in_both(event, lang))
            case CodeChecked():
                self._codes.append((event.end, _in_both(event, lang)))
            case Routed() | Notice() | AnswerChecked() | VoteCounted() | ToolRan():
                self._others.append(_in_both(event, lang))
            case Solved(problem, solution, offered):  # its sentences are long, the answer has them
                from assistant.maths.showing.keeping import kept

                whole = {"kept": kept(problem, solution)}
                self._others.append({**event_record(event, lang), **whole})
                self._solved = self._solved if offered else event
            case _:
                pass

    def text(self, finished: TurnFinished, lang: Lang) -> str:
        """All of it as JSON."""
        steps = [self._steps[n] for n in sorted(self._steps)]
        end = in_both(lambda one: self._end(finished, one, lang), lang)
        events = [*self._others, *(record for _, record in self._codes)]
        return json.dumps({"events": events, "steps": steps, "finished": end}, ensure_ascii=False)

    def _end(self, finished: TurnFinished, one: Lang, spoken: Lang) -> Json:
        """The last event in a language; whether its answer is the exact solution, and
        that in this language too."""
        record = event_record(finished, one)
        if self._solved is not None:
            from assistant.maths.showing.markdown import solution_markdown

            problem, solution = self._solved.problem, self._solved.solution
            if finished.answer == solution_markdown(problem, solution, spoken):
                record |= {"answer": solution_markdown(problem, solution, one), "exact": True}
        return record


def _in_both(event: TurnEvent, lang: Lang) -> Json:
    return in_both(lambda one: event_record(event, one), lang)


def _asked_nobody(finished: TurnFinished) -> bool:
    """Was there no model of that name, or none named?  Then there is nothing to remember: the
    question is asked again as if for the first time."""
    from runtimes.errors import NotFound, NotHere

    failure = finished.failure
    return isinstance(failure, NotFound) and not isinstance(failure, NotHere)


def _with_attachments(question: Message) -> str:
    """A question as it was sent: with what was attached, as far as that is not too much."""
    if not question.attachments:
        return question.text
    from assistant.notes.attached import Attachments
    from assistant.notes.quoting import quoted

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
