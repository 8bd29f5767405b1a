"""Lines and vectors as school books ask about them, in English and Chinese."""

from __future__ import annotations

import pytest
from asking import unanswered

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.geometry import check_geometry
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Refuted, Request, Solution, Task, Undecided


def solved(text: str) -> Solution:
    found = solve(read_problem(text))
    assert isinstance(found, Solution), (text, found)
    assert isinstance(found.verdict, Proved), (text, found.verdict)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("求过点(1,2)且与直线2x+y-3=0垂直的直线方程", "y = x/2 + 3/2"),
        ("求过点(1,2)且与直线2x+y-3=0平行的直线方程", "y = -2*x + 4"),
        ("求与直线2x+y-3=0垂直且过点(1,2)的直线方程", "y = x/2 + 3/2"),
        ("求经过点A(1,2)，且与直线x=3垂直的直线的方程", "y = 2"),
        ("求过点(1,2)且平行于直线x=3的直线方程", "x = 1"),
        ("求过点(1,2)且垂直于x轴的直线方程", "x = 1"),
        ("line through (1,2) parallel to the x-axis", "y = 2"),
        ("line through (1,2) that is perpendicular to the line y = 2x+1", "y = -x/2 + 5/2"),
        ("find the equation of the line parallel to 2x+3y=6 passing through (1,2)",
         "y = -2*x/3 + 8/3"),
        ("line through (1,2) perpendicular to y = 3", "x = 1"),
        ("distance from (3,4) to the origin", "5"),
        ("distance of the point (1,2) from the line 3x+4y=5", "6/5"),
        ("distance between the lines 3x+4y=5 and 6x+8y=20", "1"),
        ("求直线x=1与x=4之间的距离", "3"),
        ("求两平行线3x+4y-5=0与6x+8y-10=0的距离", "0"),
    ],
)  # fmt: skip
def test_a_line_is_found(text: str, expected: str) -> None:
    assert answer_text(solved(text)) == expected


def test_a_point_on_the_line_itself_is_told() -> None:
    assert len(solved("line through (0,1) parallel to y = 2x+1").notes) == 1
    assert solved("line through (0,2) parallel to y = 2x+1").notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "求过点(1,2)且与直线2x+y-3=0的直线方程",  # which of the two is not said
        "求过点(1,2)且与直线x^2+y=0平行的直线方程",
        "line through (1,2) and (1,2)",
        "求直线3x+4y-5=0与3x-4y-10=0之间的距离",  # they meet
        "angle between (0,0) and (1,2)",
        "已知向量a=(0,0), b=(3,-1)，求a与b的夹角",
        "Let a = (1,2), b = (3,-1). Find (a+b)·b + 1",
        "已知向量a=(1,2), b=(3,-1)，若c⊥b，求k",
        "已知向量a=(1,2,3), b=(3,k,1)，若a∥b，求k",
    ],
)
def test_what_is_unclear_or_has_no_answer_gets_none(text: str) -> None:
    assert unanswered(text)


def test_a_wrong_distance_of_lines_is_refuted() -> None:
    lines = tuple(map(read_formula, ("3x + 4y = 5", "6x + 8y = 20")))
    asked = Request(task=Task.GEOMETRY, operands=lines, topic=topics.DISTANCE)
    assert isinstance(check_geometry(asked, Draft(answer=t.integer(1))), Proved)
    assert isinstance(check_geometry(asked, Draft(answer=t.integer(3))), Refuted)
    crossing = Request(task=Task.GEOMETRY, topic=topics.DISTANCE,
                       operands=(lines[0], read_formula("x = 1")))  # fmt: skip
    assert isinstance(check_geometry(crossing, Draft(answer=t.integer(0))), Undecided)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已知向量a=(1,2), b=(3,-1)，求a·b", "1"),
        ("已知向量a=(1,2), b=(3,-1)，求2a·b", "2"),
        ("已知向量a=(1,2), b=(3,-1)，求(a+b)·(a-b)", "-5"),
        ("已知向量a=(1,0), b=(1,1)，求a+b与b-a的夹角", "acos(sqrt(5)/5)"),
        ("已知向量a=(1,2), b=(3,-1)，求向量a与b的数量积", "1"),
        ("Let a = (1,2), b = (3,-1). Find the dot product of a and b", "1"),
        (r"已知向量 \vec{a}=(1,2), \vec{b}=(3,-1)，求 \vec{a}\cdot\vec{b}", "1"),
        ("若向量a=(1,2)与b=(k,-1)垂直，求k", "2"),
        ("vectors a = (1,2) and b = (k,-1) are perpendicular, find k", "2"),
        ("Given a = (1,2), b = (k,-1). If a and b are parallel, find k", "-1/2"),
        ("已知向量a=(1,2)，b=(3,-1)，若(a+kb)⊥b，求k", "-1/10"),
        ("已知向量a=(1,2)，b=(3,-1)，若a+kb与a-b平行，求实数k的值", "-1"),
        ("已知a=(k,1)，b=(4,k)，若a∥b，求k", "-2, 2"),
        ("已知向量a=(1,1), b=(0,0)，若(a+kb)⊥a，求k", "no solution"),
    ],
)
def test_a_vector_question_is_answered(text: str, expected: str) -> None:
    found = solved(text)
    told = answer_text(found)
    assert told == expected or (expected == "no solution" and told in ("emptyset", "无解"))
