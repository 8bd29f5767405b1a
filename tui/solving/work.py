"""Solves one problem at a time, in a thread; the screen hears of it by messages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.maths.reader import SECONDS, Reader
from assistant.maths.types import Failure, Problem, Question, Solution, Task, Text, Trouble
from assistant.session.patience import unless_cancelled
from runtimes.base import Cancel
from tui.messages import PictureMade, Solved
from tui.rendering.solution import Work

if TYPE_CHECKING:
    from assistant.session.means import Means

FIRST_SECONDS = 10.0
MORE = 4
"""The next try after a timeout has so many times the seconds."""
MOST_SECONDS = 160.0
FAULT = Text("the program itself failed: {0}", "程序自身出错：{0}")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be solved, as which task (``None``: as it says), by which method (empty: any),
    within so many seconds."""

    text: str
    task: Task | None
    method: str
    seconds: float

    def longer(self) -> Order:
        """The same, with more time."""
        return replace(self, seconds=min(self.seconds * MORE, MOST_SECONDS))


@dataclass(eq=False, slots=True)
class Attempt:
    """An order that is being worked on."""

    order: Order
    cancel: Cancel


class Solver:
    """For the screen's thread; ``post`` may be called from any."""

    def __init__(
        self, means: Callable[[], Means], reader: Reader, post: Callable[[Message], object]
    ) -> None:
        self._means = means
        self._reader = reader
        self._post = post
        self.running: Attempt | None = None

    def start(self, order: Order) -> None:
        """Begin; what ran before is given up."""
        self.stop()
        self.running = Attempt(order, Cancel())
        args = (self.running,)
        threading.Thread(target=self._run, args=args, name="solve", daemon=True).start()

    def stop(self) -> Order | None:
        """Give up what runs; the result is its order.  Nothing will be heard of it."""
        running, self.running = self.running, None
        if running is None:
            return None
        running.cancel.set()
        threading.Thread(target=self._reader.stop, daemon=True).start()
        return running.order

    def ended(self, running: Attempt) -> bool:
        """Is this the end of what runs?  Then it does no more."""
        if running is not self.running:
            return False
        self.running = None
        return True

    def _run(self, running: Attempt) -> None:
        try:
            result = self._solved(running.order, running.cancel)
        except Exception as wrong:  # noqa: BLE001 - shown with its remedy; the app goes on
            fault = f"{type(wrong).__name__}: {wrong}"[:300]
            result = Trouble(Failure.INTERNAL, FAULT.of(fault))
        self._post(Solved(running, result))

    def _solved(self, order: Order, cancel: Cancel) -> Work | Trouble:
        problem = self._reader.read(Question(order.text, order.task), SECONDS)
        if not isinstance(problem, Problem):
            return problem
        if order.method:
            request = replace(problem.request, method=order.method)
            problem = replace(problem, request=request)
        asked, pool = problem, self._means().pool()
        result = unless_cancelled(lambda: pool.run("solve", asked, order.seconds, cancel), cancel)
        if isinstance(result, Solution):
            return Work(problem, result)
        return result if isinstance(result, Trouble) else NOTHING

    def draw(self, work: Work) -> None:
        """Make the graph of a solution."""
        threading.Thread(target=self._draw, args=(work,), name="graph", daemon=True).start()

    def _draw(self, work: Work) -> None:
        from assistant.maths.showing.plot import curves_of

        curves = curves_of(work.problem.request, work.solution)
        self._post(PictureMade(work, self._reader.picture(curves) if curves else None))


NOTHING = Trouble(Failure.INTERNAL, Text("it was given up", "已放弃求解"))
