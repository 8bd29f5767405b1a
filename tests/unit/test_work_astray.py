"""An answer beside the first line, where nobody could follow the lines between."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Work, verdict_word


def last(lines: str, problem: str = "") -> str:
    """The word for the last of the lines."""
    report = check_work(Work(problem, tuple(lines.split("; "))))
    return verdict_word(report.marks[-1].verdict)


@pytest.mark.parametrize(
    "lines",
    [
        "sqrt(x-4) = sqrt(2x-5); x - 4 = 2x - 5; x = 1",
        "|x-3| = x-5; x - 3 = x-5 or x-3 = -(x-5); x = 4",
        "3/(x-2) >= 1; 3 >= x-2; x <= 5",
        "(x-2)/(x+3) < 0; x - 2 < 0; x < 2",
        "log(x) + log(x-3) = 1; log(x(x-3)) = 1; x^2 - 3x = 10; x = 5 or x = -2",
    ],
)
def test_no_agreement_supports_what_the_first_line_denies(lines: str) -> None:
    assert last(lines) == "undecided"


@pytest.mark.parametrize("answer", ["x = ±3", "x = 3 or x = -3"])
def test_a_root_of_two_signs_is_tested_like_two_roots(answer: str) -> None:
    assert last(f"x^2 = 9; {answer}", "Solve log_x 9 = 2") == "refuted"
    assert last(f"x^2 = 9; {answer}; x = 3", "Solve log_x 9 = 2") == "proved"
    assert last(f"2x^2 = 18; {answer}", "Solve 2x^2 = 18") == "proved"


@pytest.mark.parametrize("roots", ["x = 5 or x = -2", "(x-5)(x+2) = 0"])
def test_a_root_may_be_dropped_that_an_earlier_line_denies(roots: str) -> None:
    lines = f"log(x) + log(x-3) = 1; log(x(x-3)) = 1; x^2 - 3x = 10; {roots}; x = 5"
    assert last(lines) == "undecided"
    assert last(f"x^2 - 3x = 10; {roots}; x = 5") == "refuted"
    assert last(f"x + 1 = 6; x^2 - 3x = 10; {roots}; x = -2") == "refuted"


@pytest.mark.parametrize("equation", ["floor(x) = 2", "x(x-1)(x-2)(x-5) + x = 3"])
@pytest.mark.parametrize("answer", ["x = 2.0", "x = 3.0", "x = 2", "x = 3"])
def test_a_curve_is_no_straight_line_because_of_a_few_points(equation: str, answer: str) -> None:
    assert last(f"{equation}; {answer}") not in ("proved", "supported")


def test_the_value_in_a_reason_is_one_that_was_left_out() -> None:
    report = check_work(Work("", ("floor(x) = 2", "x = 2")))
    assert "x = 2" not in str(report.marks[-1].why.args)


def test_the_value_that_is_rounded_is_the_root_of_a_straight_line() -> None:
    assert last("3x = 10; x = 3.33") == "proved"
    assert last("x(x+3) - x^2 = 10; x = 3.33") == "proved"
    assert last("3x = 10; x = 3.34") != "proved"
