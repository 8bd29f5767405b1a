"""Matrices and vectors: the answers by hand, the steps checked."""

from __future__ import annotations

import pytest
from asking import proved, unanswered
from asking import solved as solution

from assistant.maths import topics
from assistant.maths.checking.tasks.matrices import row_equivalent
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve_request
from assistant.maths.terms import Expr
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Solution,
    Task,
    Trouble,
    Undecided,
)


def solved(topic: str, *texts: str) -> Solution:
    operands = tuple(read_formula(text) for text in texts)
    found = solve_request(Request(task=Task.MATRIX, operands=operands, topic=topic))
    assert isinstance(found, Solution), found
    return found


@pytest.mark.parametrize(
    ("topic", "operands", "answer"),
    [
        (topics.DETERMINANT, ["[[2,1],[3,4]]"], "5"),
        (topics.DETERMINANT, ["[[1,2,3],[4,5,6],[7,8,10]]"], "-3"),
        (topics.DETERMINANT, ["[[a,b],[c,d]]"], "a*d - b*c"),
        (topics.DETERMINANT, ["[[0,1,2,3],[1,0,1,2],[2,1,0,1],[3,2,1,0]]"], "-12"),
        (topics.INVERSE, ["[[2,1],[5,3]]"], "[[3, -1], [-5, 2]]"),
        (topics.RANK, ["[[1,2,3],[2,4,6],[1,0,1]]"], "2"),
        (topics.RREF, ["[[1,2],[3,4]]"], "[[1, 0], [0, 1]]"),
        (topics.TRANSPOSE, ["[[1,2,3],[4,5,6]]"], "[[1, 4], [2, 5], [3, 6]]"),
        (topics.TRACE, ["[[1,2],[3,4]]"], "5"),
        (topics.EIGENVALUES, ["[[2,1],[1,2]]"], "{1, 3}"),
        (topics.DOT, ["(1,2,3)", "(4,-5,6)"], "12"),
        (topics.CROSS, ["(1,0,0)", "(0,1,0)"], "(0, 0, 1)"),
        (topics.NORM, ["(3,4)"], "5"),
        (topics.MATRIX_VALUE, ["[[1,2],[3,4]]*[[0,1],[1,0]]"], "[[2, 1], [4, 3]]"),
        (topics.MATRIX_VALUE, ["[[1,1],[0,1]]^5"], "[[1, 5], [0, 1]]"),
    ],
)
def test_the_answer_is_proved(topic: str, operands: list[str], answer: str) -> None:
    found = solved(topic, *operands)
    assert found.answer.value is not None
    assert plain(found.answer.value) == answer
    assert isinstance(found.verdict, Proved)
    for step in found.steps:
        assert isinstance(step.verdict, Proved) or step.verdict == Undecided(Doubt.NOT_A_CLAIM)


def test_a_singular_matrix_has_no_inverse() -> None:
    found = solved(topics.INVERSE, "[[1,2],[2,4]]")
    assert found.answer.text == "no inverse"
    assert isinstance(found.verdict, Proved)


def test_eigenvectors_come_with_their_values() -> None:
    found = solved(topics.EIGENVECTORS, "[[2,0],[0,3]]")
    assert found.answer.value is not None
    assert plain(found.answer.value) == "[(2, [[1], [0]]), (3, [[0], [1]])]"
    assert isinstance(found.verdict, Proved)


def test_a_wrong_row_operation_is_refuted() -> None:
    before, after = read_formula("[[1,2],[3,4]]"), read_formula("[[1,2],[0,0]]")
    assert isinstance(row_equivalent(before, after), Refuted)


def test_a_huge_matrix_is_not_begun() -> None:
    rows = ",".join("[" + ",".join("x" for _ in range(30)) + "]" for _ in range(30))
    request = Request(
        task=Task.MATRIX, operands=(read_formula(f"[{rows}]"),), topic=topics.DETERMINANT
    )
    assert isinstance(solve_request(request), Trouble)


@pytest.mark.parametrize(
    ("text", "answer", "nonzero"),
    [
        (
            "求矩阵 [[a,b],[c,d]] 的逆矩阵",
            "[[d/(a*d - b*c), -b/(a*d - b*c)], [-c/(a*d - b*c), a/(a*d - b*c)]]",
            "a*d - b*c",
        ),
        ("inverse of [[a,1],[0,a]]", "[[1/a, -1/a^2], [0, 1/a]]", "a^2"),
        ("inverse of [[1,a],[0,1]]", "[[1, -a], [0, 1]]", None),
    ],
)
def test_the_inverse_of_letters_says_where_there_is_one(
    text: str, answer: str, nonzero: str | None
) -> None:
    assert proved(text) == answer
    said = [plain(a) for c in solution(text).conditions for a in c.args if not isinstance(a, str)]
    assert said == ([] if nonzero is None else [nonzero])


@pytest.mark.parametrize(
    ("text", "answer", "condition"),
    [
        ("[[a,1],[0,1]]^(-1)", "[[1/a, -1/a], [0, 1]]", "a"),
        ("inverse of [[a/a,0],[0,1]]", "[[1, 0], [0, 1]]", "a != 0"),
        ("[[a^0,0],[0,1]]^2", "[[1, 0], [0, 1]]", "a != 0"),
        ("[[sqrt(a),0],[0,sqrt(a)]]^2", "[[a, 0], [0, a]]", "a >= 0"),
    ],
)
def test_what_an_answer_does_not_show_is_told(text: str, answer: str, condition: str) -> None:
    assert proved(text) == answer
    (told,) = solution(text).conditions
    assert [plain(a) for a in told.args if isinstance(a, Expr)] == [condition]


def test_an_answer_with_a_condition_needs_what_is_given() -> None:
    assert unanswered("find the inverse of [[a,b],[c,d]] when ad=bc")
    assert unanswered("[[1,2],[2,4]]^(-1)")
    assert proved("find the determinant of [[a,b],[c,a]] when b=c, a=2c, c=3") == "27"
