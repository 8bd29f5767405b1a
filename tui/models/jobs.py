"""What is done to models while the screen goes on: one thing at a time, in a thread of its own.

A job outlives the screen that began it; whoever listens hears how far it is, and its end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from textual.message import Message

from runtimes.base import Cancel
from runtimes.errors import RuntimeFailure
from runtimes.store.types import Stopped
from runtimes.texts import Text
from tui.messages import JobEnded, JobMoved

OFTEN = 0.1
"""Seconds between two messages about how far it is."""
CLOSING_SECONDS = 2.0
FAULT = Text("something went wrong inside the program: {0}", "程序内部出错：{0}")


def fault(wrong: Exception) -> RuntimeFailure:
    """An error that nobody has foreseen, as a failure that can be shown."""
    if isinstance(wrong, RuntimeFailure):
        return wrong
    return RuntimeFailure(FAULT.of(f"{type(wrong).__name__}: {wrong}"[:300]))


class Task(Enum):
    """What is done."""

    PULL = auto()
    VERIFY = auto()
    REMOVE = auto()
    LOAD = auto()
    EXAMINE = auto()


@dataclass(eq=False, slots=True)
class Job:
    """A job that runs, or has run.

    ``done`` of ``total`` (0: nobody knows) are bytes; ``fraction`` is set where only that is
    known; ``speed`` is in bytes a second.  After the end ``said`` tells what came of it, or
    ``failure`` why nothing did; both are ``None`` where it was stopped.
    """

    task: Task
    name: str
    cancel: Cancel = field(default_factory=Cancel)
    done: int = 0
    total: int = 0
    speed: float | None = None
    fraction: float | None = None
    note: Text | None = None
    said: Text | None = None
    failure: RuntimeFailure | None = None
    over: bool = False

    @property
    def share(self) -> float | None:
        """How far it is, from 0 to 1; ``None`` where nobody knows."""
        return self.done / self.total if self.total else self.fraction

    @property
    def seconds_left(self) -> float | None:
        """At this speed."""
        return (self.total - self.done) / self.speed if self.speed and self.total else None


Work = Callable[[Job, Callable[[], object]], Text | None]
"""Does it and says what came of it; the second argument is to be called when the job has moved.
Raises ``RuntimeFailure``."""


class Jobs:
    """Runs one job at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Job | None = None
        self._thread: threading.Thread | None = None
        self._listeners: list[Callable[[Message], object]] = []
        self._told = 0.0

    @property
    def running(self) -> Job | None:
        """The job that runs."""
        return self._running

    def listen(self, post: Callable[[Message], object]) -> Callable[[], None]:
        """Tell someone of ``JobMoved`` and ``JobEnded``; the result ends that."""
        self._listeners.append(post)

        def remove() -> None:
            if post in self._listeners:
                self._listeners.remove(post)

        return remove

    def start(self, task: Task, name: str, work: Work) -> Job | None:
        """Begin; ``None`` where one runs already."""
        with self._lock:
            if self._running is not None:
                return None
            job = self._running = Job(task, name)
        self._told = 0.0
        self._thread = threading.Thread(
            target=self._run, args=(job, work), name=task.name.lower(), daemon=True
        )
        self._thread.start()
        return job

    def stop(self) -> None:
        """Stop the job; a second time: at once."""
        if self._running is not None:
            self._running.cancel.set()

    def close(self) -> None:
        """End it; wait a little for it to let go."""
        self._listeners.clear()
        if self._running is not None and self._thread is not None:
            self._running.cancel.set()
            self._thread.join(CLOSING_SECONDS)

    def _run(self, job: Job, work: Work) -> None:
        try:
            job.said = work(job, lambda: self._moved(job))
        except Stopped:
            pass
        except RuntimeFailure as failure:
            if not job.cancel.is_set():
                job.failure = failure
        except Exception as wrong:  # noqa: BLE001 - shown; the app goes on
            job.failure = fault(wrong)
        job.over = True
        self._running = None
        self._post(JobEnded(job))

    def _moved(self, job: Job) -> None:
        now = time.monotonic()
        if now - self._told >= OFTEN:
            self._told = now
            self._post(JobMoved(job))

    def _post(self, message: Message) -> None:
        for post in tuple(self._listeners):
            post(message)
