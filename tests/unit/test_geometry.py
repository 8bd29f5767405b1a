"""Geometry: answers by hand, each proved; wrong ones refuted."""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.geometry import check_geometry
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve_request
from assistant.maths.types import Proved, Refuted, Request, Solution, Task, Trouble


def request(topic: str, *texts: str) -> Request:
    return Request(task=Task.GEOMETRY, operands=tuple(map(read_formula, texts)), topic=topic)


@pytest.mark.parametrize(
    ("topic", "operands", "answer"),
    [
        (topics.DISTANCE, ["(1, 2)", "(4, 6)"], "5"),
        (topics.DISTANCE, ["(1, 1)", "3x + 4y = 2"], "1"),
        (topics.MIDPOINT, ["(1, 2)", "(4, 6)"], "(5/2, 4)"),
        (topics.SLOPE, ["(1, 2)", "(3, 8)"], "3"),
        (topics.SLOPE, ["2x + 3y = 6"], "-2/3"),
        (topics.LINE, ["(1, 2)", "(3, 8)"], "y = 3*x - 1"),
        (topics.LINE, ["(1, 2)", "(1, 8)"], "x = 1"),
        (topics.LINE, ["(0, 1)", "-2"], "y = -2*x + 1"),
        (topics.PARALLEL, ["(0, 1)", "y = 2x + 7"], "y = 2*x + 1"),
        (topics.PERPENDICULAR, ["(0, 1)", "y = 2x + 7"], "y = -x/2 + 1"),
        (topics.BISECTOR, ["(0, 0)", "(2, 4)"], "y = -x/2 + 5/2"),
        (topics.CIRCLE, ["(1, -2)", "3"], "(x - 1)^2 + (y + 2)^2 = 9"),
        (topics.CIRCLE_PARTS, ["x^2 + y^2 - 2x + 4y = 4"], "((1, -2), 3)"),
        (topics.CIRCLE, ["(0, 0)", "(2, 0)", "(0, 2)"], "(x - 1)^2 + (y - 1)^2 = 2"),
        (topics.POLYGON, ["(0, 0)", "(4, 0)", "(0, 3)"], "6"),
    ],
)
def test_the_answer_is_proved(topic: str, operands: list[str], answer: str) -> None:
    found = solve_request(request(topic, *operands))
    assert isinstance(found, Solution), found
    assert found.answer.value is not None
    assert plain(found.answer.value) == answer
    assert isinstance(found.verdict, Proved)


def triangle(wanted: str, **parts: str) -> Request:
    return Request(
        task=Task.GEOMETRY,
        operands=tuple(map(read_formula, parts.values())),
        words=tuple(parts),
        variables=(wanted,),
        topic=topics.TRIANGLE,
    )


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (triangle("c", a="3", b="4", C="90°"), "5"),
        (triangle("a", b="5", c="8", A="60°"), "7"),
        (triangle("C", a="3", b="4", c="5"), "90°"),
        (triangle("b", a="2", A="30°", B="45°"), "2*sqrt(2)"),
        (triangle("area", a="3", b="4", C="30°"), "3"),
        (triangle("perimeter", a="3", b="4", C="90°"), "12"),
        (triangle("area", a="3", b="4", c="5"), "6"),
    ],
)
def test_a_triangle_is_solved(asked: Request, answer: str) -> None:
    found = solve_request(asked)
    assert isinstance(found, Solution), found
    assert found.answer.value is not None
    assert plain(found.answer.value) == answer
    assert isinstance(found.verdict, Proved)


def test_no_triangle_breaks_its_inequality() -> None:
    assert isinstance(solve_request(triangle("C", a="1", b="1", c="5")), Trouble)


def test_two_sides_and_the_smaller_ones_angle_are_ambiguous() -> None:
    assert isinstance(solve_request(triangle("B", a="6", b="8", A="35°")), Trouble)


def test_a_wrong_distance_is_refuted() -> None:
    wrong = Draft(answer=t.integer(6))
    assert isinstance(check_geometry(request(topics.DISTANCE, "(1, 2)", "(4, 6)"), wrong), Refuted)
