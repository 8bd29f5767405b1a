"""Functions that the problem defines, in worked lines."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work, first_state, next_line
from assistant.maths.types import NextLine, Proved, Refuted, Supported, Undecided, Verdict, Work


def verdicts(problem: str, *lines: str) -> list[Verdict]:
    """Of the last line: of finished work, and while it is written."""
    state = first_state(problem)
    for line in lines:
        streamed = next_line(NextLine(state, line))
        state = streamed.state
    return [check_work(Work(problem, lines, 20.0)).marks[-1].verdict, streamed.mark.verdict]


SQUARE, TWO = "Let f(x) = x^2 + 1. Find f(3).", "Let f(x) = 2x + 1 and g(x) = x^2. Find f(g(3))."


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (SQUARE, "f(3) = 3^2 + 1 = 10"),
        (SQUARE, "$f(a+1) = (a+1)^2 + 1 = a^2 + 2a + 2$"),
        (TWO, "$f(g(3)) = f(9) = 19$"),
        ("已知函数 f(x)=2x-1，求 f(3)", "f(3)=2×3-1=5"),
        ("Let f(x) = 3^x. What is f(2) - f(0)?", "f(2) - f(0) = 9 - 1 = 8"),
        ("Find the maximum of f(x) = -x^2 + 4x", "$f'(x) = -2x + 4$"),
        (SQUARE, "f'(2) = 4"),
        (SQUARE, "f'(a) = 2a"),
        (SQUARE, "f(1) = 1 + 1 = 2, f(-1) = 2"),
        ("Given f(x) = ln x, find f'(e).", "f'(e) = 1/e"),
        ("求函数 f(x) = x^3 - 3x 的极值", "f''(x) = 6x，f''(1) = 6 > 0，f''(-1) = -6 < 0"),
    ],
)
def test_right_values_are_proved(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, Proved)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (SQUARE, "f(3) = 2*3 + 1 = 7"),
        (SQUARE, "So $f(3) = 7$."),
        ("已知函数 f(x)=2x-1，求 f(3)", "f(3)=2+3-1=4"),
        ("Find the maximum of f(x) = -x^2 + 4x", "$f(2) = 4 + 8 = 12$"),
        (SQUARE, "f'(2) = 5"),
        (SQUARE, "f'(x) = 2x + 1"),
        (SQUARE, "f(1) = 2, f(-1) = 0"),
        ("求函数 f(x) = x^3 - 3x 的极值", "f''(x) = 6x，f''(-1) = 6 > 0"),
    ],
)
def test_wrong_values_are_refuted(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, Refuted)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("A ball's height is h(t) = 20t - 5t^2. How high is it?", "h(2) = 40 - 10 = 30"),
        (SQUARE, "$f(a+1) = a^2 + 1 + 1 = a^2 + 2$"),
        ("设 f(x)=x²，求 f(x+1)", "f(x+1)=x²+1"),
    ],
)
def test_a_calculation_that_is_not_the_value_supports_nothing(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert not isinstance(verdict, Proved | Supported)


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("Let f(x) = x^2 for x > 0 and f(x) = -x otherwise. Find f(-3).", ["f(-3) = 3"]),
        ("f is odd and f(x) = x^2 + 1 for x > 0. Find f(-2).", ["f(-2) = -f(2) = -5"]),
        ("Let f(x) = x^2 and let f(x) be shifted right by 2. Find f(3).", ["f(3) = 1"]),
        ("Let f(x) = sin(x), x in degrees. Find f(90).", ["f(90) = 1"]),
        ("Let f(x) = log(x). Find f(10).", ["f(10) = 1"]),
        ("Let f(x) = x!. Find f(4).", ["f(4) = 24"]),
        ("Find the derivative of f(x) = x^2 at x = 2", ["$f'(2) = 4$"]),
        ("Let f(x) = x^2.", ["f(3) = 9", "Now let f(x) = 2x.", "f(3) = 6"]),
        ("Let f(x) = x^2. Find f(3).", ["Suppose f(3) = 6."]),
        ("Let f(x) = 1/x. Find f(3).", ["f(3) = 0.33"]),
        ("设 f(x)=x²+ax，f(1)=3，求 a", ["f(1)=1+a=3"]),
        ("设 f(x) 是奇函数，当 x>0 时 f(x)=x²，求 f(-2)", ["f(-2)=-4"]),
    ],
)
def test_a_function_that_may_be_another_refutes_nothing(problem: str, lines: list[str]) -> None:
    for verdict in verdicts(problem, *lines):
        assert not isinstance(verdict, Refuted)


def test_a_function_that_words_change_proves_nothing() -> None:
    problem = "Let f(x) = x^2 and let f(x) be shifted right by 2. Find f(3)."
    for verdict in verdicts(problem, "f(3) = 9"):
        assert isinstance(verdict, Supported | Undecided)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("", "f'(2) = 0"),
        ("", "y'(0) = 0"),
        ("", "f'(2) = f'(3)"),
        ("Let f(x) = |x|. What is f'(0)?", "f'(0) = 0"),
        ("Let f(x) = x^2.", "f'(2x) = 8x"),
        ("Let f(x) = x^2 - 2x. Solve f'(x) = 4.", "f'(x) = 4"),
    ],
)
def test_a_slope_is_no_derivative_of_a_value(problem: str, line: str) -> None:
    for verdict in verdicts(problem, line):
        assert isinstance(verdict, Undecided)


def test_the_functions_of_a_problem_stay_when_letters_are_named() -> None:
    problem = "求函数 f(x) = x^3 - 3x 的极值"
    for verdict in verdicts(problem, "令 f'(x) = 0，得 x = 1 或 x = -1", "f(1) = -2"):
        assert isinstance(verdict, Proved)


@pytest.mark.parametrize(("line", "kind"), [
    ("dy/dx = 4u^3 * 3 = 12(3x+1)^3", Proved),
    ("dy/dx = 4u^3 * 3 = 12(3x+1)^4", Refuted),
    ("dy/dx = 4w^3 * 3", Undecided),
])  # fmt: skip
def test_a_letter_that_words_name_is_no_mistake(line: str, kind: type) -> None:
    problem = "Find the derivative of y = (3x+1)^4"
    for verdict in verdicts(problem, "Let u = 3x + 1, so y = u^4.", line):
        assert isinstance(verdict, kind)


@pytest.mark.parametrize("line", ["f'(x) = 3x", "lim_{x->2} x^2 = 5", "sum_{x=1}^{3} x = 7"])
def test_a_letter_that_has_a_value_and_is_bound_besides(line: str) -> None:
    for verdict in verdicts("", "x = 2", line):
        assert not isinstance(verdict, Proved | Supported)


def test_the_derivative_of_a_number_is_no_angle() -> None:
    for verdict in verdicts("", "(5)' = 0"):
        assert isinstance(verdict, Proved)
