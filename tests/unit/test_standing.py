"""A mark of proof stands on firm lines alone: the problem's own, and those that were proved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import (
    Doubt,
    Lang,
    Mark,
    NextLine,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Work,
)

STORY = "A fridge, a television and a computer cost $1600 in all. How much is the computer?"


def marks(problem: str, *lines: str) -> tuple[Mark, ...]:
    return check_work(Work(problem, lines)).marks


def kinds(problem: str, *lines: str) -> list[type]:
    return [type(mark.verdict) for mark in marks(problem, *lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("x + 500 + 600 = 1600", "x + 1100 = 1600", "x = 500"),
        ("So we have 3x/2 = 150.", "Solving for x, we get x = 100.", "So x = 100."),
        ("We have $34 = (3 + r)^2 + (r + 1)^2$.", "$34 = 9 + 6r + r^2 + r^2 + 2r + 1$"),
        ("x^2 = 9", "x = 3", "x = -3"),
        ("The area is $A = \\pi r^2$.", "Plugging in r = 5: $A = \\pi (5)^2 = 25\\pi$."),
        ("列方程得 3x + 2 = 20", "3x = 18", "x = 6"),
    ],
)
def test_what_follows_from_an_equation_made_of_a_story_is_not_proved(
    lines: tuple[str, ...],
) -> None:
    first, *others = marks(STORY, *lines)
    assert isinstance(first.verdict, Undecided)
    for mark in others:
        assert isinstance(mark.verdict, Supported), mark
        assert mark.why.template(Lang.EN).endswith("; what it rests on was not proved")
        assert "未经证明" in mark.why.template(Lang.ZH)


def test_what_follows_from_the_problem_is_proved() -> None:
    lines = ("x + 500 + 600 = 1600", "x + 1100 = 1600", "x = 500")
    assert kinds("Solve x + 500 + 600 = 1600", *lines) == [Proved] * 3


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        ("If $2x + y = 3$ in the figure, how long is the side of length y?", Proved),
        ("图中 $2x + y = 3$，求边长。", Proved),
        ("Show that $2x + y = 3$ for the figure.", Supported),
        ("Is it so that $2x + y = 3$ in the figure?", Supported),
        ("Does $2x + y = 3$ hold in the figure?", Supported),
        ("Tom says that $2x + y = 3$. How long is the side?", Supported),
        ("小明认为 $2x + y = 3$，求边长。", Supported),
        ("How long is the side?", Supported),
    ],
)
def test_an_equation_of_the_problem_is_firm_unless_it_is_only_asked_for(
    problem: str, kind: type
) -> None:
    assert kinds(problem, "$2x + y = 3$", "$4x + 2y = 6$")[1] is kind


def test_behind_a_wrong_line_nothing_is_proved_until_the_problem_is_taken_up_again() -> None:
    found = marks("Solve 2(x-3) = 10", "2x - 3 = 10", "2x = 13", "x = 13/2", "x - 3 = 5", "x = 8")
    assert [type(mark.verdict) for mark in found] == [
        Refuted, Undecided, Undecided, Proved, Proved,
    ]  # fmt: skip
    assert found[2].why.template(Lang.EN).endswith("; what it rests on is wrong")
    assert found[2].why.template(Lang.ZH).endswith("；但其依据是错误的")


def test_a_wrong_form_of_an_expression_proves_none_behind_it() -> None:
    found = kinds("Simplify (x+1)^2 - x^2", "= x^2 + 1 - x^2", "= 1", "= 2 - 1")
    assert found[:2] == [Refuted, Undecided]
    assert kinds("Simplify (x+1)^2 - x^2", "= x^2 + 2x + 1 - x^2", "= 2x + 1") == [Proved, Proved]


@pytest.mark.parametrize(
    "lines",
    [
        ("2x + 3 = 11", "2x = 8", "x = 4"),
        ("x + y = 5", "x - y = 1", "2x = 6", "x = 3"),
        ("A = (x+1)(x+2)", "= x^2 + 3x + 2"),
        ("x^2 - 5x + 6 = 0", "(x-2)(x-3) = 0", "x - 2 = 0", "x = 2", "x - 3 = 0", "x = 3"),
    ],
)
def test_without_a_problem_the_work_begins_with_it(lines: tuple[str, ...]) -> None:
    assert isinstance(marks("", *lines)[-1].verdict, Proved)


def test_what_is_brought_in_later_is_not_what_the_work_begins_with() -> None:
    found = kinds("", "2x = 8", "x = 4", "r + s = 5", "2r + 2s = 10")
    assert found == [Undecided, Proved, Undecided, Supported]


def test_a_line_that_other_lines_prove_too_is_proved() -> None:
    lines = ("2x + y = 11", "x = 4", "2x = 8")  # nobody knows what y is
    assert kinds("Solve 3x = 12", *lines)[1:] == [Proved, Proved]


def test_no_more_is_said_while_the_lines_come() -> None:
    state, found = first_state(STORY), []
    for line in ("3x + 2 = 20", "3x = 18", "x = 5", "2x = 10"):
        result = next_line(NextLine(state, line))
        state = result.state
        found.append(type(result.mark.verdict))
    assert found == [Undecided, Supported, Refuted, Undecided]


def test_an_added_root_is_found_where_nothing_is_proved_too() -> None:
    lines = ("sqrt(x+7) = x - 5", "x + 7 = (x-5)^2", "x^2 - 11x + 18 = 0", "x = 2 or x = 9")
    assert kinds(STORY, *lines)[-1] is Refuted


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 9), st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 3))
def test_nothing_is_proved_behind_a_slip(a: int, b: int, x: int, slip: int) -> None:
    c = a * x + b
    lines = (f"{a}x = {c - b + slip}", f"{2 * a}x = {2 * (c - b + slip)}")
    assert kinds(f"Solve {a}x + {b} = {c}", *lines) == [Refuted, Undecided]


@pytest.mark.parametrize(
    "lines",
    [
        ("sin(a + b) = c", "Therefore sin a + sin b = c", "sin a = c - sin b"),
        ("y^2 = x^2", "So y = x", "y - x = 0"),
        ("sqrt(a^2 + b^2) = c", "=> a + b = c", "a = c - b"),
        ("x + y = 5", "所以 xy = 6", "2xy = 12"),
        ("x + y = 5", "Therefore", "x y = 6", "x y - 6 = 0"),
        ("So x + y = 5", "2x + 2y = 10"),
    ],
)
def test_what_is_said_to_follow_is_not_what_the_work_begins_with(lines: tuple[str, ...]) -> None:
    *_, deduced, last = marks("", *lines)
    assert isinstance(deduced.verdict, Undecided)
    assert deduced.verdict.doubt is Doubt.NO_METHOD
    assert isinstance(last.verdict, Supported)
