"""Largest and smallest values beyond polynomials, and integrals with moving ends."""

import pytest
from asking import answer_of, solved

from assistant.maths.types import Proved, Supported


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("maximum of sin x + sqrt(3) cos x", "2"),
        ("minimum of 3 sin x - 4 cos x + 1", "-4"),
        ("maximum of sin x cos x", "1/2"),
        ("minimum of e^x + e^(-x)", "2"),
        ("maximum of x/(1+x^2)", "1/2"),
    ],
)
def test_the_value_is_proved(text: str, value: str) -> None:
    found = solved(text)
    assert answer_of(found) == value
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\frac{d}{dx}\int_0^{x^2} e^{t^2} dt", "2*x*e^x^4"),
        (r"\frac{d}{dx}\int_x^1 \sqrt{1+t^2} dt", "-sqrt(x^2 + 1)"),
        ("∫ e^(x^2) dx", "sqrt(pi)*erfi(x)/2"),
        ("∫ sqrt(x^2+4) dx", "x*sqrt(x^2 + 4)/2 + 2*ln(sqrt(x^2 + 4) + x)"),
    ],
)
def test_integrals(text: str, value: str) -> None:
    found = solved(text)
    assert answer_of(found) == value
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\int_0^\infty \frac{x^3}{e^x-1} dx", "pi^4/15"),
        (r"\int_0^\infty \frac{x}{e^x+1} dx", "pi^2/12"),
        (r"\int_0^{\pi/2} \ln(\sin x) dx", "-pi*ln(2)/2"),
    ],
)
def test_famous_integrals_are_supported_by_numbers(text: str, value: str) -> None:
    found = solved(text)
    assert answer_of(found) == value
    assert isinstance(found.verdict, Supported | Proved)
