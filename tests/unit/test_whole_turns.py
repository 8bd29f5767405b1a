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
        (("cos x = 0", "x = pi/2 + n pi", "x = -pi/2 + n pi"), ["proved", "proved"]),
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


BOTH = "x = π/6 + 2kπ or x = 5π/6 + 2kπ"
LATEX = r"x = \frac{\pi}{6} + 2k\pi \quad \text{or} \quad x = \frac{5\pi}{6} + 2k\pi"


@pytest.mark.parametrize(
    "said",
    [
        f"{BOTH}, where k is an integer",
        f"{BOTH} (k ∈ Z)",
        f"{BOTH} for any integer k.",
        f"So {BOTH}, k ∈ ℤ.",
        "x = π/6 + 2kπ 或 x = 5π/6 + 2kπ（k∈Z）",
        "x = π/6 + 2kπ 或 x = 5π/6 + 2kπ，k为整数",
        "所以 x = π/6 + 2kπ 或 x = 5π/6 + 2kπ，其中 k 是任意整数。",
        rf"\[ {LATEX}, \quad k \in \mathbb{{Z}} \]",
        rf"$${LATEX} \quad \text{{where }} k \text{{ is an integer}}$$",
        r"$x = \frac{\pi}{6} + 2k\pi$ or $x = \frac{5\pi}{6} + 2k\pi$, where $k \in \mathbb{Z}$.",
        r"The general solution is \(x = \frac{\pi}{6} + 2k\pi\) or "
        r"\(x = \frac{5\pi}{6} + 2k\pi\), where \(k\) is an integer.",
    ],
)
def test_words_about_the_counting_letter(said: str) -> None:
    assert words("sin x = 1/2", said) == ["proved"]


@pytest.mark.parametrize(
    "said",
    [
        f"{BOTH} for some positive integer k",
        f"{BOTH}, k ∈ N",
        f"{BOTH}, where k is not an integer",
        f"{BOTH}, where k is an even integer",
        f"{BOTH}, where m is an integer",
        f"{BOTH} (k = 0, 1, 2)",
        f"{BOTH}, where k is a real number",
        f"It is not true that {BOTH}, where k is an integer",
        f"If {BOTH}, where k is an integer, we are done",
        "x = π/6 + 2kπ 或 x = 5π/6 + 2kπ，其中 k 是正整数。",
        "x = π/6 + 2kπ 或 x = 5π/6 + 2kπ，k∈N",
        rf"\[ {LATEX} \quad \text{{for }} k \in \mathbb{{N}} \]",
    ],
)
def test_other_words_about_it_are_no_proof(said: str) -> None:
    assert words("sin x = 1/2", said) != ["proved"]


@pytest.mark.parametrize(
    ("lines", "verdicts"),
    [
        (("sin(2x) = 1", "2x = π/2 + 2kπ", "x = π/4 + kπ"), ["proved", "proved"]),
        (
            ("sin(2x + π/3) = 0", "2x + π/3 = kπ", "2x = kπ - π/3", "x = kπ/2 - π/6"),
            ["proved", "proved", "proved"],
        ),
        (("cos(3x) = 1/2", "3x = ±π/3 + 2kπ", "x = ±π/9 + 2kπ/3"), ["proved", "proved"]),
        (("tan(x/2) = 1", "x/2 = π/4 + kπ", "x = π/2 + 2kπ"), ["proved", "proved"]),
        (("sin x = 1/2", "x = π/6 + 2kπ", "x = 5π/6 + 2kπ"), ["undecided", "proved"]),
        (
            ("sin x = 1/2", "x = π/6 + 2kπ", "x = 5π/6 + 2kπ", BOTH),
            ["undecided", "proved", "proved"],
        ),
    ],
)
def test_multiples_of_the_unknown_and_one_family_after_another(
    lines: tuple[str, ...], verdicts: list[str]
) -> None:
    assert words(*lines) == verdicts


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (("sin(2x) = 1", "2x = π/2 + kπ"), "refuted"),
        (("sin(2x) = 1", "2x = π/2 + 2kπ", "x = π/4 + kπ/2"), "refuted"),
        (("sin(2x) = 1", "2x = π/2 + 2kπ", "x = π/4 + 2kπ"), "undecided"),
        (("sin(2x + π/3) = 0", "2x + π/3 = kπ", "x = kπ - π/6"), "undecided"),
        (("sin(2x + π/3) = 0", "2x + π/3 = kπ", "x = kπ/2 + π/6"), "refuted"),
        (("cos(3x) = 1/2", "3x = ±π/3 + 2kπ", "x = ±π/9 + 2kπ"), "undecided"),
        (("sin x = 1/2", "x = π/6 + 2kπ", "x = 7π/6 + 2kπ"), "refuted"),
        (("sin x = 1/2", "x = π/6 + 2kπ", "x = π/6 + 4kπ"), "undecided"),
        (("sin x = 1/2", "x = π/6 + 2kπ", "x = 5π/6 + 4kπ"), "undecided"),
        (("sin x = 1/2", "x = π/6 + 2kπ", "x = 5π/6 + 2kπ", "x = π/6 + 2kπ"), "undecided"),
        (("tan x = 1", "x = π/4 + kπ", "x = 5π/4 + 2kπ"), "undecided"),
        (("sin x = 1/2", "x = π/6 + 2kπ", "y = 5π/6 + 2kπ"), "undecided"),
        (("sin x = 1/2", "cos x = 1/2", "x = 5π/6 + 2kπ"), "refuted"),
    ],
)
def test_near_misses(lines: tuple[str, ...], last: str) -> None:
    assert words(*lines)[-1] == last
