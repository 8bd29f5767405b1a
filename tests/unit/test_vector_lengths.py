"""Lengths of sums of vectors of which lengths and an angle or product are told."""

from __future__ import annotations

import pytest
from asking import proved, unanswered


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已知 |a|=2, |b|=3, a 与 b 的夹角为 60°，求 |a+b|", "sqrt(19)"),
        ("已知 |a|=2, |b|=3, a·b=3，求 |a-2b|", "2*sqrt(7)"),
        ("已知向量 a, b 满足 |a|=1, |b|=2, 且 a 与 b 的夹角为 120°，求 |2a-b|", "2*sqrt(3)"),
        ("Given |a| = 2, |b| = 3 and the angle between them is 60°, find |a + b|", "sqrt(19)"),
        (
            r"已知 |\vec{a}|=1, |\vec{b}|=2, \vec{a} 与 \vec{b} 的夹角为 60^\circ，"
            r"求 |\vec{a}+2\vec{b}|",
            "sqrt(21)",
        ),
        ("已知 |a|=2, |b|=3, a 与 b 的夹角为 60°，求 a·b", "3"),
    ],
)
def test_the_length_is_worked_out(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "已知 |a|=2, |b|=3, a·b=7，求 |a+b|",  # longer than both allow
        "已知 |a|=2, |b|=3，求 |a+b|",
        "已知 |a|=2, |b|=3, a 与 c 的夹角为 60°，求 |a+b|",
        "已知 |a|=2, |b|=3, a 与 b 的夹角不为 60°，求 |a+b|",
    ],
)
def test_what_is_not_told_is_not_supposed(text: str) -> None:
    assert unanswered(text)
