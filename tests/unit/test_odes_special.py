"""Differential equations whose solutions are named functions, and how they are read."""

import pytest
from asking import answer_of, solved

from assistant.maths.checking.tasks.odes import satisfies
from assistant.maths.reading.problem import read_problem
from assistant.maths.types import Proved, Solution

EQUATIONS = [
    ("y'' = x*y", "airyai(x)"),
    ("x^2*y'' + x*y' + (x^2 - 4)*y = 0", "besselj(2, x)"),
    ("x^2*y'' + x*y' - (x^2 + n^2)*y = 0", "besseli(n, x)"),
    ("x*y'' + (a - x)*y' - b*y = 0", "kummer(b, a, x)"),
    ("(1 - x^2)*y'' - 2*x*y' + v*(v + 1)*y = 0", "hypergeometric(-v, v + 1, 1"),
    ("y' = x + y^2", "airyaiprime(-x)"),
    ("y' = x^2 + y^2", "besselj(1/4, x^2/2)"),
]


@pytest.mark.parametrize(("equation", "part"), EQUATIONS)
@pytest.mark.slow
def test_named_functions_solve_and_are_proved(equation: str, part: str) -> None:
    found = solved(equation)
    assert isinstance(found, Solution)
    assert part in answer_of(found)
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("equation", "wrong"),
    [
        ("y'' = x*y", "y(x) = airyai(-x)"),
        ("x^2*y'' + x*y' + (x^2 - 4)*y = 0", "y(x) = besselj(3, x)"),
        ("x^2*y'' + x*y' + (x^2 - 4)*y = 0", "y(x) = besseli(2, x)"),
        ("x*y'' + (a - x)*y' - b*y = 0", "y(x) = kummer(a, b, x)"),
    ],
)
def test_a_wrong_named_function_is_not_proved(equation: str, wrong: str) -> None:
    request = read_problem(equation).request
    relation = read_problem(wrong).request.operands[0]
    assert not isinstance(satisfies(request.operands[0], relation, "y", "x"), Proved)


@pytest.mark.parametrize(
    "text",
    [
        "求微分方程 y' + y = e^{-x} 的通解",
        "solve the differential equation y' + y = e^(-x)",
        "find the general solution of y' + y = e^(-x)",
    ],
)
def test_the_words_around_an_equation(text: str) -> None:
    assert solved(text).answer.srepr == solved("y' + y = e^(-x)").answer.srepr


def test_conditions_behind_words() -> None:
    found = solved("求微分方程 y'' + y = 0 满足 y(0)=0, y'(0)=1 的特解")
    assert answer_of(found) == "y(x) = sin(x)"


def test_t_is_the_variable_where_only_t_stands() -> None:
    found = solved("y'' + y = sin(2t)")
    assert found.variables == ("y", "t")


def test_a_bracket_behind_y_is_a_product() -> None:
    found = solved("y' = y(1-y), y(0)=1/2")
    assert answer_of(found) == "y(x) = e^x/(e^x + 1)"


def test_logarithms_of_particular_solutions_are_real() -> None:
    found = solved("y'' + y = sec x")
    assert "ln(|cos(x)|)" in answer_of(found)


def test_the_constant_solution_of_a_root_is_not_lost() -> None:
    found = solved("y' = sqrt(y)")
    assert "y(x) = 0" in answer_of(found)


def test_derivatives_of_known_functions_come_before_their_values() -> None:
    assert solved("f(x) = x^3 - 2x, find f'(2)").answer.srepr == "Integer(10)"
    assert solved("f(x)=ln x. Find f'(2)+f(1)").answer.srepr == "Rational(1, 2)"
