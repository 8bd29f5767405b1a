"""Inequalities that are proved: by the derivative of the difference, by sums of squares."""

from __future__ import annotations

import pytest
from asking import solved, told

from assistant.maths import terms as t
from assistant.maths.checking.logic.rising import relation_holds
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Proved, Refuted, Step

INFINITY = t.Constant(t.ConstantName.INFINITY)


def every(steps: tuple[Step, ...]) -> list[Step]:
    """The steps and their parts."""
    return [s for step in steps for s in (step, *every(step.substeps))]


@pytest.mark.parametrize(
    "text",
    [
        "prove e^x >= 1 + x",
        "证明: 当x>0时, ln x ≤ x-1",
        "prove that ln x <= x - 1",
        "prove that sin x < x for x > 0",
        "证明不等式 e^x ≥ 1+x",
        "Show that ln(1+x) < x for x > 0",
        "证明：当x>0时，x/(1+x)<ln(1+x)",
        "prove that tan x > x for 0 < x < pi/2",
        "prove that for x > 0, e^x > 1 + x + x^2/2",
        "求证：当x>1时，2ln x < x - 1/x",
        "prove x e^(-x) <= 1/e",
        "prove 2^x >= x + 1 for x >= 1",
        "已知x>1, 求证 ln x > 2(x-1)/(x+1)",
        "prove that x ln x >= x - 1 for x > 0",
        "prove that a^2+b^2+c^2 >= ab+bc+ca",
        "求证 a^2+b^2+1 >= ab+a+b",
    ],
)
def test_proved_with_steps(text: str) -> None:
    found = solved(text)
    assert found.answer.value == t.Truth(value=True)
    assert isinstance(found.verdict, Proved)
    claims = [s for s in every(found.steps) if s.link.value != "formula"]
    assert claims
    assert all(isinstance(s.verdict, Proved) for s in claims if s in found.steps)


@pytest.mark.slow
def test_a_difference_that_is_least_at_both_ends() -> None:
    assert isinstance(solved("证明：当 0<x<π/2 时，sin x > 2x/π").verdict, Proved)


@pytest.mark.parametrize(
    "text",
    ["prove e^x > x^2", "prove that sin x > x for x > 0", "prove e^x >= 1 + x + x^2 for x > 0",
     "prove that a^2 + b^2 >= 3ab"],
)  # fmt: skip
def test_what_is_wrong_gets_a_counterexample(text: str) -> None:
    found = solved(text)
    assert found.answer.value == t.Truth(value=False)
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize("text", ["prove e^x > 1 + x", "prove that ln x < x - 1 for x > 0"])
def test_equality_at_one_point_is_no_strict_inequality(text: str) -> None:
    value, verdict = told(text)
    assert value != "true" or not isinstance(verdict, Proved)


def holds(text: str, low: str = "-oo", high: str = "oo", *, closed: bool = False) -> bool:
    ends = [t.Neg(INFINITY) if e == "-oo" else INFINITY if e == "oo" else read_formula(e)
            for e in (low, high)]  # fmt: skip
    statement = read_formula(text)
    assert isinstance(statement, t.Relation)
    span = t.Interval(ends[0], ends[1], low_open=not closed, high_open=True)
    return relation_holds(statement, "x", (span, Deadline(5)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("e^x > 1 + x", "0", "oo"),
        ("ln(1+x) < x", "-1", "0"),
        ("x - x^3/6 < sin(x)", "0", "oo"),
        ("cos(x) >= 1 - x^2/2", "-oo", "oo"),
        ("2^x > x", "-oo", "oo"),
        ("sqrt(1+x) < 1 + x/2", "0", "oo"),
        ("arctan(x) < x", "0", "oo"),
        ("x^4 - 4x + 3 >= 0", "-oo", "oo"),
    ],
)
def test_the_check_proves(text: str, low: str, high: str) -> None:
    assert holds(text, low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("e^x > 1 + x", "-oo", "oo"),  # equal at 0
        ("x^4 - 4x + 3 > 0", "-oo", "oo"),  # equal at 1
        ("x^3 > x", "0", "oo"),
        ("1/x > 0", "-oo", "oo"),
        ("1/x^2 > 0", "-oo", "oo"),  # no value at 0
        ("ln(x) < x", "-1", "oo"),
        ("x^2 >= 1/1000000", "-oo", "oo"),
        ("(x - 1/7)^2 > 0", "-oo", "oo"),
        ("sin(x)^2 + cos(x)^2 > 1", "0", "oo"),
        ("abs(x) >= 0", "-oo", "oo"),  # not smooth: left to others
        ("floor(x) <= x", "-oo", "oo"),
        ("x^x > 0", "0", "oo"),
        ("sqrt(x^2) >= x", "-oo", "oo"),
        ("tan(x) > x", "0", "2"),
    ],
)
def test_the_check_proves_nothing_false_and_nothing_it_does_not_know(
    text: str, low: str, high: str
) -> None:
    assert not holds(text, low, high)


