"""Equations of logarithms and exponentials within bounds."""

from __future__ import annotations

import pytest
from asking import proved, told


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("solve ln x + 1 = 0 for x > 0", "e^(-1)"),
        ("solve ln x = 1 for x > 1", "e"),
        ("solve ln x = 1 for x > 3", "emptyset"),
        ("Solve (ln x)^2 = 1 for x > 1", "e"),
        ("解方程 ln(x) = 2, x ∈ (0, +∞)", "e^2"),
        ("e^x=3 for x > 0", "ln(3)"),
    ],
)
def test_solutions_within_bounds(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_what_is_not_all_found_stays_undecided() -> None:
    assert told("Solve x ln x = 0 for x > 0")[1] is not None
