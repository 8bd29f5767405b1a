"""Properties that hold for random formulas: identities are proved, perturbed ones refuted."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.algebraic import RealRoot, is_zero
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import Link, Proved, Refuted

X = t.Symbol("x")
numbers = st.integers(-9, 9)
roots = st.lists(st.fractions(-6, 6, max_denominator=4), min_size=1, max_size=4)
FEW = settings(max_examples=40, deadline=None)


def product(values: list[Fraction]) -> t.Expr:
    return t.mul(*(t.sub(X, t.rational(v)) for v in values))


def expanded(values: list[Fraction], offset: Fraction = Fraction(0)) -> t.Expr:
    """The same polynomial by its coefficients (Vieta)."""
    coefficients = [Fraction(1)]
    for value in values:
        shifted = [*coefficients, Fraction(0)]
        coefficients = [
            c - value * (coefficients[n - 1] if n else 0) for n, c in enumerate(shifted)
        ]
    coefficients[-1] += offset
    degree = len(values)
    return t.add(
        *(
            t.mul(t.rational(c), t.Pow(X, t.integer(degree - n))) if n < degree else t.rational(c)
            for n, c in enumerate(coefficients)
        )
    )


def values_set(values: list[Fraction]) -> t.Expr:
    return t.Collection(t.Bracket.SET, tuple(t.rational(v) for v in dict.fromkeys(values)))


@FEW
@given(roots)
def test_an_expanded_product_is_proved(values: list[Fraction]) -> None:
    verdict = check_equal(product(values), expanded(values), (), Deadline(2))
    assert isinstance(verdict, Proved)


@FEW
@given(roots, st.fractions(max_denominator=10**6).filter(bool))
def test_a_perturbed_coefficient_is_refuted(values: list[Fraction], offset: Fraction) -> None:
    verdict = check_equal(product(values), expanded(values, offset), (), Deadline(2))
    assert isinstance(verdict, Refuted)


@FEW
@given(roots)
def test_all_roots_are_the_solution(values: list[Fraction]) -> None:
    equation = t.equation(expanded(values), t.integer(0))
    verdict = check_link(equation, values_set(values), Link.SOLUTION, ("x",), Deadline(2))
    assert isinstance(verdict, Proved)


@FEW
@given(roots, st.fractions(-6, 6, max_denominator=5))
def test_an_invented_or_lost_root_is_refuted(values: list[Fraction], other: Fraction) -> None:
    equation = t.equation(expanded(values), t.integer(0))
    wrong = [v for v in values if v != other] if other in values else [*values, other]
    verdict = check_link(equation, values_set(wrong), Link.SOLUTION, ("x",), Deadline(2))
    assert isinstance(verdict, Refuted)


@FEW
@given(st.integers(2, 30), st.integers(2, 30), numbers)
def test_surds_are_exactly_zero_or_not(a: int, b: int, offset: int) -> None:
    """(sqrt a + sqrt b)^2 = a + b + 2 sqrt(ab)."""
    one, other = (t.Call("sqrt", (t.integer(n),)) for n in (a, b))
    left = t.Pow(t.add(one, other), t.integer(2))
    right = t.add(
        t.integer(a), t.integer(b), t.Mul((t.integer(2), t.Call("sqrt", (t.integer(a * b),))))
    )
    tiny = t.Div(t.integer(offset), t.Pow(t.integer(10), t.integer(60)))
    assert is_zero(t.add(left, t.Neg(right), tiny), {}) is (offset == 0)


def test_a_root_of_a_polynomial_is_a_number() -> None:
    root = RealRoot((1, 0, -2), Fraction(1), Fraction(2))
    square = t.sub(t.Pow(X, t.integer(2)), t.integer(2))
    assert is_zero(square, {"x": root}) is True
    assert is_zero(t.sub(X, t.Call("sqrt", (t.integer(2),))), {"x": root}) is True
    assert is_zero(t.sub(X, t.rational(Fraction(141421356237, 10**11))), {"x": root}) is False
