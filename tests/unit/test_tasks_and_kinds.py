"""Every task, asked about every kind of input, ends in an answer or says why there is none."""

from __future__ import annotations

import pytest

from assistant.maths.reading import read_problem
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.solving.engine import solve
from assistant.maths.types import Failure, Solution, Task, Trouble

KINDS = """
3|2/4|-3|0.5|1/0|i|oo|pi|true|x|A|x + 1|x^2 - 1|x + y|x!|sin(x)|50%|mod(7, 3)|x^2 = 4|x^2 ≠ 4|x < 3
1 < 2|2 = 2|y = x^2|x^2 + y^2 = 1|abs(x) < 1|y' = y|y'' + y = 0, y(0) = 1|x + y = 3, x - y = 1
x = 1 or x = 2|[[1, 2], [3, 4]]|[[1, 2], [3, 4]] * [[1], [1]]|(1, 2)|{1, 2, 3}|[1, 2, 3]
(1, 2), (3, 4)|2, 4, 8|f(x) = x^2, f(3)|lim x->0 sin(x)/x|integrate(x^2, x)|diff(x^2, x)
sum(k, k, 1, n)|x in [0, 1]|union({1}, {2})|R|foo(x)
"""


@pytest.mark.slow
@pytest.mark.parametrize("task", list(Task))
def test_no_pair_of_task_and_input_breaks_a_method(task: Task) -> None:
    for text in KINDS.strip().replace("\n", "|").split("|"):
        try:
            problem = read_problem(text, task)
        except ReadingError:
            continue  # said to be unreadable, with its place
        found = solve(problem)
        assert isinstance(found, Solution | Trouble), text
        if isinstance(found, Trouble):
            assert found.code is Failure.UNSUPPORTED, text


@pytest.mark.parametrize("task", ["factor", "expand", "series", "sum", "integrate", "limit"])
@pytest.mark.parametrize("text", ["x < 3", "1 < 2", "x = 1 or x = 2"])
def test_a_statement_is_not_taken_for_an_expression(task: str, text: str) -> None:
    found = solve(read_problem(text, Task(task)))
    assert isinstance(found, Trouble)
    assert "is a statement" in found.message.en
    assert "命题" in found.message.zh


def test_a_differential_equation_is_no_identity_to_prove() -> None:
    found = solve(read_problem("y' = y", Task.PROVE))
    assert isinstance(found, Trouble)
    assert found.code is Failure.UNSUPPORTED
