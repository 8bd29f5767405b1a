"""Systems: every method the same answer, none and many solutions told apart."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Solution


def values(text: str, method: str = "") -> tuple[str, Solution]:
    problem = read_problem(text)
    request = dataclasses.replace(problem.request, method=method)
    result = solve(dataclasses.replace(problem, request=request))
    assert isinstance(result, Solution), result
    return result.answer.srepr, result


@pytest.mark.parametrize("method", ["", "substitution", "elimination", "matrix"])
def test_all_methods_agree(method: str) -> None:
    found, solution = values("2x + 3y = 7; 4x - 5y = 3", method)
    assert found == "FiniteSet(Tuple(Integer(2), Integer(1)))"
    assert not method or solution.method == method


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x + y = 5; x - y = 1", {(3, 2)}),
        ("x + y = 3; x + y = 4", set()),
        ("x+y+z=6; x-y+2z=5; 2x+y-z=1", {(1, 2, 3)}),
        ("x^2 + y^2 = 25; x + y = 7", {(3, 4), (4, 3)}),
        ("x*y = 6; x^2 + y^2 = 13", {(2, 3), (3, 2), (-2, -3), (-3, -2)}),
        ("|x| + y = 3; x + |y| = 1", {(-1, 2)}),
        ("2^x + 2^y = 12; x + y = 5", {(2, 3), (3, 2)}),
        ("ln(x) + ln(y) = ln(6); x + y = 5", {(2, 3), (3, 2)}),
    ],
)
def test_answers(text: str, wanted: set[tuple[int, ...]]) -> None:
    import sympy as sp

    found = sp.sympify(values(text)[0])
    assert {tuple(map(int, pair)) for pair in found.args} == wanted


def test_many_solutions_keep_a_free_unknown() -> None:
    found, solution = values("x + y = 3; 2x + 2y = 6")
    assert "Symbol('y')" in found
    assert solution.conditions
