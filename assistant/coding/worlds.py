"""The worlds in which code under test runs, and the pipes between them and this program.

The code has a world of its own.  Who asks it is in a second one, or is this program; what either
reports comes over pipes that the code does not hold.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.coding.inside.orders import Orders, Scene
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy, Way
from assistant.coding.sandbox.process import BEGIN, PACKAGE, Process, environment
from assistant.coding.sandbox.types import Job, NotRun, Outcome
from assistant.coding.sandbox.view import HiddenError, hidden, interpreter, view
from runtimes.base import Cancel

LONGER = 10.0
"""Seconds that the code's clock runs on after that of the tests, which end it."""
MOST_REPORT = 8 << 20
Files = tuple[tuple[str, bytes], ...]
Hear = Callable[[dict[str, object]], None]


@dataclass(frozen=True, slots=True)
class World:
    """A world to start: a module of ``inside``, its arguments, the files that it finds, and the
    descriptors that it is given as 3, 4 …; ``seed`` as of ``Asked``."""

    module: str
    arguments: tuple[str, ...]
    files: Files
    keep: tuple[int, ...]
    seed: int | None = None

    def started(self, job: Job, policy: Policy, folder: str) -> Process:
        """The process, as a context.  ``UnsuitableError`` where it would see the user's files, or
        cannot see this program."""
        seen = view()
        if policy.way is not Way.LOOSE and (covered := hidden((*seen.readable, PACKAGE))):
            raise HiddenError(covered)
        begin = BEGIN.format(PACKAGE, self.module)
        alone: tuple[str, ...] = ("-I",)
        variables = environment(folder)
        if self.seed is not None:  # what -I is, but for the one variable, which is ours
            alone = ("-s", "-P")
            variables = (*variables, ("PYTHONHASHSEED", str(self.seed)))
        step = (interpreter(), *alone, "-u", "-B", "-X", "utf8", "-c", begin, *self.arguments)
        orders = Orders(
            bounds=runner.bounds(job.limits),
            files=self.files,
            keep=self.keep,
            need=runner.needed(policy),
            scene=Scene(variables, folder, seen.links, (*seen.readable, PACKAGE)),
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


@dataclass(frozen=True, slots=True)
class Asked:
    """Code that is asked; ``seed`` is what its hashes begin from, by chance where there is none."""

    job: Job
    seed: int | None = None


def examined(
    job: Job, policy: Policy, tester: tuple[str, Files], hear: Hear, cancel: Cancel
) -> tuple[Outcome | NotRun, Outcome | NotRun]:
    """The code in one world, and in another a module of ``inside`` that asks it and reports.

    The result is what became of the tester, and of the code.  ``UnsuitableError`` as above.
    """
    outcome, codes = side_by_side((Asked(job),), policy, (*tester, job.files[0].name), hear, cancel)
    return outcome, codes[0]


def side_by_side(
    asked: Sequence[Asked],
    policy: Policy,
    tester: tuple[str, Files, str],
    hear: Hear,
    cancel: Cancel,
) -> tuple[Outcome | NotRun, tuple[Outcome | NotRun, ...]]:
    """Several versions of code, each in a world of its own, and a module of ``inside`` (with its
    files and its argument) that asks them and reports; the limits of the first job are its own.

    The result is what became of the tester, and of each version.  ``UnsuitableError`` as above.
    """
    pipes = Pipes(2 * len(asked) + 1)
    *pairs, report = pipes.ends
    asks, answers = pairs[::2], pairs[1::2]
    heard = [(answer[0], ask[1]) for ask, answer in zip(asks, answers, strict=True)]
    keep = (*heard[0], report[1], *(place for pair in heard[1:] for place in pair))
    stop_code = Cancel()
    remove = cancel.listen(stop_code.set)
    codes: dict[int, Outcome | NotRun] = {}
    lines: Lines | None = None
    try:
        with contextlib.ExitStack() as stack:
            behind = []
            for one, ask, answer in zip(asked, asks, answers, strict=True):
                folder = stack.enter_context(runner.folder(policy))
                own = (ask[0], answer[1])
                world = World("subject", (one.job.files[0].name,), files_of(one.job), own, one.seed)
                behind.append(stack.enter_context(world.started(one.job, policy, folder)))
                pipes.close(*own)
            folder = stack.enter_context(runner.folder(policy))
            world = World(tester[0], (tester[2],), tester[1], keep)
            before = stack.enter_context(world.started(asked[0].job, policy, folder))
            pipes.close(*keep)
            lines = Lines(report[0], hear)

            def wait(number: int) -> None:
                codes[number] = ended(behind[number], asked[number].job, stop_code, LONGER)

            threads = [threading.Thread(target=wait, args=(n,)) for n in range(len(asked))]
            for thread in threads:
                thread.start()
            try:
                outcome = ended(before, asked[0].job, cancel)
            finally:  # an interrupt, too, must find nobody listening when all is closed
                stop_code.set()
                for thread in threads:
                    thread.join()
    finally:
        remove()
        if lines is not None:
            lines.join()
        pipes.close()
    return outcome, tuple(codes[number] for number in range(len(asked)))
