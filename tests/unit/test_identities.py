"""Identities: proved line by line, wherever both sides have a value."""

from __future__ import annotations

import pytest
from asking import solved

from assistant.maths import terms as t
from assistant.maths.types import Proved, Refuted, Step


def every(steps: tuple[Step, ...]) -> list[Step]:
    """The steps and their parts."""
    return [s for step in steps for s in (step, *every(step.substeps))]


@pytest.mark.parametrize(
    "text",
    [
        "Prove 1 + tan^2 x = 1/cos^2 x",
        "证明 1+cot(x)^2 = 1/sin(x)^2",
        "Prove cos x cos 2x cos 4x = sin 8x/(8 sin x)",
        "Prove tan(x+pi/4) = (1+tan(x))/(1-tan(x))",
        "Prove tan(x/2) = sin(x)/(1+cos(x))",
        "Prove sin(x)+sin(y) = 2sin((x+y)/2)*cos((x-y)/2)",
        "Prove sin(x) = 3sin(x/3)-4sin(x/3)^3",
        "Prove cosh(x)^2 - sinh(x)^2 = 1",
        "证明 sinh(2x) = 2sinh(x)cosh(x)",
    ],
)
def test_an_identity_is_proved_in_steps_that_hold(text: str) -> None:
    solution = solved(text)
    assert solution.answer.value == t.Truth(value=True)
    assert isinstance(solution.verdict, Proved)
    claims = [s for s in every(solution.steps) if s.link.value == "equal"]
    assert claims
    assert all(isinstance(s.verdict, Proved) for s in claims)


@pytest.mark.parametrize(
    "text",
    ["Prove 1 + tan^2 x = 1/sin^2 x", "Prove tan(x/2) = (1+cos(x))/sin(x)",
     "Prove sinh(2x) = sinh(x)cosh(x)"],
)  # fmt: skip
def test_what_is_no_identity_is_broken_by_numbers(text: str) -> None:
    solution = solved(text)
    assert solution.answer.value == t.Truth(value=False)
    assert not isinstance(solution.verdict, Refuted)
