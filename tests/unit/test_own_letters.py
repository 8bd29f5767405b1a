"""A value given to the letter that a request works with is put in afterwards, or refused."""

from __future__ import annotations

import time

import pytest

from assistant.maths.checking.claimed_answer import check_claimed
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.reading.naming import letters_of
from assistant.maths.reading.scan import POWERS_OF_I
from assistant.maths.showing.answers import answer_text
from assistant.maths.solving.engine import solve
from assistant.maths.types import AnswerClaim, Proved, Solution, Trouble


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Differentiate x^3 at x = 2", "12"),
        ("Differentiate x^3 when x = 2", "12"),
        ("Differentiate x^3 where x = 2", "12"),
        ("Differentiate x^3 if x = 2", "12"),
        ("Differentiate x^3, where x^2 = 4", "12"),
        ("当 x=2 时，求 x^3 的导数", "12"),
        ("d/dx x^3 at x = 2", "12"),
        ("Find dy/dx if y = x^2 and x = 3", "6"),
        ("If x = 3 and y = x^2, find dy/dx.", "6"),
        ("Let x = 2. Find the second derivative of x^3.", "12"),
        ("Let f(x) = x^3. Let x = 2. Find the derivative of f.", "12"),
        ("Let x = 2. Let k be the derivative of x^3. What is k?", "12"),
        ("Let a = 2. Differentiate a*x^2.", "4*x"),
        ("Let y = 5. Find dy/dx", "0"),
        ("Find dz/dx if z = x*y and y = 4", "4"),
        ("If x = 2, solve x + y = 5 for y.", "3"),
        ("Let n = 3. Find the sum of k^2 from k = 1 to n.", "14"),
        ("Find the derivative of x^3 at t = 2", "3*x^2"),
        ("Suppose x = 2 and x + 1 = 3. What is x?", "2"),
        ("已知 x=3，求 x+y", "3 + y"),
        ("已知 x+y=5，求 2x+2y", "10"),
    ],
)
def test_the_value_is_put_in_after_the_work(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert answer_text(solution) == expected
    assert isinstance(solution.verdict, Proved)
    assert solution.steps


@pytest.mark.parametrize(
    "text",
    [
        "Integrate x^2 at x = 2",
        "已知 x=3，求 y+z",
        "已知 S_n=n^2+1，求 a_1+a_2",
        "Given that x + y = 5, find a + b.",
        "当 x=1 时，求 ∫ x dx",
        "Find the domain of 1/x when x = 1",
        "Find the range of x^2 when x = 1",
        "Let x = 2. Find the limit of x^2 as x approaches 3.",
        "Let x = 2. Integrate x^2 from 0 to 1.",
        "Let k = 3. Find the sum of k^2 from k = 1 to 5.",
        "Let x = 2. Let k be the integral of x^2. What is k?",
        "Let x = 2. Solve x^2 = 9 for x.",
        "Find dy/dx if x^2+y^2=25 and x=3 and y=4",
        "Let x=3. Let y = x^2. Differentiate x*y",
        "Find the derivative of x^3 at x = 2 and x = 3",
        "Suppose x = 2 and x = 3. What is x?",
    ],
)
def test_what_has_no_one_meaning_is_refused(text: str) -> None:
    try:
        problem = read_problem(text)
    except ReadingError:
        return
    assert isinstance(solve(problem), Trouble)


def test_a_claimed_derivative_at_a_place_is_judged_at_that_place() -> None:
    asked = "Differentiate x^3 at x = 2"
    assert isinstance(check_claimed(AnswerClaim(asked, "12")).verdict, Proved)
    assert not isinstance(check_claimed(AnswerClaim(asked, "0")).verdict, Proved)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let e(x) = x^2 - 4. Find the zeros of e", "-2, 2"),
        ("Let e = 5. What is e + 1?", "6"),
        ("Let E = 5. What is E^2?", "25"),
        ("设 e = 2，求 e^3", "8"),
        ("设 i = 4，求 i^2", "16"),
        ("若 e = √5，求 e^2", "5"),
        ("f(x) = e*x, e = 3, f(2)", "6"),
        ("If x = 2 and e = 3, find x*e", "6"),
        ("Let e be the derivative of x^3. What is e(2)?", "12"),
        ("Let g be the derivative of x^3. What is g(2)?", "12"),
        ("Let i = sqrt(-1). What is i^3?", "-i"),
        ("已知 i^2=-1，求 i^3", "-i"),
        ("Let f(x) = e^x. Find f(0)", "1"),
        ("Find i^2023", "-i"),
        ("Evaluate i + i^2 + i^3 + i^4", "0"),
        ("Simplify 3*i**2 + 2*i**2", "5*i^2"),
    ],
)
def test_a_name_of_the_text_wins_over_the_constant(text: str, expected: str) -> None:
    solution = solve(read_problem(text))
    assert isinstance(solution, Solution), solution
    assert answer_text(solution) == expected
    assert isinstance(solution.verdict, Proved)


@pytest.mark.parametrize("text", ["Let pi(x) = x + 1. Find pi(2)", "设 π=5，求 2π"])
def test_a_constant_without_a_letter_of_its_own_is_not_redefined(text: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_problem(text)
    assert "constant" in refused.value.message.en


def test_a_function_named_like_a_constant_is_not_taken_for_it() -> None:
    assert isinstance(solve(read_problem("Let e(x) = e^x. Find the zeros of e")), Trouble)


@pytest.mark.parametrize("text", ["\n" * 20_000 + "x", "find i" + " " * 20_000 + "x"])
def test_blank_space_does_not_hold_up_the_search_for_names(text: str) -> None:
    begun = time.process_time()
    assert letters_of(text) == frozenset()
    assert POWERS_OF_I.fullmatch(text) is None
    assert time.process_time() - begun < 1
