"""Worked lines with a letter that counts whole turns: ``x = pi/6 + 2k pi``."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.checking.work import check_work
from assistant.maths.types import AnswerClaim, Work, verdict_word


def words(*lines: str, problem: str = "") -> list[str]:
    """The verdicts on the lines behind the first."""
    report = check_work(Work(problem, lines))
    return [verdict_word(mark.verdict) for mark in report.marks][1:]


@pytest.mark.parametrize(
    ("lines", "verdicts"),
    [
        (("sin x = 1/2", "x = pi/6 + 2k pi or x = 5pi/6 + 2k pi"), ["proved"]),
        (("cos x = 0", "x = pi/2 + k pi"), ["proved"]),
        (("cos x = 0", "x = k pi"), ["refuted"]),
        (("tan x = 1", "x = pi/4 + k pi, k ∈ Z"), ["proved"]),
        (("tan x = 1", "x = pi/4 + 2k pi"), ["undecided"]),
        (("cos x = 1/2", "x = 2kπ ± π/3, k ∈ ℤ"), ["proved"]),
        (("sin x > 1/2", "π/6 + 2kπ < x < 5π/6 + 2kπ"), ["proved"]),
        (("sin x > 1/2", "π/6 + 2kπ ≤ x < 5π/6 + 2kπ"), ["refuted"]),
        (("sin x > 1/2", "π/6 + 2kπ < x < 2π/3 + 2kπ"), ["undecided"]),
        (("sin(x)/x = 0", "x = k pi"), ["refuted"]),
        (("cos x = 0", "x = pi/2 + n pi", "x = -pi/2 + n pi"), ["proved", "supported"]),
    ],
)
def test_all_values_for_whole_numbers(lines: tuple[str, ...], verdicts: list[str]) -> None:
    assert words(*lines) == verdicts


@pytest.mark.parametrize(
    "lines",
    [
        ("k x = pi", "x = pi/k"),
        ("sin x = 1/2", "x = pi/6"),
        ("cos θ = 1/2", "θ = π/3"),
        ("sin x = 1/2", "x = pi/6 or x = 5pi/6"),
        ("sin x = k pi", "x = k pi"),
        ("sin x = 1/2, 0 <= x <= 2pi", "x = pi/6 + 2k pi or x = 5pi/6 + 2k pi"),
        ("2 sin x - 1 = 0", "x = pi/6 + 2k pi", "x = 5pi/6 + 2k pi"),
    ],
)
def test_nothing_is_refuted_on_a_guess(lines: tuple[str, ...]) -> None:
    assert "refuted" not in words(*lines)


def test_a_value_that_is_no_solution_is_refuted() -> None:
    assert words("sin x = 1/2", "x = pi/3") == ["refuted"]
    assert words("sin x > 1/2, 0 <= x <= 2pi", "pi/6 < x < 2pi/3") == ["refuted"]


def test_a_problem_in_a_range_is_left_alone() -> None:
    asked = "解方程 sin x = 1/2，x∈[0, 2π]"
    found = words("sin x = 1/2", "x = pi/6 + 2k pi or x = 5pi/6 + 2k pi", problem=asked)
    assert "refuted" not in found


@pytest.mark.parametrize(
    ("problem", "answer", "word"),
    [
        ("Solve sin x = 1/2", "x = pi/6 + 2k pi or x = 5pi/6 + 2k pi", "proved"),
        ("解方程 cos x = 0", "x = π/2 + kπ, k ∈ Z", "proved"),
        ("Solve sin x > 1/2", "pi/6 + 2k pi < x < 5pi/6 + 2k pi", "proved"),
        ("Solve sin x = 1/2", "x = pi/6 or x = 5pi/6", "undecided"),
        ("Solve sin(x)/x = 0", "x = k pi", "undecided"),
    ],
)
def test_answers_of_a_model(problem: str, answer: str, word: str) -> None:
    assert verdict_word(check_claimed(AnswerClaim(problem, answer)).verdict) == word
