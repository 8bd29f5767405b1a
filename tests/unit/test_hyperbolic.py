"""Equations and inequalities with hyperbolic functions, by way of exponentials."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import judged

from assistant.maths.types import Proved, Refuted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve cosh x = 2", "{ln(2 - sqrt(3)), ln(2 + sqrt(3))}"),
        ("解方程 sinh x = 1", "{ln(1 + sqrt(2))}"),
        ("Solve 5 sinh x - cosh x = 5", "{ln(3)}"),
        ("Solve cosh x = 1/2", "emptyset"),
        ("Solve tanh x = 2", "emptyset"),
        ("Solve sinh x > 1", "(ln(1 + sqrt(2)), oo)"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert not any(isinstance(s.verdict, Refuted) for s in solution.steps)
    assert answer_of(solution) == wanted


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("cosh(x) = 2", "x = ln(2+sqrt(3)) or x = -ln(2+sqrt(3))", "proved"),
        ("cosh(x) = 2", "x = ln(2+sqrt(3))", "refuted"),
        ("sinh(x) = 1", "x = ln(1-sqrt(2))", "undecided"),
        ("sinh(x) > 1", "x > ln(1+sqrt(2))", "proved"),
        ("sinh(x) > 1", "x > 1", "refuted"),
    ],
)
def test_claims(before: str, after: str, word: str) -> None:
    assert judged(before, after) in (word, "supported" if word == "proved" else word)
