"""Sums with their bounds beside the sign, and sums named in words, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


def answered(text: str) -> str:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), (text, solution)
    assert isinstance(solution.verdict, Proved), (text, solution.verdict)
    assert solution.steps, text
    return answer_text(solution)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("∑ 1/n^2, n=1..3", "49/36"),
        ("∑ 1/2^n, n=0..∞", "2"),
        ("∑ n from 1 to 10", "55"),
        ("What is the sum of 1 to 100?", "5050"),
        ("Find the sum from 5 through 10.", "45"),
        ("Σ k^2 (k = 1 to n)", "n*(n + 1)*(2*n + 1)/6"),
        ("\\sum k^2, k=1 \\ldots 4", "30"),
        ("∏ (1+1/k), k=1..10", "11"),
        ("∑ k^3, k 从 1 到 4", "100"),
        ("sum of the first 10 positive integers", "55"),
        ("Find the sum of the first ten even numbers.", "110"),
        ("sum of the first n odd numbers", "n^2"),
        ("What is the sum of the first n squares?", "n*(n + 1)*(2*n + 1)/6"),
        ("sum of the cubes of the first 10 natural numbers", "3025"),
        ("sum of all odd numbers between 1 and 99", "2500"),
        ("sum of the even integers from 3 to 9", "18"),
        ("sum of the first 5 multiples of 3", "45"),
        ("前10个正整数的和", "55"),
        ("求前n个奇数之和", "n^2"),
        ("前n个正整数的平方和", "n*(n + 1)*(2*n + 1)/6"),
        ("从1加到100", "5050"),
        ("计算1到100所有偶数的和", "2550"),
    ],
)
def test_a_sum_is_read_and_worked_out(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize(
    "text", ["∑ 1/n^2", "∑ k, k=1..k", "sum of the first -3 odd numbers", "前2.5个整数的和"]
)
def test_a_sum_without_bounds_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from(["even", "odd", ""]))
def test_it_is_the_sum_that_counting_gives(low: int, width: int, kind: str) -> None:
    high = low + width
    wanted = sum(n for n in range(low, high + 1) if not kind or (n % 2 == 0) == (kind == "even"))
    assert answered(f"sum of all {kind} integers from {low} to {high}") == str(wanted)
