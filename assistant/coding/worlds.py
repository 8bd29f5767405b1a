"""The worlds in which code under test runs, and the pipes between them and this program.

The code has a world of its own.  Who asks it is in a second one, or is this program; what either
reports comes over pipes that the code does not hold.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

from assistant.coding.inside.orders import Orders, Scene
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.process import BEGIN, PACKAGE, Process, environment
from assistant.coding.sandbox.types import Job, NotRun, Outcome
from assistant.coding.sandbox.view import interpreter, view
from runtimes.base import Cancel

LONGER = 10.0
"""Seconds that the code's clock runs on after that of the tests, which end it."""
MOST_REPORT = 8 << 20
Files = tuple[tuple[str, bytes], ...]
Hear = Callable[[dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class World:
    """A world to start: a module of ``inside``, its arguments, the files that it finds, and the
    descriptors that it is given as 3, 4 …"""

    module: str
    arguments: tuple[str, ...]
    files: Files
    keep: tuple[int, ...]

    def started(self, job: Job, policy: Policy, folder: str) -> Process:
        """The process, as a context.  ``UnsuitableError`` where it would see the user's files."""
        seen = view()
        begin = BEGIN.format(PACKAGE, self.module)
        step = (interpreter(), "-I", "-u", "-B", "-X", "utf8", "-c", begin, *self.arguments)
        orders = Orders(
            bounds=runner.bounds(job.limits),
            files=self.files,
            keep=self.keep,
            need=runner.needed(policy),
            scene=Scene(environment(folder), folder, seen.links, (*seen.readable, PACKAGE)),
            steps=(step,),
        )
        return Process(orders, policy.way, job.limits.output)


class Lines:
    """Reads records of JSON as they come, in a thread; what is none is passed over."""

    def __init__(self, place: int, hear: Hear) -> None:
        self._place = place
        self._hear = hear
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for the last line; those who write are gone, so it comes."""
        self._thread.join()

    def _read(self) -> None:
        held, total = b"", 0
        while total < MOST_REPORT and (part := os.read(self._place, 1 << 16)):
            total += len(part)
            *lines, held = (held + part).split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                    self._hear(json.loads(line))


class Pipes:
    """Pipes by name; all that is still open is closed at the end."""

    def __init__(self, count: int) -> None:
        self.ends = [os.pipe() for _ in range(count)]
        self._open = {place for pair in self.ends for place in pair}

    def close(self, *places: int) -> None:
        """Close some, or all that are left."""
        for place in places or tuple(self._open):
            self._open.discard(place)
            os.close(place)


def files_of(job: Job) -> Files:
    """The files of the code, as they are written into its world."""
    return tuple((file.name, file.text.encode("utf-8", "replace")) for file in job.files)


def together(
    job: Job, policy: Policy, beside: tuple[str, bytes], hear: Hear, cancel: Cancel
) -> Outcome | NotRun:
    """The code and a file of tests beside it in one world, in which the tests run and report.

    The result is what became of them.  ``UnsuitableError`` as above.
    """
    pipes = Pipes(1)
    ((read, write),) = pipes.ends
    lines: Lines | None = None
    try:
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(runner.folder(policy))
            arguments = (job.files[0].name, beside[0])
            world = World("together", arguments, (*files_of(job), beside), (write,))
            process = stack.enter_context(world.started(job, policy, folder))
            pipes.close(write)
            lines = Lines(read, hear)
            return ended(process, job, cancel)
    finally:
        if lines is not None:
            lines.join()
        pipes.close()


def ended(process: Process, job: Job, cancel: Cancel, more: float = 0.0) -> Outcome | NotRun:
    """Wait for the end of a world; ``more`` are seconds past the limit of the job."""
    found = process.communicate(b"", job.limits.seconds + more, cancel)
    return runner.outcome(found, job.limits, 1)


def examined(
    job: Job, policy: Policy, tester: tuple[str, Files], hear: Hear, cancel: Cancel
) -> tuple[Outcome | NotRun, Outcome | NotRun]:
    """The code in one world, and in another a module of ``inside`` that asks it and reports.

    The result is what became of the tester, and of the code.  ``UnsuitableError`` as above.
    """
    name = job.files[0].name
    pipes = Pipes(3)
    ask, answer, report = pipes.ends
    stop_code = Cancel()
    remove = cancel.listen(stop_code.set)
    code: list[Outcome | NotRun] = []
    lines: Lines | None = None
    try:
        with contextlib.ExitStack() as stack:
            folders = [stack.enter_context(runner.folder(policy)) for _ in range(2)]
            subject = World("subject", (name,), files_of(job), (ask[0], answer[1]))
            asks = World(tester[0], (name,), tester[1], (answer[0], ask[1], report[1]))
            behind = stack.enter_context(subject.started(job, policy, folders[0]))
            before = stack.enter_context(asks.started(job, policy, folders[1]))
            pipes.close(ask[0], answer[1], answer[0], ask[1], report[1])
            lines = Lines(report[0], hear)
            thread = threading.Thread(
                target=lambda: code.append(ended(behind, job, stop_code, LONGER))
            )
            thread.start()
            try:
                outcome = ended(before, job, cancel)
            finally:  # an interrupt, too, must find nobody listening when all is closed
                stop_code.set()
                thread.join()
    finally:
        remove()
        if lines is not None:
            lines.join()
        pipes.close()
    return outcome, code[0]
