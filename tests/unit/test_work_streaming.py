"""Lines judged one by one never say more than the whole work does."""

from __future__ import annotations

import time

import pytest
from data import rows
from grade_stack_reasoning import pose as pose_reasoning
from grade_student_steps import pose as pose_pupil
from grade_worked_solutions import pose as pose_prose
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import MAX_STATE, check_work, first_state, next_line
from assistant.maths.types import (
    Mark,
    NextLine,
    Proved,
    Refuted,
    Undecided,
    Work,
)

POSES = {
    "student_steps": pose_pupil,
    "stack_reasoning": pose_reasoning,
    "worked_solutions": pose_prose,
    "worked_solutions_hard": pose_prose,
}
QUICK = {"student_steps": 40, "stack_reasoning": 15, "worked_solutions": 40,
         "worked_solutions_hard": 8}  # fmt: skip


def streamed(problem: str, steps: tuple[str, ...]) -> list[Mark]:
    """The marks of lines that come one by one."""
    state, marks = first_state(problem), []
    for step in steps:
        result = next_line(NextLine(state, step))
        state = result.state
        marks.append(result.mark)
    return marks


def stronger(problem: str, steps: tuple[str, ...]) -> list[tuple[str, Mark, Mark]]:
    """Lines that were refuted or proved at once, and are not so when all lines are known."""
    whole = check_work(Work(problem, steps, seconds=60.0))
    found = []
    for step, early, late in zip(steps, streamed(problem, steps), whole.marks, strict=True):
        refuted = isinstance(late.verdict, Refuted)
        if (isinstance(early.verdict, Refuted) and not refuted) or (
            isinstance(early.verdict, Proved) and refuted
        ):
            found.append((step, early, late))
    return found


