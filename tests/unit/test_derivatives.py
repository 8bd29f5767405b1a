from __future__ import annotations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.cas.convert import to_sympy
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.calculus.derivatives import differentiate
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Request, Solution, Step, Task


def solved(text: str, order: int | None = None, name: str = "x") -> Solution:
    request = Request(
        task=Task.DIFFERENTIATE, operands=(read_formula(text),), variables=(name,), order=order
    )
    found = solve_request(request)
    assert isinstance(found, Solution), text
    return found


def rules(steps: tuple[Step, ...]) -> set[str]:
    return {s.rule.id for s in steps} | {r for s in steps for r in rules(s.substeps)}


def value(solution: Solution) -> sp.Expr:
    assert solution.answer.value is not None
    return to_sympy(solution.answer.value, real=True)


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("5", "0", "derivative.constant"),
        ("3x^4-2x+1", "12x^3-2", "derivative.sum"),
        ("x^2*sin(x)", "2x*sin(x)+x^2*cos(x)", "derivative.product"),
        ("(x^2+1)/(x-1)", "(x^2-2x-1)/(x-1)^2", "derivative.quotient"),
        ("sin(3x)", "3*cos(3x)", "derivative.chain"),
        ("1/x^3", "-3/x^4", "derivative.power"),
        ("e^x", "e^x", "derivative.exponential"),
        ("2^x", "2^x*ln(2)", "derivative.exponential"),
        ("ln(x)", "1/x", "derivative.logarithm"),
        ("atan(x)", "1/(1+x^2)", "derivative.function"),
        ("abs(x)", "x/abs(x)", "derivative.absolute"),
        ("x^x", "x^x*(ln(x)+1)", "derivative.logarithmic"),
    ],
)
def test_names_the_rule_and_proves_the_answer(text: str, expected: str, rule: str) -> None:
    solution = solved(text)
    assert sp.simplify(value(solution) - to_sympy(read_formula(expected), real=True)) == 0
    assert rule in rules(solution.steps)
    assert isinstance(solution.verdict, Proved)


def test_power_of_a_variable_is_told_through_logarithms() -> None:
    solution = solved("x^x")
    inside = solution.steps[0].substeps
    assert next(plain(s.after) for s in inside) == "ln(y) = x*ln(x)"
    assert "derivative.product" in rules(inside)
    assert plain(solution.answer.value) == "x^x*(ln(x) + 1)"  # type: ignore[arg-type]
    assert solution.conditions


def test_higher_orders_show_each_derivative() -> None:
    solution = solved("x^5", order=3)
    assert plain(solution.answer.value) == "60*x^2"  # type: ignore[arg-type]
    assert len([s for s in solution.steps if s.rule.id == "derivative.power"]) >= 1
    assert isinstance(solution.verdict, Proved)


def test_other_letters_are_constants() -> None:
    solution = solved("a*x^2 + b*x*y", name="x")
    assert sp.expand(value(solution) - to_sympy(read_formula("2*a*x+b*y"), real=True)) == 0


def test_implicit_derivative() -> None:
    solution = solved("x^2 + y^2 = 25")
    assert plain(solution.answer.value) == "-x/y"  # type: ignore[arg-type]
    assert isinstance(solution.verdict, Proved)


@pytest.mark.parametrize("text", ["floor(x)", "x < 3", "[[1, x], [2, 3]]"])
def test_says_nothing_where_no_rule_fits(text: str) -> None:
    request = Request(task=Task.DIFFERENTIATE, operands=(read_formula(text),), variables=("x",))
    assert differentiate(request) is None


PIECES = ["x", "x^2", "sin(x)", "e^(2x)", "ln(x)", "1/x", "sqrt(x)", "3"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
    st.sampled_from(["+", "*", "-", "/"]),
)
def test_agrees_with_an_independent_derivative(parts: list[str], sign: str) -> None:
    formula = read_formula(sign.join(f"({p})" for p in parts))
    draft = differentiate(Request(task=Task.DIFFERENTIATE, operands=(formula,), variables=("x",)))
    assert draft is not None
    assert draft.answer is not None
    x = sp.Symbol("x", real=True)
    expected = sp.diff(to_sympy(formula, real=True), x)
    difference = sp.N((expected - to_sympy(draft.answer, real=True)).subs(x, sp.Rational(7, 3)), 30)
    assert abs(difference) < 1e-20


def test_nothing_is_said_of_a_point_where_only_the_formula_fails() -> None:
    """``x|x|`` has the derivative 0 at 0."""
    assert not any("不可导" in c.zh for c in solved("x*abs(x)").conditions)
