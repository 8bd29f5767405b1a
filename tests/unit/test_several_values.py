"""An expression that has several values in the cases that equations leave."""

from __future__ import annotations

import pytest
from asking import proved, unanswered


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("若 x^2+y^2=5, xy=2，求 x+y 的值", "{-3, 3}"),
        ("If x^2 = 9, find x + 1", "{-2, 4}"),
        ("已知 x+1/x=3，求 x-1/x", "{-sqrt(5), sqrt(5)}"),
        ("If xy=6 and x+y=5, find x^2+y^2", "13"),
        ("If x^2 = 9 and x > 0, find x + 1", "4"),
        ("已知正数 x, y 满足 x^2+y^2=5, xy=2，求 x+y", "3"),
        ("已知 a>b, a+b=3, ab=1，求 a-b", "sqrt(5)"),
        ("已知 0<x<1, x+1/x=3，求 x-1/x", "-sqrt(5)"),
    ],
)
def test_all_values_are_told(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_what_was_not_proved_is_not_told_so() -> None:
    assert unanswered("若 x^2=9, y^3=-8，求 x+y")
