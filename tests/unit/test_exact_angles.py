"""Exact values of sums and products of sines and tangents."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from asking import answer_of, proved, solved
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.numerics.numeric import evaluate
from assistant.maths.reading.formulas.formula import read_formula


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tan 10° + tan 50° + √3 tan10° tan50°", "sqrt(3)"),
        ("sin 10° sin 50° sin 70°", "1/8"),
        (r"\frac{1}{\sin 10°} - \frac{\sqrt 3}{\cos 10°}", "4"),
        ("cos(π/7)cos(2π/7)cos(4π/7)", "-1/8"),
        ("sin²20°+cos²50°+sin20°cos50°", "3/4"),
        ("sin(arccos(3/5))", "4/5"),
        ("tan(arcsin(-5/13))", "-5/12"),
        ("sin 20°", "sin(20°)"),
        ("sin 1", "sin(1)"),
        ("sin(π/180)^1000", "sin(pi/180)^1000"),  # too small for a root of small coefficients
    ],
)
def test_values_that_are_roots_are_told(text: str, answer: str) -> None:
    assert proved(text) == answer


@given(st.integers(1, 17), st.integers(1, 17), st.sampled_from(["+", "-", "*"]))
@settings(max_examples=15, deadline=None)
def test_the_value_is_the_same(a: int, b: int, sign: str) -> None:
    found = solved(f"sin({5 * a}°) {sign} cos({5 * b}°)")
    one, other = sin(radians(5 * a)), cos(radians(5 * b))
    wanted = {"+": one + other, "-": one - other, "*": one * other}[sign]
    assert abs(float(evaluate(read_formula(answer_of(found)), {})) - wanted) < 1e-9
