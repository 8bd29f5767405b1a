"""Points with names, circles by their parts, bisectors and the angle of a line."""

from __future__ import annotations

import pytest
from asking import proved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Request, Task


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已知 A(1,2), B(4,6)，求 |AB|", "5"),
        ("已知 A(1,2), B(4,6)，求线段 AB 的长", "5"),
        ("Find the distance between A(1,2) and B(4,6)", "5"),
        ("Given A(1,2) and B(4,6), find the slope of AB", "4/3"),
        ("求线段 AB 的中点坐标，其中 A(-1,3), B(5,7)", "(2, 5)"),
        ("已知点 A(1,2) 和 B(4,6)，求直线 AB 的方程", "y = 4*x/3 + 2/3"),
        ("已知 A(0,0), B(4,0), C(0,3)，求三角形 ABC 的面积", "6"),
        ("已知点 A(2,3)，求点 A 到直线 x+y=1 的距离", "2*sqrt(2)"),
        ("已知 A(1,2), B(5,4)，求线段 AB 的垂直平分线的方程", "y = -2*x + 9"),
        (
            "Find the equation of the perpendicular bisector of the segment from (1,2) to (5,4)",
            "y = -2*x + 9",
        ),
        ("求两直线 2x+y=3 与 x-y=0 的交点", "x = 1, y = 1"),
        ("Where do the curves y = x^2 and y = 2x + 3 intersect?", "{(-1, 1), (3, 9)}"),
    ],
)
def test_points_and_lines(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("已知 A(1,2), B(3,4)，求以 AB 为直径的圆的方程", "(x - 2)^2 + (y - 3)^2 = 2"),
        (
            "Find the equation of the circle with diameter AB where A(1,2) and B(3,4)",
            "(x - 2)^2 + (y - 3)^2 = 2",
        ),
        (
            "Find the equation of the circle whose diameter has endpoints (1,2) and (5,-4)",
            "(x - 3)^2 + (y + 1)^2 = 13",
        ),
        (
            "Find the equation of the circle with center (1,2) passing through (4,6)",
            "(x - 1)^2 + (y - 2)^2 = 25",
        ),
        ("求圆心为 C(1,2) 且过点 P(4,6) 的圆的方程", "(x - 1)^2 + (y - 2)^2 = 25"),
        ("求圆心为(1,2)且与直线3x+4y-1=0相切的圆的方程", "(x - 1)^2 + (y - 2)^2 = 4"),
        (
            "求过三点 A(0,0), B(4,0), C(0,3) 的圆的方程",
            "(x - 2)^2 + (y - 3/2)^2 = 25/4",
        ),
    ],
)
def test_circles(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("求直线 √3x - y + 1 = 0 的倾斜角", "pi/3"),
        ("直线 x + y - 3 = 0 的倾斜角是多少", "3*pi/4"),
        ("Find the angle of inclination of the line y = sqrt(3) x + 2", "pi/3"),
        ("求过点 A(1,2)、B(1,5) 的直线的倾斜角", "pi/2"),
        ("求直线 y = 3 的倾斜角", "0"),
        ("求直线 y = -2x 的倾斜角", "-atan(2) + pi"),
    ],
)
def test_the_angle_of_a_line(text: str, answer: str) -> None:
    assert proved(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "已知 A(1,2), A(3,4)，求 |AA|",  # one name, two points
        "已知 A(1,2), B(4,6)，求 |AC|",
        "求过三点 (0,0), (1,1), (2,2) 的圆的方程",
        "Find the slope of the line through A(1,2) and B(1,6)",
    ],
)
def test_what_is_no_figure_is_not_answered(text: str) -> None:
    assert unanswered(text)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("diameter", "(x-1)^2+(y-2)^2=8"),
        ("through", "(x-2)^2+(y-3)^2=2"),
        ("through", "x^2+y^2=25"),
    ],
)
def test_another_circle_is_refused(words: str, wrong: str) -> None:
    points = (read_formula("(1,2)"), read_formula("(3,4)"))
    asked = Request(task=Task.GEOMETRY, topic=topics.CIRCLE, operands=points, words=(words,))
    draft = Draft(answer=read_formula(wrong), variables=("x", "y"))
    assert not isinstance(check_answer(asked, draft), Proved)


coordinate = st.integers(-6, 6)


@settings(max_examples=15, deadline=None)
@given(coordinate, coordinate, coordinate, coordinate)
def test_the_ends_of_a_diameter_lie_on_the_circle(a: int, b: int, c: int, d: int) -> None:
    if (a, b) == (c, d):
        return
    found = read_formula(proved(f"求以 A({a},{b})、B({c},{d}) 为直径端点的圆的方程"))
    assert isinstance(found, t.Relation)
    for x, y in ((a, b), (c, d), (a, d)):  # the angle over a diameter is a right one
        put = t.substitute(t.substitute(found, "x", t.integer(x)), "y", t.integer(y))
        assert isinstance(put, t.Relation)
        assert _value(put.left) == _value(put.right)


def _value(expr: t.Expr) -> object:
    from assistant.maths.numeric import evaluate

    return evaluate(expr, {})
