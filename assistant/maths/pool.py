"""Warm worker processes with a deadline and a memory limit.

A worker that is late is killed and replaced; the time limit counts from the moment the
worker is ready, so a cold start is not held against the problem.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from assistant.maths.jobs import OUT_OF_MEMORY, TOO_DEEP, Job
from assistant.maths.launch import Process
from assistant.maths.types import Failure, Text, Trouble
from assistant.maths.worker import receive, send

if TYPE_CHECKING:
    from runtimes.base import Cancel

START_SECONDS = 60.0
"""A worker that has not imported SymPy by then never will."""
LOOK_SECONDS = 0.05
"""How often a wait for a free worker looks at its cancel."""
GRACE_SECONDS = 0.2
"""What a worker may need to hand over a result that was ready at the deadline."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one problem may use: seconds of wall time, bytes of address space."""

    seconds: float = 10.0
    memory: int = 1 << 30


class _Gone:
    """Stands in the queue for the end of a worker's output."""


class Worker:
    """One process.  Starting returns at once; the first job waits for the import."""

    def __init__(self, limits: Limits, process: Process | None = None) -> None:
        self._limits = limits
        self._ready = False
        self._process = process or Process()
        self._results: SimpleQueue[object] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._results.put(receive(self._process.stdout))
        except Exception:  # noqa: BLE001 - whatever it is, no result will come any more
            self._results.put(_Gone())

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        """Do a job of ``assistant.maths.jobs``; a ``Trouble`` where it could not be done.

        ``seconds`` is a time limit for this job alone.  After a ``Trouble`` of time or memory
        the worker is closed and must be replaced.
        """
        seconds = self._limits.seconds if seconds is None else seconds
        try:
            assert self._process.stdin is not None
            if not self._ready:
                send(self._process.stdin, self._limits.memory)
                self._await(START_SECONDS)
                self._ready = True
            send(self._process.stdin, Job(name, argument, seconds))
            result = self._await(seconds + GRACE_SECONDS)
        except Empty:
            self.close()
            return _timeout(seconds)
        except (EOFError, OSError):
            return self._death(seconds)
        except RecursionError:  # of the job's own formula: nothing was sent
            return TOO_DEEP
        if isinstance(result, Trouble) and result.code is Failure.MEMORY:
            self.close()
        return result

    def _await(self, seconds: float) -> object:
        result = self._results.get(timeout=seconds)
        if isinstance(result, _Gone):
            raise EOFError  # noqa: TRY004 - the end of a stream, not a wrong type
        return result

    def _death(self, seconds: float) -> Trouble:
        """Why a worker ended by itself: the processor limit, memory, or a crash."""
        self.close()
        code = self._process.returncode
        if code in (-24, -9):  # SIGXCPU, and the kernel's kill
            return _timeout(seconds) if code == -24 else Trouble(Failure.MEMORY, OUT_OF_MEMORY)
        if not self._ready:
            return Trouble(
                Failure.INTERNAL,
                Text(
                    "the mathematics process did not start; `python -c 'import sympy'` says why",
                    "数学进程未能启动；请运行 `python -c 'import sympy'` 查看原因",
                ),
            )
        return Trouble(Failure.MEMORY, OUT_OF_MEMORY)

    @property
    def alive(self) -> bool:
        """Whether the process can take another job."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End whatever it does, at once; it must be closed and replaced."""
        self._process.kill()

    def close(self) -> None:
        """Kill the process and wait for its end."""
        self._process.end()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _timeout(seconds: float) -> Trouble:
    return Trouble(
        Failure.TIMEOUT,
        Text(
            "no answer within {0} s; --timeout gives more time",
            "{0} 秒内没有得到答案；可用 --timeout 延长时间",
            (f"{seconds:g}",),
        ),
    )


class PoolClosed(Exception):  # noqa: N818 - a state, told to a thread that is late
    """The pool was closed while a thread still wanted a worker."""


class Runner(Protocol):
    """Whatever does jobs: a pool, or what opens one when it is first needed."""

    def run(self, name: str, argument: object, seconds: float | None = None) -> object:
        """Do a job of ``assistant.maths.jobs``, within so many seconds; a ``Trouble`` where it
        could not be done."""


class Pool:
    """Workers to be used from as many threads as there are workers.

    ``early`` is a process that was started before there was a pool.
    """

    def __init__(self, limits: Limits, workers: int = 1, early: Process | None = None) -> None:
        self._limits = limits
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for n in range(workers):
            self._idle.put(self._start(early if n == 0 else None))

    def _start(self, process: Process | None = None) -> Worker:
        with self._lock:
            if self._closed:
                raise PoolClosed
            worker = Worker(self._limits, process)
            self._all.add(worker)
        return worker

    def run(
        self,
        name: str,
        argument: object,
        seconds: float | None = None,
        cancel: Cancel | None = None,
    ) -> object:
        """Do a job on a worker that is free, and put a fresh one in the place of a dead one.

        ``seconds`` is a time limit for this job alone, in place of the pool's.  ``cancel`` ends
        the worker, so that the next job need not wait; the result then means nothing.
        """
        worker = self._free(cancel)
        if worker is None:
            return None
        try:
            if not worker.alive:
                worker = self._replace(worker)
            remove = None if cancel is None else cancel.listen(worker.kill)
            try:
                return worker.run(name, argument, seconds)
            finally:
                if remove is not None:
                    remove()
                if cancel is not None and cancel.is_set():
                    worker.close()
                    worker = self._replace(worker)  # it loads while nobody waits for it yet
        finally:
            self._idle.put(worker)

    def _free(self, cancel: Cancel | None) -> Worker | None:
        """A worker that does nothing; ``None`` where ``cancel`` was set before there was one."""
        while cancel is not None:
            if cancel.is_set():
                return None
            with contextlib.suppress(Empty):
                return self._idle.get(timeout=LOOK_SECONDS)
        return self._idle.get()

    def _replace(self, worker: Worker) -> Worker:
        with self._lock:
            self._all.discard(worker)
        return self._start()

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._closed = True
            workers, self._all = self._all, set()
        for worker in workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
