"""Systems of two linear differential equations with constant coefficients."""

from __future__ import annotations

import pytest
from asking import solved

from assistant.maths import terms as t
from assistant.maths.checking.tasks.ode_systems import check_system
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Step, Undecided


def every(steps: tuple[Step, ...]) -> list[Step]:
    """The steps and their parts."""
    return [s for step in steps for s in (step, *every(step.substeps))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve x' = y, y' = -x",
         "(x(t) = C_1*cos(t) + C_2*sin(t), y(t) = C_2*cos(t) - C_1*sin(t))"),
        ("解微分方程组 x' = 2x + y, y' = x + 2y",
         "(x(t) = C_1*e^(3*t) + C_2*e^t, y(t) = C_1*e^(3*t) - C_2*e^t)"),
        ("Solve x' = 3x, y' = -2y", "(x(t) = C_1*e^(3*t), y(t) = C_2/e^(2*t))"),
        ("Solve x' = x + y, y' = 4x + y, x(0) = 1, y(0) = 0",
         "(x(t) = 1/(2*e^t) + e^(3*t)/2, y(t) = e^(3*t) - e^(-t))"),
    ],
)  # fmt: skip
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert solution.answer.value is not None
    assert plain(solution.answer.value) == wanted
    checked = [s for s in every(solution.steps) if s.link.value != "formula"]
    assert checked
    assert not any(isinstance(s.verdict, Refuted) for s in checked)


@pytest.mark.parametrize(
    "text",
    ["Solve x' = x - y, y' = x + y", "Solve dx/dt = y + 1, dy/dt = x + t",
     "Solve the system x'(t) = 3x - 2y, y'(t) = 2x - y", "Solve y' = z, z' = -4y + 3",
     "Solve x' = 2x, y' = x - y"],
)  # fmt: skip
def test_every_kind_of_root_is_proved(text: str) -> None:
    assert isinstance(solved(text).verdict, Proved)


SYSTEM = "Solve x' = y, y' = -x"


def verdict(problem: str, *functions: str) -> object:
    """The check of some functions as the answer."""
    relations = tuple(
        t.equation(t.Call(name, (t.Symbol("t"),)), read_formula(value))
        for name, value in zip("xy", functions, strict=True)
    )
    draft = Draft(answer=t.Collection(t.Bracket.TUPLE, relations))
    return check_system(read_problem(problem).request, draft)


def test_wrong_and_incomplete_answers() -> None:
    assert isinstance(verdict(SYSTEM, "C_1*cos(t)+C_2*sin(t)", "C_2*cos(t)+C_1*sin(t)"), Refuted)
    assert isinstance(verdict(SYSTEM, "C_1*cos(t)", "-C_1*sin(t)"), Undecided)
    assert isinstance(verdict(SYSTEM, "(C_1+C_2)*cos(t)", "-(C_1+C_2)*sin(t)"), Undecided)
    start = f"{SYSTEM}, x(0) = 1, y(0) = 0"
    assert isinstance(verdict(start, "cos(t)", "-sin(t)"), Proved)
    assert isinstance(verdict(start, "sin(t)", "cos(t)"), Refuted)
    assert isinstance(verdict(f"{SYSTEM}, x(0) = 0", "sin(t)", "cos(t)"), Undecided)
