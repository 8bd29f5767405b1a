from __future__ import annotations

import pytest
import sympy as sp
from asking import proved

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.sums import check_bounds
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Refuted, Request, Solution, Supported, Task


def solved(task: Task, *operands: str, name: str = "k", order: int | None = None) -> Solution:
    request = Request(
        task=task, operands=tuple(map(read_formula, operands)), variables=(name,), order=order
    )
    found = solve_request(request)
    assert isinstance(found, Solution), operands
    return found


@pytest.mark.parametrize(
    ("operands", "expected", "method"),
    [
        (("k", "1", "100"), "5050", "sums of powers"),
        (("k^2", "1", "n"), "n*(n+1)*(2n+1)/6", "sums of powers"),
        (("2k+1", "1", "n"), "n^2+2n", "arithmetic series"),
        (("2^k", "0", "n"), "2^(n+1)-1", "geometric series"),
        (("k*2^k", "1", "n"), "2*(n*2^n-2^n+1)", "shifted difference"),
        (("1/(k*(k+1))", "1", "n"), "n/(n+1)", "telescoping"),
        (("1/(k*(k+1))", "1", "oo"), "1", "telescoping"),
        (("(1/2)^k", "0", "oo"), "2", "geometric series"),
        (("1/k", "1", "oo"), "oo", "known sum"),
        (("k^3", "1", "4"), "100", "term by term"),
        (("sin(k)", "1", "n"), "(cos(1/2)-cos(n+1/2))/(2*sin(1/2))", "telescoping"),
    ],
)
def test_sums(operands: tuple[str, ...], expected: str, method: str) -> None:
    solution = solved(Task.SUM, *operands)
    assert solution.answer.value is not None
    difference = to_sympy(solution.answer.value) - to_sympy(read_formula(expected))
    assert sp.simplify(difference) in (0, sp.nan)
    assert solution.method == method
    assert isinstance(solution.verdict, Proved)


def test_a_sum_known_only_by_numbers_is_supported() -> None:
    solution = solved(Task.SUM, "1/k^2", "1", "oo")
    assert plain(solution.answer.value) == "pi^2/6"  # type: ignore[arg-type]
    assert isinstance(solution.verdict, Supported)


def test_products() -> None:
    solution = solved(Task.PRODUCT, "1-1/k^2", "2", "n")
    assert isinstance(solution.verdict, Proved)
    assert plain(solved(Task.PRODUCT, "k", "1", "5").answer.value) == "120"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        (("k^2", "1", "n"), "n*(n+1)*(2n+1)/3"),
        (("k", "1", "10"), "54"),
        (("1/k", "1", "oo"), "2"),
        (("(1/3)^k", "0", "oo"), "2"),
    ],
)
def test_wrong_sums_are_refuted(given: tuple[str, str, str], claim: str) -> None:
    body, low, high = map(read_formula, given)
    verdict = check_bounds((body, "k", low, high), read_formula(claim), times=False)
    assert isinstance(verdict, Refuted)


def test_taylor_polynomials() -> None:
    solution = solved(Task.SERIES, "e^x", "0", name="x", order=3)
    assert plain(solution.answer.value) == "1 + x + x^2/2 + x^3/6"  # type: ignore[arg-type]
    assert isinstance(solution.verdict, Proved)
    around = solved(Task.SERIES, "ln(x)", "1", name="x", order=2)
    assert plain(around.answer.value) == "x - 1 - (x - 1)^2/2"  # type: ignore[arg-type]


def study(topic: str, *operands: str, domain: t.Expr | None = None) -> Solution:
    request = Request(
        task=Task.FUNCTION,
        topic=topic,
        operands=tuple(map(read_formula, operands)),
        variables=("x",),
        domain=domain,
    )
    found = solve_request(request)
    assert isinstance(found, Solution), operands
    assert isinstance(found.verdict, Proved)
    return found


def test_tangent_and_normal() -> None:
    assert plain(study(topics.TANGENT, "x^2", "3").answer.value) == "y = 6*x - 9"  # type: ignore[arg-type]
    normal = study(topics.NORMAL, "x^3", "1").answer.value
    assert plain(normal) == "y = -x/3 + 4/3"  # type: ignore[arg-type]


def test_extrema_and_inflection() -> None:
    assert study(topics.EXTREMA, "x^3-3x+2").answer.text == "maximum at (-1, 4), minimum at (1, 0)"
    assert study(topics.EXTREMA, "x^3").answer.text == "none"
    assert study(topics.INFLECTION, "x^3-3x^2+1").answer.text == "(1, -1)"


def test_monotonicity_leaves_out_the_pole() -> None:
    text = study(topics.MONOTONICITY, "x+1/x").answer.text
    assert "decreasing on (-1, 0)" in text


def test_largest_value_on_an_interval() -> None:
    closed = t.Interval(t.integer(0), t.integer(2), low_open=False, high_open=False)
    found = study(topics.MAXIMUM, "x^3-3x", domain=closed)
    assert plain(found.answer.value) == "2"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\sum_{k=1}^10 k", "55"),
        ("sum_{k=1}^100 k", "5050"),
        ("∑_{k=1}^10k", "55"),
        (r"\prod_{k=1}^10 k", "3628800"),
        (r"\int_0^10 x dx", "50"),
        (r"\int_0^1x^2dx", "1/3"),
        (r"\int_0^12x dx", "1"),
        (r"\sum_{k=1}^5k", "15"),
    ],
)
def test_a_bound_of_several_digits_is_one_number(text: str, value: str) -> None:
    assert proved(text) == value
