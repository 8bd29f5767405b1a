"""Numbers told apart by intervals in which they lie."""

from __future__ import annotations

import time

import pytest
import sympy as sp

from assistant.maths.checking.numerics.enclosure import told_apart
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Refuted, Undecided

SHOWN = (sp.Integer(1), sp.Integer(2))
INNER = "integrate(integrate(x*y, y, 0, 1), x, 0, 1)"


@pytest.mark.parametrize(
    ("one", "right", "wrong"),
    [
        ("integrate(x^2, x, 1, 0)", "-1/3", "1/3"),
        ("integrate(abs(x), x, -1, 1)", "1", "0"),
        ("integrate(x^3, x, -1, 1)", "0", "1/2"),
    ],
)
def test_only_other_values_are_told_apart(one: str, right: str, wrong: str) -> None:
    sides = [read_formula(text) for text in (one, right, wrong)]
    assert isinstance(told_apart(sides[0], sides[1], SHOWN), Undecided)
    assert isinstance(told_apart(sides[0], sides[2], SHOWN), Refuted)


@pytest.mark.parametrize("value", ["integrate(1/x, x, -1, 1)", "integrate(ln(x), x, 0, 1)"])
def test_a_pole_encloses_nothing(value: str) -> None:
    assert isinstance(told_apart(read_formula(value), read_formula("9"), SHOWN), Undecided)


@pytest.mark.parametrize("inner", [INNER, f"integrate({INNER}*z, z, 0, 1)"])
def test_integrals_in_integrals_end(inner: str) -> None:
    begun = time.process_time()
    found = told_apart(read_formula(inner), read_formula("1/4"), SHOWN)
    assert isinstance(found, Undecided | Refuted)
    assert time.process_time() - begun < 4
