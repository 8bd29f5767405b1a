"""The parts of the ladder by themselves: places, gaps, common mistakes, sameness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing import words
from assistant.maths.showing.linear import flat
from assistant.maths.showing.notation import Notation
from assistant.maths.types import Lang, Text
from assistant.teaching.focus import focus
from assistant.teaching.gaps import gapped
from assistant.teaching.reading import as_set, is_worked_out, settles, values_in
from assistant.teaching.shapes import same_line, same_value
from assistant.teaching.slips import loss_in, slip_in
from assistant.teaching.types import SLIPS, Slip


def read(text: str) -> t.Expr:
    found = read_line(text).claims[-1]
    formula = found.statement or found.sides[0]
    assert formula is not None
    return formula


def shown(line: t.Expr | Text) -> str:
    if isinstance(line, Text):
        return words.filled(line, Lang.EN, lambda e: flat(Notation()(e)))
    return flat(Notation()(line))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2x + 3 = 11", "2x = 8", "Look at 3 on the left side."),
        ("2x = 8", "x = 4", "Look at the 2 in front of x."),
        ("-2x = 8", "x = -4", "Look at the -2 in front of x."),
        ("4x - 12 = x + 2", "3x - 12 = 2", "Look at x on the right side."),
        ("2(x-3) = x/2 + 1", "2x - 6 = x/2 + 1", "Look at 2(x - 3) on the left side."),
        ("2^3*4 - 5", "8*4 - 5", "Look at 2³."),
        ("(x^2-1)/(x-1)", "(x-1)(x+1)/(x-1)", "Look at x² - 1."),
    ],
)
def test_the_place_is_the_part_that_changes(before: str, after: str, told: str) -> None:
    assert shown(focus(read(before), read(after))) == told


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("2x + 3 = 11", "2x = 8", "2x = □"),
        ("x^2 - 5x + 6 = 0", "(x-3)(x-2) = 0", "(x - □)(x - □) = 0"),
        ("(x-3)(x-2) = 0", "x - 3 = 0 or x - 2 = 0", "x - 3 = 0 or x - □ = 0"),
        ("x - 3 = 0 or x - 2 = 0", "x = 3 or x = 2", "x = 3 or x = □"),
        ("1/2 + 1/3", "3/6 + 2/6", "3/□ + 2/□"),
        ("x^2*sin(x)", "2x*sin(x) + x^2*cos(x)", "□·x sin x + x²·□"),
        ("-2x >= 4", "x <= -2", "x ≤ -□"),
        ("3x - 7 = 2x", "x - 7 = 0", "x - 7 = □"),
    ],
)
def test_the_gap_is_what_is_new(before: str, after: str, gap: str) -> None:
    assert shown(gapped(read(before), read(after))) == gap


LINES = ("2x + 3 = 11", "x^2 = 9", "(x-3)(x-2) = 0", "1/2 + 1/3", "x = 2 or x = 3", "x + y = 5")


@given(st.sampled_from(LINES), st.sampled_from(LINES))
def test_a_gap_is_always_there_and_hides_something(before: str, after: str) -> None:
    line = read(after)
    gap = gapped(read(before), line)
    assert "□" in shown(gap)
    assert gap != line


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("2x + 3 = 11", "2x = 14", Slip.SIGN_LOST),
        ("5x = 2x + 9", "7x = 9", Slip.SIGN_LOST),
        ("2x = 8", "x = 8", Slip.ONE_SIDE),
        ("3x - 6 = 9", "x - 6 = 3", Slip.ONE_TERM),
        ("x/2 + 1 = 3", "x + 1 = 6", Slip.ONE_TERM),
        ("-2x < 6", "x < -3", Slip.NOT_TURNED),
        ("2(x+3) = 14", "2x + 3 = 14", Slip.FIRST_TERM_ONLY),
        ("5 - 2(x+3) = 1", "5 - 2x + 6 = 1", Slip.SIGNS_INSIDE),
        ("7 - (x - 2)", "7 - x - 2", Slip.SIGNS_INSIDE),
        ("(x+1)^2", "x^2 + 1", Slip.POWER_OF_SUM),
        ("(x-3)^2", "x^2 - 9", Slip.POWER_OF_SUM),
        ("1/2 + 1/3", "2/5", Slip.TOPS_AND_BOTTOMS),
        ("-10y = 4", "10y = 4", Slip.SIGN_CHANGED),
        ("91.8x = -3.9 + 3873.96", "91.8x = -3877.86", Slip.SIGN_CHANGED),
        ("9.2/(-2.3) = y", "4 = y", Slip.SIGN_CHANGED),
        ("-5y + 4 - 4 = -2", "-5 = -2", Slip.LETTER_LOST),
        ("(x+2)(x+3)", "x^2 + 6", Slip.FIRST_AND_LAST),
        ("(x+2)(x-3) = 0", "x^2 - 6 = 0", Slip.FIRST_AND_LAST),
        ("(2x+4)/2", "x + 4", Slip.ONE_OF_FRACTION),
        ("(2x+4)/2", "2x + 2", Slip.ONE_OF_FRACTION),
        ("(3/4)/(1/2)", "3/8", Slip.NOT_INVERTED),
        ("sqrt(16+9)", "7", Slip.ROOT_OF_SUM),
        ("sqrt(x^2+y^2)", "x + y", Slip.ROOT_OF_SUM),
        ("sqrt(12)+sqrt(27)", "sqrt(39)", Slip.ROOTS_ADDED),
        ("log_2 8 + log_2 4", "log_2 12", Slip.LOGS_ADDED),
        ("ln x + ln y = 1", "ln(x+y) = 1", Slip.LOGS_ADDED),
        ("x^2*x^3", "x^6", Slip.POWERS_MULTIPLIED),
        ("2x^3*4x^2", "8x^6", Slip.POWERS_MULTIPLIED),
        ("(x^2)^3", "x^5", Slip.POWERS_ADDED),
        ("2^3", "6", Slip.TIMES_EXPONENT),
        ("(-2)^3", "-6", Slip.TIMES_EXPONENT),
        ("2^-1", "-2", Slip.TIMES_EXPONENT),
        ("2 + 3*4", "20", Slip.LEFT_TO_RIGHT),
        ("20 - 3*4", "68", Slip.LEFT_TO_RIGHT),
        ("3a + 2b - a", "4ab", Slip.UNLIKE_TERMS),
        ("2x + 3 = 11", "5x = 11", Slip.UNLIKE_TERMS),
        ("d/dx (x^2 sin(x))", "2x cos(x)", Slip.PRODUCT_DERIVED),
        ("d/dx (sin(x)/x)", "cos(x)", Slip.QUOTIENT_DERIVED),
        ("d/dx sin(x^2)", "cos(x^2)", Slip.INNER_LOST),
        ("d/dx (2x+1)^5", "5(2x+1)^4", Slip.INNER_LOST),
        ("d/dx e^(2x)", "e^(2x)", Slip.INNER_LOST),
        ("d/dx ln(x^2+1)", "1/(x^2+1)", Slip.INNER_LOST),
        ("d/dx x^3", "x^2", Slip.EXPONENT_LOST),
        ("d/dx (x^3+2x)", "x^2+2", Slip.EXPONENT_LOST),
        ("d/dx x^3", "3x", Slip.NOT_LOWERED),
        ("d/dx x^3", "3x^3", Slip.NOT_LOWERED),
        ("d/dx (3x+5)", "8", Slip.CONSTANT_KEPT),
        ("int cos(2x) dx", "sin(2x)+C", Slip.FACTOR_OFF),
        ("int (2x+1)^3 dx", "(2x+1)^4/4", Slip.FACTOR_OFF),
        ("int x^2 dx", "x^3 + C", Slip.FACTOR_OFF),
    ],
)
def test_a_common_mistake_is_named_where_it_gives_the_line(
    before: str, after: str, slip: Slip
) -> None:
    told = slip_in(read(before), read(after))
    assert told is not None
    assert told.en == SLIPS[slip].en


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("x^2 = 3x", "x = 3", Slip.DIVIDED_AWAY),
        ("x^2 - 3x = 0", "x - 3 = 0", Slip.DIVIDED_AWAY),
        ("x(x-2) = 3(x-2)", "x = 3", Slip.DIVIDED_AWAY),
        ("x^2 = 9", "x = 3", Slip.ONE_ROOT),
        ("(x-1)^2 = 2", "x - 1 = sqrt(2)", Slip.ONE_ROOT),
        ("abs(x-1) = 3", "x - 1 = 3", Slip.ONE_CASE),
    ],
)
def test_a_step_that_loses_solutions_is_named(before: str, after: str, slip: Slip) -> None:
    told = loss_in(read(before), read(after))
    assert told is not None
    assert told.en == SLIPS[slip].en


def test_a_case_that_is_only_one_of_several_is_no_slip() -> None:
    assert loss_in(read("(x-2)(x-3) = 0"), read("x = 2")) is None
    assert loss_in(read("(x-2)(x-3) = 0"), read("x - 2 = 0")) is None
    assert loss_in(read("x^2 - 5x + 6 = 0"), read("x = 2")) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2x + 3 = 11", "2x = 13"),
        ("2x = 8", "x = 5"),
        ("(x+1)^2", "x^2 + 2"),
        ("1/2 + 1/3", "1"),
        ("2 + 3*4", "15"),
        ("d/dx x^3", "-x^3"),
        ("d/dx (3x+5)", "4"),
        ("int x^2 dx", "2x"),
        ("int x^2 dx", "x^3/3 + C"),
        ("sqrt(16+9)", "6"),
    ],
)
def test_another_mistake_is_not_named(before: str, after: str) -> None:
    assert slip_in(read(before), read(after)) is None


def test_the_same_line_in_another_order() -> None:
    assert same_line(read("x - 3 = 0 or x - 2 = 0"), read("0 = x - 2 or -3 + x = 0"))
    assert same_line(read("x < 3"), read("3 > x"))
    assert not same_line(read("1/2 + 1/3"), read("3/6 + 2/6"))
    assert not same_line(read("2(x-3) = 4"), read("2x - 6 = 4"))
    assert not same_line(read("x < 3"), read("x > 3"))


whole = st.integers(-20, 20)


@given(whole, whole, whole)
def test_terms_are_worked_out_exactly(a: int, b: int, c: int) -> None:
    product = read_formula(f"({a} + x)*({b} - {c}*x)")
    assert same_value(product, read_formula(f"{a * b} + ({b - a * c})*x - {c}*x^2"))
    assert not same_value(product, read_formula(f"{a * b + 1} + ({b - a * c})*x - {c}*x^2"))


def test_too_long_a_product_is_not_decided() -> None:
    long = read_formula("*".join(f"(a_{n} + b_{n} + c_{n})" for n in range(9)))
    assert not same_value(long, long)


def test_values_and_ends() -> None:
    assert [name for name, _ in values_in(read("x = ±3"), ("x",))] == ["x", "x"]
    assert [name for name, _ in values_in(read("x1 = 2, x2 = 3"), ("x",))] == ["x", "x"]
    assert values_in(read("x - 2 = 0"), ("x",)) == ()
    assert settles(read("1 <= x"), ("x",))
    assert not settles(read("2x = 4"), ("x",))
    assert not is_worked_out(read("x = 8/2"), None)
    assert not is_worked_out(read("(5 - 2)*x"), None)
    assert is_worked_out(read("x = 7/2 or x = sqrt(2)"), None)


def test_cases_are_put_as_the_checker_of_answers_reads_them() -> None:
    points = as_set(read("(x = 1 and y = 2) or (x = 3 and y = 4)"), ("x", "y"))
    assert points == "(1, 2), (3, 4)"
    family = as_set(read("x = ±pi/6 + 2*k*pi"), ("x",))
    assert family is not None
    assert family.count("imageset") == 2
