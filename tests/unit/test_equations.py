"""Equations in one unknown: what a pupil would type, and what must not be lost or invented."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.reading import read_problem
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Refuted, Solution, Step, Supported, Trouble


def solved(text: str, method: str = "") -> Solution:
    problem = read_problem(text)
    if method:
        request = dataclasses.replace(problem.request, method=method)
        problem = dataclasses.replace(problem, request=request)
    result = solve(problem)
    assert isinstance(result, Solution), result
    return result


def answer(text: str) -> str:
    value = solved(text).answer.value
    assert value is not None
    return plain(value)


def rules(steps: tuple[Step, ...]) -> list[str]:
    return [r for s in steps for r in (s.rule.id, *rules(s.substeps))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("解方程 2(x-3)=x/2+1", "{14/3}"),
        ("2x + 3 = 11", "{4}"),
        ("(x+1)/3 = 4", "{11}"),
        ("0.5x + 0.25 = 1.75", "{3}"),
        ("-0.8y = -1", "{1.25}"),
        ("3:4 = x:12", "{9}"),
        ("2(x+1) = 2x+2", "RR"),
        ("2(x+1) = 2x+5", "emptyset"),
        ("x^2 - 5x + 6 = 0", "{2, 3}"),
        ("x^2 = 2", "{-sqrt(2), sqrt(2)}"),
        ("x^2 + x + 1 = 0", "emptyset"),
        ("x^3 - 6x^2 + 11x - 6 = 0", "{1, 2, 3}"),
        ("x^4 - 5x^2 + 4 = 0", "{-2, -1, 1, 2}"),
        (r"\frac{x}{x-1} = \frac{1}{x-1}", "emptyset"),
        ("(x^2-1)/(x-1) = x+1", "(-oo, 1) ∪ (1, oo)"),
        ("sqrt(x+7) = x-5", "{9}"),
        ("sqrt(x+1) + sqrt(x-4) = 5", "{8}"),
        ("sqrt(x) = -2", "emptyset"),
        ("root(x, 3) + 2 = 0", "{-8}"),
        ("|2x-1| = 3", "{-1, 2}"),
        ("||x-1|-2| = 1", "{-2, 0, 2, 4}"),
        ("|x-1| + |x+2| = 3", "[-2, 1]"),
        ("|x| = -1", "emptyset"),
        ("4^x - 3*2^x + 2 = 0", "{0, 1}"),
        ("2^x + 3^x = 13", "{2}"),
        ("3^x = 5", "{log(5, 3)}"),
        ("log_2(x) + log_2(x-2) = 3", "{4}"),
        ("log(8, x) = 3", "{2}"),
        ("sin(2x) = cos(x) for x in [0, 2pi]", "{pi/6, pi/2, 5*pi/6, 3*pi/2}"),
        ("sin(x) = 2", "emptyset"),
        ("x*e^x = 2x", "{0, ln(2)}"),
        ("2^x = x + 1", "{0, 1}"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    assert answer(text) == wanted


@pytest.mark.parametrize("text", ["2(x-3)=x/2+1", "x^2-5x+6=0", "sqrt(x+7)=x-5", "|2x-1|=3"])
def test_school_equations_are_proved_line_by_line(text: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert all(isinstance(s.verdict, Proved) for s in solution.steps)


@pytest.mark.parametrize(
    ("method", "rule"),
    [
        ("factoring", "quadratic.factor"),
        ("completing_square", "quadratic.complete_square"),
        ("formula", "quadratic.formula"),
    ],
)
def test_three_methods_for_a_quadratic(method: str, rule: str) -> None:
    solution = solved("x^2 - 5x + 6 = 0", method)
    assert rule in rules(solution.steps)
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == "{2, 3}"


def test_a_linear_equation_shows_every_operation() -> None:
    found = rules(solved("2(x-3) = x/2 + 1").steps)
    for wanted in ("distribute", "clear_denominators", "subtract_both", "add_both", "divide_both"):
        assert f"linear.{wanted}" in found


@pytest.mark.parametrize("text", ["x/(x-1) = 1/(x-1)", "sqrt(x+7) = x-5", "log_2(x)+log_2(x-2)=3"])
def test_extraneous_roots_are_named(text: str) -> None:
    assert "equation.extraneous" in rules(solved(text).steps)


def test_complex_roots_are_told_beside() -> None:
    solution = solved("x^2 + 1 = 0")
    assert any("complex" in c.en for c in solution.conditions)


def test_three_real_roots_of_a_cubic_without_complex_numbers() -> None:
    value = solved("x^3 - 3x + 1 = 0").answer.value
    assert value is not None
    assert "i" not in plain(value).replace("pi", "")


def test_all_the_families_of_a_trigonometric_equation() -> None:
    assert answer("sin(x) = 1/2").count("imageset") == 2


@pytest.mark.parametrize("text", ["cos(x) = x", "ln(x) = x - 2", "e^x = x + 2"])
def test_decimals_are_never_called_proved(text: str) -> None:
    assert isinstance(solved(text).verdict, Supported)


def test_a_parameter_keeps_its_cases() -> None:
    solution = solved("a x = b")
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == "{b/a}"
    assert any("≠" in c.en or "One solution" in c.en for c in solution.conditions)


def test_statements_about_numbers() -> None:
    assert answer("3 + 5 = 8") == "true"
    assert answer("2 < 1") == "false"


@pytest.mark.parametrize("text", ["x^x = 4", "floor(x) = 2.5", "x! = 6", "sin(x^2) = x", "0/0 = x"])
def test_what_is_beyond_us_is_not_guessed(text: str) -> None:
    result = solve(read_problem(text))
    assert isinstance(result, Trouble) or not isinstance(result.verdict, Refuted)


numbers = st.integers(-9, 9)


@settings(max_examples=25, deadline=None)
@given(a=numbers, b=numbers, c=numbers, d=numbers)
def test_linear_equations_agree_with_arithmetic(a: int, b: int, c: int, d: int) -> None:
    text = f"({a})*x + ({b}) = ({c})*x + ({d})"
    value = solved(text).answer.srepr
    if a != c:
        root = Fraction(d - b, a - c)
        wanted = (
            f"FiniteSet(Integer({root}))"
            if root.denominator == 1
            else f"FiniteSet(Rational({root.numerator}, {root.denominator}))"
        )
    else:
        wanted = "Reals" if b == d else "EmptySet"
    assert value == wanted


@settings(max_examples=15, deadline=None)
@given(p=numbers, q=numbers, lead=st.integers(1, 4))
def test_quadratics_give_back_their_roots(p: int, q: int, lead: int) -> None:
    text = f"{lead}x^2 + ({-lead * (p + q)})x + ({lead * p * q}) = 0"
    wanted = "{" + ", ".join(map(str, sorted({p, q}))) + "}"
    assert answer(text) == wanted
