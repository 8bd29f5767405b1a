"""Spaces of a matrix, its diagonal form, and inverses modulo a number."""

from __future__ import annotations

import pytest
from asking import answer_of, proved, solved

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.matrices import check_matrix
from assistant.maths.checking.tasks.numbers import check_number
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.types import Proved, Refuted, Request, Task


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Find the null space of [[1,2,3],[4,5,6],[7,8,9]]", "{[[1], [-2], [1]]}"),
        ("求矩阵[[1,2],[2,4]]的零空间", "{[[-2], [1]]}"),
        ("kernel of [[1,2],[3,4]]", "{[[0], [0]]}"),
        ("find a basis for the null space of [[1,2,1,0],[2,4,0,2]]",
         "{[[-2], [1], [0], [0]], [[-1], [0], [1], [1]]}"),
        ("column space of [[1,2],[2,4]]", "{[[1], [2]]}"),
        ("diagonalise [[2,1],[1,2]]", "([[-1, 1], [1, 1]], [[1, 0], [0, 3]])"),
        ("将矩阵[[2,1],[1,2]]对角化", "([[-1, 1], [1, 1]], [[1, 0], [0, 3]])"),
        ("diagonalize [[0,-1],[1,0]]", "([[-i, i], [1, 1]], [[-i, 0], [0, i]])"),
        ("find the inverse of 3 modulo 11", "4"),
        ("求7模26的逆元", "15"),
        ("inverse of -3 mod 10", "3"),
    ],
)  # fmt: skip
def test_answers(text: str, wanted: str) -> None:
    found = solved(text)
    assert isinstance(found.verdict, Proved)
    assert answer_of(found) == wanted
    assert not any(isinstance(s.verdict, Refuted) for s in found.steps)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("is [[1,1],[0,1]] diagonalizable?", "not diagonalizable"),
        ("矩阵[[1,1],[0,1]]能否对角化", "not diagonalizable"),
        ("modular inverse of 4 mod 8", "no inverse"),
    ],
)
def test_that_there_is_none_is_proved(text: str, wanted: str) -> None:
    assert proved(text) == wanted


def _matrix(topic: str, matrix: str, answer: t.Expr) -> object:
    request = Request(task=Task.MATRIX, topic=topic, operands=(read_formula(matrix),))
    return check_matrix(request, Draft(answer=answer))


def test_the_checks_refuse_what_is_not_so() -> None:
    column = read_formula("[[-2], [1]]")
    basis = t.Collection(t.Bracket.SET, (column,))
    assert isinstance(_matrix(topics.NULL_SPACE, "[[1,2],[2,4]]", basis), Proved)
    assert isinstance(_matrix(topics.NULL_SPACE, "[[1,2],[2,5]]", basis), Refuted)
    assert not isinstance(_matrix(topics.NULL_SPACE, "[[0,0],[0,0]]", basis), Proved)
    assert not isinstance(_matrix(topics.COLUMN_SPACE, "[[1,2],[3,4]]", basis), Proved)
    undefined = t.Constant(t.ConstantName.UNDEFINED)
    assert isinstance(_matrix(topics.DIAGONALIZE, "[[1,1],[0,1]]", undefined), Proved)
    assert isinstance(_matrix(topics.DIAGONALIZE, "[[2,1],[1,2]]", undefined), Refuted)
    swapped = read_formula("([[-1, 1], [1, 1]], [[3, 0], [0, 1]])")
    assert not isinstance(_matrix(topics.DIAGONALIZE, "[[2,1],[1,2]]", swapped), Proved)


@pytest.mark.parametrize(("answer", "kind"), [("15", Proved), ("-11", Refuted), ("3", Refuted)])
def test_the_check_of_inverses(answer: str, kind: type) -> None:
    operands = (t.integer(7), t.integer(26))
    request = Request(task=Task.NUMBER, topic=topics.MODULAR_INVERSE, operands=operands)
    assert isinstance(check_number(request, Draft(answer=read_formula(answer))), kind)
