"""Equations with factorials and numbers of choices or arrangements, among whole numbers."""

import pytest
import sympy as sp
from asking import answer_of, solved

from assistant.maths.checking.tasks.counting_equations import counting_frame, counting_solutions
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.reading.problem import read_problem
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("C(n,2) = 15", "{6}"),
        ("C_n^2 = 15", "{6}"),
        ("求 C_n^2 = 28 的正整数解", "{8}"),
        ("A_n^2 = 30", "{6}"),
        ("C_8^n = 28", "{2, 6}"),
        ("C_{10}^{x}=C_{10}^{3x-2}", "{1, 3}"),
        ("C_n^2 = A_n^2", "emptyset"),
        ("n! = 24", "{4}"),
        ("n! = 1", "{0, 1}"),
        ("n! = 25", "emptyset"),
        ("n! = 1, n为正整数", "{1}"),
        ("(n+1)! = 6 n!", "{5}"),
        ("(n+2)!/n! = 56", "{6}"),
        ("n! + (n+1)! = 30", "{3}"),
        ("n! (n-2)/(n-2) = 2", "emptyset"),  # n = 2 divides by zero
        ("n! (n-1)/(n-1) = 1", "{0}"),
    ],
)
def test_the_whole_solutions_are_proved(text: str, answer: str) -> None:
    found = solved(text)
    assert answer_of(found) == answer
    assert isinstance(found.verdict, Proved)


@pytest.mark.parametrize(
    "text", ["C(n,2) = 0", "C_n^3 = C_n^5", "n! = 2^n", "n! = n^2", "(1000n)! = 6", "C(n,0) = 1"]
)
def test_what_is_not_sure_is_not_proved(text: str) -> None:
    found = solve(read_problem(text))
    assert not (isinstance(found, Solution) and isinstance(found.verdict, Proved))


@pytest.mark.parametrize(
    ("n", "k", "size"), [(n, k, int(sp.binomial(n, k))) for n in (3, 5, 9) for k in (1, 2, 3)]
)
def test_every_number_of_choices_leads_back(n: int, k: int, size: int) -> None:
    frame = counting_frame(read_formula(f"C(n, {k}) = {size}"), "n")
    assert frame is not None
    known = counting_solutions(frame)
    assert known is not None
    assert known == tuple(m for m in range(k, 100) if sp.binomial(m, k) == size)
    assert n in known


def test_a_power_of_a_letter_with_an_index_stays_one() -> None:
    assert answer_of(solved("solve a_n^2 = 9 for a_n")) == "{-3, 3}"
