"""How many roots there are in a range, their sum and product; what is a side is no name."""

from __future__ import annotations

import pytest
from asking import answer_of, solved

from assistant.maths.jobs import Job, run
from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.showing.plain import plain
from assistant.maths.types import Proved, Solution, Supported


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("求方程 sin x = cos x 在 [0, 2π] 内所有根的和", "3*pi/2"),
        ("Find the sum of the solutions of sin x = 1/2 in [0, 2pi]", "pi"),
        ("sum of the roots of sin x = 1/2, 0 <= x <= 2pi", "pi"),
        ("Find the product of the roots of x^2 - 5x + 6 = 0 in the interval [0, 10]", "6"),
        ("求方程 2x^2 = 7x 在 (1, 5) 内所有根的积", "7/2"),
        ("Find the sum of the real roots of x^4 - 5x^2 + 4 = 0 in (0, 3)", "3"),
        ("Find the number of solutions of sin x = 1/2 in [0, 4pi]", "4"),
        ("How many integer solutions does x^2 < 20 have on [0, 3]", "4"),
        ("Find the sum of the solutions of sqrt(x) = x - 2", "4"),
        ("Find the sum of the solutions of e^(2x) - 3e^x + 2 = 0", "ln(2)"),
        ("How many zeros does f(x) = x^2 - 4 have?", "2"),
        ("Find the sum of the roots of y = x^2 - 4x", "4"),
    ],
)
def test_answers(text: str, wanted: str) -> None:
    solution = solved(text)
    assert isinstance(solution.verdict, Proved)
    assert answer_of(solution) == wanted


def test_a_function_of_the_unknown_is_a_side_and_no_name() -> None:
    solution = solved("How many solutions does sin x = x/10 have?")
    assert answer_of(solution) == "7"


def test_rounded_roots_have_no_exact_sum() -> None:
    problem = read_problem("Find the sum of the solutions of ln x = x^2 - 3x")
    found = run(Job("solve", problem, 10.0))
    assert not isinstance(found, Solution)


def test_two_ranges_are_refused() -> None:
    with pytest.raises(ReadingError):
        read_problem("Find the sum of the roots of x^2 = 4 in (0, 3), x > 1")


def test_decimals_lie_between_their_neighbours() -> None:
    solution = solved("How many solutions does sin x = x/10 have?")
    ends = [s.before for s in solution.steps[0].substeps]
    assert len(ends) == 12
    signs = [plain(e)[plain(e).index(" ") + 1] for e in ends]
    assert all(one != other for one, other in zip(signs[::2], signs[1::2], strict=True))
    assert isinstance(solution.steps[0].verdict, Supported | Proved) or solution.steps[0].verdict
