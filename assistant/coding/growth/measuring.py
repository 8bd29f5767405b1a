"""Runs the function over doubling sizes, and reads the clock from outside of its world."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass, field, replace

from assistant.coding.growth import comparing, words
from assistant.coding.growth.clock import LateError, OverError, RaisedError, Timed
from assistant.coding.growth.fitting import FEWEST, Fit, agreement, fitted
from assistant.coding.growth.types import Agreement, Growth, Kind, Order, Point, Series
from assistant.coding.inside import shapes
from assistant.coding.inside.grower import grows
from assistant.coding.inside.shapes import Shape
from assistant.coding.properties.checking import understood
from assistant.coding.properties.signature import Signature
from assistant.coding.sandbox import runner
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limit, NotRun, Outcome
from assistant.coding.sandbox.view import UnsuitableError
from assistant.coding.trial import ONLY_LINUX, ONLY_PYTHON
from runtimes.base import Cancel
from runtimes.texts import Text

SIZES = (2, 3, 4, 6, 8, 12, 16)
"""The first ones; from the last one on, each is the double of the one before."""
MOST_ITEMS = 1 << 13
"""More do not fit into the caches of a processor, and slow down what touches them."""
LARGEST_NUMBER = 1 << 24
MOST_SHOWN = 512
"""Items of a call whose result is compared."""
BATCH_SECONDS = 0.001
"""What one measurement should take: much more than what starting and reading the clock does."""
LEAST_SECONDS = 0.0001
SLOW_SECONDS = 0.05
ENOUGH_POINTS = 10
"""Once there are as many, and a call takes as long as ``SLOW_SECONDS``, larger sizes add little."""
MOST_CALLS = 50_000
STEEP = 3.5
"""The exponent from one size to the next, past which sizes grow by one."""
STEEPEST = 30.0
FLAT = 1.15
"""From one size to the next but one, below which they no longer need to."""
REMEMBERS = 3.0
"""How much faster further calls are, where results are remembered from call to call."""
FAR = 3.0
"""How much longer another kind of input must take for one to be given up."""
PART_OF_TIME = 0.8
WAITING, WAITING_SECONDS = 5.0, 0.05
FOLD_OF_TIME = 8.0
PATIENCE, LEAST_PATIENCE = 3.0, 1.0
"""How much longer than is hoped for a call may take, and seconds that it may in any case."""


def measure(
    job: Job,
    function: str,
    policy: Policy,
    *,
    asked: Order | None = None,
    examples: str = "",
    cancel: Cancel | None = None,
) -> Growth | NotRun:
    """Measure how the time of a function of the job's first file grows.

    ``examples`` is Python text (tests, doctests) in which calls of the function show what it
    takes, where its annotations do not.  At most ``job.limits.seconds`` are spent.  ``NotRun``
    where nothing was started, with ``input`` where there is no such function or its parameters
    are not understood.
    """
    if refusal := runner.refused(policy):
        return refusal
    if sys.platform != "linux":
        return NotRun(ONLY_LINUX)
    if job.language is not Language.PYTHON:
        return NotRun(ONLY_PYTHON, input=True)
    found = understood(job, function, examples)
    if isinstance(found, NotRun):
        return found
    kinds = _kinds([shapes.read(parameter.shape) for parameter in found.parameters])
    if not kinds:
        return NotRun(words.NO_ITEMS.of(function), input=True)
    try:
        return _measured(job, policy, found, (kinds, asked), cancel or Cancel())
    except UnsuitableError as wrong:
        return runner.unsuitable(wrong)


def _kinds(wanted: list[Shape]) -> list[Kind]:
    """The inputs that are worth trying; what is worst is not known before."""
    if any(grows(shape) for shape in wanted):
        kinds = [Kind.RANDOM, Kind.SORTED, Kind.REVERSED, Kind.EQUAL]
        if any(isinstance(shape, shapes.Plain) and not grows(shape) for shape in wanted):
            kinds.append(Kind.ABSENT)
        return kinds
    if any(str(shape).startswith(("int", "float")) for shape in wanted):
        return [Kind.SIZE, Kind.PRIME]
    return []


def _measured(
    job: Job,
    policy: Policy,
    signature: Signature,
    wanted: tuple[list[Kind], Order | None],
    cancel: Cancel,
) -> Growth | NotRun:
    kinds, asked = wanted
    rows = [_Row(kind) for kind in kinds]
    ended: Outcome | NotRun | None = None
    trouble, late = "", False
    results: tuple[comparing.Shown, ...] = ()
    with Timed(job, policy, signature, cancel) as timed:
        try:
            seconds = PART_OF_TIME * job.limits.seconds
            timed.begin(patience=max(PATIENCE * seconds / FOLD_OF_TIME, LEAST_PATIENCE))
            most = LARGEST_NUMBER if kinds[0] is Kind.SIZE else MOST_ITEMS
            _Runs(timed, rows, most, seconds).all(cancel)
            results = comparing.shown(timed, _quick(rows))
        except LateError:
            late = True
        except OverError:
            ended = timed.end()
        except RaisedError as wrong:
            trouble = str(wrong)
    if isinstance(ended, NotRun):
        return ended
    series = tuple(row.series() for row in rows)
    why = words.NO_END if late else _why_ended(ended, cancel)
    why = why or (words.NOT_LOADED.of(trouble) if trouble else None)
    found = _judged(signature.name, rows, series, (asked, why))
    if found.agreement is not Agreement.AGREES or not results:
        return found
    if comparing.differs(job, policy, signature, results, cancel):
        return replace(found, agreement=Agreement.UNDECIDED, why=words.OTHERWISE)
    return found


def _quick(rows: list[_Row]) -> list[comparing.Call]:
    """A small and a middling call of each of two kinds, none that takes long."""
    found = []
    for row in [row for row in rows if row.points][:2]:
        sizes = [p.size for p in row.points if p.seconds < SLOW_SECONDS and p.size <= MOST_SHOWN]
        found += [(size, row.kind) for size in {*sizes[:1], *sizes[-1:]}]
    return found


def _why_ended(ended: Outcome | None, cancel: Cancel) -> Text | None:
    if cancel.is_set():
        return words.CANCELLED
    if ended is None:
        return None
    return words.TIME_UP if ended.limits == (Limit.TIME,) else words.ENDED_EARLY


@dataclass(slots=True)
class _Row:
    """The measurements with one kind of input."""

    kind: Kind
    size: int = SIZES[0]
    points: list[Point] = field(default_factory=list)
    steep: bool = False
    changes: bool | None = None
    waits: int = 0
    ended: Text | None = None
    over: bool = False

    def series(self) -> Series:
        """As it is told to the caller."""
        return Series(kind=self.kind, points=tuple(self.points), ended=self.ended)

    @property
    def real_size(self) -> int:
        """The size that is tried."""
        return _prime(self.size) if self.kind is Kind.PRIME else self.size

    def add(self, seconds: float) -> None:
        """A measurement at this size."""
        if not self.points or self.points[-1].size < self.real_size:
            self.points.append(Point(self.real_size, seconds))

    def next(self) -> float:
        """Go to the next size; the result is how long a call may take there."""
        points, before = self.points, self.size
        exponent = 1.0
        if len(points) > 1:
            first, last = points[-2:]
            exponent = math.log(last.seconds / first.seconds) / math.log(last.size / first.size)
            if self.steep and len(points) > 3 and last.seconds < FLAT * points[-3].seconds:
                self.steep = False
            elif exponent > STEEP:
                self.steep = True
        later = next((size for size in SIZES if size > before), 2 * before)
        self.size = before + 1 if self.steep else later
        seconds = points[-1].seconds if points else 0.0
        return float(seconds * (self.size / before) ** min(max(exponent, 1.0), STEEPEST))

    def again(self) -> None:
        """Forget all, and begin anew."""
        self.size, self.steep, self.over, self.ended = SIZES[0], False, False, None
        self.points.clear()


def _prime(top: int) -> int:
    """The largest prime that is not above a number from 2 on."""
    for number in range(top, 1, -1):
        if all(number % divisor for divisor in range(2, math.isqrt(number) + 1)):
            return number
    return top


class _Runs:
    """All rows, the smallest sizes first."""

    def __init__(self, timed: Timed, rows: list[_Row], most: int, seconds: float) -> None:
        self._timed = timed
        self._rows = rows
        self._most = most
        self._until = time.monotonic() + seconds
        self._longest = seconds / FOLD_OF_TIME
        self._remembers = False

    def all(self, cancel: Cancel) -> None:
        """Measure until nothing more can be learnt, or the time is over."""
        while not cancel.is_set() and time.monotonic() < self._until:
            open_ = [row for row in self._rows if not row.over]
            if not open_:
                return
            row = min(open_, key=lambda row: row.size)
            if self._minor(row):
                row.ended, row.over = words.MINOR, True
                continue
            try:
                self._step(row, len(open_))
            except RaisedError as wrong:
                row.ended, row.over = words.RAISED.of(row.size, str(wrong)), True
        for row in self._rows:
            if not row.over:
                row.ended = words.NO_MORE_TIME

    def _minor(self, row: _Row) -> bool:
        """Does another kind of input take much longer, and ever more so?"""
        if len(row.points) < FEWEST + 1:
            return False
        mine = {point.size: point.seconds for point in row.points[-3:]}
        for other in self._rows:
            ratios = [p.seconds / mine[p.size] for p in other.points if p.size in mine]
            if len(ratios) > 1 and ratios[-1] > FAR and ratios[-1] > 0.8 * ratios[0]:
                return True
        return False

    def _step(self, row: _Row, rivals: int) -> None:
        seconds = self._time(row)
        if seconds is not None:
            row.add(seconds)
            if seconds >= SLOW_SECONDS and len(row.points) >= ENOUGH_POINTS:
                row.over = True
        if row.waits > 2:  # nothing can be said of the function then
            for other in self._rows:
                other.over = True
        expected = row.next()
        left = self._until - time.monotonic()
        if row.size > self._most:
            row.over = True
        elif expected > min(self._longest, left / rivals):
            row.ended, row.over = words.TIME_UP, True

    def _time(self, row: _Row) -> float | None:
        """The least seconds of one call; ``None`` where that is too short to be measured."""
        timed = self._timed
        order: dict[str, object] = {"size": row.real_size, "kind": row.kind.value, "seed": 0}
        if row.changes is None:
            timed.ask(do="load")
            row.changes = timed.ask(do="changes", **order)["changes"] is not False
        first = [self._once(order, 1, 1) for _ in range(2)]
        if not self._remembers and min(first)[0] < BATCH_SECONDS:
            each = self._batch(row, order, min(first)[0])
            if not self._faster(order, min(first)[0], each):
                return each
            self._remembers = True
            for other in self._rows:
                other.again()
            return None
        if min(first)[0] < SLOW_SECONDS:
            first += [self._once(order, 1, 1) for _ in range(2)]
        seconds, wall = min(first)[0], min(wall for _, wall in first)
        row.waits += wall > WAITING * max(seconds, 0.0) + WAITING_SECONDS
        return seconds if seconds >= self._least else None

    @property
    def _least(self) -> float:
        return max(LEAST_SECONDS, 2 * self._timed.jitter)

    def _batch(self, row: _Row, order: dict[str, object], seconds: float) -> float | None:
        """The same from many calls at once, as many as it takes to see them."""
        room = max(1, 8 * MOST_ITEMS // row.size)
        total, calls = 0.0, 1
        for _ in range(4):
            calls = min(MOST_CALLS, math.ceil(BATCH_SECONDS / max(seconds, 1e-8)))
            copies = min(calls, room, 3 if row.changes is False else 500)
            times = math.ceil(calls / copies) if row.changes is False else 1
            calls = copies * times
            total, wall = min(self._once(order, copies, times) for _ in range(3))
            if wall > WAITING * max(total, 0.0) + WAITING_SECONDS:
                row.waits += 1
                return None
            if total >= BATCH_SECONDS / 2 or calls >= MOST_CALLS or times == 1:
                break
            seconds = max(total, 0.0) / calls
        return total / calls if total >= self._least else None

    def _faster(self, order: dict[str, object], alone: float, each: float | None) -> bool:
        """Are further calls so much faster than the first that results must be remembered?"""
        if each is None or alone < REMEMBERS * each:
            return False
        alone = min(self._once(order, 1, 1) for _ in range(3))[0]
        return alone > REMEMBERS * each and alone - each > max(self._least, 8 * self._timed.jitter)

    def _once(self, order: dict[str, object], copies: int, times: int) -> tuple[float, float]:
        self._timed.ask(do="load")
        self._timed.ask(do="make", **order, copies=copies, times=times)
        return self._timed.seconds(do="run")


def _judged(
    function: str,
    rows: list[_Row],
    series: tuple[Series, ...],
    rest: tuple[Order | None, Text | None],
) -> Growth:
    asked, why = rest
    worst = _worst(rows)
    fit = fitted(worst.points) if worst else Fit(None, ())
    waits = any(row.waits > 2 for row in rows)
    if waits:
        fit, why = Fit(None, ()), words.WAITS
    elif fit.order is None:
        why = why or _why_not(rows, worst)
    agrees = agreement(fit, worst.points if worst else (), asked)
    if agrees is Agreement.UNDECIDED and fit.order is not None:
        why = words.BETWEEN
    elif fit.order is not None:
        why = None
    return Growth(
        function=function,
        worst=worst.series() if worst else None,
        series=series,
        order=fit.order,
        plausible=fit.plausible,
        asked=asked,
        agreement=agrees,
        why=why,
    )


def _worst(rows: list[_Row]) -> _Row | None:
    """The kind of input that takes longest, at the largest size that it shares with another."""
    rows = [row for row in rows if row.points]
    if not rows:
        return None
    late = (
        words.TIME_UP,
        words.NO_MORE_TIME,
    )  # what is too slow for many sizes may be the worst of all
    enough = [row for row in rows if len(row.points) >= FEWEST or row.ended in late] or rows
    best = enough[0]
    for row in enough[1:]:
        pairs = [(a, b) for a in best.points for b in row.points if _alike(a.size, b.size)]
        if pairs and pairs[-1][1].seconds > pairs[-1][0].seconds:
            best = row
    return best


def _alike(one: int, other: int) -> bool:
    """Is one size as good as the other?  A prime is never just what was wanted."""
    return 8 * abs(one - other) <= min(one, other)


def _why_not(rows: list[_Row], worst: _Row | None) -> Text:
    """Why no class was found."""
    if worst is None:
        raised = next(
            (row.ended for row in rows if row.ended and row.ended.en == words.RAISED.en), None
        )
        return raised or words.TOO_FAST
    if len(worst.points) < FEWEST:
        return (
            worst.ended
            if worst.ended and worst.ended not in (words.TIME_UP, words.NO_MORE_TIME)
            else words.TOO_SLOW.of(len(worst.points))
        )
    return words.NOISY
