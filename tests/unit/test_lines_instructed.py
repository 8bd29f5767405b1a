"""Lines that tell what was done before a colon, and rows of tables that do."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.instructed import row_text
from assistant.maths.types import Work, verdict_word


def words(problem: str, *lines: str) -> list[str]:
    """The verdicts on worked lines."""
    return [verdict_word(mark.verdict) for mark in check_work(Work(problem, lines)).marks]


RIGHT = (
    "**Step 1:** Expand: $3x - 12 + 2 = 5x$",
    "**Step 2:** Combine like terms: $3x - 10 = 5x$",
    "**Step 3:** Subtract $3x$ from both sides: $-10 = 2x$",
    "Divide both sides by 2: x = -5",
)
WRONG = (
    "**Step 1:** Expand: $3x - 4 + 2 = 5x$",
    "**Step 2:** Combine like terms: $3x - 14 = 5x$",
    "**Step 3:** Subtract $3x$ from both sides: $-10 = 8x$",
    "Divide both sides by 2: x = -20",
)


def test_right_steps_are_proved() -> None:
    assert words("Solve 3(x - 4) + 2 = 5x", *RIGHT) == ["proved"] * 4


@pytest.mark.parametrize("at", range(4))
def test_the_first_wrong_one_is_found(at: int) -> None:
    lines = [*RIGHT[:at], WRONG[at]]
    assert words("Solve 3(x - 4) + 2 = 5x", *lines) == ["proved"] * at + ["refuted"]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("x + 3 = 5", "Take away 3: x = 2"), "proved"),
        (("x + 3 = 5", "Take away 3: x = 8"), "refuted"),
        (("x/2 = 3", "Multiply both sides by 2: x = 6"), "proved"),
        (("x/2 = 3", "两边同乘2：x=6"), "proved"),
        (("x/2 = 3", "两边同乘2：x=1.5"), "refuted"),
        (("x^2 - 5x + 6 = 0", "因式分解：(x+2)(x+3)=0"), "refuted"),
        (("x^2 = 9", "Take the square root of both sides: x = 3 or x = -3"), "proved"),
        (("x^2 = 9", "Take the square root of both sides: x = 3"), "refuted"),
        (("x^2 = 9", "Take the positive square root: x = 3"), "undecided"),
        (("5x = 22", "系数化为1：x = 22/5"), "proved"),
        (("5x = 22", "系数化为1：x = 5/22"), "refuted"),
        (("x^2 = x", "Divide both sides by x: x = 1"), "refuted"),
    ],
)
def test_an_instruction_goes_on_from_the_line_before(lines: tuple[str, ...], verdict: str) -> None:
    assert words("", *lines)[-1] == verdict


@pytest.mark.parametrize(
    "line",
    [
        "Add the second equation: 3y = 8",
        "Divide by x if x is not 0: x = 1",
        "Move on to case 2: x = -3",
        "Divide by x (x nonzero): x = 1",
        "两边除以x（x不为0）：x=1",
        "移项有误：x=10",
    ],
)
def test_one_about_something_else_refutes_nothing(line: str) -> None:
    assert words("", "x^2 - x = 0", line)[-1] != "refuted"


def test_rows_of_a_table() -> None:
    table = ("| Step | Equation |", "|---|---|", "| Add 7 | 3x = 18 |", "| Divide by 3 | x = 6 |")
    assert words("Solve 3x - 7 = 11", *table)[2:] == ["proved", "proved"]
    wrong = (*table[:3], "| Divide by 3 | x = 9 |")
    assert words("Solve 3x - 7 = 11", *wrong)[2:] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("| 1 | 3x = 18 | Add 7 |", "Add 7: 3x = 18"),
        ("| $x = 2$ or $x = 3$ | factor |", "factor: $x = 2$ or $x = 3$"),
        ("| 2 | y = 4 |", "| 2 | y = 4 |"),
        ("| 2 | 2x = 4 |", "2x = 4"),
        ("| Step 2 | x = 1.5 |", "| Step 2 | x = 1.5 |"),
        ("| Step 2 | 2x = 4 |", "2x = 4"),
        ("| x | = | y |", "| x | = | y |"),
        ("| x - 1 | = 3", "| x - 1 | = 3"),
        ("|x| = |y|", "|x| = |y|"),
        ("| x = 1 | y = 2 |", "| x = 1 | y = 2 |"),
        ("| Step | Equation |", "| Step | Equation |"),
        ("|", "|"),
        ("| |", "| |"),
    ],
)
def test_only_a_row_is_read_as_one(line: str, text: str) -> None:
    assert row_text(line) == text


def test_a_table_of_values_is_no_chain() -> None:
    table = ("| x | y = 2x |", "|---|---|", "| 1 | y = 2 |", "| 2 | y = 4 |")
    assert "refuted" not in words("Make a table for y = 2x", *table)


def test_what_is_told_to_be_done_incorrectly_is_not_claimed() -> None:
    line = "Adding 3 to both sides incorrectly gives: 2x = 10"
    assert words("Solve 2x + 3 = 7", line) == ["undecided"]


def test_numbers_put_in_for_what_is_told_of_letters() -> None:
    problem, first = "已知 a+b=5, ab=6, 求 a^2+b^2", "a^2+b^2 = (a+b)^2 - 2ab"
    assert words(problem, first, "= 25 - 12 = 13") == ["proved", "proved"]
    assert words(problem, first, "= 25 - 6 = 19") == ["proved", "refuted"]
    assert words("", "(a+b)^2 - 2ab", "= 25 - 12")[-1] == "refuted"  # nothing is told of them


def test_what_contradicts_the_problem_is_not_told_by_a_number_that_does_not_fulfil_it() -> None:
    lines = ("(x + 1/x)^2 - 2", "9 + 2")
    mark = check_work(Work("If x + 1/x = 3, find x^2 + 1/x^2", lines)).marks[-1]
    assert verdict_word(mark.verdict) == "refuted"
    assert "known of the letters" in mark.why.en
