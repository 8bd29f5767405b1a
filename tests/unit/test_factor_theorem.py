"""A factor that is told fixes a coefficient, in both languages."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Suppose x - 2 is a factor of x^3 + ax - 4. Find a.", "-2"),
        ("If x - 2 is a factor of x^3 + ax - 4, find a", "-2"),
        ("x^2 + kx + 6 is divisible by x + 3. Find k.", "5"),
        ("若x-2是x^3+ax-4的因式，求a", "-2"),
    ],
)
def test_the_coefficient_is_found(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved)
    assert answer_text(solution) == expected


def test_another_factor_is_not_taken_for_one() -> None:
    with pytest.raises(ReadingError):
        read_problem("Suppose x^2 - 2 is a factor of x^3 + ax - 4. Find a.")
