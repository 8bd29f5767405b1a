"""Curves given by an equation or a parameter: tangents and derivatives."""

from __future__ import annotations

import pytest
from asking import proved, solved, told

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.tasks.implicit import check_parametric
from assistant.maths.checking.tasks.tangents import check_implicit_tangent, check_tangents_through
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Task


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("find the tangent line to the circle x^2 + y^2 = 25 at the point (3,4)",
         "y = -3*x/4 + 25/4"),
        ("求圆x^2+y^2=25在点(3,4)处的切线方程", "y = -3*x/4 + 25/4"),
        ("求椭圆x^2/8+y^2/2=1在点(2,1)处的法线方程", "y = 2*x - 3"),
        ("tangent line to x^2 + y^2 = 25 at (5,0)", "x = 5"),
        ("Find the tangent to y = x^2 at (1,1)", "y = 2*x - 1"),
        ("tangent lines to y = x^2 through (0,-1)", "[y = -2*x - 1, y = 2*x - 1]"),
        ("求过点(0,-1)且与曲线y=x^2相切的直线方程", "[y = -2*x - 1, y = 2*x - 1]"),
        ("求曲线y=ln x过点(0,0)的切线方程", "y = x/e"),
        ("求过原点且与曲线y=e^x相切的直线方程", "y = e*x"),
        ("求曲线y=x^3过点(1,1)的切线方程", "[y = 3*x/4 + 1/4, y = 3*x - 2]"),
        ("x = t^2, y = t^3, find dy/dx", "3*t/2"),
        ("参数方程x=t^2, y=t^3, 求dy/dx", "3*t/2"),
        ("find d^2y/dx^2 if x = t^2, y = t^3", "3/(4*t)"),
        ("find dy/dx for x = cos t, y = sin t", "-1/tan(t)"),
    ],
)  # fmt: skip
def test_answers(text: str, wanted: str) -> None:
    found = solved(text)
    assert proved(text) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in found.steps)


@pytest.mark.parametrize(
    "text",
    [
        "tangent line to x^2 + y^2 = 25 at (3,5)",
        "Find the tangent to y = x^2 at (1,2)",
        "求曲线y=x^2在点(1,2)处的切线方程",
        "tangent lines to y = x^2 through (0,1)",
    ],
)
def test_no_tangent_at_a_point_beside_the_curve(text: str) -> None:
    assert told(text)[1] is None


def _request(topic: str, *operands: str, order: int = 1) -> Request:
    task = Task.DIFFERENTIATE if topic == topics.PARAMETRIC else Task.FUNCTION
    names = ("t",) if topic == topics.PARAMETRIC else ("x",)
    values = tuple(map(read_formula, operands))
    return Request(task=task, topic=topic, operands=values, variables=names, order=order)


def test_the_checks_refuse_other_lines() -> None:
    circle = _request(topics.TANGENT, "x^2 + y^2 = 25", "(3, 4)")
    assert isinstance(
        check_implicit_tangent(circle, Draft(answer=read_formula("3x + 4y = 25"))), Proved
    )
    assert isinstance(
        check_implicit_tangent(circle, Draft(answer=read_formula("4x - 3y = 0"))), Refuted
    )
    through = _request(topics.TANGENTS_THROUGH, "x^3", "(1, 1)")
    one = Draft(answer=read_formula("y = 3x - 2"))
    both = Draft(answer=t.Collection(t.Bracket.LIST, tuple(
        map(read_formula, ("y = 3x - 2", "y = 3x/4 + 1/4")))))  # fmt: skip
    assert not isinstance(check_tangents_through(through, one), Proved)
    assert isinstance(check_tangents_through(through, both), Proved)


def test_the_check_of_parameters() -> None:
    first, second = (_request(topics.PARAMETRIC, "t^2", "t^3", order=order) for order in (1, 2))
    assert isinstance(check_parametric(first, read_formula("3t/2"), Deadline(2)), Proved)
    assert isinstance(check_parametric(first, read_formula("2/(3t)"), Deadline(2)), Refuted)
    assert isinstance(check_parametric(second, read_formula("3/(4t)"), Deadline(2)), Proved)
    assert isinstance(check_parametric(second, read_formula("3/2"), Deadline(2)), Refuted)
