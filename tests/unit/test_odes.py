"""Differential equations: one of each kind, from typed text to a proved solution."""

from __future__ import annotations

import pytest
from asking import solved

from assistant.maths.checking.tasks.lost_curves import passed_by
from assistant.maths.checking.tasks.odes import satisfies
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.terms import Collection
from assistant.maths.types import Link, Proved, Refuted, Supported, Text, Trouble, Undecided


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("y' = x y", "separable"),
        ("y' + 2y = e^x", "linear"),
        ("y' + y/x = y^2", "bernoulli"),
        ("y' = (x + y)/x", "linear"),
        ("x^2 y' = y^2 + x y + x^2", "homogeneous"),
        ("2x y + (x^2 + 1) y' = 0", "separable"),
        ("y' = (x + y)^2", "linear substitution"),
        ("y' = (x + y - 3)/(x - y + 1)", "shift of the origin"),
        ("x^2 y' = x^2 y^2 + x y + 1", "riccati"),
        ("y = x y' + y'^2", "clairaut"),
        ("y'' - 3y' + 2y = 0", "characteristic equation"),
        ("y'' + 4y = sin(2x)", "characteristic equation"),
        ("y''' - y = 0", "characteristic equation"),
        ("x^2 y'' + x y' - y = 0", "euler"),
        ("y'' = y'^2", "lower order"),
        ("y'^2 = 4x^2", "factoring in y'"),
    ],
)
def test_each_kind_is_solved_and_proved(text: str, method: str) -> None:
    found = solved(text)
    assert found.method == method
    assert isinstance(found.verdict, Proved | Supported)
    claims = [s.verdict for s in found.steps if s.link is Link.SATISFIES]
    assert claims
    assert not any(isinstance(c, Refuted) for c in claims)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("y' = y, y(0) = 2", "y(x) = 2*e^x"),
        ("y' = 2x, y(1) = 5", "y(x) = x^2 + 4"),
        ("y'' + y = 0, y(0) = 1, y'(0) = 0", "y(x) = cos(x)"),
    ],
)
def test_initial_values_fix_the_constants(text: str, answer: str) -> None:
    found = solved(text)
    assert found.answer.value is not None
    assert plain(found.answer.value) == answer
    assert isinstance(found.verdict, Proved)


def test_constant_solutions_are_not_lost() -> None:
    value = solved("y' = y^2").answer.value
    assert value is not None
    assert "y(x) = 0" in plain(value)


@pytest.mark.parametrize(
    ("equation", "candidate"),
    [
        ("diff(y(x), x) = y(x)", "y(x) = C*e^(2x)"),
        ("diff(y(x), x) = y(x)", "y(x) = C*e^x + 1"),
        ("diff(y(x), x, 2) + y(x) = 0", "y(x) = C_1*cos(2x)"),
        ("diff(y(x), x) = -x/y(x)", "x^2 - y(x)^2 = C"),
    ],
)
def test_a_wrong_solution_is_refuted(equation: str, candidate: str) -> None:
    names = frozenset({"y"})
    pair = (read_formula(equation, names), read_formula(candidate, names))
    assert isinstance(satisfies(*pair, "y", "x"), Refuted)


def test_what_has_no_method_is_said() -> None:
    assert isinstance(solve(read_problem("y' = sin(x y) + x^y")), Trouble)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("y' = y^(1/3)", "3*y(x)^(2/3)/2 = x + C"),
        ("y' = x y^(1/3)", "3*y(x)^(2/3)/2 = x^2/2 + C"),
        ("y' = sqrt(y)", "2*sqrt(y(x)) = x + C"),
        ("y' = x sqrt(y)", "2*sqrt(y(x)) = x^2/2 + C"),
        ("dy/dx = y^(1/3), y(0)=0", "3*y(x)^(2/3)/2 = x"),
    ],
)
def test_a_root_of_y_keeps_its_sign_and_the_constant_solution(text: str, first: str) -> None:
    """y = (x + C)^2/4 solves y' = √y only where x + C is not negative."""
    found = solved(text)
    assert found.answer.value is not None
    assert plain(found.answer.value) == f"({first}, y(x) = 0)"
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize("text", ["y'' - y = |x|", "y' = |x|", "y' + y = |x|"])
def test_what_holds_on_one_side_only_is_no_solution(text: str) -> None:
    found = solved(text)
    assert found.answer.value is not None
    assert "|x|" in plain(found.answer.value).replace("abs(x)", "|x|")
    assert isinstance(found.verdict, Proved)


