"""Parameters of even and odd functions, mean values, and triangles that are not unique."""

from __future__ import annotations

from fractions import Fraction

import pytest
from asking import answer_of, solved, unanswered
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.checking.tasks.geometry import check_geometry
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Refuted, Request, Solution, Task


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("若f(x)=x^2+ax+1是偶函数，求a", "{0}"),
        ("If f(x)=x^2+ax+1 is even, find a", "{0}"),
        ("若函数f(x)=(x+a)(x-4)为偶函数，则a=", "{4}"),
        ("已知f(x)=x^3+(a-1)x^2+ax是奇函数，求a", "{1}"),
        ("若f(x)=x^3+(a^2-1)x^2是奇函数，求a的值", "{-1, 1}"),
        ("if f(x) = x^2 + a x^4 is odd, find a", "emptyset"),
        ("若f(x)=x^5+ax^4+(a-1)x^2+x是奇函数，求a", "emptyset"),
        ("若f(x)=x^2+a是偶函数，求a", "RR"),
        ("average value of x^2 on [0,3]", "3"),
        ("求函数x^2在[0,3]上的平均值", "3"),
        ("find the average value of f(x) = sin(x) on [0, pi]", "2/pi"),
        ("average of x^2 from 1 to 4", "7"),
        ("average of 3, 4, 5", "4"),
        ("在△ABC中，A=30°, a=1, b=√3，求B", "{60°, 120°}"),
        ("在△ABC中，A=30°, a=1, b=√3，求c", "{2, 1}"),
        ("In triangle ABC, A=30°, a=1, b=sqrt(3), find the area", "{sqrt(3)/2, sqrt(3)/4}"),
        ("In triangle ABC, A=30°, a=1, b=2, find B", "90°"),
        ("In triangle ABC, A=30°, a=1, b=3, find B", "emptyset"),
        ("In triangle ABC, A=120°, a=1, b=3, find B", "emptyset"),
        ("In triangle ABC, A=30°, a=2, b=2, find B", "30°"),
    ],
)
def test_answers(text: str, expected: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "若f(x)=x^3+ax^2+bx+a是奇函数，求a",  # nothing is said of b
        "若f(x)=x|x|+a是奇函数，求a",
        "若f(x)=2^x+a*2^(-x)是偶函数，求a",
        "If f(x)=x^2/x+a is odd, find a",
        "If x^2+ax is even, find a",  # a number or a function?
        "average value of 1/x on [-1,1]",
        "average value of 1/x on [0,1]",
        "average value of x on [0, oo)",
        "average of n^2 from 1 to 10",  # of whole numbers, or of a function?
    ],
)
def test_what_the_method_does_not_reach_gets_no_answer(text: str) -> None:
    assert unanswered(text)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=2, max_size=5))
@settings(max_examples=6, deadline=None)
def test_the_letter_of_an_even_function_fits_its_odd_coefficients(
    coefficients: list[tuple[int, int]],
) -> None:
    if not any(m for m, _ in coefficients):
        return
    body = " + ".join(f"({m}*a {c:+d})*x^{n + 1}" for n, (m, c) in enumerate(coefficients))
    found = solve(read_problem(f"If f(x) = {body} is even, find a"))
    assert isinstance(found, Solution)
    roots = [Fraction(-c, m) if m else None for m, c in coefficients[::2] if m or c]
    one = roots[0] if roots and None not in roots and len(set(roots)) == 1 else None
    empty = t.Constant(t.ConstantName.EMPTY)
    wanted = t.Constant(t.ConstantName.REALS) if not roots else empty
    assert found.answer.value == (
        wanted if one is None else t.Collection(t.Bracket.SET, (t.rational(one),))
    )


@pytest.mark.parametrize("claim", ["60°", "120°", "{60°, 100°}", "{60°, 120°, 30°}", "{60°, 60°}"])
def test_one_of_two_triangles_is_no_answer(claim: str) -> None:
    parts = {"A": "30°", "a": "1", "b": "sqrt(3)"}
    asked = Request(task=Task.GEOMETRY, topic=topics.TRIANGLE, words=tuple(parts), variables=("B",),
                    operands=tuple(map(read_formula, parts.values())))  # fmt: skip
    assert isinstance(check_geometry(asked, Draft(answer=read_formula(claim))), Refuted)
