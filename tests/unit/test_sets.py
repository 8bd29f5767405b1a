"""Operations with sets of numbers, in signs and words, in both languages."""

from __future__ import annotations

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


def answered(text: str) -> str:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), (text, solution)
    assert isinstance(solution.verdict, Proved), (text, solution.verdict)
    assert solution.steps, text
    return answer_text(solution)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A = {1,2,3}, B = {2,3,4}, find A∪B", "{1, 2, 3, 4}"),
        ("Let A = {1,2,3} and B = {2,3,4}. Find A ∩ B", "{2, 3}"),
        ("{1,2,3} ∩ {4}", "emptyset"),
        ("(1,3) ∪ [2,5]", "(1, 5]"),
        ("intersection of [0,5] and (3,8)", "(3, 5]"),
        ("A = [0,5], B = (3,8). What is A ∩ B?", "(3, 5]"),
        ("已知集合A={x|x>1}, B={x|x<3}, 求A∩B", "(1, 3)"),
        ("集合A={x|x^2<4}, B={x|x>=1}, 求A∪B", "(-2, oo)"),
        ("U={1,2,3,4,5}, A={1,2}, find the complement of A", "{3, 4, 5}"),
        ("设全集U={1,2,3,4,5}, A={1,2}, 求A的补集", "{3, 4, 5}"),
        ("Prove that (a+b)^2 >= 4ab", "true"),
    ],
)
def test_it_is_worked_out(text: str, expected: str) -> None:
    assert answered(text) == expected


def test_a_complement_needs_a_whole() -> None:
    with pytest.raises(ReadingError):
        read_problem("A={1,2}, find the complement of A")


@pytest.mark.parametrize("wrong", ["(1, 5)", "[1, 5]", "(1, 3)", "[2, 5]", "{1, 5}"])
def test_one_end_too_many_is_refused(wrong: str) -> None:
    request = read_problem("(1,3) ∪ [2,5]").request
    value = read_formula(f"x in {wrong}")
    assert isinstance(value, t.Call)
    draft = Draft(answer=value.args[1])
    assert not isinstance(check_answer(request, draft), Proved)


@pytest.mark.parametrize("text", ["Prove that (a+b)^2 >= 5ab", "Prove that a^2 + b^2 >= 3ab + 1"])
def test_a_false_inequality_is_not_proved(text: str) -> None:
    solution = solve(read_problem(text))
    assert not isinstance(solution, Solution) or answer_text(solution) == "false"
