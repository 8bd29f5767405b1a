"""Pairs of whole numbers on ellipses and on products."""

from __future__ import annotations

import re

import pytest
from asking import proved, told
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.tasks.curved_pairs import all_pairs
from assistant.maths.reading.formulas.formula import read_formula


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Solve x^2+y^2=25 in positive integers", "{(3, 4), (4, 3)}"),
        ("1/x + 1/y = 1/2 的正整数解", "{(3, 6), (4, 4), (6, 3)}"),
        ("1/x + 1/y = 1/2 的整数解", "{(-2, 1), (1, -2), (3, 6), (4, 4), (6, 3)}"),
        ("xy = x + y 的整数解", "{(0, 0), (2, 2)}"),
        ("求方程 xy+2x+3y=10 的正整数解", "{(1, 2)}"),
        ("x^2+y^2=3 的整数解", "emptyset"),
        ("x^2 - y^2 = 2 的整数解", "emptyset"),
        ("4x^2-9y^2=5 in integers", "emptyset"),
        ("x^2+4y^2-2x=8 的整数解", "{(-2, 0), (4, 0)}"),
    ],
)
def test_pairs_on_curves(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize("text", ["x^2-2y^2=1 的整数解", "x^2 = y^2 的整数解"])
def test_endlessly_many_pairs_are_refused(text: str) -> None:
    assert told(text) == ("", None)


@pytest.mark.parametrize("extra", ["sqrt(x) - sqrt(x)", "ln(x) - ln(x)", "1 - x^0"])
def test_what_cancels_may_leave_some_pairs_without_a_value(extra: str) -> None:
    assert told(f"x^2+y^2=25+{extra} 的整数解") == ("", None)


def test_huge_numbers_are_no_long_wait() -> None:
    assert all_pairs(read_formula("x^2+y^2=10^40"), ("x", "y"), lambda _: True) is None


SMALL = st.integers(-3, 3)


@given(SMALL, SMALL, SMALL, SMALL, SMALL, st.integers(-12, 12))
@settings(max_examples=40, deadline=None)
def test_all_pairs_are_found(a: int, b: int, c: int, d: int, e: int, f: int) -> None:
    """Against trying out; what is answered has every pair near the origin, and no other."""
    found = told(f"{a}x^2+({b})x*y+({c})y^2+({d})x+({e})y=({f}) 的整数解")[0]
    if not found or "imageset" in found or not {"x", "y"} <= _letters(a, b, c, d, e):
        return
    pairs = {(int(p), int(q)) for p, q in re.findall(r"\((-?\d+), (-?\d+)\)", found)}
    near = range(-30, 31)
    value = {(x, y): a * x * x + b * x * y + c * y * y + d * x + e * y for x in near for y in near}
    assert {p for p, v in value.items() if v == f} == {p for p in pairs if max(map(abs, p)) <= 30}
    assert all(a * x * x + b * x * y + c * y * y + d * x + e * y == f for x, y in pairs)


def _letters(a: int, b: int, c: int, d: int, e: int) -> set[str]:
    return ({"x"} if a or b or d else set()) | ({"y"} if b or c or e else set())
