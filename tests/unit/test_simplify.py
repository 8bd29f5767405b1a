"""Simplifying with letters: forms, conditions, and no skipped step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import answer, asked, lines, rules, words

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.rewriting import simplified, simplify_steps, tidy
from assistant.maths.types import Task


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(2x^1 + 4) + (4x^2 + 3)", "4*x^2 + 2*x + 7"),
        ("x^2 - 12x^2 + 5x^2 - 7", "-6*x^2 - 7"),
        ("20x/(40y)", "x/(2*y)"),
        ("5x + (1/2)x", "11*x/2"),
        ("2(x + 3)/3", "2*x/3 + 2"),
        ("x(x - 2y) + (x + y)^2", "2*x^2 + y^2"),
        ("((2a + b)^2 - (2a + b)(2a - b))/(2b)", "2*a + b"),
        ("(2x^2*y)^3", "8*x^6*y^3"),
        ("x^y*x^z", "x^(y + z)"),
        ("x^3*x^(-5)", "1/x^2"),
        ("1/(1 + 1/x)", "x/(x + 1)"),
        ("1/(x - 1) - 1/(x + 1)", "2/((x - 1)*(x + 1))"),
        ("sqrt(x^2)", "|x|"),
        ("sqrt(12x)", "2*sqrt(3*x)"),
        ("sqrt(x)^2", "x"),
        ("|x|^2 - x^2", "0"),
        ("e^(2x)*e^(-x)", "e^x"),
        ("e^(2*ln(x))", "x^2"),
        ("ln(x) + ln(y)", "ln(x*y)"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("tan(x)*cos(x)", "sin(x)"),
        ("2*sin(x)*cos(x)", "sin(2*x)"),
        ("(1 - cos(x)^2)/sin(x)", "sin(x)"),
        ("sin(pi - x)", "sin(x)"),
        ("cos(x + pi/2)", "-sin(x)"),
        ("(e^(2x) - 1)/(e^x - 1)", "e^x + 1"),
        ("(1 + 2a)/a", "2 + 1/a"),
        ("(x^2 - x)/x^2", "(x - 1)/x"),
        ("(x^3 - 2x^2 + 3)/(x - 1)", "x^2 - x - 1 + 2/(x - 1)"),
        ("(x^4)^(1/2)", "x^2"),
    ],
)
def test_the_simple_form(text: str, expected: str) -> None:
    assert answer(asked(Task.SIMPLIFY, text)) == expected


def test_what_was_cancelled_must_not_be_zero() -> None:
    found = asked(Task.SIMPLIFY, "(x^2 - 1)/(x - 1)")
    assert answer(found) == "x + 1"
    assert words(found) == ["valid for x != 1"]
    assert rules(found) == ["fractions.factor", "fractions.cancel"]


def test_a_condition_that_still_shows_is_not_repeated() -> None:
    assert words(asked(Task.SIMPLIFY, "x/x^2")) == []


def test_a_square_root_under_an_assumption() -> None:
    positive = t.Interval(
        t.integer(0), t.Constant(t.ConstantName.INFINITY), low_open=True, high_open=True
    )
    found = asked(Task.SIMPLIFY, "(x^2)^(1/2)*x^(1/3)", domain=positive)
    assert answer(found) == "x^(4/3)"


def test_like_terms_show_how_they_are_grouped() -> None:
    (step,) = asked(Task.SIMPLIFY, "3x + 5 - x").steps
    assert [s.rule.id for s in step.substeps][:2] == ["collect.group", "collect.coefficients"]


def test_each_line_follows_from_the_one_before() -> None:
    solution = asked(Task.SIMPLIFY, "(x + 2)/(x^2 - 4) + 1/x")
    for one, other in zip(solution.steps, solution.steps[1:], strict=False):
        assert one.after == other.before
    assert lines(solution)[-1] == "(2*x - 2)/(x*(x - 2))"


def test_nothing_to_do_is_no_step() -> None:
    assert simplify_steps(t.add(t.Symbol("x"), t.integer(1))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(3x + 5)/(x^2 - 1)", "4/(x - 1) - 1/(x + 1)"),
        ("(x^3 + 2)/(x^2 - x)", "x + 1 + 3/(x - 1) - 2/x"),
        ("1/(x^3 + x)", "1/x - x/(x^2 + 1)"),
    ],
)
def test_partial_fractions(text: str, expected: str) -> None:
    assert answer(asked(Task.SIMPLIFY, text, topic="partial_fractions")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2x^2 - 8x + 5", "2*(x - 2)^2 - 3"), ("x^2 + 6x", "(x + 3)^2 - 9")],
)
def test_completing_the_square(text: str, expected: str) -> None:
    assert answer(asked(Task.SIMPLIFY, text, topic="complete_square")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "(a + b)^2 = a^2 + 2a*b + b^2",
        "tan(x) + cot(x) = 1/(sin(x)*cos(x))",
        "sin(3x) = 3*sin(x) - 4*sin(x)^3",
        "sin(a + b)*sin(a - b) = sin(a)^2 - sin(b)^2",
        "x^2 + 1 >= 2x",
    ],
)
def test_identities_are_proved(text: str) -> None:
    assert answer(asked(Task.PROVE, text)) == "true"


@pytest.mark.parametrize("text", ["(a + b)^2 = a^2 + b^2", "sqrt(x^2) = x", "x^2 >= x"])
def test_false_statements_get_a_counterexample(text: str) -> None:
    found = asked(Task.PROVE, text)
    assert found.answer.value == t.Truth(value=False)
    assert found.notes


letters = st.sampled_from(["x", "y"]).map(t.Symbol) | st.integers(0, 6).map(t.integer)


def grow(inner: st.SearchStrategy[t.Expr]) -> st.SearchStrategy[t.Expr]:
    pairs = st.tuples(inner, inner)
    return (
        pairs.map(t.Add)
        | pairs.map(t.Mul)
        | pairs.map(lambda p: t.sub(*p))
        | inner.map(lambda e: t.Pow(e, t.integer(2)))
    )


@settings(max_examples=60, deadline=None)
@given(st.recursive(letters, grow, max_leaves=7))
def test_polynomials_keep_their_value(expr: t.Expr) -> None:
    assert (to_sympy(expr) - to_sympy(simplified(expr))).expand() == 0


@settings(max_examples=60, deadline=None)
@given(st.recursive(letters, grow, max_leaves=7))
def test_a_tidy_form_is_tidy(expr: t.Expr) -> None:
    assert tidy(tidy(expr)) == tidy(expr)
