"""A function in a world of its own, called as often as it takes, with the clock on this side.

The time is what the kernel counts for the code's process, read from outside: the code can neither
set it nor be slowed by what else runs here.  What it does in other processes is not counted; it
may have none.
"""

from __future__ import annotations

import contextlib
import dataclasses
import select
import threading
import time
from types import TracebackType
from typing import Self

from assistant.coding import worlds
from assistant.coding.inside.plain import BrokenChannelError, receive, send
from assistant.coding.properties.signature import Signature
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.process import Process
from assistant.coding.sandbox.types import Job, NotRun, Outcome
from runtimes.base import Cancel

CPU_CLOCK = 2
"""Of the clocks of a process: the time that it ran, in nanoseconds (``CPUCLOCK_SCHED``)."""
PROCESSES = 1
"""The code's own, and none that it could let work in its place."""
LEAST_MEMORY = 512 << 20


class OverError(Exception):
    """The code's world has ended."""


class LateError(Exception):
    """No answer came in the time that there was for one."""


class RaisedError(Exception):
    """The function raised; the text says what."""


class Timed:
    """A context: the world is started as it is entered, and gone when it is left."""

    def __init__(self, job: Job, policy: Policy, signature: Signature, cancel: Cancel) -> None:
        limits = dataclasses.replace(
            job.limits,
            cpu=max(job.limits.cpu, round(job.limits.seconds + 1)),
            memory=max(job.limits.memory, LEAST_MEMORY),
            processes=PROCESSES,
        )
        self._job = dataclasses.replace(job, limits=limits)
        self._policy = policy
        self._plan: dict[str, object] = {
            "function": signature.name,
            "shapes": [parameter.shape for parameter in signature.parameters],
        }
        self._stop = Cancel()
        self._remove = cancel.listen(self._stop.set)
        self._stack = contextlib.ExitStack()
        self._clock = 0
        self._patience: float | None = None
        self._ended: list[Outcome | NotRun] = []
        self.overhead = 0.0
        self.jitter = 0.0

    def __enter__(self) -> Self:
        self._pipes = worlds.Pipes(2)
        ask, answer = self._pipes.ends
        self._stack.callback(self._pipes.close)
        self._stack.callback(self._remove)
        try:
            name = self._job.files[0].name
            files = worlds.files_of(self._job)
            world = worlds.World("measured", (name,), files, (ask[0], answer[1]))
            folder = self._stack.enter_context(runner.folder(self._policy))
            process = self._stack.enter_context(world.started(self._job, self._policy, folder))
            self._pipes.close(ask[0], answer[1])
            self._write, self._read = ask[1], answer[0]
            self._launcher = process.pid
            self._thread = threading.Thread(target=self._wait, args=(process,))
            self._thread.start()
            self._stack.callback(self._end)
        except BaseException:
            self._stack.close()
            raise
        return self

    def _wait(self, process: Process) -> None:
        self._ended.append(worlds.ended(process, self._job, self._stop))

    def _end(self) -> None:
        self._stop.set()
        self._thread.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def end(self) -> Outcome | NotRun:
        """End the world, and tell what became of it."""
        self._end()
        return self._ended[0]

    def begin(self, patience: float) -> None:
        """Find the code's process, and load the code.  From then on an answer is waited for
        ``patience`` seconds."""
        self._say(self._plan)
        leaves = _leaves(self._launcher)
        if len(leaves) != 1:
            raise OverError
        self._patience = patience
        self._clock = (~leaves[0] << 3) | CPU_CLOCK
        self.ask(do="load")
        times = [self.seconds(do="nothing")[0] for _ in range(20)]
        self.overhead = min(times)
        self.jitter = sorted(times)[len(times) // 2] - self.overhead

    def ask(self, **order: object) -> dict[str, object]:
        """Have something done.  ``RaisedError`` where it raises, ``OverError`` at the end,
        ``LateError`` where it takes too long."""
        reply = self._say(order)
        if "raised" in reply:
            raise RaisedError(str(reply["raised"])[:200])
        return reply

    def _say(self, message: dict[str, object]) -> dict[str, object]:
        try:
            send(self._write, message)
            if not select.select([self._read], [], [], self._patience)[0]:
                raise LateError
            reply = receive(self._read)
        except (BrokenChannelError, OSError) as wrong:
            raise OverError from wrong
        if not isinstance(reply, dict):
            raise OverError
        return reply

    def seconds(self, **order: object) -> tuple[float, float]:
        """Seconds of the processor that something takes, without what asking takes; and those
        that passed."""
        try:
            start, before = time.monotonic(), time.clock_gettime(self._clock)
            self.ask(**order)
            used = time.clock_gettime(self._clock) - before
        except OSError as wrong:
            raise OverError from wrong
        return used - self.overhead, time.monotonic() - start


def _leaves(launcher: int) -> list[int]:
    """The processes below one that have none below themselves."""
    import psutil

    try:
        below = psutil.Process(launcher).children(recursive=True)
        return [process.pid for process in below if not process.children()]
    except psutil.Error:
        return []
