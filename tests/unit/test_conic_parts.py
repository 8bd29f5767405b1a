"""Foci, vertices, centre, directrix and asymptotes of conics by their equations."""

from __future__ import annotations

import pytest
from asking import solved, told

from assistant.maths import topics
from assistant.maths.checking.tasks.conics import conic_holds
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Task


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("find the foci of the ellipse x^2/25 + y^2/9 = 1", "[(-4, 0), (4, 0)]"),
        ("求椭圆x^2/25+y^2/16=1的焦点坐标", "[(-3, 0), (3, 0)]"),
        ("foci of 4x^2 + 9y^2 - 16x + 18y - 11 = 0", "[(2 - sqrt(5), -1), (2 + sqrt(5), -1)]"),
        ("foci of the hyperbola x^2/9 - y^2/16 = 1", "[(-5, 0), (5, 0)]"),
        ("vertices of the ellipse x^2/25 + y^2/9 = 1", "[(-5, 0), (5, 0)]"),
        ("椭圆x^2/25+y^2/9=1的顶点坐标", "[(-5, 0), (5, 0), (0, -3), (0, 3)]"),
        ("vertices of y^2/4 - x^2/5 = 1", "[(0, -2), (0, 2)]"),
        ("center of the ellipse 4x^2 + 9y^2 - 16x + 18y - 11 = 0", "(2, -1)"),
        ("center of x^2 + y^2 - 4x + 6y - 3 = 0", "(2, -3)"),
        ("focus of the parabola y^2 = 8x", "(2, 0)"),
        ("求抛物线x^2=8y的准线方程", "y = -2"),
        ("directrix of y = x^2 - 4x + 1", "y = -13/4"),
        ("asymptotes of (x-1)^2/4 - (y+2)^2/9 = 1", "[y = -3*x/2 - 1/2, y = 3*x/2 - 7/2]"),
        ("eccentricity of 9x^2 + 16y^2 = 144", "sqrt(7)/4"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    answer, verdict = told(text)
    assert (answer, type(verdict)) == (wanted, Proved)
    assert not any(isinstance(s.verdict, Refuted) for s in solved(text).steps)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("focus and directrix of y^2 = 8x", "(2, 0), x = -2"),
        ("抛物线y^2=4x的焦点和准线", "(1, 0), x = -1"),
        ("求双曲线x^2/9-y^2/16=1的焦点坐标和离心率", "[(-5, 0), (5, 0)], 5/3"),
    ],
)
def test_several_at_once(text: str, wanted: str) -> None:
    assert told(text)[0] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "foci of the ellipse x^2/9 - y^2/16 = 1",
        "foci of x^2 + y^2 = 4",
        "foci of x^2 + xy + y^2 = 4",
        "directrix of the parabola y = x^3",
        "foci of x^2/9 + y^2/16 = -1",
        "foci of x^2/m + y^2/16 = 1",
        "focus of y = 2x + 1",
    ],
)
def test_other_curves_have_none(text: str) -> None:
    assert told(text)[1] is None


@pytest.mark.parametrize(
    ("curve", "wanted", "right", "wrong"),
    [
        ("x^2/25 + y^2/9 = 1", "foci", "[(-4, 0), (4, 0)]", "[(-3, 0), (3, 0)]"),
        ("x^2/25 + y^2/9 = 1", "vertices", "[(-5, 0), (5, 0)]", "[(0, -3), (0, 3)]"),
        ("x^2/9 - y^2/16 = 1", "asymptotes", "[y = 4x/3, y = -4x/3]", "[y = 3x/4, y = -3x/4]"),
        ("y^2 = 8x", "foci", "(2, 0)", "(8, 0)"),
        ("y^2 = 8x", "directrix", "x = -2", "x = 2"),
        ("x^2 + 4y^2 = 4", "center", "(0, 0)", "(1, 0)"),
    ],
)
def test_the_check(curve: str, wanted: str, right: str, wrong: str) -> None:
    request = Request(
        task=Task.GEOMETRY,
        topic=topics.CONIC,
        operands=(read_formula(curve),),
        words=(wanted, ""),
    )
    assert conic_holds(request, Draft(answer=read_formula(right))) is True
    assert not conic_holds(request, Draft(answer=read_formula(wrong)))
