"""Formulas keep their meaning in an encoding that has not all of their signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.legible import legible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x² - 5x + 6 = 0", "x^2 - 5x + 6 = 0"),
        ("x¹⁰ + a₁₂", "x^10 + a_12"),
        ("xⁿ⁺¹ y⁻¹ eˣ", "x^(n+1) y^(-1) e^x"),
        ("√(x + 2) ≥ ±√3", "sqrt(x + 2) >= +-sqrt3"),
        ("³√x", "root[3] of sqrtx"),
        ("x ∈ ℝ, θ → ∞", "x in RR, theta -> oo"),
        ("“½” … 30°", '"1/2" ... 30 deg'),
        ("┌─ Answer ┐", "+- Answer +"),
        ("中", "?"),
    ],
)
def test_a_sign_that_is_missing_is_spelt(text: str, said: str) -> None:
    assert legible(text, "ascii") == said


def test_what_an_encoding_has_stays() -> None:
    assert legible("解：√3 ≈ x²", "gbk") == "解：√3 ≈ x^2"
    assert legible("解：√3 ≈ x²", "utf-8") == "解：√3 ≈ x²"
    assert legible("x² ≥ y¹⁰", "cp1252") == "x² >= y^10"


@given(st.text(max_size=60), st.sampled_from(["ascii", "gbk", "cp1252", "utf-8", "cp437"]))
def test_any_text_can_be_written(text: str, encoding: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    legible(text, encoding).encode(encoding)
