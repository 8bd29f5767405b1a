"""Letters in a differential equation: for which of their values the answer is all of it."""

from __future__ import annotations

import pytest
from asking import answer_of, solved

from assistant.maths.showing.plain import plain
from assistant.maths.types import Proved


def asked(text: str) -> set[str]:
    """What an answer asks of the letters of its equation."""
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    return {plain(a) for c in found.conditions for a in c.args if not isinstance(a, str)}


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("y' + p y = q", {"p != 0"}),
        ("y'' - a^2 y = 0", {"a != 0"}),
        ("y'' + a y' = 0", {"a != 0"}),
        pytest.param("y'' + a y = 0", {"-a > 0"}, marks=pytest.mark.slow),
        ("x^2 y'' + a x y' = 0", {"x > 0", "a - 1 != 0"}),
        ("y' + a y = e^x", {"a + 1 != 0"}),
        ("y' = a x^n", {"n + 1 != 0"}),
        ("y' = y/a", set()),
        ("y' = a y", set()),
        ("y' + 2y = 3", set()),
        ("解微分方程 y' + p y = q", {"p != 0"}),
    ],
)
def test_what_is_asked_of_the_letters_is_said(text: str, conditions: set[str]) -> None:
    assert asked(text) == conditions


def test_a_square_as_a_coefficient_gives_sines() -> None:
    assert answer_of(solved("y'' + a^2 y = 0")) == "y(x) = C_1*cos(a*x) + C_2*sin(a*x)"


def test_the_constant_of_the_logistic_equation_takes_both_signs() -> None:
    found = solved("y' = r y (1 - y/K)")
    assert isinstance(found.verdict, Proved)
    assert "e^(C*K)" not in answer_of(found)