def test_bars_around_y_are_not_taken_off() -> None:
    found = solve(read_problem("y' = sqrt(|y|)"))
    assert isinstance(found, Trouble) or isinstance(found.verdict, Undecided)


@pytest.mark.parametrize(
    ("equation", "candidate"),
    [
        ("diff(y(x), x) = sqrt(y(x))", "y(x) = (x + C)^2/4"),
        ("diff(y(x), x) = abs(x)", "y(x) = x^2/2 + C"),
        ("diff(y(x), x) = abs(x)", "y(x) = -x^2/2 + C"),
        ("diff(y(x), x, 2) - y(x) = abs(x)", "y(x) = -x + C_1*e^x + C_2*e^(-x)"),
        ("diff(y(x), x) = sqrt(x^2)", "y(x) = x^2/2 + C"),
        ("x*diff(y(x), x) = abs(y(x))", "y(x) = C*x"),
    ],
)
def test_a_solution_for_some_numbers_is_neither_proved_nor_supported(
    equation: str, candidate: str
) -> None:
    names = frozenset({"y"})
    pair = (read_formula(equation, names), read_formula(candidate, names))
    assert isinstance(satisfies(*pair, "y", "x"), Refuted | Undecided)


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ("y' = sqrt(y) - 1", "y(x) = 1"),
        ("y' = e^y - 1", "y(x) = 0"),
        ("求解微分方程 y' = sqrt(y) - 2", "y(x) = 4"),
        ("y' = 1 - sqrt(y), y(0) = 1", "y(x) = 1"),
    ],
)
def test_constant_solutions_where_no_polynomial_vanishes(text: str, constant: str) -> None:
    found = solved(text)
    assert found.answer.value is not None
    assert constant in plain(found.answer.value)
    assert isinstance(found.verdict, Proved)


def test_constant_solutions_that_are_not_listed_are_told_of() -> None:
    conditions = solved("y' = y^(1/3) - 1").conditions
    assert any(isinstance(c, Text) and c.en.startswith("Every constant y") for c in conditions)
    twice = solved("y' = y - sqrt(y)").answer.value  # y = 1 is C = 0
    assert twice is not None
    assert "y(x) = 1" not in plain(twice)


@pytest.mark.parametrize(
    ("equation", "answers", "lost"),
    [
        ("y' = 2x", ["y(x) = x^2 + C"], False),
        ("y' = 2x", ["y(x) = x^2 + C^2"], True),
        ("y' = y", ["y(x) = e^(x+C)"], True),
        ("y' = y", ["y(x) = C*e^x"], False),
        ("y' = y(1-y)", ["y(x) = 1/(1+e^(C-x))"], True),
        ("y' = y^2", ["y(x) = -1/(x+C)"], False),
    ],
)
def test_a_family_that_passes_by_a_point_is_seen(
    equation: str, answers: list[str], lost: bool
) -> None:
    asked = read_problem(equation).request.operands[0]
    curves = tuple(read_formula(a, frozenset("y")) for a in answers)
    assert passed_by(asked, curves, "y", "x") is lost


@pytest.mark.slow
@pytest.mark.parametrize("text", ["y' + y = y^3", "(x + y) dx + (x - y) dy = 0"])
def test_the_constant_takes_either_sign(text: str) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    asked, value = read_problem(text).request, found.answer.value
    assert value is not None
    curves = value.items if isinstance(value, Collection) else (value,)
    assert not passed_by(asked.operands[0], curves, "y", "x")
