"""Progress of a pull: it never goes back, is not told too often, and ends at the end."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from runtimes.store.types import PullProgress, Stage

OnPull = Callable[[PullProgress], None]
_WINDOW, _OFTEN = 5.0, 0.1


class Speed:
    """Bytes a second over the last seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        self._count = 0

    def add(self, count: int) -> None:
        """So many more bytes have come."""
        now = self._clock()
        self._count += count
        if not self._seen:
            self._seen.append((now, self._count - count))
        if len(self._seen) < 2 or now - self._seen[-1][0] >= _OFTEN:
            self._seen.append((now, self._count))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    @property
    def value(self) -> float | None:
        """``None`` until there is something to measure."""
        if not self._seen:
            return None
        seconds = self._clock() - self._seen[0][0]
        return (self._count - self._seen[0][1]) / seconds if seconds >= _OFTEN else None


class Meter:
    """Turns what happens to single files into the progress of a whole pull."""

    def __init__(self, on_progress: OnPull, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = on_progress
        self._clock = clock
        self._speed = Speed(clock)
        self._file, self._stage = "", Stage.HERE
        self._base = self._done = self._total = 0
        self._told = float("-inf")

    def begin(self, total: int) -> None:
        """So many bytes belong to the model."""
        self._total = total
        self._base = 0

    def start(self, name: str) -> None:
        """Now this file."""
        self._file = name

    def finish(self, size: int) -> None:
        """The file of that size is done."""
        self._base += size
        self.report(self._stage, 0)

    def fetched(self, count: int) -> None:
        """So many bytes came over the network."""
        self._speed.add(count)

    def report(self, stage: Stage, done: int) -> None:
        """Busy with the file; ``done`` bytes of it are good."""
        now = self._clock()
        ahead = min(self._base + done, self._total)
        changed = stage is not self._stage
        self._done, self._stage = max(self._done, ahead), stage
        if changed or now - self._told >= _OFTEN or self._done == self._total:
            self.tell()

    def tell(self) -> None:
        """Say now how far it is: when it stops, the last word is exact."""
        self._told = self._clock()
        speed = self._speed.value if self._stage is Stage.FETCHING else None
        self._tell(PullProgress(self._stage, self._file, self._done, self._total, speed))

    def stopped(self) -> None:
        """The last word, where anything was said: what never began has none."""
        if self._told > float("-inf"):
            self.tell()

    def waiting(self) -> None:
        """The hub wants patience, or is given some."""
        self.report(Stage.WAITING, 0)

    def queued(self) -> None:
        """Another pull goes first."""
        self.report(Stage.QUEUED, 0)
