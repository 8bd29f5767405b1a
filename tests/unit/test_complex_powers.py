"""Roots of complex numbers, all of them."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths.types import Proved


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("find the cube roots of 8i", "sqrt(3) + i, -sqrt(3) + i, -2*i"),
        ("求8i的3次方根", "sqrt(3) + i, -sqrt(3) + i, -2*i"),
        ("solve z^3 = 8i", "sqrt(3) + i, -sqrt(3) + i, -2*i"),
        ("square roots of 3+4i", "-2 - i, 2 + i"),
        ("cube roots of 1", "1, -1/2 - sqrt(3)*i/2, -1/2 + sqrt(3)*i/2"),
        ("find all complex numbers z with z^3 = -8", "-2, 1 - sqrt(3)*i, 1 + sqrt(3)*i"),
        ("求满足z^2=-4的所有复数z", "-2*i, 2*i"),
    ],
)
def test_all_roots_are_found(text: str, wanted: str) -> None:
    assert proved(text) == wanted
    assert all(isinstance(s.verdict, Proved) for s in solved(text).steps if s.link != "formula")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("cube root of 27", "3"), ("27的立方根", "3"), ("square root of 16", "4"), ("z^3 = 1", "1")],
)
def test_one_real_root_stays_one(text: str, wanted: str) -> None:
    assert proved(text) == wanted


def test_no_root_is_left_out() -> None:
    answer, verdict = told("find the fifth roots of 32")
    assert isinstance(verdict, Proved)
    assert len(answer.split(", ")) == 5
