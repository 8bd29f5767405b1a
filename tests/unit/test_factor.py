"""Factoring: the answer, the method, and what cannot be factored."""

from __future__ import annotations

from math import prod

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import answer, asked, lines, rules

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.expressions.factoring import factor_steps
from assistant.maths.types import Step, Task


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("-x^2 - 2x", "-x*(x + 2)", "factor.common"),
        ("4x^2 - 9", "(2*x + 3)*(2*x - 3)", "factor.difference_of_squares"),
        ("x^2 - 1/4", "(x + 1/2)*(x - 1/2)", "factor.difference_of_squares"),
        ("x^2 + 2x + 1", "(x + 1)^2", "factor.perfect_square"),
        ("x^3 - 8", "(x - 2)*(x^2 + 2*x + 4)", "factor.difference_of_cubes"),
        ("x^3 + 3x^2 + 3x + 1", "(x + 1)^3", "factor.perfect_cube"),
        ("x^2 + 5x + 6", "(x + 3)*(x + 2)", "factor.sum_product"),
        ("2x^2 - 5x + 3", "(x - 1)*(2*x - 3)", "factor.split_middle"),
        ("a*x + a*y + b*x + b*y", "(x + y)*(a + b)", "factor.grouping"),
        ("x^4 + 4", "(x^2 - 2*x + 2)*(x^2 + 2*x + 2)", "factor.complete"),
    ],
)
def test_one_method(text: str, expected: str, rule: str) -> None:
    found = asked(Task.FACTOR, text)
    assert answer(found) == expected
    assert rules(found) == [rule]


def test_several_methods_one_after_the_other() -> None:
    found = asked(Task.FACTOR, "-x^4 + 5x^2 - 4")
    assert answer(found) == "-(x + 2)*(x - 2)*(x + 1)*(x - 1)"
    assert lines(found)[:2] == ["-(x^4 - 5*x^2 + 4)", "-(x^2 - 4)*(x^2 - 1)"]


def test_a_fraction_comes_out_in_front() -> None:
    assert answer(asked(Task.FACTOR, "-v^2/5 - 4741*v/5 - 42264")) == "-(v + 4696)*(v + 45)/5"


def test_terms_are_collected_first() -> None:
    assert answer(asked(Task.FACTOR, "x(x - 3) - 10")) == "(x + 2)*(x - 5)"


@pytest.mark.parametrize("text", ["x^2", "x + 2", "x^2 + 4x + 1", "-x^2 - 1", "x^2 + 4 + 2^x"])
def test_what_cannot_be_factored_is_said(text: str) -> None:
    found = asked(Task.FACTOR, text)
    assert found.steps == ()
    assert found.notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3x(x - 2) - 5(x - 2)", "(x - 2)*(3*x - 5)"),
        ("(x + 1)^2 - 9", "(x + 4)*(x - 2)"),
        ("sin(x)^2 - 1", "(sin(x) + 1)*(sin(x) - 1)"),
        ("e^(2x) - 3*e^x + 2", "(e^x - 1)*(e^x - 2)"),
    ],
)
def test_brackets_and_functions_as_one_thing(text: str, expected: str) -> None:
    assert answer(asked(Task.FACTOR, text)) == expected


def test_over_the_reals_when_asked() -> None:
    reals = t.Constant(t.ConstantName.REALS)
    assert answer(asked(Task.FACTOR, "x^2 - 2", domain=reals)) == "(x - sqrt(2))*(x + sqrt(2))"


def test_whole_numbers_into_primes() -> None:
    found = asked(Task.FACTOR, "360")
    assert answer(found) == "2^3*3^2*5"
    assert lines(found)[0] == "2*180"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-9, 9)), min_size=1, max_size=4))
def test_every_line_multiplies_out_to_the_first(factors: list[tuple[int, int]]) -> None:
    x = sp.Symbol("x")
    asked_for = sp.expand(prod(a * x + b for a, b in factors))
    steps: list[Step] = []
    line = factor_steps(from_sympy(asked_for), steps)
    assert line is not None
    for each in steps:
        assert sp.expand(to_sympy(each.after) - asked_for) == 0
    number, parts = sp.factor_list(asked_for)
    shown = line.arg if isinstance(line, t.Neg) else line
    assert (number < 0) == isinstance(line, t.Neg)
    top = shown.num if isinstance(shown, t.Div) else shown
    assert len(parts) <= len(top.factors if isinstance(top, t.Mul) else (top,))
