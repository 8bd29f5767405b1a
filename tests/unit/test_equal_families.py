"""Families of angles as answers: in degrees or not, and whatever counts them."""

from __future__ import annotations

import pytest

from assistant.maths.checking.equal import equal_answers
from assistant.maths.checking.work import check_work
from assistant.maths.types import Work, verdict_word


@pytest.mark.parametrize(
    ("gold", "answer", "equal"),
    [
        ("x = 30° + 360°k", "x = 30° + 360° n", True),
        ("x = 30° + 360°k, k ∈ Z", "x = 30° + 360° n, n∈Z", True),
        ("x = 30° + 360°k", "x = π/6 + 2kπ", True),
        ("x = 30° + 360°k or x = 150° + 360°k", "x = 150° + 360°n or x = 30° + 360°n", True),
        ("x=30°+360°k, x=150°+360°k", "x=30°+360°n, x=150°+360°n, n∈Z", True),
        ("x = π/6+2kπ 或 x = 5π/6+2kπ", "x=5π/6+2nπ 或 x=π/6+2nπ", True),
        ("x = 90°k", "x = 90°k + 90°", True),
        ("x = 30° + 360°k", "x = 60° + 360°k", False),
        ("x = 90° k", "x = 180° k", False),
        ("x = (-1)^k 30° + 180°k", "x=30°+360°k or x=150°+360°k", None),
        ("x = k, k ∈ Z", "x = n, n ∈ Z", None),
        (r"x = (-1)^k \pi/6 + k\pi", r"x = (-1)^n \pi/6 + n\pi", None),
        (r"x = (-1)^k \pi/6 + k\pi", r"x = (-1)^k \pi/6 + k\pi", True),
        (r"x = k\pi and y = n\pi", r"x = n\pi and y = k\pi", None),
        (r"\pi n^2", r"2\pi n", False),
        ("x = 30° + 360°k, k integer", "x = π/6 + 2πk", True),
        ("x = 30° + 360°k where k is an integer", "x = π/6 + 2πn", True),
        ("x = 30° + 360°k，k为整数", "x = π/6 + 2kπ，k∈Z", True),
        ("x = π/2 + kπ, for all integers k", "x = 90° + 180° k (k integer)", True),
        ("x = 30° + 360°k", "x = 390° + 360°k", True),
        ("x = 30° + 360°k, k integer", "x = 60° + 360°k, k integer", False),
    ],
)
def test_families_in_degrees_and_with_any_counter(
    gold: str, answer: str, equal: bool | None
) -> None:
    assert equal_answers(gold, answer).equal is equal


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (("sin x = 1/2", "x = 30° + 360°k or x = 150° + 360°k"), "proved"),
        (("sin x = 1/2", "x = 30° + k·360° 或 x = 150° + k·360°, k∈Z"), "proved"),
        (("sin x = 1/2", "x = 30° + 360°k or x = 120° + 360°k"), "refuted"),
        (("cos 2x = 1", "2x = 360°k"), "proved"),
        (("cos 2x = 1", "x = 90°k"), "refuted"),
        (("tan x = 1", "x = 45° + 180°k"), "proved"),
    ],
)
def test_worked_lines_in_degrees(lines: tuple[str, ...], verdict: str) -> None:
    report = check_work(Work("", lines))
    assert verdict_word(report.marks[-1].verdict) == verdict
