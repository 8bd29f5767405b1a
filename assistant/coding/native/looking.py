"""Calls that gave what their examples want, looked at more closely: by the sanitizers, and with
other contents in what was never set.

What a program does after undefined behaviour says nothing of it, be it what was wanted.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.coding import failures
from assistant.coding.examples.asked import Example
from assistant.coding.native.building import PROGRAM, START, Built, Maker
from assistant.coding.native.lengths import length_at, size_of_result, sizes_of_rows
from assistant.coding.native.prototypes import Function
from assistant.coding.native.slots import Form
from assistant.coding.native.undefined import Fault, faults_in, frames_in
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.types import Job, Limit, NotRun, Outcome
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.types import Code, Doubt, Frame
from assistant.coding.wording import worded
from runtimes.texts import Text

MOST_BROKEN = 3
MOST_ALONE = 20
"""So many calls are asked once more, each by itself, where something was seen among them."""
ROOM = "assistant_room"
"""What makes the arrays that are handed over."""
NOT_OURS = Text(
    "{0}; it is behind the memory that the example hands over, and nothing tells the code how "
    "long that is",
    "{0}；这超出了示例传入的内存，而没有什么告诉代码它有多长",
)
UNSET = Text(
    "it gives what the example wants by chance: it uses memory that was never set, and with other "
    "contents there it gives {0}",
    "结果符合示例只是碰巧：它使用了未初始化的内存，其中内容不同时结果为 {0}",
)
PRINTS = Text(
    "it prints what the example wants by chance: it uses memory that was never set, and with "
    "other contents there it prints {0}",
    "输出符合示例只是碰巧：它使用了未初始化的内存，其中内容不同时输出 {0}",
)
CHANCE = re.compile(r"\b(?:s?rand(?:om)?|time|clock|getpid|random_device|mt19937\w*|now)\s*[({]")
"""By what a program gives something else each time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An example that was put to a function, and what came of it."""

    example: Example
    function: Function
    request: bytes
    answer: bytes = b""


@dataclass(slots=True)
class Seen:
    """What was seen: ``faults`` in all calls, the lines on which some broke off, and doubts."""

    faults: list[Fault] = field(default_factory=list)
    frames: dict[Example, tuple[Frame, ...]] = field(default_factory=dict)
    doubts: dict[Example, Doubt] = field(default_factory=dict)


Other = Callable[[Asked, bytes], str]
"""What an answer gives where it is not what its example wants, in words; else empty."""


@dataclass(frozen=True, slots=True)
class Looking:
    """A program with the sanitizers in it, and how its answers are held against the examples."""

    code: Code
    maker: Maker
    built: Built
    other: Other

    def at(self, broken: Sequence[Asked], whole: Sequence[Asked]) -> Seen:
        """The same calls once more; of the ``whole`` ones all together, and each by itself only
        where something is seen."""
        seen = Seen()
        for one in broken[:MOST_BROKEN]:
            outcome, _ = self._ask([one])
            if outcome is not None:
                seen.faults += faults_in(outcome.stderr, self.code)
                seen.frames[one.example] = frames_in(outcome.stderr, self.code)
        if not whole:
            return seen
        outcome, said = self._ask(whole)
        faults = faults_in(outcome.stderr, self.code) if outcome is not None else ()
        seen.faults += faults
        if faults or said != [one.answer for one in whole]:
            for one in whole[:MOST_ALONE]:
                doubt = self._doubt(one)
                if doubt is not None:
                    seen.doubts[one.example] = doubt
        return seen

    def _ask(self, some: Sequence[Asked]) -> tuple[Outcome | None, list[bytes] | None]:
        if self.maker.cancel.is_set():
            return None, None
        requests = [one.request for one in some]
        outcome, said = self.maker.ask(self.built.program, requests, reserving=True)
        return (outcome, said) if isinstance(outcome, Outcome) else (None, None)

    def _doubt(self, one: Asked) -> Doubt | None:
        outcome, said = self._ask([one])
        if outcome is None or Limit.CANCELLED in outcome.limits:
            return None
        doubt = doubt_of(faults_in(outcome.stderr, self.code), one.function)
        if doubt is not None or CHANCE.search(self.code.program.text):
            return doubt
        given = self.other(one, said[0]) if said else ""
        return Doubt(UNSET.of(given), (), sure=True) if given else None


def doubt_of(faults: Sequence[Fault], function: Function | None = None) -> Doubt | None:
    """The worst of what was seen, as a reason not to trust an answer; nothing where compilers
    define what it is.  ``function``: the one that was handed memory that is not the code's own."""
    found = [
        Doubt(fault.said if sure else worded(NOT_OURS, fault.said), fault.frames, sure)
        for fault in faults
        if not fault.slight
        for sure in [not fault.given or (function is not None and _answers(fault, function))]
    ]
    return next((doubt for doubt in found if doubt.sure), found[0] if found else None)


def _answers(fault: Fault, function: Function) -> bool:
    """Does the code answer for what it does with memory that it was handed?  Not where that is an
    array, and nothing tells how long it is."""
    return fault.given != ROOM or all(_told(function))


def _told(function: Function) -> Iterator[bool]:
    """Of each array that is handed over: is it plain how long it is?"""
    results = (size_of_result(function), sizes_of_rows(function))
    for n, slot in enumerate(function.parameters):
        if slot.form in (Form.ARRAY, Form.ROWS):
            yield bool(slot.least) or n in results or length_at(n, function) is not None


class Watched:
    """A whole program with the sanitizers in it, made when it is asked for first."""

    def __init__(self, code: Code, maker: Maker) -> None:
        self._code = code
        self._maker = maker
        self._built: Built | None = None
        self._tried = False

    def doubt(self, job: Job, plain: Outcome) -> Doubt | None:
        """Why a run that printed what was wanted is not to be trusted."""
        if not self._tried:
            self._tried = True
            with contextlib.suppress(UnsuitableError):
                self._built = self._maker.sanitized((), (self._code.program.name,), wired=False)
        if self._built is None:
            return None
        limits, files = job.limits, ((PROGRAM, self._built.program),)
        steps = ((*START, *job.arguments),)
        with self._maker.started(files, steps, (), limits, reserving=True) as process:
            data = job.stdin.encode("utf-8", "replace")
            found = process.communicate(data, limits.seconds, self._maker.cancel)
        outcome = runner.outcome(found, limits, 1)
        if isinstance(outcome, NotRun):
            return None
        doubt = doubt_of(faults_in(outcome.stderr, self._code))
        other = outcome.succeeded and outcome.stdout.split() != plain.stdout.split()
        if doubt is not None or not other or CHANCE.search(self._code.program.text):
            return doubt
        return Doubt(PRINTS.of(failures.short(outcome.stdout.strip())), (), sure=True)
