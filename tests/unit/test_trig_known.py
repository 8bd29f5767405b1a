"""Values of an angle by other values of it: exact, both where both are possible, never guessed."""

from __future__ import annotations

import pytest
from asking import proved, told

KNOWN = [
    ("已知sinα=3/5，α是锐角，求cosα", "4/5"),
    ("已知sin α=3/5，α∈(0,π/2)，求cos α", "4/5"),
    ("已知0°<α<90°，sinα=3/5，求cosα", "4/5"),
    ("If sin A = 3/5 and 0 < A < pi/2, find cos A", "4/5"),
    ("已知cos α=-4/5，α是第二象限角，求sin α", "3/5"),
    ("已知cos α=-4/5，α为第三象限角，求tan α", "3/4"),
    ("Given that sin x = 3/5 and x is in the second quadrant, find cos x", "-4/5"),
    ("If tan x = 3/4 and x is acute, find sin x", "3/5"),
    ("已知tan α=2，求(sin α+cos α)/(sin α-cos α)", "3"),
    ("已知tanα=2，求sin2α", "4/5"),
    ("已知sinα+cosα=1/5，求sin2α", "-24/25"),
    ("若sinα=0.6，求cos(2α)", "7/25"),
    ("若sin(π/2+α)=3/5，求cosα", "3/5"),
    ("已知sinα=3/5，α∈(π/2,π)，求sin(α+π/4)", "-sqrt(2)/10"),
    (r"已知\sin\alpha=\frac{3}{5}，\alpha\in(\frac{\pi}{2},\pi)，求\tan\alpha的值", "-3/4"),
    ("已知sinα=3/5，求cosα", "-4/5, 4/5"),
    ("已知sinα=3/5，且α∈(0,2π)，求cosα", "-4/5, 4/5"),
]
UNCLEAR = [
    "已知sinα=5/3，求cosα",
    "已知sinα=3/5，β是锐角，求cosβ",
    "已知sinα=3/5，cosβ=1/2，求sin(α+β)",
    "已知sinα=3/5，α是第三象限角，求cosα",
    "已知sinα=3/5，α不是锐角，求cosα",
    "已知sinα=3/5，α是锐角，β是钝角，求cosα",
]
ELSEWHERE = [
    ("已知函数f(x)=sin x，求f(π/6)", "1/2"),
    ("If f(x) = sin x + cos x, find f'(0)", "1"),
    ("Solve sin x = 1/2 for 0 <= x <= 2pi", "pi/6, 5*pi/6"),
]


@pytest.mark.parametrize(("text", "expected"), [*KNOWN, *ELSEWHERE])
def test_the_value_is_found(text: str, expected: str) -> None:
    assert proved(text) == expected


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_does_not_fit_is_not_answered(text: str) -> None:
    assert told(text)[0] == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已知 sin α = 3/5, α∈(π/2, π)，求 cos α 和 tan α", "-4/5, -3/4"),
        ("Given sin A = 3/5 and A is acute, find cos A and tan A", "4/5, 3/4"),
        ("已知 cos α = 1/3, α 为第四象限角，求 sin α、tan α 的值", "-2*sqrt(2)/3, -2*sqrt(2)"),
    ],
)
def test_several_values_of_one_angle(text: str, expected: str) -> None:
    assert proved(text) == expected
