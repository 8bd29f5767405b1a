"""Calculations with matrices in worked lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.maths.checking.work import check_work
from assistant.maths.types import Work, verdict_word

NAMED = "Let A = [[1,2],[3,4]], B = [[0,1],[1,0]]. Compute AB."


def word(line: str, problem: str = "") -> str:
    """The verdict on one line."""
    (mark,) = check_work(Work(problem, (line,))).marks
    return verdict_word(mark.verdict)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("AB = [[2,1],[4,3]]", "proved"),
        ("AB = [[3,4],[1,2]]", "refuted"),
        ("BA = [[3,4],[1,2]]", "proved"),
        ("C = AB = [[2,1],[4,3]]", "proved"),
        ("AB = [[1,2],[3,4]] * [[0,1],[1,0]] = [[2,1],[4,3]]", "proved"),
        ("AB = [[1,2],[3,4]] * [[0,1],[1,0]] = [[2,1],[4,5]]", "refuted"),
        ("AB = [[3,4]]", "refuted"),
        ("A^T = [[1,3],[2,4]]", "proved"),
        ("A^2 = [[7,10],[15,22]]", "proved"),
        ("A^2 = [[1,4],[9,16]]", "refuted"),
        ("A^{-1} = -1/2 [[4,-2],[-3,1]]", "proved"),
        ("det A = 1*4 - 2*3 = -2", "proved"),
        ("|A| = -2", "proved"),
        ("A = [[1,2],[0,-2]]", "undecided"),
        ("AX = [[2,1],[4,3]]", "undecided"),
    ],
)
def test_under_the_names_of_the_problem(line: str, verdict: str) -> None:
    assert word(line, NAMED) == verdict


def test_the_names_are_found_in_chinese_and_in_tex() -> None:
    assert (
        word("所以 AB = [[2,1],[4,3]]", "设矩阵 A=[[1,2],[3,4]]，B=[[0,1],[1,0]]，求 AB")
        == "proved"
    )
    tex = r"Let $A = \begin{pmatrix}1&2\\3&4\end{pmatrix}$. Compute $A^2$."
    assert word(r"$A^2 = \begin{pmatrix}7&10\\15&22\end{pmatrix}$", tex) == "proved"
    assert word(r"$A^2 = \begin{pmatrix}7&10\\15&20\end{pmatrix}$", tex) == "refuted"


def test_a_name_that_is_given_twice_is_nobodys() -> None:
    twice = "(1) A = [[1,2],[3,4]], find A^2. (2) A = [[0,1],[1,0]], find A^2."
    assert word("A^2 = [[1,0],[0,1]]", twice) == "undecided"


@pytest.mark.parametrize(
    "problem",
    [
        "Let A = [[1,2],[3,4]]. Work modulo 5. Find A^2.",
        "设矩阵 A=[[1,2],[3,4]]，在模5意义下求 A^2",
        "Let A = [[1,2],[3,4]]. Find the elementwise square of A.",
    ],
)
def test_products_that_are_not_the_usual_ones_are_not_judged(problem: str) -> None:
    assert word("A^2 = [[2,0],[0,2]]", problem) == "undecided"


def test_steps_of_a_reduction_are_no_wrong_equation() -> None:
    assert word("[[1,2],[3,4]] = [[1,2],[0,-2]]") == "undecided"


entries = st.lists(st.integers(-9, 9), min_size=8, max_size=8)


@settings(max_examples=40, deadline=None)
@given(entries, st.integers(0, 3))
def test_a_product_is_right_exactly_where_it_is(e: list[int], wrong: int) -> None:
    a, b, c, d, p, q, r, s = e
    product = [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s]
    line = "[[{},{}],[{},{}]] * [[{},{}],[{},{}]] = [[{},{}],[{},{}]]"
    assert word(line.format(*e, *product)) == "proved"
    product[wrong] += 1
    assert word(line.format(*e, *product)) == "refuted"
