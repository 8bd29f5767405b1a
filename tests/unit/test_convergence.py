"""Series that converge, absolutely or not, and those that do not."""

import pytest
from asking import solved

from assistant.maths.checking.tasks.convergence import check_convergence
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.problem import read_problem
from assistant.maths.terms import Truth
from assistant.maths.types import Proved, Refuted, Solution

CASES = [
    ("1/n^2", "converges", "series.p"),
    ("1/n", "diverges", "series.p"),
    ("n/(n+1)", "diverges", "series.terms"),
    ("(2/3)^n", "converges", "series.geometric"),
    ("n/2^n", "converges", "series.ratio"),
    ("3^n/n!", "converges", "series.ratio"),
    ("1/(n^2+1)", "converges", "series.comparison"),
    ("sin(1/n)", "diverges", "series.comparison"),
    ("(-1)^n/n", "converges conditionally", "series.alternating"),
    ("(-1)^n/n^2", "converges absolutely", "series.p"),
    ("sin(n)/n^2", "converges absolutely", "series.bounded"),
    ("1/((n+1)*ln(n+1))", "diverges", "series.integral"),
]


@pytest.mark.parametrize(("terms", "said", "rule"), CASES)
def test_a_series_is_decided_by_a_named_test(terms: str, said: str, rule: str) -> None:
    found = solved(f"does the series sum({terms}, (n, 1, oo)) converge?")
    assert isinstance(found, Solution)
    assert found.answer.text == said
    assert isinstance(found.verdict, Proved)
    assert rule in {step.rule.id for step in found.steps}


@pytest.mark.parametrize(("terms", "said", "rule"), CASES)
def test_the_opposite_is_never_proved(terms: str, said: str, rule: str) -> None:
    del rule
    body = read_problem(terms).request.operands[0]
    wrong = Truth(said == "diverges")
    assert isinstance(check_convergence(body, "n", wrong), Refuted)


@pytest.mark.parametrize("terms", ["sin(n)/n", "cos(n)", "(2+sin(n))/n", "tan(n)/n^2"])
def test_what_no_test_decides_is_not_claimed(terms: str) -> None:
    body = read_problem(terms).request.operands[0]
    for claim in (True, False):
        assert not isinstance(check_convergence(body, "n", Truth(claim)), Proved | Refuted)


def test_the_question_is_read_in_chinese_with_its_answer() -> None:
    found = solved(r"判断级数 \sum_{n=1}^\infty \frac{n}{2^n} 的敛散性")
    assert found.answer.said[0].zh == "收敛"


def test_the_bound_of_a_telescoping_sum_is_not_its_index() -> None:
    found = solved(r"\sum_{n=1}^\infty \frac{1}{n(n+1)}")
    assert found.answer.srepr == "Integer(1)"


@pytest.mark.parametrize(
    "text",
    [
        r"Does \int_1^oo 1/x^2 dx converge?",
        r"Determine whether 2\int_0^oo e^{-x} dx converges",
        r"Does \lim_{n\to\infty} 1/n converge?",
        r"判断 \int_1^\infty 1/x^2 dx 是否收敛",
    ],
)
def test_an_integral_is_no_series(text: str) -> None:
    with pytest.raises(ReadingError):
        read_problem(text)
