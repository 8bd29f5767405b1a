"""Double and triple integrals: inside out, or in the other order."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import judged

from assistant.maths import terms as t
from assistant.maths.jobs import Job, run
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import (
    Link,
    Proved,
    Solution,
    Supported,
    Undecided,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("∫_0^1 ∫_0^2 (x + y) dy dx", "3"),
        ("求 ∫_0^1 ∫_0^x x y dy dx", "1/8"),
        ("∫_0^1 ∫_x^1 e^(y^2) dy dx", "-1/2 + e/2"),
        ("∫_0^1 ∫_{2x}^2 e^(y^2) dy dx", "-1/4 + e^4/4"),
        ("∫_0^1 ∫_0^2 ∫_0^3 x y z dz dy dx", "9/2"),
        ("∫_0^1 ∫_{x^2}^{x} x y dy dx", "1/24"),
        ("∫_0^1 ∫_0^sqrt(1-x^2) x y dy dx", "1/8"),
        ("∫_0^1 ∫_0^1 x e^(x y) dy dx", "-2 + e"),
        ("∫_0^2 ∫_0^x cos(x^2) dy dx", "sin(4)/2"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == wanted
    assert all(isinstance(s.verdict, Proved) for s in solution.steps)


def test_a_denominator_that_may_be_zero_elsewhere_is_no_proof() -> None:
    solution = solved("∫_1^2 ∫_1^2 1/(x+y) dy dx")
    assert isinstance(solution.verdict, Supported)
    assert answer_of(solution) == "ln(1024/729)"


@pytest.mark.parametrize("text", ["∫_0^1 ∫_0^x 1/(x-y) dy dx", "∫_0^2 ∫_0^sqrt(1-x^2) x y dy dx"])
def test_what_has_no_value_is_not_proved(text: str) -> None:
    found = run(Job("solve", read_problem(text), 10.0))
    assert not isinstance(found, Solution) or isinstance(found.verdict, Undecided)


def nested(f: str, inner: tuple[str, str, str], outer: tuple[str, str, str]) -> t.Expr:
    """An integral of an integral, each with its letter and ends."""
    body = read_formula(f)
    for name, low, high in (inner, outer):
        ends = (read_formula(low), read_formula(high))
        body = t.Call("integrate", (body, t.Symbol(name), *ends))
    return body


START = nested("e^(y^2)", ("y", "x", "1"), ("x", "0", "1"))


@pytest.mark.parametrize(
    ("after", "word"),
    [
        (nested("e^(y^2)", ("x", "0", "y"), ("y", "0", "1")), "proved"),
        (nested("e^(y^2)", ("x", "y", "1"), ("y", "0", "1")), "undecided"),
        (nested("e^(y^2)", ("x", "0", "1"), ("y", "0", "1")), "undecided"),
    ],
)
def test_the_other_order_needs_the_same_region(after: t.Expr, word: str) -> None:
    assert judged(START, after, Link.EQUAL, None) == word
