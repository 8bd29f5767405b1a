"""The work of a lesson, one piece at a time, in a thread; the screen hears of it by messages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.maths.types import Failure, Text, Trouble
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Lesson
from runtimes.base import Cancel
from tui.messages import LessonMoved

if TYPE_CHECKING:
    from assistant.session.means import Means

FAULT = Text("the program itself failed: {0}", "程序自身出错：{0}")
Outcome = Lesson | Trouble | Text
"""The lesson as it is now, why there is none, or a sentence where it stays as it was."""


class GivenUp(Exception):  # noqa: N818 - it is no error
    """Nobody waits for the result any more."""


@dataclass(eq=False, slots=True)
class Task:
    """What is being worked on: ``typed`` is the line, or (``asked``) the problem, that the user had
    written for it."""

    typed: str
    asked: bool = False
    cancel: Cancel = field(default_factory=Cancel)


@dataclass(frozen=True, slots=True)
class _Patient:
    """Runs jobs until they are given up."""

    means: Callable[[], Means]
    cancel: Cancel

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        """A job of the pool.  Raises ``GivenUp``."""
        if not self.cancel.is_set():
            result = self.means().pool().run(name, argument, seconds, self.cancel)
            if not self.cancel.is_set():
                return result
        raise GivenUp


class Tutoring:
    """For the screen's thread; ``post`` may be called from any."""

    def __init__(self, means: Callable[[], Means], post: Callable[[Message], object]) -> None:
        self._means = means
        self._post = post
        self.running: Task | None = None

    def start(
        self, work: Callable[[Tutor], Outcome], typed: str = "", *, asked: bool = False
    ) -> None:
        """Begin; what ran before is given up."""
        self.stop()
        self.running = Task(typed, asked)
        args = (self.running, work)
        threading.Thread(target=self._run, args=args, name="lesson", daemon=True).start()

    def stop(self) -> Task | None:
        """Give up what runs.  Nothing will be heard of it."""
        running, self.running = self.running, None
        if running is not None:
            threading.Thread(target=running.cancel.set, daemon=True).start()
        return running

    def ended(self, task: Task) -> bool:
        """Is this the end of what runs?  Then it does no more."""
        if task is not self.running:
            return False
        self.running = None
        return True

    def _run(self, task: Task, work: Callable[[Tutor], Outcome]) -> None:
        try:
            outcome = work(Tutor(_Patient(self._means, task.cancel)))
        except GivenUp:
            return
        except Exception as wrong:  # noqa: BLE001 - shown with its remedy; the app goes on
            fault = f"{type(wrong).__name__}: {wrong}"[:300]
            outcome = Trouble(Failure.INTERNAL, FAULT.of(fault))
        self._post(LessonMoved(task, outcome))