def test_an_end_that_belongs_to_the_interval_counts() -> None:
    assert holds("e^x > 1 + x", "0")
    assert not holds("e^x > 1 + x", "0", closed=True)
    assert holds("e^x >= 1 + x", "0", closed=True)


def test_no_step_is_refuted() -> None:
    found = solved("prove that x - x^3/6 < sin x for x > 0")
    assert not any(isinstance(s.verdict, Refuted) for s in every(found.steps))


@pytest.mark.parametrize(
    "text",
    [
        "prove that (a+b)/2 >= sqrt(ab) for a>0, b>0",
        "prove that a/b + b/a >= 2 for a>0 and b>0",
        "已知a>0,b>0,求证 a+b ≥ 2√(ab)",
        "prove that (a+b)(1/a+1/b) >= 4 for a>0,b>0",
        "prove that x + y > 0 for x > 0, y > 0",
    ],
)
def test_positive_letters(text: str) -> None:
    found = solved(text)
    assert found.answer.value == t.Truth(value=True)
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "text", ["prove that a > b for a>0, b>0", "prove that a + b + c >= 3 for a > 0, b > 0, c > 0"]
)
def test_a_counterexample_is_of_the_numbers_that_are_meant(text: str) -> None:
    found = solved(text)
    assert found.answer.value == t.Truth(value=False)
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "text",
    [
        "if a + b = 1, prove that a^2 + b^2 >= 1/2",
        "prove that a + b > 1 for a > 1, b > 0",
        "prove that ab > 1 for a > 1, b > 1",
    ],
)
def test_what_is_given_is_never_forgotten(text: str) -> None:
    assert told(text)[0] != "false"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("2 - 2^(x^(1-2)) > 0", "-1", "2"), ("3 - exp(x^(0-1))/9 > 0", "-1", "2"),
     ("3 - x^(1-2) > 0", "-1", "2"), ("(x^2 - 3x)^(1/3) > 0", "0", "1")],
)  # fmt: skip
def test_powers_of_every_kind_end(text: str, low: str, high: str) -> None:
    span = t.Interval(read_formula(low), read_formula(high), low_open=True, high_open=True)
    statement = read_formula(text)
    assert isinstance(statement, t.Relation)
    assert not relation_holds(statement, "x", (span, Deadline(5)))


def test_a_denominator_may_be_zero_nowhere() -> None:
    wrong, right = "(a^2-b^2)/(a-b)", "(a^2-b^2)/(a+b) + b"
    assert not isinstance(solved(f"Prove that {wrong} > 0 for a > 0, b > 0").verdict, Proved)
    assert isinstance(solved(f"Prove that {right} > 0 for a > 0, b > 0").verdict, Proved)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("Is 1/x > 0 for all x > 0?", "true"),
        ("Prove that x^3 - 3x + 2 >= 0 for x >= -2", "true"),
        ("Prove |x-1| + |x+1| >= 2", "true"),
        ("Prove sin x <= 1", "true"),
        ("Is x^2 > 0 for all real x?", "false"),
        ("Is x^3 > x^2 for all x>=1?", "false"),
        ("Prove sin x < 1", "false"),
        ("Is 1/(x-2) > 0 for all x > 1?", "false"),
    ],
)
def test_the_opposite_is_solved(text: str, truth: str) -> None:
    value, verdict = told(text)
    assert value == truth
    assert isinstance(verdict, Proved)


@pytest.mark.parametrize(
    "text", ["prove that sqrt(x-2) + sqrt(1-x) > 100", "prove that ln(-x^2) < 0"]
)
def test_of_what_never_has_a_value_nothing_is_proved(text: str) -> None:
    assert told(text) == ("", None)
