"""Multiplying out."""

from __future__ import annotations

import pytest
from lines import answer, asked, lines, rules

from assistant.maths.types import Task


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(5 + x)*(x + 3)", "x^2 + 8*x + 15"),
        ("(3x + 5)^2", "9*x^2 + 30*x + 25"),
        ("(x - 1)^3", "x^3 - 3*x^2 + 3*x - 1"),
        ("(2a + b)(2a - b)", "4*a^2 - b^2"),
        ("-x*y^4*(6x*y^2 + 5x*y - 3x)", "-6*x^2*y^6 - 5*x^2*y^5 + 3*x^2*y^4"),
        ("(a + b + c)^2", "a^2 + 2*a*b + 2*a*c + b^2 + 2*b*c + c^2"),
        ("5 - (x - 2)", "-x + 7"),
        ("(x + 1)^6", "x^6 + 6*x^5 + 15*x^4 + 20*x^3 + 15*x^2 + 6*x + 1"),
        ("(x - 3x + 5x)*(-66 - 148 + 5x + 212)", "15*x^2 - 6*x"),
    ],
)
def test_the_expanded_form(text: str, expected: str) -> None:
    assert answer(asked(Task.EXPAND, text)) == expected


def test_the_formula_is_named() -> None:
    assert rules(asked(Task.EXPAND, "(x + 3)^2")) == ["expand.square"]
    assert rules(asked(Task.EXPAND, "(x + 3)*(x - 3)")) == ["expand.difference_of_squares"]


def test_products_are_written_before_they_are_collected() -> None:
    assert lines(asked(Task.EXPAND, "(x + 2)*(x + 3)")) == [
        "x^2 + 3*x + 2*x + 6",
        "x^2 + 5*x + 6",
    ]


def test_a_giant_power_is_not_multiplied_out() -> None:
    with pytest.raises(MemoryError):
        asked(Task.EXPAND, "(a + b + c + d)^400")
