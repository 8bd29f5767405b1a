"""What was said in one turn, in the order in which the screen shows it.

No widget is here: the same record is drawn while it grows, and again when it comes back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from assistant.maths.types import Mark, Problem, Solution
from runtimes.texts import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.history import MessageId
    from tui.messages import Asked


@dataclass(slots=True)
class Thought:
    """The thinking.  ``gist`` is what is being done now; ``over`` when the answer has begun."""

    parts: list[str] = field(default_factory=list)
    gist: Text | None = None
    tokens: int = 0
    seconds: float = 0.0
    over: bool = False
    unfolded: bool = False


@dataclass(slots=True)
class Spoken:
    """The answer's text, as it came."""

    text: str = ""


@dataclass(slots=True)
class Row:
    """A step; ``mark`` is ``None`` while it is being checked, and where that was never done."""

    index: int
    text: str
    mark: Mark | None = None


@dataclass(slots=True)
class Rows:
    """The steps by their index; of those that are ``unfolded`` the details are shown.  Once it is
    ``over``, nothing is checked any more."""

    rows: dict[int, Row] = field(default_factory=dict)
    unfolded: set[int] = field(default_factory=set)
    over: bool = False

    def cut(self, first: int) -> None:
        """The steps from ``first`` on are taken back."""
        self.rows = {n: row for n, row in self.rows.items() if n < first}
        self.unfolded = {n for n in self.unfolded if n < first}


T = TypeVar("T", Thought, Spoken, Rows)


@dataclass(frozen=True, slots=True)
class Exact:
    """The exact solver's solution; ``offered`` beside a wrong answer of the model."""

    problem: Problem
    solution: Solution
    offered: bool


class Tone(Enum):
    """How a line is said."""

    QUIET = "quiet"
    NOTICE = "notice"
    AGAIN = "again"
    GOOD = "good"
    DOUBT = "doubt"
    WRONG = "wrong"
    FAILED = "failed"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of its own.  ``detail`` is shown on request; ``remedy`` below it at once."""

    tone: Tone
    text: str
    remedy: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of the block of code that ends at the character ``end`` of the answer."""

    end: int
    tone: Tone
    text: str
    detail: str = ""


Item = Thought | Spoken | Rows | Exact | Line | Ran


@dataclass(slots=True)
class Said:
    """A question, and the items below it.

    ``question`` and ``answer_id`` are their numbers in the history, once they are known;
    ``versions`` is which of how many branches this is, where there are several here.
    """

    asked: Asked
    items: list[Item] = field(default_factory=list)
    question: MessageId | None = None
    answer_id: MessageId | None = None
    versions: tuple[int, int] | None = None
    retold: Callable[[Lang], list[Item]] | None = field(default=None, compare=False)
    """Tells the lines again, in another language."""

    def say_in(self, lang: Lang) -> None:
        """Have the lines in this language."""
        if self.retold is not None:
            lines = (item for item in self.retold(lang) if isinstance(item, Line | Ran))
            self.items = [
                next(lines, item) if isinstance(item, Line | Ran) else item for item in self.items
            ]

    def thought(self) -> Thought:
        """The thinking, begun if it was not."""
        return self._one(Thought)

    def spoken(self) -> Spoken:
        """The answer, begun if it was not."""
        return self._one(Spoken)

    def rows(self) -> Rows:
        """The steps."""
        return self._one(Rows)

    def has(self, kind: type[Item]) -> bool:
        """Is there such an item?"""
        return any(isinstance(item, kind) for item in self.items)

    @property
    def thoughtful(self) -> bool:
        """Is there thinking that could be read?"""
        return self.has(Thought)

    @property
    def thinks(self) -> bool:
        """Is there thinking that is not over, or may it still begin?"""
        return not (self.thought().over if self.has(Thought) else self.answer)

    @property
    def answer(self) -> str:
        """The answer's text."""
        return self.spoken().text if self.has(Spoken) else ""

    def _one(self, kind: type[T]) -> T:
        for item in self.items:
            if isinstance(item, kind):
                return item
        made = kind()
        self.items.append(made)
        return made
