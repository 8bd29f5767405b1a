"""Formulas on one line with *so* between them, read as if each stood on a line of its own."""

from __future__ import annotations

import pytest

from assistant.maths.checking.work import check_work
from assistant.maths.types import Work, verdict_word

QUADRATIC = "Solve x^2 - 5x + 6 = 0"


def _words(problem: str, *lines: str) -> list[str]:
    return [verdict_word(mark.verdict) for mark in check_work(Work(problem, lines)).marks]


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (QUADRATIC, "(x-2)(x-3) = 0, so x = 2 or x = 3"),
        (QUADRATIC, "(x-2)(x-3) = 0 and so x = 2 or x = 3."),
        (QUADRATIC, "(x-2)(x-3) = 0, which gives x = 2 or x = 3"),
        (QUADRATIC, "(x-2)(x-3) = 0 ⇒ x = 2 or x = 3"),
        (QUADRATIC, r"(x-2)(x-3) = 0 \Rightarrow x = 2 \text{ or } x = 3"),
        ("解方程 x^2 - 5x + 6 = 0", "(x-2)(x-3)=0，所以 x=2 或 x=3"),
        ("Solve 2x + 1 = 7", "2x + 1 - 1 = 7 - 1, so 2x = 6, thus x = 3"),
        ("Solve x^2 = 4", "x^2 = 4, so x = ±2"),
    ],
)
def test_each_step_of_a_line_is_proved(problem: str, line: str) -> None:
    assert _words(problem, line) == ["proved"]


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (QUADRATIC, "(x-2)(x-3) = 0, so x = 2 or x = 4"),
        (QUADRATIC, "(x-2)(x-4) = 0, so x = 2 or x = 4"),
        (QUADRATIC, "(x-2)(x-3) = 0, so x = 2"),
        ("解方程 x^2 - 5x + 6 = 0", "(x-2)(x-4)=0，所以 x=2 或 x=4"),
        ("Solve 2x + 1 = 7", "2x = 8, so x = 4"),
        ("Solve 2x + 1 = 7", "2x = 6, so x = 4"),
        ("", "2x = 6, so x = 4"),
    ],
)
def test_a_wrong_step_in_it_is_refuted(problem: str, line: str) -> None:
    assert _words(problem, line) == ["refuted"]


@pytest.mark.parametrize(
    "line",
    [
        "If 2x = 8, then x = 4",
        "It is false that 2x = 8, so x = 4",
        "Suppose 2x = 8, so x = 4",
        "2x = 8 would be wrong, so x = 4 is wrong",
        "2x = 8?, so x = 4",
        "若 2x = 8，则 x = 4",
    ],
)
def test_what_is_supposed_or_denied_is_not_refuted(line: str) -> None:
    assert _words("Solve 2x + 1 = 7", line) == ["undecided"]
