"""Sets formulas like print in a process of its own, which is killed where one takes too long."""

from __future__ import annotations

import threading

from assistant.maths.launch import Process
from assistant.maths.pool import START_SECONDS, Limits, Worker
from assistant.maths.showing.raster import Ink, Order

SECONDS = 5.0
"""What one formula may take; most take a tenth of one."""


class Typesetter:
    """One process, for one thread at a time; it starts with the first formula."""

    def __init__(self) -> None:
        self._state = threading.Lock()
        self._worker: Worker | None = None
        self._closed = False

    def ink(self, order: Order) -> Ink | None:
        """The formula as an image; ``None`` where it cannot be set, or not in time."""
        worker = self._ready()
        result = None if worker is None else worker.run("ink", order, SECONDS)
        return result if isinstance(result, Ink) else None

    def _ready(self) -> Worker | None:
        """A process that has loaded what it needs, which is not held against a formula."""
        with self._state:
            if self._closed:
                return None
            if self._worker is not None and self._worker.alive:
                return self._worker
            worker = self._worker = Worker(Limits(), Process(light=True))
        worker.run("ink", None, START_SECONDS)
        return worker

    def close(self) -> None:
        """Give the process back; whoever waits for it gets nothing."""
        with self._state:
            self._closed = True
            if self._worker is not None:
                self._worker.close()
