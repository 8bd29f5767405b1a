"""When an answer is drawn while somebody types: right behind a key, never where the next may be."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from tui.turn.pacing import LEAST, MOST, NEXT, OWN, TYPING, Gate, Pacer


class Clock:
    """Time that passes when it is told to, with its timers."""

    def __init__(self) -> None:
        self.now = 100.0
        self.timers: list[Timer] = []

    def set_timer(self, seconds: float, callback: Callable[[], object]) -> Timer:
        timer = Timer(self, self.now + seconds, callback)
        self.timers.append(timer)
        return timer

    def pass_until(self, moment: float) -> None:
        """Let what is due go off, in its order."""
        while due := sorted((one for one in self.timers if one.at <= moment), key=lambda t: t.at):
            self.now = max(self.now, due[0].at)
            self.timers.remove(due[0])
            due[0].callback()
        self.now = moment


class Timer:
    def __init__(self, clock: Clock, at: float, callback: Callable[[], object]) -> None:
        self.clock, self.at, self.callback = clock, at, callback

    def stop(self) -> None:
        if self in self.clock.timers:
            self.clock.timers.remove(self)


class Desk:
    """An answer that always has more to draw; the moments at which it was drawn."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.drawn: list[float] = []
        self.gate = Gate(Pacer(), clock.set_timer)

    def draw(self) -> None:
        self.drawn.append(self.clock.now)
        self.gate.drawn(self.draw)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(time, "thread_time", lambda: 0.0)  # drawing costs nothing
    desk = Desk(clock)
    yield desk
    monkeypatch.undo()


def typing(desk: Desk, every: float, seconds: float) -> list[float]:
    """Keys at a steady pace, while the answer is drawn."""
    keys: list[float] = []
    end = desk.clock.now + seconds
    desk.draw()
    while desk.clock.now < end:
        desk.clock.pass_until(desk.clock.now + every)
        keys.append(desk.clock.now)
        desk.gate.typed()
    return keys


def test_without_a_key_it_is_drawn_as_often_as_may_be(desk: Desk) -> None:
    desk.draw()
    desk.clock.pass_until(desk.clock.now + 2.0)
    assert len(desk.drawn) == pytest.approx(2 * MOST, abs=2)


@pytest.mark.parametrize("every", [0.15, 0.2, 0.25])
def test_while_keys_come_it_is_drawn_right_behind_them(desk: Desk, every: float) -> None:
    keys = typing(desk, every, 5.0)
    behind = [min(at - key for key in keys if key <= at) for at in desk.drawn if at >= keys[1]]
    assert all(OWN - 0.002 <= gap <= NEXT + 1e-6 for gap in behind), behind
    assert len(behind) >= len(keys) - 3, "once a key at least"


@pytest.mark.parametrize("every", [0.01, 0.02, 0.033, 0.05, 0.09, 0.29, 0.31])
def test_no_pace_of_keys_keeps_the_answer_back(desk: Desk, every: float) -> None:
    begun = desk.clock.now
    typing(desk, every, 5.0)
    moments = [begun, *desk.drawn, desk.clock.now]
    gaps = [after - before for before, after in pairwise(moments)]
    assert max(gaps) <= TYPING + 1 / LEAST


def test_a_key_just_before_a_drawing_is_shown_first(desk: Desk) -> None:
    desk.draw()
    desk.clock.pass_until(desk.clock.now + 1 / MOST - 0.001)
    desk.gate.typed()
    desk.clock.pass_until(desk.clock.now + OWN - 0.001)
    assert len(desk.drawn) == 1
    desk.clock.pass_until(desk.clock.now + 0.002)
    assert len(desk.drawn) == 2


def test_after_the_last_key_all_is_as_before(desk: Desk) -> None:
    typing(desk, 0.2, 1.0)
    desk.clock.pass_until(desk.clock.now + TYPING + 0.1)
    desk.drawn.clear()
    desk.clock.pass_until(desk.clock.now + 1.0)
    assert len(desk.drawn) == pytest.approx(MOST, abs=2)


def test_the_end_of_an_answer_comes_whatever_else_is_drawn_before(desk: Desk) -> None:
    told: list[str] = []
    desk.gate.drawn(lambda: told.append("the end"), last=True)
    desk.gate.drawn(lambda: told.append("more"))  # was on its way already
    desk.clock.pass_until(desk.clock.now + 1.0)
    assert told == ["the end"]
    desk.gate.drawn(lambda: told.append("another answer"))
    desk.clock.pass_until(desk.clock.now + 1.0)
    assert told == ["the end", "another answer"]
