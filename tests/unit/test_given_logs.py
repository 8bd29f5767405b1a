"""Logarithms in letters that stand for others, and collected by their prime numbers."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths.reading import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Trouble


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Given log 2 = a and log 3 = b, find log 12", "2*a + b"),
        ("已知 lg2=a，lg3=b，求 lg12", "2*a + b"),
        ("已知 lg2=a，求 lg5", "-a + 1"),
        ("设 lg2=a，lg3=b，用a、b表示 log_5 12", "(2*a + b)/(-a + 1)"),
        ("If ln 2 = p and ln 3 = q, express ln 18 in terms of p and q", "p + 2*q"),
        ("已知 log_2 3 = a, log_3 7 = b, 求 log_42 56", "(a*b + 3)/(a*b + a + 1)"),
        ("若 18^b=5, log_18 9 = a, 求 log_36 45", "(a + b)/(-a + 2)"),
        ("Given log_10 2 = a, log_10 3 = b, find log_10 1.5", "b - a"),
        ("已知 2^a = 3, 2^b = 5, 求 log_2 45", "2*a + b"),
        ("计算 lg25+lg2·lg50+(lg2)²", "2"),
        ("lg 5 * lg 20 + (lg 2)^2", "1"),
        ("lg 2 + lg 3", "log(6, 10)"),
        ("Given y = 2x + 1, express x in terms of y", "y/2 - 1/2"),
        ("已知 2x+y=5，用含x的式子表示y", "-2*x + 5"),
    ],
)
def test_in_the_letters_that_were_given(text: str, answer: str) -> None:
    assert proved(text) == answer


def test_what_is_not_given_is_named() -> None:
    found = solved("Given log 2 = a, find log 6")
    assert told("Given log 2 = a, find log 6")[0] == "ln(3) + a"
    assert isinstance(found.verdict, Proved)
    assert any("does not fix" in note.en for note in found.notes)


@pytest.mark.parametrize("text", ["Given ln 2 = a, find ln 5", "已知 lg3=a，求 lg7"])
def test_what_the_letters_do_not_reach_is_refused(text: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Trouble)
    assert "does not fix" in found.message.en
