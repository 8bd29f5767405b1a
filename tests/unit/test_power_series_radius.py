"""The radius of convergence: told where the quotients have a limit, and never else."""

from __future__ import annotations

import pytest
from asking import answer_of, solved

from assistant.maths import terms as t
from assistant.maths.checking.tasks.numbers import check_number
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.solving.common import Draft
from assistant.maths.solving.engine import solve
from assistant.maths.types import Proved, Solution


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("radius of convergence of sum x^n/n", "1"),
        ("求幂级数sum x^n/n的收敛半径", "1"),
        ("求幂级数∑x^n/n!的收敛半径", "oo"),
        ("radius of convergence of sum n! x^n", "0"),
        ("radius of convergence of sum (-1)^n x^n/(2^n n^2)", "2"),
        (r"radius of convergence of \sum_{n=1}^{\infty} \frac{(-1)^{n+1} x^n}{n}", "1"),
        ("radius of convergence of sum (x-2)^n/3^n", "3"),
    ],
)
def test_answers(text: str, expected: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == expected


@pytest.mark.parametrize(
    "text",
    [
        "radius of convergence of sum (2+sin(n)) x^n",  # 1, but the quotients have no limit
        "radius of convergence of sum (2+(-1)^n) x^n",
        "radius of convergence of sum x^(2n)/4^n",
        "radius of convergence of sum (2x)^n/n",
        "radius of convergence of sum a^n x^n",
        "radius of convergence of sum n^2",
    ],
)
def test_nothing_is_told_without_a_limit(text: str) -> None:
    try:
        found = solve(read_problem(text))
    except ReadingError:
        return
    assert not isinstance(found, Solution)


def test_undefined_is_never_proved() -> None:
    asked = read_problem("radius of convergence of sum (2+sin(n)) x^n").request
    undefined = Draft(answer=t.Constant(t.ConstantName.UNDEFINED))
    assert not isinstance(check_number(asked, undefined), Proved)
