"""Which of some numbers is larger: told with the signs between them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from asking import proved, told, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("比较 2^{100} 与 3^{60} 的大小", "3^{60} < 2^{100}"),
        ("比较 log_2 3 与 log_3 4 的大小", "log_3 4 < log_2 3"),
        ("比较 √2+√7 与 √3+√6 的大小", "√2+√7 < √3+√6"),
        ("比较 sin 1, sin 2, sin 3 的大小", "sin 3 < sin 1 < sin 2"),
        ("试比较 0.3^2、2^{0.3}、log_2 0.3 的大小关系", "log_2 0.3 < 0.3^2 < 2^{0.3}"),
        ("比较 1/2 与 0.5 的大小", "1/2 = 0.5"),
        ("Compare e^π and π^e", "π^e < e^π"),
    ],
)
def test_sizes_are_compared(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_letters_have_no_size() -> None:
    assert told("比较 a 与 b 的大小") == ("", None)


@given(st.integers(-9, 9), st.integers(1, 9), st.integers(-9, 9), st.integers(1, 9))
@settings(max_examples=20, deadline=None)
def test_fractions(a: int, b: int, c: int, d: int) -> None:
    first, second = Fraction(a, b), Fraction(c, d)
    one, other = f"{a}/{b}", f"{c}/{d}"
    if one == other:
        return
    small, large = (other, one) if second < first else (one, other)
    sign = "=" if first == second else "<"
    assert proved(f"比较 {one} 与 {other} 的大小") in (
        f"{small} {sign} {large}",
        f"{large} = {small}",
    )


def test_a_letter_is_not_compared_with_itself() -> None:
    assert unanswered("compare x and x")
    assert unanswered("比较 x 与 x 的大小")
    assert proved("Compute cos(1), e≈2.718") == "cos(1), e ≈ 2.718"
