"""Equal expressions with absolute values and factorials, each by a law of its own."""

from __future__ import annotations

import pytest

from assistant.maths.checking.verify import check_step
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Proved, Refuted, Rule, Step, Text, Verdict


def verdict(before: str, after: str) -> Verdict:
    """The verdict on two expressions."""
    step = Step(rule=Rule("test.rule", "a rule", "规则"), why=Text("because", "因为"),
                before=read_formula(before), after=read_formula(after))  # fmt: skip
    return check_step(step)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("n!/(n-1)!", "n"),
        ("(2n)!/(2n-2)!", "2n*(2n-1)"),
        ("binomial(n,k)+binomial(n,k-1)", "binomial(n+1,k)"),
        ("abs(x^2-4)", "abs(x-2)*abs(x+2)"),
        ("abs(x^2-2x+1)", "(x-1)^2"),
        ("abs(x*y)", "abs(x)*abs(y)"),
    ],
)
def test_equal(before: str, after: str) -> None:
    assert isinstance(verdict(before, after), Proved)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(2n)!/n!", "n!"),
        ("binomial(n,k)+binomial(n,k-1)", "binomial(n,k+1)"),
        ("abs(x^2-4)", "abs(x-2)*(x+2)"),
        ("abs(x^3)", "x^3"),
    ],
)
def test_not_equal(before: str, after: str) -> None:
    assert isinstance(verdict(before, after), Refuted)
