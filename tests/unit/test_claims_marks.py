"""Signs that belong to a formula or stand around it: what is true of the numbers decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work
from assistant.maths.reading.claims.line import read_line
from assistant.maths.reading.claims.marks import settled, signed
from assistant.maths.types import Refuted, Work, verdict_word
from assistant.steps import StepParser


def word(line: str) -> str:
    (mark,) = check_work(Work("", (line,))).marks
    return verdict_word(mark.verdict)


@pytest.mark.parametrize(
    "line",
    [
        "120 = 5!", "So 120 = 5!", "5! = 120", "6 = 3!.", "The number of ways is 24 = 4!",
        "2 + 3 = 5!", "That gives 3*60 = 180!", "3*60 = 180!!", "太好了，2 + 3 = 5！",
        "(2) (3) = 6", "(2) (3) = (6)", "(3) + 4 = 7", "(1) (2) + 3 = 5", "(7) - 4 = 3",
        "(2) * 3 = 6", "(12) / 4 = 3", "- 4 + 6 = 2", "– 4 + 6 = 2", "- 4 = -4", "- 6 = 2(-3)",
        "- 4 + 6 = 10", "* 4 + 6 = 10", "(1) 4 + 6 = 10", "- (2)(3) = -6",
    ],
)  # fmt: skip
def test_what_is_true_in_one_reading_is_not_refuted(line: str) -> None:
    assert word(line) in ("proved", "supported")


@pytest.mark.parametrize(
    "line", ["121 = 5!", "2 + 3 = 6!", "(2) (3) = 7", "(3) + 4 = 8", "- 4 + 6 = 9", "So 7 = 3!"]
)
def test_what_is_false_in_every_reading_is_refuted(line: str) -> None:
    assert word(line) == "refuted"


@pytest.mark.parametrize("line", ["x = 5!", "y = 2x!", "n = 3 + k!"])
def test_what_numbers_do_not_tell_claims_nothing(line: str) -> None:
    assert read_line(line).claims == ()
    report = check_work(Work("x = 5", (line, "x = 120")))
    assert not isinstance(report.marks[0].verdict, Refuted)


def test_a_factorial_among_others_is_one() -> None:
    assert settled("n! = n(n-1)!") == "n! = n((n-1)!)"


@pytest.mark.parametrize(
    ("line", "step"),
    [("- 4 + 6 = 2", "-4 + 6 = 2"), ("- 4 + 6 = 10", "4 + 6 = 10"), ("- x = 2", "x = 2")],
)
def test_a_bullet_of_an_answer_is_one_unless_the_numbers_say_no(line: str, step: str) -> None:
    parser = StepParser()
    assert [found.text for found in (*parser.feed(line), *parser.flush())] == [step]


@given(st.text("0123456789+-*/^()!=<> .xn,", max_size=60))
def test_any_text_is_settled_or_left(text: str) -> None:
    settled(text)
    signed(text)


@given(st.integers(0, 9), st.integers(0, 9))
def test_sums_of_numbers_are_marked_by_what_they_are(a: int, b: int) -> None:
    for line, true in (
        (f"- {a} + {b} = {b - a}", True),
        (f"({a}) ({b}) = {a * b}", True),
        (f"({a}) + {b} = {a + b}", True),
        (f"({a}) ({b}) = {a * b + b + 1}", False),
    ):
        assert (word(line) == "refuted") is not true


@pytest.mark.parametrize(
    ("problem", "line", "found"),
    [
        ("differentiate x^2*sin(x)", "2x*sin(x) + x^2*cos(x)", "proved"),
        ("求导 x^2*sin(x)", "2x sin(x)+x^2 cos(x)", "proved"),
        ("differentiate sin(x)^2", "2sin(x)cos (x)", "proved"),
        ("", "cos(2x) = 1 - 2sin^2(x)", "proved"),
        ("differentiate x^2*sin(x)", "2x*cos(x)", "refuted"),
        ("", "2 + 3*4 = 20 (x)", "undecided"),
        ("", "2 + 3*4 = 20(x)", "undecided"),
        ("", "2 + 3*4 = 20 （×）", "undecided"),
        ("", "sin(x)^2 + cos(x)^2 = 2 ✗", "undecided"),
    ],
)
def test_the_argument_of_a_function_is_no_cross(problem: str, line: str, found: str) -> None:
    (mark,) = check_work(Work(problem, (line,))).marks
    assert verdict_word(mark.verdict) == found
