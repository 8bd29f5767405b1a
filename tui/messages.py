"""What the parts of the app tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from runtimes.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.coding.repair import CodeEvent
    from assistant.coding.types import CodeReport
    from assistant.history import ConversationId, MessageId
    from assistant.maths.reading.claims.line import Line
    from assistant.maths.showing.plot import Picture
    from assistant.maths.types import Problem, Question, Trouble
    from assistant.overview import Overview
    from runtimes.errors import RuntimeFailure
    from runtimes.types import Availability
    from tui.coding.work import Traced, Working
    from tui.models.jobs import Job
    from tui.models.work import Answer
    from tui.rendering.solution import Work
    from tui.solving.work import Attempt
    from tui.turn.mailbox import Running
    from tui.tutoring import Outcome, Task


@dataclass(frozen=True, slots=True)
class Fork:
    """A question of the history that is asked in other words, or (``again``) is answered anew."""

    conversation: ConversationId
    question: MessageId
    again: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the user sent it; ``pasted`` are the texts that go with it, by name.

    ``fork``: it does not follow the last answer; ``exact``: no model is to answer it.
    """

    text: str
    pasted: tuple[tuple[str, str], ...] = ()
    fork: Fork | None = None
    exact: bool = False


class Submitted(Message):
    """The user has sent a question."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


class Commanded(Message):
    """The user has typed a command: its name and the words behind it."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.name = name
        self.words = words


class DraftChanged(Message):
    """What is written in the field, or (``beside``) what goes with it, is different now."""

    def __init__(self, *, beside: bool = False) -> None:
        super().__init__()
        self.beside = beside


class TurnStarted(Message):
    """A question has its turn."""

    def __init__(self, turn: Running) -> None:
        super().__init__()
        self.turn = turn


class TurnProgress(Message):
    """Events of a turn wait in its mailbox."""

    def __init__(self, turn: Running) -> None:
        super().__init__()
        self.turn = turn


class TurnEnded(Message):
    """A turn is over; what still waits in its mailbox is the last.

    ``error`` is set where it ended without its last event: that is a fault of ours, or of the
    history.
    """

    def __init__(self, turn: Running, error: Exception | None = None) -> None:
        super().__init__()
        self.turn = turn
        self.error = error


class ProblemRead(Message):
    """A text in a field for problems was read, and drawn for so many columns."""

    def __init__(
        self, question: Question, result: Problem | Trouble, lines: list[str], width: int
    ) -> None:
        super().__init__()
        self.question = question
        self.result = result
        self.lines = lines
        self.width = width


class ProblemSent(Message):
    """The user wants the problem in the field solved."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Solved(Message):
    """What came of a problem."""

    def __init__(self, attempt: Attempt, result: Work | Trouble) -> None:
        super().__init__()
        self.attempt = attempt
        self.result = result


class PictureMade(Message):
    """What a graph of a solution shows; ``None``: there is nothing to draw."""

    def __init__(self, work: Work, picture: Picture | Trouble | None) -> None:
        super().__init__()
        self.work = work
        self.picture = picture


class Loading(Message):
    """So much of the model is loaded, from 0 to 1."""

    def __init__(self, fraction: float) -> None:
        super().__init__()
        self.fraction = fraction


class Told(Message):
    """Something that the user should know, from any thread."""

    def __init__(self, text: Text, *, wrong: bool = False) -> None:
        super().__init__()
        self.text = text
        self.wrong = wrong


class JobMoved(Message):
    """A job about a model is further."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job


class JobEnded(Message):
    """A job about a model is over: done, failed or stopped."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job


class ModelsSeen(Message):
    """What models there are; ``failure``: why that cannot be told.  ``done``: something was done
    to them before that, to the model ``at`` where the cursor is to go to it."""

    def __init__(
        self,
        seen: Overview | None,
        failure: RuntimeFailure | None = None,
        *,
        done: bool = False,
        at: str = "",
    ) -> None:
        super().__init__()
        self.seen = seen
        self.failure = failure
        self.done = done
        self.at = at


class Forecast(Message):
    """Whether a model would fit."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class EnginesSeen(Message):
    """What the engines say of themselves, by name; ``None`` is one that was not asked."""

    def __init__(self, states: Mapping[str, Availability | None]) -> None:
        super().__init__()
        self.states = states


class ContextChosen(Message):
    """The slider stands at a window of so many tokens; ``None``: as is useful."""

    def __init__(self, tokens: int | None) -> None:
        super().__init__()
        self.tokens = tokens


class LessonMoved(Message):
    """A piece of work on a lesson is done: the lesson as it is now, or why it is as it was."""

    def __init__(self, task: Task, outcome: Outcome) -> None:
        super().__init__()
        self.task = task
        self.outcome = outcome


class LineSent(Message):
    """The user has written the next line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LineRead(Message):
    """How a line was read that is being typed."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line


class CodeWritten(Message):
    """A model has written more of some code."""

    def __init__(self, working: Working) -> None:
        super().__init__()
        self.working = working


class CodeHappened(Message):
    """Something was found out about some code, or the next attempt has begun."""

    def __init__(self, working: Working, event: CodeEvent | CodeReport | Traced) -> None:
        super().__init__()
        self.working = working
        self.event = event


class CodeEnded(Message):
    """The work on some code is over; ``error`` is a fault of ours."""

    def __init__(self, working: Working, error: Text | None) -> None:
        super().__init__()
        self.working = working
        self.error = error
