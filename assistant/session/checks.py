"""The marks on a model's steps, made in a worker while the model goes on writing.

One thread feeds one worker.  What the worker knows after each step comes back as bytes and is
kept here, so a worker that had to be killed costs the mark of one step, and steps that are
taken back cost nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from assistant.events import SpokenStep, StepChecked
from assistant.maths.types import (
    Doubt,
    Failure,
    Mark,
    NextLine,
    NextMark,
    Proved,
    Supported,
    Text,
    Trouble,
    Undecided,
    Work,
    WorkReport,
)
from runtimes.base import Cancel

if TYPE_CHECKING:
    from assistant.maths.pool import Runner

KILL_SECONDS = 4.0
"""For one step.  The worker gives up by itself much earlier, unless it is inside one long
operation on big integers, or a model uses all cores."""
OPEN_SECONDS = 20.0
"""For reading the problem, in a worker that may have loaded nothing yet, while a model uses all
cores: without the problem nothing that follows can be proved."""
MAX_TEXT = 4001
"""Characters of a step or problem that are sent: one more than is read, which says that it is
too long."""
MAX_WORK = 1_000_000
"""Characters of all steps together that are judged once more at the end."""
NEAR, SPARSE = 256, 64
"""The state is kept for so many of the last steps, and for every so-manieth before them."""
LOOK_SECONDS = 0.05
"""How often a wait looks at its cancel."""

OTHERWISE = Text(
    "not judged: what was said before may give numbers and names another meaning",
    "未作判断：前面的话可能改变了其中数字或名称的含义",
)
UNREADABLE = "?"
"""In place of a problem that killed its worker: there is one, and nothing is known of it."""
LATE = Mark(Undecided(Doubt.TIME), 0, Text("not checked: the time was used up", "时间用完，未检查"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a step; ``missed``: a step was lost with its worker since then."""

    state: bytes
    missed: bool = False


