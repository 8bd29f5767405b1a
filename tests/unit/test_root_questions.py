"""Discriminants, sums and products of roots, how many there are; repeating decimals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve, solve_request
from assistant.maths.types import Proved, Request, Solution, Task


def answered(text: str) -> str:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), (text, solution)
    assert isinstance(solution.verdict, Proved), (text, solution.verdict)
    assert solution.steps, text
    return answer_text(solution)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("discriminant of x^2 - 5x + 6", "1"),
        ("Find the discriminant of the equation 2x^2 = 5 - 3x.", "49"),
        ("discriminant of x^2 + kx + 1 = 0", "k^2 - 4"),
        ("方程 x^2-5x+6=0 的判别式", "1"),
        ("sum of the roots of x^2 - 5x + 6 = 0", "5"),
        ("sum of the roots of x^3 - 6x^2 + 11x - 6", "6"),
        ("What is the product of the roots of the equation 2x^2 - 5x + 6 = 0?", "3"),
        ("product of the roots of x^3 - 6x^2 + 11x - 6", "6"),
        ("方程x^2-5x+6=0的两根之和", "5"),
        ("求方程x^2-5x+6=0两根之积", "6"),
        ("find the sum of all solutions of |x-1|=3", "2"),
        ("How many real roots does x^2 + x + 1 = 0 have?", "0"),
        ("How many solutions does the equation |x-1| = 3 have?", "2"),
        ("方程x^2-2x+1=0有几个实数根", "1"),
        ("How many integers satisfy x^2 < 10?", "7"),
        ("满足x^2<10的整数x有几个", "7"),
        ("0.363636... as a fraction", "4/11"),
        ("Write 0.(36) as a fraction in simplest form", "4/11"),
        ("0.\\overline{36} as a fraction", "4/11"),
        ("Express the repeating decimal 0.1666... as a fraction", "1/6"),
        ("-2.1(45) as a fraction", "-118/55"),
        ("把循环小数 0.363636… 化成分数", "4/11"),
        ("把 0.3\u03076\u0307 化为分数", "4/11"),
    ],
)
def test_it_is_answered(text: str, expected: str) -> None:
    assert answered(text) == expected


@pytest.mark.parametrize("text", ["0.123... as a fraction", "0.5... to a fraction"])
def test_a_period_that_is_not_seen_is_not_guessed(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)


def question(topic: str, equation: str) -> Request:
    return replace(read_problem(f"discriminant of {equation}").request, topic=topic)


@pytest.mark.parametrize(
    ("topic", "wrong"),
    [
        (topics.DISCRIMINANT, "-1"), (topics.DISCRIMINANT, "4"), (topics.ROOT_SUM, "-5"),
        (topics.ROOT_SUM, "6"), (topics.ROOT_PRODUCT, "5"), (topics.ROOT_PRODUCT, "-6"),
        (topics.ROOT_COUNT, "1"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_not_proved(topic: str, wrong: str) -> None:
    request = question(topic, "x^2 - 5x + 6 = 0")
    value = read_problem(wrong).request.operands[0]
    right = solve_request(request)
    assert isinstance(right, Solution)
    draft = Draft(answer=value, steps=right.steps, variables=("x",))
    assert not isinstance(check_answer(request, draft), Proved)


digits = st.text("0123456789", max_size=3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30), digits, st.text("0123456789", min_size=1, max_size=3))
def test_division_gives_the_digits_back(whole: int, before: str, period: str) -> None:
    request = Request(
        task=Task.NUMBER, topic=topics.REPEATING, words=(str(whole), before, period, "")
    )
    solution = solve_request(request)
    assert isinstance(solution, Solution)
    assert isinstance(solution.verdict, Proved)
    tail = Fraction(int(period), (10 ** len(period) - 1) * 10 ** len(before))
    value = Fraction(int(f"{whole}{before}"), 10 ** len(before)) + tail
    assert Fraction(answer_text(solution)) == value
    off = Draft(answer=t.rational(value + Fraction(1, 9 * 10 ** (len(before) + 9))))
    assert not isinstance(check_answer(request, off), Proved)