@pytest.mark.data
@pytest.mark.parametrize("name", POSES)
@pytest.mark.slow
def test_a_sample_of_real_work_is_never_judged_more_strongly(name: str) -> None:
    for row in rows(name)[:: max(1, len(rows(name)) // QUICK[name])]:
        problem, steps = POSES[name](row)
        assert not stronger(problem, tuple(steps))


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize("name", POSES)
def test_no_real_work_is_judged_more_strongly(name: str) -> None:
    for row in rows(name):
        problem, steps = POSES[name](row)
        assert not stronger(problem, tuple(steps))


NUMBERS = st.integers(-9, 9).filter(bool)


@st.composite
def derivations(draw: st.DrawFn) -> tuple[str, ...]:
    """Equations with one unknown, their cases in any order, and perhaps a wrong line."""
    a, b = draw(NUMBERS), draw(NUMBERS)
    lines = [
        f"x^2 - ({a + b})*x + ({a * b}) = 0",
        f"(x - ({a}))*(x - ({b})) = 0",
        f"x - ({a}) = 0 or x - ({b}) = 0",
        f"x = {a}", f"x = {b}", f"x = {a} or x = {b}", f"x = {draw(NUMBERS)}",
        f"{draw(NUMBERS)}x = {draw(NUMBERS)}", f"u = x - {a}", "u = 0", f"u = {draw(NUMBERS)}",
        f"{a} + {b} = {a + b}", f"x^2 = {a * a}", f"sqrt(x) = {a}", f"x = {a * a}", "no solution",
        f"So x = {a} is a solution.", f"Solving for x, we get x = {draw(NUMBERS)}.", "0 = 0",
        f"If x = {b}, then x - {b} = 0.", f"x + y = {a}", f"y = {draw(NUMBERS)}",
    ]  # fmt: skip
    return tuple(draw(st.lists(st.sampled_from(lines), min_size=2, max_size=7)))


@settings(max_examples=40, deadline=None)
@given(derivations(), st.sampled_from(["", "Solve the equation.", "Tom has some apples."]))
def test_made_work_is_never_judged_more_strongly(steps: tuple[str, ...], problem: str) -> None:
    assert not stronger(problem, steps)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(derivations(), st.sampled_from(["", "Solve the equation.", "Tom has some apples."]))
def test_much_made_work_is_never_judged_more_strongly(steps: tuple[str, ...], problem: str) -> None:
    assert not stronger(problem, steps)


def test_cases_wait_for_the_lines_that_follow() -> None:
    steps = ("x^2 = 9", "x = 3", "x = -3")
    early = streamed("", steps)
    assert isinstance(early[1].verdict, Undecided)
    assert isinstance(early[2].verdict, Proved)
    whole = check_work(Work("", steps))
    assert isinstance(whole.marks[1].verdict, Proved)
    assert isinstance(check_work(Work("", steps[:2])).marks[1].verdict, Refuted)


def test_an_untested_root_waits_for_the_end() -> None:
    steps = ("sqrt(x+7) = x - 5", "x + 7 = (x-5)^2", "x^2 - 11x + 18 = 0", "x = 2 or x = 9")
    assert isinstance(streamed("", steps)[3].verdict, Undecided)
    assert isinstance(check_work(Work("", steps)).marks[3].verdict, Refuted)
    assert check_work(Work("", steps[:3])).first_wrong is None


def test_a_wrong_line_is_refuted_at_once_with_its_witness() -> None:
    mark = streamed("Solve 2x + 3 = 11", ("2x = 8", "x = 5"))[1]
    assert isinstance(mark.verdict, Refuted)
    assert mark.verdict.witness == "x = 4"


def test_nothing_is_refuted_by_lines_before_a_lost_one() -> None:
    state = next_line(NextLine(first_state(""), "2x = 8")).state
    assert isinstance(next_line(NextLine(state, "x = 5")).mark.verdict, Refuted)
    assert isinstance(next_line(NextLine(state, "x = 5", missed=True)).mark.verdict, Undecided)
    lost = next_line(NextLine(state, "Tom has 3 + 4 = 8 apples.", missed=True))
    assert isinstance(lost.mark.verdict, Refuted)  # wrong whatever stands before it
    later = next_line(NextLine(lost.state, "x = 5")).mark
    assert isinstance(later.verdict, Undecided)


def test_an_untested_root_is_not_proved_after_a_lost_line() -> None:
    state = next_line(NextLine(first_state(""), "sqrt(x+7) = x - 5")).state
    state = next_line(NextLine(state, "x^2 - 11x + 18 = 0", missed=True)).state
    verdict = next_line(NextLine(state, "x = 2 or x = 9")).mark.verdict
    assert isinstance(verdict, Undecided)


def test_a_line_costs_the_same_however_many_there_were() -> None:
    state = first_state("")
    sizes, seconds = [], []
    for n in range(400):
        start = time.process_time()
        result = next_line(NextLine(state, f"{n + 1}x = {4 * (n + 1)}"))
        seconds.append(time.process_time() - start)
        state = result.state
        sizes.append(len(state))
        assert n == 0 or isinstance(result.mark.verdict, Proved)
    assert max(sizes[200:]) <= max(sizes[:100]) + 200
    assert sum(seconds[300:]) < 5 * sum(seconds[20:120])


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        [f"a_{n} = a_{n - 1} + a_{n - 1}" for n in range(1, 60)],
        ["+".join(f"x^{n}" for n in range(700)) + f" = {m}" for m in range(20)],
        [f"q_{n} = r_{n} + {n}" for n in range(300)],
        ["(" * 3900, "[" * 4001, "x" * 100_000, "\x1b[2J\u202e x = 1", "10^10^10 x = 1", ""],
        ["$" * 3000, "\\frac" * 700, "=" * 4000, "1=" * 2000],
    ],
)
def test_hostile_lines_leave_a_small_state_and_end_in_time(lines: list[str]) -> None:
    state = first_state("x = 1")
    for line in lines:
        start = time.process_time()
        result = next_line(NextLine(state, line))
        assert time.process_time() - start < 2.5
        state = result.state
        assert len(state) <= MAX_STATE