class StepChecks:
    """The checks of one answer.  One thread calls the methods; none blocks but ``drain`` and
    ``finish``, which end in time."""

    def __init__(
        self,
        pool: Runner,
        problem: str,
        on_mark: Callable[[], None] | None = None,
        *,
        unsure: bool = False,
    ) -> None:
        """``on_mark`` is called on the checks' own thread when there is something to fetch;
        ``unsure``: numbers and names may stand for something else, so no step is decided."""
        self._unsure = unsure
        self._on_mark = on_mark
        self._pool = pool
        self._problem = problem[:MAX_TEXT]
        self._steps: list[SpokenStep] = []
        self._marks: list[Mark | None] = []
        self._known: dict[int, Known] = {}
        """By place: what is known before the step of that place."""
        self._place = 0
        """The step that is judged next."""
        self._told = 0
        """How many marks were given out."""
        self._turn = 0
        """Counts what was taken back: a result from before that is thrown away."""
        self._closed = False
        self._paused = False
        """While the whole work is judged, which needs the worker."""
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def submit(self, step: SpokenStep) -> None:
        """Have a step judged after those before it.  Never waits for a check."""
        with self._change:
            self._steps.append(replace(step, text=step.text[:MAX_TEXT]))
            self._marks.append(None)
            self._change.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()

    def ready(self) -> list[StepChecked]:
        """The marks that are there and were not given out yet, in order."""
        with self._change:
            found: list[StepChecked] = []
            while self._told < len(self._marks):
                mark = self._marks[self._told]
                if mark is None:
                    break
                found.append(StepChecked(self._steps[self._told].index, mark))
                self._told += 1
            return found

    def drain(self, cancel: Cancel, seconds: float) -> Iterator[StepChecked]:
        """The rest of the marks as they come; what is not there in time is undecided."""
        end = time.monotonic() + seconds
        while True:
            yield from self.ready()
            with self._change:
                left = end - time.monotonic()
                if self._told == len(self._marks):
                    return
                if self._marks[self._told] is not None:
                    continue
                if left <= 0 or cancel.is_set() or self._closed:
                    self._marks = [LATE if m is None else m for m in self._marks]
                    continue
                self._change.wait(min(left, LOOK_SECONDS))

    def rewind(self, step_index: int) -> None:
        """Forget the step of this index and all after it."""
        with self._change:
            keep = next(
                (n for n, s in enumerate(self._steps) if s.index >= step_index), len(self._steps)
            )
            del self._steps[keep:], self._marks[keep:]
            self._known = {n: known for n, known in self._known.items() if n <= keep}
            self._told = min(self._told, keep)
            if self._place >= keep:
                self._place = max(self._known, default=0)  # those up to keep are gone through again
                self._turn += 1
            self._change.notify_all()

    def finish(
        self, steps: tuple[SpokenStep, ...], cancel: Cancel, seconds: float
    ) -> list[StepChecked]:
        """Judge all steps once more, each with those that follow it, and return what is known
        better now: a step that was undecided, or supported by one that was, and an answer whose
        root does not hold in the first equation.  Nothing is asked where every claim is decided
        already."""
        with self._change:
            old = dict(zip((s.index for s in self._steps), self._marks, strict=True))
        open_ones = [s for s in steps if _is_open(old.get(s.index))]
        if not open_ones or self._unsure or cancel.is_set() or seconds <= 0:
            return []
        report = self._report(_within(steps), cancel, seconds)
        found = []
        for step, mark in zip(steps, report.marks if report is not None else (), strict=False):
            if _is_better(old.get(step.index), mark):
                found.append(StepChecked(step.index, mark))
        return found

    def close(self) -> None:
        """Stop feeding the worker; the pool is its owner's to close."""
        with self._change:
            self._closed = True
            self._change.notify_all()

    def _report(self, texts: tuple[str, ...], cancel: Cancel, seconds: float) -> WorkReport | None:
        """The check of the whole work; nothing where it was late or cancelled."""
        result: SimpleQueue[object] = SimpleQueue()
        work = Work(self._problem, texts, seconds=0.8 * seconds)

        def run() -> None:
            from assistant.maths.pool import PoolClosed

            try:
                result.put(self._pool.run("check", work, seconds))
            except PoolClosed:
                result.put(None)

        self._pause(paused=True)
        threading.Thread(target=run, daemon=True).start()
        end = time.monotonic() + seconds + LOOK_SECONDS
        report: object = None
        while not cancel.is_set() and (left := end - time.monotonic()) > 0:
            with suppress(Empty):
                report = result.get(timeout=min(left, LOOK_SECONDS))
                break
        self._pause(paused=False)
        return report if isinstance(report, WorkReport) else None

    def _pause(self, *, paused: bool) -> None:
        with self._change:
            self._paused = paused
            self._change.notify_all()

    def _serve(self) -> None:
        """Feed the worker until closed."""
        from assistant.maths.pool import PoolClosed

        while (job := self._job()) is not None:
            place, turn, known, text = job
            try:
                mark, after = self._judge(place, known, text)
            except PoolClosed:
                mark, after = LATE, None
            with self._change:
                if turn != self._turn:
                    continue
                if self._marks[place] is None:
                    self._marks[place] = mark
                if after is not None:
                    self._known[place + 1] = after
                    self._thin(place)
                self._place = place + 1
                self._change.notify_all()
            if self._on_mark is not None:
                self._on_mark()

    def _job(self) -> tuple[int, int, Known | None, str] | None:
        """The next step to judge, when there is one; nothing at the end."""
        with self._change:
            while not self._closed and (self._paused or self._place >= len(self._steps)):
                self._change.wait()
            if self._closed:
                return None
            place = self._place
            return place, self._turn, self._before(place), self._steps[place].text

    def _before(self, place: int) -> Known | None:
        if place in self._known:
            return self._known[place]
        near = max((n for n in self._known if n < place), default=None)
        return None if near is None else replace(self._known[near], missed=True)

    def _thin(self, place: int) -> None:
        """Keep the states of the last steps, and few of those before."""
        old = place - NEAR
        if old % SPARSE:
            self._known.pop(old, None)

    def _judge(self, place: int, known: Known | None, text: str) -> tuple[Mark, Known | None]:
        """The mark of a step, and what is known after it."""
        if known is None:
            known = self._opened()
            if known is None:
                return LATE, None
            known = replace(known, missed=place > 0)
        line = NextLine(known.state, text, known.missed)
        match self._pool.run("next", line, KILL_SECONDS):
            case NextMark(mark, state):
                return _left_open(mark) if self._unsure else mark, Known(state)
            case Trouble(code, message):
                doubt = Doubt.TIME if code is Failure.TIMEOUT else Doubt.NO_METHOD
                why = LATE.why if code is Failure.TIMEOUT else message
                return Mark(Undecided(doubt), 0, why), replace(known, missed=True)
        return LATE, replace(known, missed=True)

    def _opened(self) -> Known | None:
        """What is known before the first step."""
        for _ in range(2):
            state = self._pool.run("open", self._problem, OPEN_SECONDS)
            if isinstance(state, bytes):
                with self._change:
                    self._known.setdefault(0, Known(state))
                return Known(state)
            self._problem = UNREADABLE
        return None


def _left_open(mark: Mark) -> Mark:
    """A mark that decides nothing."""
    if isinstance(mark.verdict, Undecided):
        return mark
    return Mark(Undecided(Doubt.NO_METHOD), mark.claims, OTHERWISE)


def _is_open(mark: Mark | None) -> bool:
    """Whether a look at the whole work could decide it."""
    match mark:
        case None:
            return True
        case Mark(Undecided(doubt)):
            return doubt is not Doubt.NOT_A_CLAIM
    return False


def _is_better(old: Mark | None, new: Mark) -> bool:
    """Whether it decides more: also where what a step rests on has been proved since."""
    if old is None or isinstance(old.verdict, Undecided):
        return not isinstance(new.verdict, Undecided)
    return isinstance(old.verdict, Supported) and isinstance(new.verdict, Proved)


def _within(steps: tuple[SpokenStep, ...]) -> tuple[str, ...]:
    """The texts of the steps, as many as are judged once more."""
    texts: list[str] = []
    room = MAX_WORK
    for step in steps:
        texts.append(step.text[:MAX_TEXT])
        room -= len(texts[-1])
        if room < 0:
            break
    return tuple(texts)
