"""Inequalities: intervals as answers, the sign turned where it must, ends right."""

from __future__ import annotations

import pytest
from asking import proved, solved

from assistant.maths.showing.plain import plain


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("-2x + 3 < 7", "(-2, oo)"),
        ("-3 < 2x + 1 <= 7", "(-2, 3]"),
        ("|2x-1| > 3", "(-oo, -1) ∪ (2, oo)"),
        ("|2x-3| <= 5", "[-1, 4]"),
        ("x^2 - 5x + 6 <= 0", "[2, 3]"),
        ("x^2 < 0", "emptyset"),
        ("x^2 >= 0", "RR"),
        ("x^2 - 4x + 4 <= 0", "{2}"),
        ("(x-1)/(x+2) >= 0", "(-oo, -2) ∪ [1, oo)"),
        ("1/x < 2", "(-oo, 0) ∪ (1/2, oo)"),
        ("sqrt(x+2) > x", "[-2, 2)"),
        ("2^x > 8", "(3, oo)"),
        ("log(x, 2) < 3", "(0, 8)"),
        ("e^x > x + 1", "(-oo, 0) ∪ (0, oo)"),
        ("sin(x) > 1/2 for x in [0, 2pi]", "(pi/6, 5*pi/6)"),
        ("x^2 > 4; x < 5", "(-oo, -2) ∪ (2, 5)"),
        ("1/3 < x < 7", "(1/3, 7)"),
        ("x > 1 or x < -2", "(-oo, -2) ∪ (1, oo)"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    value = solved(text).answer.value
    assert value is not None
    assert plain(value) == wanted


def test_the_turned_sign_is_named() -> None:
    assert any("turns" in s.why.en for s in solved("-2x + 3 < 7").steps)


def test_a_sign_chart_tests_each_interval() -> None:
    chart = solved("x^2 - 5x + 6 < 0").steps[-1]
    assert len(chart.substeps) == 3


def test_a_parameter_gives_cases() -> None:
    assert len(solved("x^2 - a x < 0").conditions) == 3


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Solve k > 0 and k^2 - 4 < 0 or k = 0", "[0, 2)"),
        ("Solve k = 1 or k = 2 and k > 3", "1"),
        ("Solve k > 0, k^2 = 4 or k = 0", "2"),
    ],
)
def test_and_binds_more_than_or_and_a_comma_less(text: str, answer: str) -> None:
    assert proved(text) == answer
