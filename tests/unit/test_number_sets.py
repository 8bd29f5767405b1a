"""Which numbers are wanted: in an interval, positive ones, whole ones, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.maths import terms as t
from assistant.maths.checking.verify import check_answer
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.solving.equations.whole_numbers import whole_solutions
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Solve x^2=4 for 0<=x<=1", "emptyset"),
        ("Solve x^2=4 for x >= -1 and x <= 5", "2"),
        ("Solve sin x = 1/2 for 0 <= x <= 2pi", "pi/6, 5*pi/6"),
        ("Solve sin x = 1/2, 0 \\le x \\le 2\\pi", "pi/6, 5*pi/6"),
        ("Solve x^2 = 9 for integers x", "-3, 3"),
        ("Solve x^2 = 9 for positive x", "3"),
        ("Solve x^2 = 9 where x is a positive integer", "3"),
        ("Let x be a negative integer. Solve x^2 = 9", "-3"),
        ("x is positive and x^2 = 9. Find x.", "3"),
        ("Suppose x is negative. Suppose x^2 = 9. What is x + 1?", "-2"),
        ("Solve x^2 = 2 for integers x", "emptyset"),
        ("Find all integer solutions of x^2 < 10", "-3, -2, -1, 0, 1, 2, 3"),
        ("Solve 2^x < 20 for natural numbers x", "0, 1, 2, 3, 4"),
        ("Find the positive integer solutions of 3x - 7 < 5", "1, 2, 3"),
        ("求不等式3x-7<5的正整数解", "1, 2, 3"),
        ("求方程x^2=9的整数解", "-3, 3"),
        ("求不等式组 x>1, x<=5 的整数解", "2, 3, 4, 5"),
        ("求不等式 2x+1<8 的非负整数解", "0, 1, 2, 3"),
        ("求 x^2 = 9 的负数解", "-3"),
        ("Solve x^2 > 4 for integers x", "((-oo, -2) ∪ (2, oo)) ∩ ZZ"),
        ("已知x为正数，化简 sqrt(x^2)", "x"),
        ("Simplify sqrt(x^2) assuming x is positive", "x"),
    ],
)
def test_only_the_numbers_that_are_wanted(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert isinstance(solution.verdict, Proved), solution.verdict
    assert answer_text(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Suppose x is a positive integer and x^2 = 9. Find x + 1.",
        "Solve x + y = 3 where y is a positive integer",
        "Solve x + y = 3 and x - y = 1 where x and y are positive integers",
    ],
)
def test_a_kind_of_number_is_never_passed_over(text: str) -> None:
    try:
        solution = solve(read_problem(text))
    except ReadingError:
        return
    assert not isinstance(solution, Solution) or not isinstance(solution.verdict, Proved)


@pytest.mark.parametrize("wrong", [(), (1, 2), (1, 2, 3, 4), (0, 1, 2, 3), (1, 3)])
def test_one_whole_number_too_many_or_too_few_is_refused(wrong: tuple[int, ...]) -> None:
    request = read_problem("Find the positive integer solutions of 3x - 7 < 5").request
    draft = whole_solutions(request)
    assert draft is not None
    assert isinstance(check_answer(request, draft), Proved)
    items = tuple(map(t.integer, wrong))
    answer = t.Collection(t.Bracket.SET, items) if items else t.Constant(t.ConstantName.EMPTY)
    assert not isinstance(check_answer(request, replace(draft, answer=answer)), Proved)


def test_a_certificate_that_is_no_solution_proves_nothing() -> None:
    request = read_problem("Solve x^2 < 10 for integers x").request
    draft = whole_solutions(request)
    assert isinstance(draft, Draft)
    last = replace(draft.steps[-1], before=t.Collection(t.Bracket.SET, (t.integer(1),)))
    forged = replace(draft, answer=last.before, steps=(*draft.steps[:-1], last))
    assert not isinstance(check_answer(request, forged), Proved)
