"""Solutions that sentences leave out: found where nothing in the work has them, and never where
a word, a condition or another line may."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import Mark, NextLine, Proved, Refuted, Undecided, Work

SQUARE, PARTED = "Solve $x^2 = 4$.", "Solve $x^2 - 5x + 6 = 0$."


def marks(problem: str, *lines: str) -> tuple[Mark, ...]:
    return check_work(Work(problem, lines)).marks


@pytest.mark.parametrize(
    ("problem", "line", "lost"),
    [
        (SQUARE, "x^2 = 4, so x = 2.", "x = -2"),
        (SQUARE, "We take the square root of both sides: $x = 2$.", "x = -2"),
        (SQUARE, "Thus, the only solution is $x = 2$.", "x = -2"),
        ("解方程 x^2 = 9", "两边开方得 x = 3。", "x = -3"),
        ("解方程 x^2 = 9", "所以方程的解是 x=3。", "x = -3"),
        ("Solve $x^2 = 4x$.", "Divide both sides by $x$ to get $x = 4$.", "x = 0"),
        ("解方程 x^2 = 4x", "两边同时除以 x，得 x = 4。", "x = 0"),
        ("Solve $|x - 1| = 3$.", "This means $x - 1 = 3$, so $x = 4$.", "x = -2"),
        ("Solve $x^3 = x$.", "Divide by $x$: $x^2 = 1$.", "x = 0"),
        ("解方程 (x-1)^2 = 4", "x-1 = 2，所以 x = 3。", "x = -1"),
        (PARTED, "Factoring, we get $(x-2)(x-3) = 0$, so $x = 2$.", "x = 3"),
    ],
)
def test_a_lost_solution_is_found_and_named(problem: str, line: str, lost: str) -> None:
    (mark,) = marks(problem, line)
    assert isinstance(mark.verdict, Refuted)
    assert mark.verdict.witness == lost
    assert lost in mark.why.args


def test_a_lost_range_is_found() -> None:
    (mark,) = marks("Solve the inequality x^2 > 4.", "Taking square roots, $x > 2$.")
    assert isinstance(mark.verdict, Refuted)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (SQUARE, ("One solution is $x = 2$.",)),
        (SQUARE, ("So $x = 2$.", "So $x = -2$.")),
        (SQUARE, ("So $x = 2$, while $(-2)^2 = 4$.",)),
        (SQUARE, ("Taking the square root, $x = 2$ or $-2$.",)),
        (SQUARE, ("Taking the square root, we get x = 2 or -2.",)),
        (SQUARE, ("So $x = 2$.", "Both 2 and -2 are solutions.")),
        (SQUARE, ("So $x = 2$.", "By symmetry, the other solution is its opposite.")),
        (SQUARE, ("Taking square roots gives $x = 2$ and its opposite.",)),
        (SQUARE, ("x^2 = 4, so x = 2 and minus that.",)),
        (SQUARE, ("x^2 = 4, so x = 2 in absolute value.",)),
        (SQUARE, ("x^2 = 4, which gives x = 2 on the right side of the axis.",)),
        (SQUARE, ("So $x = 2$.", "Taking the inverse sign, this is the same.")),
        (SQUARE, ("Since $x > 0$, we get $x = 2$.",)),
        (SQUARE, ("The positive square root gives $x = 2$.",)),
        (SQUARE, ("Substituting $x = 2$ gives $4 = 4$.",)),
        (SQUARE, ("If $x > 0$, then $x = 2$.",)),
        (PARTED, ("$x - 2 = 0$ gives $x = 2$.", "$x - 3 = 0$ gives $x = 3$.")),
        (PARTED, ("So $x - 2 = 0$, giving $x = 2$.", "So $x - 3 = 0$, giving $x = 3$.")),
        (PARTED, ("So $x = 2$; so $x = 3$.",)),
        (PARTED, ("Therefore $x=2$, $3$.",)),
        (PARTED, ("Thus x = 2 and x = 3.",)),
        ("解方程 x^2 - 5x + 6 = 0", ("所以 x=2 和 x=3。",)),
        ("解方程 x^2 - 5x + 6 = 0", ("由 x-2=0 得 x=2。", "由 x-3=0 得 x=3。")),
        ("解方程 x^2 = 4x", ("两边同时除以 x，得 x = 4。", "而 x = 0 也是解。")),
        ("解方程 x^2 = 4x", ("x=0 显然成立。", "两边同时除以 x，得 x = 4。")),
        ("解方程 x^2 = 9", ("取正根，得 x = 3。",)),
        ("Solve x^2 = 4 where x is positive.", ("So we get $x = 2$.",)),
        ("Find the positive solution of x^2 = 4.", ("So we get $x = 2$.",)),
        ("已知 x^2=4，且 x>0，求 x", ("所以得 x=2。",)),
        ("The area of a square is 4: x^2 = 4. Find x.", ("So we get $x = 2$.",)),
        ("Solve sqrt(x+2) = x", ("Squaring gives $x + 2 = x^2$, so $x = 2$.",)),
        ("Solve $x^3 = 8$.", ("So we get $x = 2$.",)),
        ("Solve $\\sin x = 0$.", ("So we get $x = 0$.",)),
        ("Solve $x^3 - x = 0$.", ("So $x = 0$.", "So $x^2 = 1$, thus $x = 1$ and $x = -1$.")),
    ],
)
def test_nothing_is_called_lost_that_may_be_elsewhere(problem: str, lines: tuple[str, ...]) -> None:
    assert not any(isinstance(mark.verdict, Refuted) for mark in marks(problem, *lines))


def test_a_mistake_is_no_other_case() -> None:
    found = marks("Solve $2x + 3 = 11$.", "So $2x = 8$.", "So $x = 5$.")
    assert isinstance(found[1].verdict, Refuted)


SQUARED = ("Squaring both sides, $x + 2 = x^2$.", "So $x^2 - x - 2 = 0$.")


@pytest.mark.parametrize(
    ("problem", "lines", "value"),
    [
        ("Solve sqrt(x+2) = x", (*SQUARED, "So $x = 2$ or $x = -1$."), "x = -1"),
        ("解方程 x/(x-1) = 1/(x-1)", ("两边同乘以 $x-1$，得 $x = 1$。",), "x = 1"),
        (
            "Solve |x| = 2x - 3",
            ("So $x = 2x - 3$ or $x = 3 - 2x$.", "So $x = 3$ or $x = 1$."),
            "x = 1",
        ),
    ],
)
def test_an_answer_in_words_with_an_invented_solution_is_refuted(
    problem: str, lines: tuple[str, ...], value: str
) -> None:
    last = marks(problem, *lines)[-1]
    assert isinstance(last.verdict, Refuted)
    assert last.why.args == (value,)


def test_an_invented_solution_is_never_proved_on_the_way() -> None:
    state = first_state("Solve sqrt(x+2) = x")
    for line in (*SQUARED, "So $x = 2$ or $x = -1$."):
        early = next_line(NextLine(state, line))
        state = early.state
    assert isinstance(early.mark.verdict, Undecided)


@pytest.mark.parametrize(
    "end",
    [
        ("So $x = 2$ or $x = -1$.", "Checking, only $x = 2$ works."),
        ("So the possible solutions are $x = 2$ or $x = -1$.",),
        ("So $x = 2$ or $x = -1$, where we reject $x = -1$.",),
        ("解得 $x = 2$ 或 $x = -1$（舍去）。",),
    ],
)
def test_a_solution_that_is_rejected_is_not_refuted(end: tuple[str, ...]) -> None:
    found = marks("Solve sqrt(x+2) = x", *SQUARED, *end)
    assert not any(isinstance(mark.verdict, Refuted) for mark in found)


def test_a_right_answer_in_words_stays_proved() -> None:
    found = marks(PARTED, "So $(x-2)(x-3) = 0$.", "So $x = 2$ or $x = 3$.")
    assert isinstance(found[-1].verdict, Proved)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        (
            "Solve x^3 - 6x^2 + 11x - 6 = 0",
            ("So x = 1", "Dividing by $x - 1$ gives $x^2 - 5x + 6 = 0$.", "So $x = 2$ or $x = 3$."),
        ),
        ("Solve (2^x - 1)(2^x - 4) = 0", ("So $2^x = 1$ or $2^x = 4$.", "So x = 0", "So x = 2")),
        (PARTED, ("x = 2", "Then $x = 3$ is the other one.")),
    ],
)
def test_a_case_may_follow_in_words(problem: str, lines: tuple[str, ...]) -> None:
    assert not any(isinstance(mark.verdict, Refuted) for mark in marks(problem, *lines))


def test_a_lost_case_of_formulas_is_still_found() -> None:
    assert isinstance(marks(PARTED, "(x-2)(x-3) = 0", "x = 2")[-1].verdict, Refuted)


def test_a_solution_that_is_changed_for_another_is_not_proved() -> None:
    problem = "Solve sqrt(x+6) = x"
    *_, last = marks(problem, "x + 6 = x^2", "x^2 - x - 6 = 0", "(x-3)(x-2) = 0")
    assert isinstance(last.verdict, Refuted)
    *_, last = marks(problem, "x + 6 = x^2", "x^2 - x + 6 = 0", "(x-3)(x+2) = 0")
    assert not isinstance(last.verdict, Refuted)


@pytest.mark.parametrize("after", [
    "(3^x + 1)(3^x + 9) = 0", "3^x + 1 < 0", "e^(2x) + 1 = 0", "x^2 + 1 <= 0",
])  # fmt: skip
def test_what_is_never_true_follows_from_nothing_that_is(after: str) -> None:
    *_, last = marks("Solve 9^x - 10*3^x + 9 = 0", "9^x - 10*3^x + 9 = 0", after)
    assert not isinstance(last.verdict, Proved)


@pytest.mark.parametrize(("line", "kind"), [
    ("所以 x1 = 3，x2 = 1", Proved), ("x1 = -3, x2 = -1", Refuted),
    ("x = (4 +/- sqrt(4))/2", Proved), ("x = (4 +/- sqrt(8))/2", Refuted),
])  # fmt: skip
def test_both_roots_as_they_are_typed(line: str, kind: type) -> None:
    *_, last = marks("解方程 x^2 - 4x + 3 = 0", line)
    assert isinstance(last.verdict, kind)
