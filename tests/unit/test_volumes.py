"""Volumes of regions between curves, turned about either axis."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.continuity import zeros
from assistant.maths.checking.tasks.volumes import check_volume
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Refuted, Solution, Step, Supported

ROTATED = "Find the volume of the solid obtained by rotating the region bounded by "
GOOD = [
    (f"{ROTATED}y = x^2 and y = x about the x-axis", "2*pi/15"),
    (f"{ROTATED}y = x^2 and y = x about the y-axis", "pi/6"),
    (f"{ROTATED}y = x^2 and y = 4 about the y-axis", "8*pi"),  # its right half
    (f"{ROTATED}y = x^2 and y = 4 about the x-axis", "256*pi/5"),
    (f"{ROTATED}y = x^2 - 1 and y = 0 about the x-axis", "16*pi/15"),  # below the axis
    (f"{ROTATED}y = x^2 and y = x + 2 about the x-axis", "72*pi/5"),
    (f"{ROTATED}y = 1/x, y = 0, x = 1 and x = 2 about the y-axis", "2*pi"),
    (f"{ROTATED}y = x^2, y = 0, x = -2 and x = -1 about the y-axis", "15*pi/2"),
    (
        "Find the volume when the region bounded by y=x^2, y=0, x=2 is rotated about the y-axis",
        "8*pi",
    ),
    (
        "Find the volume of the solid obtained by rotating the region under y = sin(x) from 0 to pi"
        " about the y-axis",
        "2*pi^2",
    ),
    ("求 y=x^2, y=x 围成的图形绕 x 轴旋转一周所得旋转体的体积", "2*pi/15"),
    ("求 y=x^2, y=x 围成的图形绕 y 轴旋转一周所得旋转体的体积", "pi/6"),
    (f"{ROTATED}y = |x| and y = 2 about the x-axis", "32*pi/3"),
    (f"{ROTATED}x = y^2 and x = 1 about the y-axis", "8*pi/5"),  # the letters exchanged
    (f"{ROTATED}x = y^2 and x = y about the x-axis", "pi/6"),
    (f"{ROTATED}x = 4 - y^2 and the y-axis about the x-axis", "8*pi"),
    (f"{ROTATED}x = y^2, the y-axis and y = 2 about the y-axis", "32*pi/5"),
    ("求由x=y^2、x=y围成的图形绕y轴旋转一周所得旋转体的体积", "2*pi/15"),
    ("求由曲线y=x^2、直线x=2与x轴围成的图形绕y轴旋转一周所得旋转体的体积", "8*pi"),
]


def _every(steps: tuple[Step, ...]) -> list[Step]:
    return [s for step in steps for s in (step, *_every(step.substeps))]


@pytest.mark.parametrize(("text", "wanted"), GOOD)
def test_it_is_worked_out_and_proved(text: str, wanted: str) -> None:
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    assert isinstance(found.verdict, Proved)
    assert answer_text(found) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in _every(found.steps))


@pytest.mark.parametrize(
    "text",
    [
        f"{ROTATED}y = x^2 - 1 and y = 1 about the x-axis",  # on both sides of the axis
        f"{ROTATED}y = x^2 and y = x + 2 about the y-axis",
        f"{ROTATED}y = x^3 and y = 0, x = -1, x = 2 about the y-axis",
        f"{ROTATED}y = x and y = -x, x = 0, x = 1 about the x-axis",
        f"{ROTATED}y = sin(x) and y = cos(x), x = 0, x = pi about the x-axis",
        f"{ROTATED}y = x^2 + 1 and y = 0 about the x-axis",  # no region
        f"{ROTATED}y = 1/x, y = 0 and x = 1 about the y-axis",
        f"{ROTATED}y = x^2 and y = x^2 about the x-axis",
        f"{ROTATED}y = 1/x and y = 0, x = -1, x = 1 about the x-axis",
        f"{ROTATED}y = a x^2 and y = x about the x-axis",
        f"{ROTATED}y = x^2, y = x and y = 1 about the x-axis",
        f"{ROTATED}y = y^2 and y = y about the x-axis",
        f"{ROTATED}y = sqrt(x), y = 0, x = -1 and x = 4 about the x-axis",  # not real below 0
        f"{ROTATED}y = sqrt(x-1), y = 0, x = 0 and x = 5 about the y-axis",
        f"{ROTATED}y = x^2 and y = x about the line y = 2",
        f"{ROTATED}y = x^2 and y = x about the z-axis",
        "Find the volume of the solid of revolution of y = sqrt(x), 0 <= x <= 4, about the y-axis",
        "求 y=x^2-1, y=1 围成的图形绕 x 轴旋转一周所得旋转体的体积",
        "求 y=x^2, y=x 围成的图形绕直线 y=2 旋转一周所得旋转体的体积",
    ],
)
def test_what_is_not_sure_is_not_answered(text: str) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return
    proved = isinstance(found, Solution) and isinstance(found.verdict, Proved | Supported)
    assert not proved or "diverge" in answer_text(found)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_the_check_believes_no_wrong_volume(text: str) -> None:
    request = read_problem(text).request
    found = solve(read_problem(text))
    assert isinstance(found, Solution)
    assert found.answer.value is not None
    right = found.answer.value
    pi = t.Constant(t.ConstantName.PI)
    for wrong in (t.Mul((t.integer(2), right)), t.Neg(right), t.Div(right, pi),
                  t.Add((right, t.integer(1))), t.integer(0)):  # fmt: skip
        draft = Draft(answer=wrong, variables=request.variables)
        assert not isinstance(check_volume(request, draft), Proved | Supported), wrong
    other = "volume_x" if request.topic == "volume_y" else "volume_y"
    draft = Draft(answer=right, variables=request.variables)
    turned = check_volume(replace(request, topic=other), draft)
    assert not isinstance(turned, Proved | Supported)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{ROTATED}y = sqrt(x) and y = x^2 about the y-axis", "3*pi/10"),
        (f"{ROTATED}x = y^2 and y = x about the y-axis", "2*pi/15"),
        ("Find the area bounded by x = y^2 and x = 4", "32/3"),
        ("Find the area bounded by x = y^2, y = 1, y = 2 and the y-axis", "7/3"),
        ("Find the area bounded by x = y^2 and y = 2", None),  # no region
        ("Find the area bounded by y = x^2 and x = y^2", "1/3"),
        ("Find the area bounded by y = sqrt(x-1), y = 0, x = 0 and x = 5", None),
    ],
)
def test_curves_by_y_and_curves_that_end(text: str, wanted: str | None) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        assert wanted is None
        return
    if wanted is None:
        assert not isinstance(found, Solution)
        return
    assert isinstance(found, Solution)
    assert answer_text(found) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1/(x - 1) + 2", {sp.Rational(1, 2)}),
        ("abs(x) - 2", {-2, 2}),
        ("1/x - x", {-1, 1}),
        ("1/x - 2", {sp.Rational(1, 2)}),
        ("1/x^2", set()),
    ],
)
def test_zeros_of_bars_and_fractions(text: str, wanted: set[sp.Expr]) -> None:
    x = sp.Symbol("x", real=True)
    value = to_sympy(read_formula(text), real=True)
    assert {*zeros(value, x, -sp.oo, sp.oo)} == wanted


@pytest.mark.parametrize("text", ["|ln(x)| from -1 to 2", "|sqrt(x) - 1| from -2 to -1"])
def test_bars_about_what_is_not_real_are_not_decided(text: str) -> None:
    found = solve(read_problem(f"integrate {text}"))
    assert not isinstance(found, Solution) or not isinstance(found.verdict, Proved | Supported)
