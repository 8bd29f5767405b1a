"""Runs a model's stream on a thread of its own.

So a verdict is shown when it is there and not with the next token, and "answer now" works while
a slow model is between two of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

from runtimes.base import Cancel

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Bell:
    """Nothing came from the model, but there is something to look at elsewhere."""


@dataclass(frozen=True, slots=True)
class _Ended:
    failure: BaseException | None


class Pump(Generic[E]):
    """Streams one after another, for one reader, with bells between their events."""

    def __init__(self, cancel: Cancel) -> None:
        """``cancel`` is the user's: it ends the stream that runs, and each that is opened."""
        self._cancel = cancel
        self._stop = Cancel()
        self._items: SimpleQueue[E | Bell | _Ended] = SimpleQueue()

    def ring(self) -> None:
        """Wake the reader.  Any thread, and a signal handler, may do it."""
        self._items.put(Bell())

    def stop(self) -> None:
        """End the stream that runs; what it still says comes, and the next can be opened."""
        self._stop.set()

    def run(self, start: Callable[[Cancel], Iterator[E]]) -> Generator[E | Bell, None, None]:
        """The events of the stream that ``start`` opens.

        What it raises is raised here.  Closing this iterator ends the stream and waits for it.
        """
        stop = self._stop = Cancel()
        unlink = self._cancel.listen(stop.set)
        thread = threading.Thread(target=self._fill, args=(start, stop), daemon=True)
        thread.start()
        ended = False
        try:
            while not ended:
                item = self._items.get()
                if isinstance(item, _Ended):
                    ended = True
                    if item.failure is not None:
                        raise item.failure
                else:
                    yield item
        finally:
            unlink()
            if not ended:
                self._end(stop)
            thread.join()

    def _end(self, stop: Cancel) -> None:
        """The reader has gone: ask the stream to end, insist, and drop what it says."""
        stop.set()
        stop.set()
        while not isinstance(self._items.get(), _Ended):
            pass

    def _fill(self, start: Callable[[Cancel], Iterator[E]], stop: Cancel) -> None:
        try:
            for event in start(stop):
                self._items.put(event)
        except BaseException as failure:  # noqa: BLE001 - it is raised where the reader is
            self._items.put(_Ended(failure))
        else:
            self._items.put(_Ended(None))
