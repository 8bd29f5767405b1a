"""What a line goes on from: a sentence that was proved, conditions that are told as formulas, an
expression at the end of a sentence."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import (
    Mark,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Work,
    verdict_word,
)


def marks(problem: str, *lines: str) -> tuple[Mark, ...]:
    return check_work(Work(problem, lines, 20.0)).marks


SYSTEM = "Solve the system x + y = 7, 2x - y = 5"


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("Solve x/2 + x/3 = 5", ("Multiply both sides by 6: 3x + 2x = 30", "5x = 25")),
        (SYSTEM, ("Adding the two equations: 3x = 2",)),
        (SYSTEM, ("x = 4", "Substituting x = 4 into x + y = 7: 4 + y = 7", "y = 11")),
        ("解方程组 x + 2y = 8, 3x - y = 3", ("代入得 3(8 - 2y) - y = 3", "24 - 2y - y = 3")),
        ("Solve 5(x + 1) - 3(x - 2) = 17", ("5x + 5 - 3x - 6 = 17",)),
        ("The sum of two consecutive odd numbers is 36. Find them.", ("2n + 2 = 36", "2n = 38")),
        ("已知 a + b = 5，ab = 6，求 a² + b²", ("a² + b² = (a + b)² = 25",)),
        ("If x + 1/x = 3, find x^2 + 1/x^2", ("x^2 + 1/x^2 = 9",)),
        ("Solve e^x = 3", ("x = 3",)),
        ("Solve e^{2x} = 5", ("2x = ln 5", "x = ln(5/2)")),
        ("Find P.", ("Here x is a possible value.", "P = 6/36 = 1/5")),
        (
            "Differentiate f(x) = x^3 ln x",
            ("So: $f'(x) = (x^3)' \\ln x + x^3 (\\ln x)'$", "$= x^3$"),
        ),
    ],
)
def test_a_wrong_line_is_found(problem: str, lines: tuple[str, ...]) -> None:
    assert isinstance(marks(problem, *lines)[-1].verdict, Refuted)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("Solve x/2 + x/3 = 5", ("Multiply both sides by 6: 3x + 2x = 30", "5x = 30")),
        (SYSTEM, ("Adding the two equations: 3x = 12", "x = 4", "y = 3")),
        ("Solve 5(x + 1) - 3(x - 2) = 17", ("5x + 5 - 3x + 6 = 17", "2x + 11 = 17")),
        ("已知 a + b = 5，ab = 6，求 a² + b²", ("a² + b² = (a + b)² - 2ab = 25 - 12 = 13",)),
        ("If x + 1/x = 3, find x^2 + 1/x^2", ("x^2 + 1/x^2 = (x + 1/x)^2 - 2 = 7",)),
        ("Solve x(x - 2) = 0", ("This gives x = 0 or x = 2.", "x = 2", "x = 0")),
    ],
)
def test_a_right_line_is_no_mistake(problem: str, lines: tuple[str, ...]) -> None:
    verdicts = [mark.verdict for mark in marks(problem, *lines)]
    assert not any(isinstance(v, Refuted) for v in verdicts)
    assert isinstance(verdicts[0], Proved | Supported)


def test_conditions_that_no_real_numbers_fulfil_refute_nothing() -> None:
    problem = "已知 a + b = 1，ab = 1，求 a² + b²"
    for line in ("a² + b² = (a + b)² - 2ab = 1 - 2 = -1", "a² + b² = 3"):
        assert not isinstance(marks(problem, line)[-1].verdict, Refuted | Proved)


@pytest.mark.parametrize(
    "problem",
    ["(1) Solve x + 1 = 5. (2) Solve x + 2 = 9.", "1. Solve x + 1 = 5\n2. Solve x + 2 = 9"],
)
def test_marks_of_several_questions_are_seen(problem: str) -> None:
    assert isinstance(marks(problem, "x = 4", "x = 7")[-1].verdict, Undecided)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Differentiate f(x) = x^2 sin x", "f'(x) = 2x sin x + x^2 cos x"),
        ("Find f(2) for the function f(x) = x^2 minus x", "f(2) = 4 - 2 = 2"),
        ("For the function f(x) = x squared find f(3)", "f(3) = 9"),
    ],
)
def test_a_formula_that_goes_on_in_words_is_not_cut(problem: str, line: str) -> None:
    assert not isinstance(marks(problem, line)[-1].verdict, Refuted)


TWO_SOLUTIONS = "Solve the system x^2 + y^2 = 25, x + y = 7"


def test_each_solution_of_a_system_may_stand_on_its_own_line() -> None:
    for mark in marks(TWO_SOLUTIONS, "x = 3 or x = 4", "x = 3, y = 4", "x = 4, y = 3")[1:]:
        assert isinstance(mark.verdict, Supported)
    *_, last = marks(TWO_SOLUTIONS, "x = 3 or x = 4", "x = 3, y = 4", "x = 4, y = 5")
    assert isinstance(last.verdict, Refuted)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("3x^2 - 2xy + y^2 = 12 + 4 + 1 = 17", Proved),
        ("3x^2 - 2xy + y^2 = 12 - 4 - 1 = 7", Refuted),
    ],
)
def test_values_that_the_problem_gives_are_put_in(line: str, kind: type) -> None:
    (mark,) = marks("已知 x = 2，y = -1，求 3x^2 - 2xy + y^2 的值", line)
    assert isinstance(mark.verdict, kind)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("Solve e^x = 3", "x = 1.0986"),
        ("Solve 2^x = 7", "x = 2.807"),
        ("Solve cos x = x", "x = 0.739"),
        ("Solve x^3 = 10", "x = 2.154"),
        ("Solve ln x = 1", "x = 2.718"),
        ("Solve x^5 + x = 1", "x = 0.755"),
        ("Solve tan x = 2 for 0 < x < 90°", "x = 63.4°"),
        ("If a = 0.3 and b = 0.7 find a^b", "a^b = 0.43"),
    ],
)
def test_a_rounded_value_is_no_mistake(problem: str, line: str) -> None:
    assert isinstance(marks(problem, line)[-1].verdict, Undecided | Supported)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("已知 x + y = 3，xy = 2，求 x^2 + y^2", ("y = 1", "y = 2")),
        ("If a + b = 5 and ab = 6, find a - b", ("a = 3, b = 2", "a - b = -1")),
        ("Evaluate x^2 if x = 3 or x = 4", ("x^2 = 9", "x^2 = 16")),
        ("If x = 2, what is x^2? If x = 3, what is x^2?", ("x^2 = 4", "x^2 = 9")),
    ],
)
def test_another_case_of_the_problem_is_no_mistake(problem: str, lines: tuple[str, ...]) -> None:
    assert not any(isinstance(mark.verdict, Refuted) for mark in marks(problem, *lines))


def test_a_sum_of_complex_squares_may_be_zero_otherwise() -> None:
    (mark,) = marks("Solve (x+i)^2 + (y-1)^2 = 0", "x = -i, y = 1")
    assert not isinstance(mark.verdict, Proved)


def test_letters_that_were_put_in_may_be_put_back() -> None:
    english = (
        "Let u = x^2, du = 2x dx",
        r"\int x cos(x^2) dx = (1/2) \int cos u du",
        "= (1/2) sin u + C",
        "= (1/2) sin(x^2) + C",
    )
    report = check_work(Work(r"Evaluate \int x cos(x^2) dx", english))
    assert report.first_wrong is None
    chinese = (
        "令 u = x^2+1，则 du = 2x dx",
        "∫ x/(x^2+1) dx = (1/2)∫ du/u",
        "= (1/2) ln|u| + C",
        "= (1/2) ln(x^2+1) + C",
    )
    assert check_work(Work("求不定积分 ∫ x/(x^2+1) dx", chinese)).first_wrong is None


def test_one_root_proves_no_other_equation() -> None:
    lines = ("x = 1 is a root since 1 - 6 + 11 - 6 = 0", "(x-1)(x^2-5x-6) = 0")
    mark = check_work(Work("Solve x^3 - 6x^2 + 11x - 6 = 0", lines)).marks[1]
    assert verdict_word(mark.verdict) not in ("proved", "supported")


def test_a_function_is_told_by_if_too() -> None:
    for problem in ("If f(x) = x^2 - 3x, find f(-2)", "若 f(x)=x^2-3x，求 f(-2)"):
        wrong, right = "f(-2) = -2^2 - 3(-2) = -4 + 6 = 2", "f(-2) = 4 + 6 = 10"
        found = [check_work(Work(problem, (line,))).marks[0].verdict for line in (wrong, right)]
        assert [verdict_word(v) for v in found] == ["refuted", "proved"]
    piece = check_work(Work("If f(x) = x^2 when x > 0, find f(-2)", ("f(-2) = 5",))).marks[0]
    assert verdict_word(piece.verdict) != "refuted"
