"""Powers worked out from given ones by the laws of powers."""

from __future__ import annotations

import pytest
from asking import proved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2^x=3 求 4^x", "9"),
        ("If 2^x = 3, find 4^x", "9"),
        ("If 4^x = 5, find 2^x", "sqrt(5)"),
        ("已知 2^m = 3, 2^n = 5，求 2^{m+n}", "15"),
        ("If a^m = 2 and a^n = 3, find a^(2m-n)", "4/3"),
        ("若 a^m=2，a^n=3，则 a^{2m+n} 的值是", "12"),
        ("If 10^x = 2 and 10^y = 3, find 10^{2x+y}", "12"),
        ("已知 3^a = 4, 3^b = 2, 求 9^{a-b}", "4"),
        ("若 2x+5y-3=0，求 4^x·32^y 的值", "8"),
        ("已知 2^m=a, 2^n=b，求 2^{m+n}", "a*b"),
        ("Given 3^x = 5, find 3^{x+2}", "45"),
        ("If 2^x=3, find 2^x + 4^x - 2^(-x)", "35/3"),
        ("已知 3^m=6, 9^n=2，求 3^{2m-4n+1}", "27"),
    ],
)
def test_the_value_of_a_power(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Given 2^x = -3, find 4^x",
        "已知 a^{2n}=3，求 a^n",  # either sign
        "If 2^x = 3 and 2^x = 5, find 4^x",
        "If a^m = 2, find a^n",
    ],
)
def test_what_the_powers_do_not_fix_is_not_answered(text: str) -> None:
    assert unanswered(text)


@settings(max_examples=10, deadline=None)
@given(
    st.integers(2, 6), st.integers(2, 9), st.integers(2, 9), st.integers(-3, 3), st.integers(1, 3)
)
def test_whole_shares(base: int, first: int, second: int, p: int, q: int) -> None:
    text = f"If {base}^m = {first} and {base}^n = {second}, find {base}^({p}m+{q}n)"
    value = first**p * second**q if p >= 0 else None
    if value is not None:
        assert proved(text) == str(value)
