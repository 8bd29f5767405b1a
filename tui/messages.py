"""What the parts of the app tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from runtimes.texts import Text

if TYPE_CHECKING:
    from assistant.maths.types import Problem, Question, Trouble
    from tui.mailbox import Running


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the user sent it; ``pasted`` are the texts that go with it, by name."""

    text: str
    pasted: tuple[tuple[str, str], ...] = ()


class Submitted(Message):
    """The user has sent a question."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


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
