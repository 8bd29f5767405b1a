"""``x^x = 4``: the unknown in base and exponent."""

from __future__ import annotations

import pytest
from asking import answer_of, solved
from claiming import judged

from assistant.maths.jobs import Job, run
from assistant.maths.reading import read_problem
from assistant.maths.types import Proved, Trouble


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve x^x = 4", "{2}"),
        ("解方程 x^x = 27", "{3}"),
        ("Solve x^(x+1) = 8", "{2}"),
        ("Solve x^(2x) = 16", "{2}"),
        ("Solve (x+1)^(x+1) = 27", "{2}"),
        ("Solve x ln x = 2 ln 2", "{2}"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert all(isinstance(s.verdict, Proved) for s in solution.steps)
    assert answer_of(solution) == wanted


def test_a_low_value_may_be_a_power_of_a_negative_number() -> None:
    assert isinstance(run(Job("solve", read_problem("Solve x^x = 1/4"), 10.0)), Trouble)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("x^x = 4", "x = 2", "proved"),
        ("x^x = 4", "x = 4", "refuted"),
        ("x^x = 4", "x = 2 or x = 1", "refuted"),
        ("x^x = 4", "x*ln(x) = 2*ln(2)", "proved"),
        ("x^x = 4", "x*ln(x) = ln(5)", "refuted"),
        ("x^(x-1) = 2", "x = 2", "refuted"),
        ("x^(2-x) = 1", "x = 2", "refuted"),
        ("x^x = 1/4", "x = 1/2", "refuted"),
        ("x*ln(x) = -1/4", "x = 1/4", "refuted"),
    ],
)
def test_claims(before: str, after: str, word: str) -> None:
    assert judged(before, after) == word
