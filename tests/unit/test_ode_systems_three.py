"""Systems of three and four linear differential equations with constant coefficients."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asking import solved

from assistant.maths import terms as t
from assistant.maths.checking.tasks.ode_systems import check_system
from assistant.maths.reading import read_problem
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Solve x' = x + y, y' = y + z, z' = z",
         "(x(t) = C_3*t^2*e^t/2 + C_2*t*e^t + C_1*e^t, "
         "y(t) = C_3*t*e^t + C_2*e^t, z(t) = C_3*e^t)"),
        ("Solve x' = y + z, y' = x + z, z' = x + y, x(0)=1, y(0)=0, z(0)=0",
         "(x(t) = e^(2*t)/3 + 2/(3*e^t), "
         "y(t) = e^(2*t)/3 - 1/(3*e^t), z(t) = e^(2*t)/3 - 1/(3*e^t))"),
        ("x'=2x, y'=3y, z'=x+z; x(0)=1, y(0)=1, z(0)=0",
         "(x(t) = e^(2*t), y(t) = e^(3*t), z(t) = e^(2*t) - e^t)"),
        ("解微分方程组 x' = y, y' = -x, z' = z + t",
         "(x(t) = C_2*sin(t) - C_3*cos(t), "
         "y(t) = C_2*cos(t) + C_3*sin(t), z(t) = C_1*e^t - t - 1)"),
    ],
)  # fmt: skip
def test_answers(text: str, wanted: str) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    assert found.answer.value is not None
    assert plain(found.answer.value) == wanted


PROVED = [
    "Solve x' = y, y' = z, z' = x",
    "x' = x, y' = y, z' = z",
    "x' = x + e^t, y' = y + x, z' = z - y",
    "x' = x + y, y' = y + z, z' = z + 1",
    "x' = y + cos(t), y' = -x, z' = z + t e^t",
    "x' = -2x + y + sin(t), y' = x - 2y + z, z' = y - 2z",
    "x' = x + y + z, y' = x + y + z, z' = x + y + z + 1, x(0)=0, y(0)=0, z(0)=0",
    "x' = y, y' = z, z' = w, w' = x",
]


@pytest.mark.slow
@pytest.mark.parametrize("text", PROVED)
def test_every_kind_of_root_and_right_side_is_proved(text: str) -> None:
    assert isinstance(solved(text).verdict, Proved)


@pytest.mark.parametrize(
    "text",
    [
        "x' = x + z^2, y' = y, z' = z",
        "x' = t x, y' = y, z' = z",
        "x' = x y, y' = y, z' = z",
        "x' = y, y' = z, z' = x, x(0) = 1, y(0) = 1",
        "x' = y, y' = z, z' = x, x(0) = 1, y(0) = 1, z(1) = 1",
        "x' = x + 2y + z, y' = 3x - z, z' = x + y + z",  # no nice roots
        "x' = y, y' = z, x' = z",
    ],
)
def test_what_is_not_solved_is_not_answered(text: str) -> None:
    found = solve(read_problem(text))
    assert not isinstance(found, Solution) or not isinstance(found.verdict, Proved)


def _answers(text: str) -> tuple[t.Relation, ...]:
    value = solved(text).answer.value
    assert isinstance(value, t.Collection)
    return tuple(item for item in value.items if isinstance(item, t.Relation))


@pytest.mark.slow
@pytest.mark.parametrize("text", [*PROVED[2:4], PROVED[6], "x' = y + z, y' = x + z, z' = x + y"])
def test_near_misses_are_never_proved(text: str) -> None:
    """Each function changed in one way: a constant more, the sign, the speed, doubled, without
    its constants."""
    request, right = read_problem(text).request, _answers(text)
    by = t.Symbol("t")
    for place, one in enumerate(right):
        value = one.right
        fewer = t.substitute(value, "C_1", t.integer(0))
        changed = [
            t.Add((value, t.integer(1))),
            t.Neg(value),
            t.substitute(value, "t", t.Mul((t.integer(2), by))),
            t.Mul((t.integer(2), value)),
            t.Add((value, by)),
            *([fewer] if fewer != value else []),
        ]
        for wrong in changed:
            items = (*right[:place], replace(one, right=wrong), *right[place + 1 :])
            draft = Draft(answer=t.Collection(t.Bracket.TUPLE, items))
            verdict = check_system(request, draft)
            assert not isinstance(verdict, Proved), (text, plain(wrong))


def test_too_few_constants_are_not_the_general_solution() -> None:
    for name, value in (("C_3", t.integer(0)), ("C_3", t.Symbol("C_1"))):
        request = read_problem(PROVED[3]).request
        items = tuple(
            replace(one, right=t.substitute(one.right, name, value)) for one in _answers(PROVED[3])
        )
        draft = Draft(answer=t.Collection(t.Bracket.TUPLE, items))
        assert not isinstance(check_system(request, draft), Proved)
