"""A check is given so much of the processor; what a person waits for ends by the clock."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest

from assistant.maths.cas.guard import OutOfTime, processor_limit, time_limit
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Solution

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no interval timers there")


def compute(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_waiting_for_others_takes_nothing_from_a_check() -> None:
    deadline = Deadline(0.2)
    with processor_limit(0.05):
        time.sleep(0.3)  # as if a model had the processor
    deadline.check()
    assert deadline.left > 0.1


def test_computing_too_long_ends_it() -> None:
    with pytest.raises(OutOfTime), processor_limit(0.05):
        compute(5.0)
    deadline = Deadline(0.05)
    compute(0.06)
    with pytest.raises(OutOfTime):
        deadline.check()


def test_somebody_who_waits_does_so_by_the_clock() -> None:
    with pytest.raises(OutOfTime), time_limit(0.05):
        time.sleep(5.0)
    deadline = Deadline(0.05, time.monotonic)
    time.sleep(0.06)
    assert deadline.left < 0


def inside_the_clock() -> None:
    with time_limit(0.3):
        with pytest.raises(OutOfTime), processor_limit(0.05):
            compute(5.0)
        time.sleep(5.0)


def inside_computing() -> None:
    with processor_limit(0.2):
        for limit in (processor_limit, time_limit):
            with pytest.raises(OutOfTime), limit(0.05):
                compute(5.0)
        compute(5.0)


def ignoring_it_once() -> None:
    with time_limit(0.05):
        try:
            compute(5.0)
        except OutOfTime:  # as one does who thinks of an own limit
            compute(5.0)


@pytest.mark.parametrize("work", [inside_the_clock, inside_computing, ignoring_it_once])
def test_what_ends_inside_leaves_what_is_outside(work: Callable[[], None]) -> None:
    began = time.monotonic()
    with pytest.raises(OutOfTime):
        work()
    assert time.monotonic() - began < 4.0


@pytest.mark.parametrize(
    "text",
    [
        "prove (n!)! > n for all n >= 3",
        "prove 2^(3^(4^n)) > n for all n",
        "prove (10^n)! > n for all n",
        "prove n^(n^n) > n for all n > 1",
        "prove n^1000000 > n for all n > 2",
        "prove n! > 1000000^n for all n >= 10000000",
    ],
)
def test_a_claim_whose_values_explode_is_not_tried_out(text: str) -> None:
    began = time.process_time()
    assert not isinstance(solve(read_problem(text)), Solution)
    assert time.process_time() - began < 5
