"""Calculations with numbers: what a pupil types, and the lines that come back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import answer, asked, lines, rules

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.solving.rewriting import simplified, simplify_steps
from assistant.maths.types import Task


def value(text: str) -> str:
    return answer(asked(Task.EVALUATE, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(8 + (-4))*5", "20"),
        ("2*4/5*10 + 3", "19"),
        ("12/18 + 5/6", "3/2"),
        ("2 1/3 - 1/2", "11/6"),
        ("-(-5)", "5"),
        ("-2/-5", "2/5"),
        ("3/4/(9/8)", "2/3"),
        ("25%*80", "20"),
        ("0.5*3.2 - 1", "0.6"),
        ("1.5 + 1/3", "11/6"),
        ("-1494938567 - 0.03", "-1494938567.03"),
        ("2^10", "1024"),
        ("(2/3)^(-2)", "9/4"),
        ("8^(2/3)", "4"),
        ("5! / 3!", "20"),
        ("abs(5/18 - abs(9/-18))", "2/9"),
        ("mod(7^100, 13)", "9"),
        ("1.2e3*2", "2400"),
    ],
)
def test_a_calculation_has_its_value(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqrt(1008)", "12*sqrt(7)"),
        ("sqrt(18) - sqrt(12)*sqrt(3/2)", "0"),
        ("1/(2 - sqrt(3))", "2 + sqrt(3)"),
        ("5/root(2, 3)", "5*root(4, 3)/2"),
        ("root(-8, 3)", "-2"),
        ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)"),
        ("(1 + sqrt(2))*(1 - sqrt(2))", "-1"),
        ("sqrt(0) + sqrt(1)", "1"),
        ("abs(1 - sqrt(2)) - sqrt(2)", "-1"),
    ],
)
def test_surds_are_simplified(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i^7", "-i"),
        ("(1 + 2i)/(3 - 4i)", "-1/5 + 2*i/5"),
        ("(1 + i)^8", "16"),
        ("(2 + 3i)*(2 - 3i)", "13"),
        ("abs(3 + 4i)", "5"),
        ("sqrt(-4)", "2*i"),
        ("(1 + i)^20", "-1024"),
        ("e^(i*pi)", "-1"),
    ],
)
def test_complex_numbers(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sin(60°)*cos(30°)", "3/4"),
        ("cos(pi/4)^2", "1/2"),
        ("asin(1/2)", "pi/6"),
        ("log(8, 2)", "3"),
        ("log(4, 8)", "2/3"),
        ("ln(e^3) + ln(1)", "3"),
        ("log(6, 2) - log(3, 2)", "1"),
        ("log(3, 2)*log(8, 3)", "3"),
        ("ln(8)/ln(2)", "3"),
        ("-2*cos(45°) + (pi - 3.14)^0 + |1 - sqrt(2)| + (1/4)^(-1)", "4"),
    ],
)
def test_values_of_functions(text: str, expected: str) -> None:
    assert value(text) == expected


def test_adding_fractions_shows_the_common_denominator() -> None:
    solution = asked(Task.EVALUATE, "2/3 + 5/6")
    assert rules(solution) == ["fractions.add"]
    inner = [s.rule.id for s in solution.steps[0].substeps]
    assert inner[:2] == ["fractions.common_denominator", "fractions.add_numerators"]


def test_fractions_of_one_denominator_are_added_as_they_stand() -> None:
    assert lines(asked(Task.EVALUATE, "9/18 - 5/18")) == ["2/9"]


def test_brackets_come_first() -> None:
    assert lines(asked(Task.EVALUATE, "(8 + (-4))*5")) == ["4*5", "20"]


@pytest.mark.parametrize("text", ["1/0", "0^(-1)", "5/(2 - 2)", "0^0", "tan(90°)"])
def test_what_has_no_value_is_undefined(text: str) -> None:
    found = asked(Task.EVALUATE, text)
    assert found.answer.value == t.Constant(t.ConstantName.UNDEFINED)


@pytest.mark.parametrize("text", ["2^(10^9)", "factorial(10^9)", "9^9^9^9"])
def test_giants_are_left_as_they_are(text: str) -> None:
    from assistant.maths.reading.formulas.formula import read_formula

    assert len(simplify_steps(read_formula(text))) <= 4


numbers = st.integers(-12, 12).map(t.integer)


def grow(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    pairs = st.tuples(inner, inner)
    return (
        pairs.map(t.Add)
        | pairs.map(t.Mul)
        | pairs.map(lambda p: t.Div(*p))
        | pairs.map(lambda p: t.sub(*p))
        | inner.map(t.Neg)
    )


def exact(expr: t.Expr) -> Fraction:
    match expr:
        case t.Number(number):
            return number
        case t.Neg(arg):
            return -exact(arg)
        case t.Add(parts):
            return sum(map(exact, parts), Fraction(0))
        case t.Mul((left, right)):
            return exact(left) * exact(right)
        case t.Div(num, den):
            return exact(num) / exact(den)
    raise AssertionError(expr)


@settings(max_examples=150, deadline=None)
@given(st.recursive(numbers, grow, max_leaves=10))
def test_every_line_has_the_value_of_the_first(expr: t.Expr) -> None:
    try:
        expected = exact(expr)
    except ZeroDivisionError:
        assert simplified(expr) == t.Constant(t.ConstantName.UNDEFINED) or t.symbols(expr) == ()
        return
    assert rational_value(simplified(expr)) == expected
