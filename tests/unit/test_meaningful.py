"""Where an expression has a meaning or a value, letters with a sign, rising functions."""

from __future__ import annotations

import re

import pytest
from asking import proved, unanswered

from assistant.maths.reading.requests import every  # noqa: F401 - all productions
from assistant.maths.reading.requests.productions import NOUNS, ORDERS


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("当 x 为何值时，分式 (x-1)/(x+3) 有意义", "(-oo, -3) ∪ (-3, oo)"),
        ("要使 √(x-2) 有意义，x 的取值范围是", "[2, oo)"),
        ("式子 √(x+1)/(x-2) 有意义，则 x 的取值范围是", "[-1, 2) ∪ (2, oo)"),
        ("For what values of x is 1/(x^2-1) defined?", "(-oo, -1) ∪ (-1, 1) ∪ (1, oo)"),
        ("若分式 (x^2-4)/(x-2) 的值为0，求 x", "-2"),
        ("Positive numbers x and y satisfy x + y = 6. Find the maximum of xy", "9"),
        ("Real numbers x and y satisfy x^2 + y^2 = 1. Find the maximum of x + y", "sqrt(2)"),
        ("在等比数列{a_n}中，a_1=2，公比 q=3，求前 5 项和", "242"),
    ],
)
def test_school_phrases(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("若函数 f(x)=x^2-2ax+3 在 [1,+∞) 上单调递增，求 a 的取值范围", "(-oo, 1]"),
        ("若函数 f(x)=x^3+ax^2+x 在 R 上是增函数，求a的取值范围", "[-sqrt(3), sqrt(3)]"),
        ("若函数 f(x)=ax+1 在 R 上是增函数，求 a 的取值范围", "(0, oo)"),  # not the constant
        ("If f(x) = x^3 - 3ax is decreasing on (-1, 1), find the range of a", "[1, oo)"),
        ("若函数 f(x)=x+a/x 在 [2,+∞) 上单调递增，求 a 的取值范围", "(-oo, 4]"),
    ],
)
def test_the_parameter_of_a_rising_function(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_a_root_without_a_value_everywhere_is_not_rising_there() -> None:
    assert unanswered("若函数 f(x)=√(x-a) 在 [1,+∞) 上单调递增，求 a 的取值范围")


@pytest.mark.slow
def test_the_words_of_every_phrase_are_a_pattern() -> None:
    for production in (*ORDERS, *NOUNS):
        for place in range(len(production.phrase.places) + 1):
            try:
                production.phrase.literal(place)
            except re.error as wrong:  # a place within a group cuts it in two
                pytest.fail(f"{production.phrase.places}: {wrong}")
