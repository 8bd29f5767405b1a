"""Watches what a model writes: its budget, circles that it runs in, and what it is doing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.events import Gist
from assistant.session.budget import ThinkingWatch
from assistant.session.draft import Draft

if TYPE_CHECKING:
    from assistant.session.gist import GistMachine
    from assistant.session.loops import LoopDetector


@dataclass(frozen=True, slots=True)
class Circle:
    """From ``start`` of the thinking or the answer on the model repeats itself: ``sample``."""

    start: int
    sample: str


AGAIN = 256
"""Tokens for a model that thinks once more although it was told to answer."""


class ThoughtWatch:
    """``budget`` is the thinking budget of a model whose engine does not hold it.

    What it watches with is loaded with the first words, while the model is writing.
    """

    def __init__(self, budget: int | None) -> None:
        self._budget = ThinkingWatch(budget)
        self._gist: GistMachine | None = None
        self._thought: LoopDetector | None = None
        self._text: LoopDetector | None = None
        self._thought_from = self._text_from = 0
        self.used_up = False
        self.loop: Circle | None = None

    def think(self, text: str) -> Iterator[Gist]:
        """More of the thinking."""
        self.used_up |= self._budget.feed(text) is not None
        self._thought = self._thought or _detector()
        if (found := self._thought.feed(text)) is not None:
            self.loop = Circle(self._thought_from + found.start, found.sample)
        self._gist = self._gist or _machine()
        if (told := self._gist.feed(text)) is not None:
            yield Gist(told)

    def write(self, text: str) -> None:
        """More of the answer."""
        self._text = self._text or _detector()
        if (found := self._text.feed(text)) is not None:
            self.loop = Circle(self._text_from + found.start, found.sample)

    def restart(self, draft: Draft) -> None:
        """Another stream begins behind what the draft holds."""
        self._thought = self._text = None
        self._thought_from, self._text_from = len(draft.reasoning), draft.length
        self.loop = None

    def hurry(self, draft: Draft) -> None:
        """The same, where the thinking is over; a model that thinks on gets a little room."""
        self.restart(draft)
        self._budget, self.used_up = ThinkingWatch(AGAIN), False


def _detector() -> LoopDetector:
    from assistant.session.loops import LoopDetector

    return LoopDetector()


def _machine() -> GistMachine:
    from assistant.session.gist import GistMachine

    return GistMachine()
