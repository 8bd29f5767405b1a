"""Marks arrive in order while the model writes; nothing that a step says can stop them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from assistant.events import SpokenStep, StepChecked
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading import read_problem
from assistant.maths.types import Doubt, NextLine, Proved, Refuted, Supported, Undecided
from assistant.session import checks
from assistant.session.checks import StepChecks
from runtimes.base import Cancel


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(Limits(seconds=5)) as running:
        running.run("open", "")  # the worker is warm now
        yield running


def steps(*texts: str, first: int = 0) -> tuple[SpokenStep, ...]:
    return tuple(SpokenStep(first + n, text, 0, 0) for n, text in enumerate(texts))


def wait(running: StepChecks, seconds: float = 20.0) -> list[StepChecked]:
    return list(running.drain(Cancel(), seconds))


def words(found: list[StepChecked]) -> list[tuple[int, str]]:
    return [(f.index, type(f.mark.verdict).__name__) for f in found]


def test_marks_come_in_order_and_the_wrong_step_has_its_witness(pool: Pool) -> None:
    running = StepChecks(pool, "Solve 2x + 3 = 11")
    for step in steps("2x = 8", "So we divide.", "x = 5"):
        running.submit(step)
    found = wait(running)
    assert words(found) == [(0, "Proved"), (1, "Undecided"), (2, "Refuted")]
    assert isinstance(found[2].mark.verdict, Refuted)
    assert found[2].mark.verdict.witness == "x = 4"
    assert running.ready() == []
    running.close()


def test_submitting_never_waits(pool: Pool) -> None:
    running = StepChecks(pool, "")
    start = time.monotonic()
    for step in steps(*["factorial(10^9) x = 1"] * 3, *["1 + 1 = 2"] * 2000):
        running.submit(step)
    assert time.monotonic() - start < 1.0
    running.close()


class Hanging(Pool):
    """A pool whose worker hangs in one long operation, and is killed, at the lines that say so."""

    def run(
        self,
        name: str,
        argument: object,
        seconds: float | None = None,
        cancel: Cancel | None = None,
    ) -> object:
        if isinstance(argument, NextLine) and "hangs" in argument.text:
            return super().run("solve", read_problem("x = factorial(10^9)"), 0.3)
        return super().run(name, argument, seconds, cancel)


def test_a_killed_worker_costs_one_mark_and_the_course_goes_on() -> None:
    with Hanging(Limits(seconds=5)) as pool:
        running = StepChecks(pool, "")
        for step in steps("2x = 8", "this hangs", "4x = 16", "So 1 + 1 = 3 apples.", "x = 7"):
            running.submit(step)
        found = [f.mark.verdict for f in wait(running)]
        running.close()
    assert found[1] == Undecided(Doubt.TIME)
    assert isinstance(found[2], Proved)
    assert isinstance(found[3], Refuted)  # by itself, whatever was lost before it
    assert isinstance(found[4], Undecided)


def test_what_is_late_is_undecided_for_time(pool: Pool) -> None:
    running = StepChecks(pool, "")
    for step in steps(*["x^2 = 9"] * 500):
        running.submit(step)
    start = time.monotonic()
    found = wait(running, 0.2)
    assert time.monotonic() - start < 1.0
    assert [f.index for f in found] == list(range(500))
    assert found[-1].mark.verdict == Undecided(Doubt.TIME)
    running.close()


def test_a_cancel_ends_the_waiting(pool: Pool) -> None:
    running = StepChecks(pool, "")
    for step in steps(*["x^2 = 9"] * 500):
        running.submit(step)
    cancel = Cancel()
    cancel.set()
    start = time.monotonic()
    assert len(list(running.drain(cancel, 60.0))) == 500
    assert running.finish(steps("x^2 = 9"), cancel, 60.0) == []
    assert time.monotonic() - start < 1.0
    running.close()


def test_steps_that_are_taken_back_leave_no_trace(pool: Pool) -> None:
    running = StepChecks(pool, "Solve 2x + 3 = 11")
    for step in steps("2x = 8", "x = 5"):
        running.submit(step)
    assert words(wait(running))[1] == (1, "Refuted")
    running.rewind(1)
    for step in steps("x = 4", "x + 1 = 5", first=1):
        running.submit(step)
    assert words(wait(running)) == [(1, "Proved"), (2, "Proved")]
    running.rewind(0)
    running.submit(SpokenStep(0, "2x = 14", 0, 0))
    assert words(wait(running)) == [(0, "Refuted")]
    running.close()


def test_taking_back_while_checks_run_never_gives_an_old_mark(pool: Pool) -> None:
    for _ in range(15):
        running = StepChecks(pool, "")
        for step in steps("2x = 8", "x = 5", "x = 6"):
            running.submit(step)
        running.rewind(1)
        running.submit(SpokenStep(1, "x = 4", 0, 0))
        assert words(wait(running)) == [(0, "Undecided"), (1, "Proved")]
        running.close()


def test_going_back_far_works_though_few_states_are_kept(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "NEAR", 4)
    monkeypatch.setattr(checks, "SPARSE", 8)
    running = StepChecks(pool, "")
    for n in range(60):
        running.submit(SpokenStep(n, f"{n + 1}x = {4 * n + 4}", 0, 0))
    assert len(wait(running)) == 60
    assert len(running._known) < 20
    running.rewind(21)
    running.submit(SpokenStep(21, "x = 5", 0, 0))
    running.submit(SpokenStep(22, "x = 4", 0, 0))
    found = wait(running)
    assert words(found)[0] == (21, "Refuted")
    assert [f.index for f in found] == [21, 22]
    running.close()


def test_the_end_decides_what_waited_for_later_lines(pool: Pool) -> None:
    lines = steps("x^2 = 9", "x = 3", "x = -3")
    running = StepChecks(pool, "")
    for step in lines:
        running.submit(step)
    assert words(wait(running))[1] == (1, "Undecided")
    assert words(running.finish(lines, Cancel(), 20.0)) == [(1, "Proved")]
    running.close()


def test_an_untested_root_is_refuted_at_the_end(pool: Pool) -> None:
    lines = steps("sqrt(x+7) = x - 5", "x + 7 = (x-5)^2", "x = 2 or x = 9")
    running = StepChecks(pool, "")
    for step in lines:
        running.submit(step)
    assert words(wait(running))[2] == (2, "Undecided")
    assert words(running.finish(lines, Cancel(), 20.0)) == [(2, "Refuted")]
    running.close()


def test_hostile_steps_and_problems_get_marks(pool: Pool) -> None:
    running = StepChecks(pool, "\x1b[2J" + "9" * 1_000_000)
    texts = ["(" * 1_000_000, "\u202e\x00=\ud800", "", "=" * 5000, "$" * 5000, "1 + 1 = 2"]
    for step in steps(*texts):
        running.submit(step)
    found = wait(running)
    assert len(found) == len(texts)
    assert isinstance(found[-1].mark.verdict, Supported)  # the problem is none of formulas
    running.close()


def test_a_closed_pool_ends_everything() -> None:
    with Pool(Limits(seconds=5)) as closing:
        running = StepChecks(closing, "")
        running.submit(SpokenStep(0, "1 + 1 = 2", 0, 0))
        wait(running)
    running.submit(SpokenStep(1, "1 + 1 = 2", 0, 0))
    assert isinstance(wait(running, 5.0)[0].mark.verdict, Undecided)
    assert running.finish(steps("x = 1"), Cancel(), 5.0) == []
    running.close()


@pytest.mark.slow
def test_ten_thousand_steps(pool: Pool) -> None:
    running = StepChecks(pool, "")
    for n in range(10_000):
        running.submit(SpokenStep(n, f"So {n} + {n} = {2 * n} apples.", 0, 0))
    start = time.monotonic()
    found = wait(running, 120.0)
    assert all(isinstance(f.mark.verdict, Supported) for f in found[1:])
    assert time.monotonic() - start < 100
    assert sum(len(k.state) for k in running._known.values()) < 2_000_000
    running.close()
