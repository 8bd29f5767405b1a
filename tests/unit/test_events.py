"""Probabilities of two events by those of others; mean and variance of a binomial variable."""

from __future__ import annotations

import pytest
from asking import proved, unanswered


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("A and B are independent events with P(A) = 0.3 and P(B) = 0.5. Find P(A or B)", "0.65"),
        ("设 A, B 相互独立，P(A)=0.4, P(B)=0.5，求 P(A∪B)", "0.7"),
        ("If A and B are independent, P(A)=0.4 and P(A∪B)=0.7, find P(B)", "0.5"),
        ("A and B are mutually exclusive events with P(A)=0.2, P(B)=0.5. Find P(A or B)", "0.7"),
        ("If P(A)=0.6, P(B)=0.5 and P(A and B)=0.3, find P(A or B)", "0.8"),
        ("已知 P(A)=0.6, P(B)=0.5, P(AB)=0.3，求 P(A|B)", "0.6"),
        ("Given P(A)=0.3, find P(not A)", "0.7"),
        ("甲、乙两人独立射击，命中率分别为 0.8 和 0.7，求至少一人命中的概率", "0.94"),
        (
            "甲、乙两人独立地解同一道题，解出的概率分别为 1/2 和 1/3，求恰有一人解出的概率",
            "1/2",
        ),
        ("甲、乙两人独立射击，命中率分别为 0.8 和 0.7，求两人都没有命中的概率", "0.06"),
        ("设 X~B(10,0.3)，求 E(X) 和 D(X)", "3, 2.1"),
    ],
)
def test_the_probability_is_worked_out(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "P(A)=0.5, P(B)=0.4. Find P(A or B)",  # nothing ties the two
        "P(A)=0.9, P(B)=0.8, P(AB)=0.1, find P(A∪B)",  # more than one together
        "P(A)=0.6, P(B)=0.5, P(AB)=0.3, P(A∪B)=0.9, find P(A|B)",  # does not fit
        "A and B are independent with P(A)=1.3 and P(B)=0.5. Find P(A and B)",
        "甲、乙两人独立射击，没有命中的概率分别为 0.8 和 0.7，求至少一人命中的概率",
        "甲、乙两人射击，命中率分别为 0.8 和 0.7，求至少一人命中的概率",  # not said: independent
    ],
)
def test_what_is_not_said_is_not_supposed(text: str) -> None:
    assert unanswered(text)
