"""Answers in other spellings: mixed numbers, angles in minutes, options, sets, days and hours; and
answers that are different only as they were read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.answers.spelling import options, respelled
from assistant.maths.checking.equal import equal_answers


def equal(one: str, other: str) -> bool | None:
    """The same from both sides."""
    found = {equal_answers(one, other).equal, equal_answers(other, one).equal}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1又3/4", "7/4"),
        ("一又四分之三", "1.75"),
        ("3 1/2 cups", "3.5 cups"),
        ("30°15'", "30.25°"),
        ("30°15'36''", "30.26°"),
        ("**12**", "12"),
        ("1d2h", "26 hours"),
        ("{x | 1<x<2}", "(1,2)"),
        ("{x|x>3}", "(3, ∞)"),
        ("A、C", "AC"),
        ("ACD", "A, C, D"),
        ("dy/dx = 2x", "2x"),
        ("f'(x) = 2x", "2x"),
        ("sin x + C", "sin x + K"),
        ("平行", "parallel"),
        ("不存在", "does not exist"),
        ("对", "正确"),
        ("true", "yes"),
    ],
)
def test_the_same_in_another_spelling(one: str, other: str) -> None:
    assert equal(one, other) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x1=5, x2=3", "(3,5)"),
        ("x1=5, x2=3", "3, 5"),
        ("x=5 or x=3", "(3,5)"),
        ("20°C", "68°F"),
        ("0.3...", "1/3"),
        ("12,5", "12.5"),
        ("全体实数", "R"),
        ("A", "a"),
        ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "(1,2)"),
    ],
)
def test_what_may_be_the_same_is_not_called_different(one: str, other: str) -> None:
    assert equal(one, other) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1又3/4", "3/4"),
        ("3 1/2 cups", "3/2 cups"),
        ("30°15'", "30.15°"),
        ("1d2h", "25 hours"),
        ("{x | 1<x<2}", "(1,3)"),
        ("ACD", "ABD"),
        ("A", "B"),
        ("dy/dx = 2x", "x"),
        ("x1=5, x2=3", "(3,4)"),
        ("x=5, y=3", "(3,5)"),
        ("25%", "25"),
        ("x", "X"),
        ("12,5", "12.6"),
        ("平行", "perpendicular"),
        ("x^2", "x^2 + C"),
    ],
)
def test_what_is_different_is_not_called_the_same(one: str, other: str) -> None:
    assert equal(one, other) is not True


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 99), st.integers(1, 12), st.integers(2, 13))
def test_a_mixed_number_is_its_sum(whole: int, top: int, bottom: int) -> None:
    assert equal(f"{whole}又{top}/{bottom}", f"{whole * bottom + top}/{bottom}") is True
    assert equal(f"{whole}又{top}/{bottom}", f"{whole * bottom + top + 1}/{bottom}") is False


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789又分之一二°'\" /*_ABCDcups.,", max_size=40))
def test_any_text_can_be_respelled(text: str) -> None:
    assert isinstance(respelled(text), str)
    assert options(text) is None or set(options(text) or ()) <= set("ABCDEFGH")
