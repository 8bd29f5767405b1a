"""Probabilities of a normal variable, in both languages."""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_draft
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution

ONE_SIGMA = "erf(sqrt(2)/2)"
GOOD = [
    ("X ~ N(0,1). Find P(1 < X < 2).", "(-erf(sqrt(2)/2) + erf(sqrt(2)))/2", "0.135905"),
    ("P(1<X<2) for X ~ N(0,1)", "(-erf(sqrt(2)/2) + erf(sqrt(2)))/2", "0.135905"),
    ("If X ~ N(100, 15^2), find P(85 < X < 115)", ONE_SIGMA, "0.682689"),
    (
        "A normal random variable X has mean 100 and standard deviation 15. Find P(X > 130).",
        "1/2 - erf(sqrt(2))/2",
        "0.0227501",
    ),
    (
        "X is normally distributed with mean 100 and variance 225. Find P(X > 130).",
        "1/2 - erf(sqrt(2))/2",
        "0.0227501",
    ),
    ("Z is a standard normal variable. Find P(|Z| < 1).", ONE_SIGMA, "0.682689"),
    ("X ~ N(1,4), find P(|X - 1| < 2)", ONE_SIGMA, "0.682689"),
    (r"$X \sim N(0, 1)$. Find $P(X < 1)$.", "1/2 + erf(sqrt(2)/2)/2", "0.841345"),
    ("设 X ~ N(1, 4)，求 P(X<3)", "1/2 + erf(sqrt(2)/2)/2", "0.841345"),
    ("已知随机变量X服从正态分布N(2,9)，求P(X>5)", "1/2 - erf(sqrt(2)/2)/2", "0.158655"),
    ("设随机变量 X 服从标准正态分布，求 P(|X|<1)", ONE_SIGMA, "0.682689"),
    ("设X服从均值为10、标准差为2的正态分布，求P(8<X<12)", ONE_SIGMA, "0.682689"),
]


@pytest.mark.parametrize(("text", "exact", "decimal"), GOOD)
def test_exact_with_the_decimal_beside_it(text: str, exact: str, decimal: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    assert isinstance(found.verdict, Proved)
    assert answer_text(found) == exact
    assert any(note.args == (decimal,) for note in found.notes)


def test_it_is_told_which_number_is_the_variance() -> None:
    (note,) = read_problem("X ~ N(100, 15), find P(X < 100)").notes
    assert note.args == (t.integer(100), t.integer(15), t.Call("sqrt", (t.integer(15),)))


@pytest.mark.parametrize(
    "text",
    [
        "X ~ N(1,4), find P(|X| > 2)",
        "X ~ N(1,4), find P(X = 2)",
        "X ~ N(1,-4), find P(X < 2)",
        "X ~ N(1,0), find P(X < 2)",
        "X is normal with mean 3 and standard deviation -2, find P(X < 1)",
        "X ~ N(1,4), find P(X < 1/0)",
        "X ~ N(1,4), find P(Y < 2)",
        "X ~ N(1,4), find P(2 > X > 3)",
        "X ~ N(1,4), find P(3 < X < 2)",
        "X ~ N(1,4) and Y ~ N(0,1), find P(X < 2)",
        "X ~ N(μ,σ^2), find P(X < μ)",
        "X ~ N(1,4), find P(X < 2 | X > 0)",
        "X ~ N(1,4), find P(X < a) = 0.5",
        "X ~ N(1,4), find 2P(X < 2)",
        "X ~ N(1,4), find 1 - P(X < 2)",
        "X ~ N(1,4), find P(2X < 2)",
        "X ~ N(1,4), find P(X^2 < 2)",
        "X ~ N(1,4), find P(X < 2 or X > 3)",
        "X ~ N(1,4) truncated at 0, find P(X < 2)",
        "X ~ LogN(1,4), find P(X < 2)",
        "A sample of 9 values of X ~ N(1,4) is taken. Find P(X < 2).",
        "X ~ N(1,4), find E(X)",
        "设X服从正态分布N(1,4)，且Y=2X，求P(Y<3)",
        "设X不服从正态分布N(1,4)，求P(X<3)",
    ],
)
def test_another_question_is_not_answered(text: str) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return
    assert not isinstance(found, Solution) or not isinstance(found.verdict, Proved)


@pytest.mark.parametrize("text", [text for text, _, _ in GOOD[2:9]])
def test_the_check_believes_no_wrong_value(text: str) -> None:
    request = read_problem(text).request
    erf = t.Call("erf", (t.integer(1),))
    for wrong in (erf, t.integer(1), t.integer(0), t.integer(7), t.Neg(erf)):
        verdict = check_draft(request, Draft(answer=wrong, variables=("x",))).verdict
        assert not isinstance(verdict, Proved), wrong
