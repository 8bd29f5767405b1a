"""Systems: every method the same answer, none and many solutions told apart."""

from __future__ import annotations

import dataclasses

import pytest
from asking import proved, told

from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.engine import solve
from assistant.maths.types import Link, Proved, Refuted, Solution


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


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Solve x^2 = 4, x^3 = 8", "2"),
        ("Solve x = 2, 2x = 4", "2"),
        ("Solve x^2 = 4, x^2 = 9", "emptyset"),
        ("Solve |x| = 2, x^2 = 4", "-2, 2"),
        ("Solve x*[[1,2],[3,4]] = [[2,4],[6,8]]", "2"),
        ("Solve [[1,2],[3,4]] * [[x],[y]] = [[5],[6]]", "x = -4, y = 9/2"),
        ("Solve [[1,2],[3,4]] X = [[5],[6]]", "X_1 = -4, X_2 = 9/2"),
        ("Solve [[1,2],[2,4]] X = [[1],[3]]", "emptyset"),
    ],
)
def test_several_equations_for_one_unknown_and_matrices(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize("text", ["Is x/0 = 1?", "x/0 = 1", "Solve 1/0 = x"])
def test_what_has_no_value_is_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Solve x^2 + y^2 = 0", "x = 0, y = 0"),
        ("Solve x^2 - 4x + 4 + y^2 = 0", "x = 2, y = 0"),
        ("Solve sqrt(x-1) + |y| = 0", "x = 1, y = 0"),
        ("已知 √(x-1)+|y+2|=0，求 x+y", "-1"),
        ("已知 a²+b²-2a+4b+5=0，求 a+b", "-1"),
        ("已知 |a-2|+(b+3)²=0，求 a^b", "1/8"),
    ],
)
def test_a_sum_is_zero_where_each_part_is(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("equation", "claim", "holds"),
    [
        ("x^2 + y^2 = 0", "x = 0 and y = 0", True),
        ("x^2 + y^2 = 0", "x = 0 and y = 1", False),
        ("x^2 - y^2 = 0", "x = 0 and y = 0", False),
        ("x^2 + x*y + y^2 = 0", "x = 0 and y = 0", None),
        ("(x-1)^2 + |y+2| = 0", "x = 1 and y = -2", True),
        ("(x-1)^2 + |y+2| = 1", "x = 1 and y = -2", False),
    ],
)
def test_the_check_takes_a_zero_sum_apart(equation: str, claim: str, holds: bool | None) -> None:
    asked, said = read_formula(equation), read_formula(claim)
    verdict = check_link(asked, said, Link.EQUIVALENT, ("x", "y"), Deadline(3))
    assert isinstance(verdict, Proved) is (holds is True)
    assert holds is not True or not isinstance(verdict, Refuted)


def test_complex_squares_may_be_zero_together_otherwise() -> None:
    assert told("Solve (x+i)^2 + (y-1)^2 = 0") == ("", None)


def test_matrices_that_do_not_fit_are_refused() -> None:
    assert told("Solve X [[1,2],[3,4]] = [[5,6]] for X") == ("", None)
