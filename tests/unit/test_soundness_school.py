"""School questions that tempt to a wrong answer: nothing wrong is proved or supported."""

from __future__ import annotations

import pytest

from assistant.maths.checking.claims import check_equality
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline, OutOfTime
from assistant.maths.checking.verify import check_step
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import Link, Proved, Refuted, Rule, Solution, Step, Supported, Text


def answer(text: str) -> str | None:
    try:
        solution = solve(read_problem(text))
    except ReadingError:
        return None
    return answer_text(solution) if isinstance(solution, Solution) else None


@pytest.mark.parametrize(
    "text",
    [
        "Let a = k. What is sum_{k=1}^3 a",
        "Let a = k. What is 1 + sum_{k=1}^3 a",
        "Let a = 2k. Let b = a. Find sum_{k=1}^3 b",
        "Let f(x) = k*x. What is sum_{k=1}^3 f(k)",
        "Let k = 2. What is 1 + sum_{k=1}^3 k",
        "设 a=k，求 sum_{k=1}^3 a",
    ],
)
def test_what_is_put_in_is_not_counted_with(text: str) -> None:
    assert answer(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let f(k) = k^2. What is sum_{k=1}^3 f(k)", "14"),
        ("Let a = 2. What is sum_{k=1}^3 a*k", "12"),
        ("Let n = 5. What is sum_{k=1}^n k", "15"),
    ],
)
def test_what_cannot_be_mistaken_is_put_in(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize("text", ["What is [3.7]?", "[x] = 3", "求 [2.5] 的值", "2[x+1] = 3"])
def test_how_square_brackets_were_read_is_told(text: str) -> None:
    assert any("floor" in note.en and "floor" in note.zh for note in read_problem(text).notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is [3.7], where [x] denotes the greatest integer not exceeding x?", "3"),
        ("求[-2.5]的值，其中[x]表示不超过x的最大整数", "-3"),
        ("What is the floor of 3.7?", "3"),
        ("对3.7取整", "3"),
        ("3.2向上取整", "4"),
    ],
)
def test_the_greatest_integer_where_it_is_said(text: str, expected: str) -> None:
    assert answer(text) == expected


ONE_END = [
    ("sqrt(x)*e^x >= 0", "x > 0"),
    ("x*ln(x+1) >= 0", "x > -1 and x != 0"),
    ("ln(x) < x - 1", "x > 0"),
    ("e^x > 1 + x", "x = x"),
    ("sin(x) <= x and x >= 0", "x > 0"),
    ("acos(x) < pi", "x >= -1 and x <= 1"),
    ("sqrt(1-x^2)*e^x > 0", "x >= -1 and x <= 1"),
    ("sqrt(x-1)*ln(x) >= 0", "x > 1"),
    ("(x-2)^2*e^x > 0", "x = x"),
    ("abs(sin(x)) > 0 and x>0 and x<=pi", "x > 0 and x <= pi"),
    ("cos(x) < 1 and 0<=x and x<=1", "0<=x and x<=1"),
    ("2^x+x < 3", "x <= 1"),
    ("x^x >= 1 and x>0", "x > 1"),
    ("x*e^x <= e", "x < 1"),
    ("sin(x) > 1/2 and 0<=x and x<=2pi", "pi/6 <= x and x < 5pi/6"),
    ("sin(x) >= 1/2 and 0<=x and x<=2pi", "pi/6 < x and x <= 5pi/6"),
    ("tan(x) >= 0 and 0<=x and x<=pi", "0<=x and x<pi/2"),
    ("ln(x^2) >= 0 and x < 0", "x < -1"),
    ("e^x > e*x", "x = x"),
]


@pytest.mark.parametrize(("one", "other"), ONE_END)
def test_solutions_that_differ_in_one_end_are_not_the_same(one: str, other: str) -> None:
    first, second = read_formula(one), read_formula(other)
    try:
        verdict = check_link(first, second, Link.EQUIVALENT, ("x",), Deadline(4))
    except OutOfTime:
        return
    assert not isinstance(verdict, Proved | Supported)


WHOLE = ["cos(pi)", "-ln(e)", "-sin(pi/2)", "log(2,10) - log(20,10)", "1 - 2", "-sqrt(1)"]


@pytest.mark.parametrize("exponent", WHOLE)
def test_ln_x_is_no_antiderivative_of_a_whole_power_in_disguise(exponent: str) -> None:
    step = Step(
        rule=Rule("test", "", ""),
        why=Text("", ""),
        before=read_formula(f"x^({exponent})"),
        after=read_formula("ln(x)"),
        link=Link.ANTIDERIVATIVE,
        variable="x",
    )
    assert not isinstance(check_step(step), Proved | Supported)


@pytest.mark.parametrize("exponent", ["-cos(pi)", "ln(e)", "log(2,10) + log(5,10)", "sin(pi/2)"])
def test_a_first_power_in_disguise_is_no_absolute_value(exponent: str) -> None:
    power = read_formula(f"x^({exponent})")
    verdict = check_equality(power, read_formula("abs(x)"), (), Deadline(4))
    assert not isinstance(verdict, Proved | Supported)
    same = check_equality(power, read_formula("x"), (), Deadline(4))
    assert not isinstance(same, Refuted)


@pytest.mark.parametrize(
    "text",
    [
        "int_{-4}^{-1} sqrt(x)^2 dx",
        "int_{-1}^{1} e^(ln(x)) dx",
        "int_{-2}^{-1} ln(x) - ln(x) + x dx",
        "int_{0}^{2} ln(x-1)^0 dx",
        "int_0^(2pi) sqrt(sin(x))^2 dx",
        "maximum of sqrt(x)^2 on [-4,-1]",
        "area under sqrt(x)^2 from -2 to -1",
        "tangent to y = e^(ln x) at x = -1",
    ],
)
def test_where_a_function_is_not_there_nothing_is_told_of_it(text: str) -> None:
    solution = solve(read_problem(text))
    assert not isinstance(solution, Solution) or not isinstance(
        solution.verdict, Proved | Supported
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("int_0^1 sqrt(x)^2 dx", "1/2"), ("int_0^1 ln(x) dx", "-1")],
)
def test_an_integral_whose_function_is_there_is_proved(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution)
    assert isinstance(solution.verdict, Proved)
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "derivative of ln(x) at x = -1",
        "derivative of e^(ln x) at x = -1",
        "Let f(x) = ln(x). What is f'(-1)?",
        "Let x = -1. What is the derivative of ln(x) with respect to x?",
    ],
)
def test_there_is_no_slope_where_there_is_no_curve(text: str) -> None:
    assert answer(text) is None


def test_a_derivative_where_the_function_is_there() -> None:
    assert answer("derivative of ln(x) at x = 2") == "1/2"
    assert answer("Let f(x) = ln(x). What is f'(3)?") == "1/3"
