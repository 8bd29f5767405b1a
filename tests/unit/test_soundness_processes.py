"""Formulas that are too deep or too large end one problem, and nothing else."""

from __future__ import annotations

import io

import pytest

from assistant.maths import terms as t
from assistant.maths.jobs import TOO_DEEP
from assistant.maths.pool import Limits, Pool
from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.types import Failure, Problem, Request, Solution, Task, Trouble
from assistant.maths.worker import hand_over, receive


def nested(levels: int) -> t.Expr:
    """Roots within roots."""
    expr: t.Expr = t.Symbol("x")
    for _ in range(levels):
        expr = t.Call("sqrt", (expr,))
    return expr


def problem(text: str | t.Expr) -> Problem:
    """To simplify a formula."""
    operand = read_formula(text) if isinstance(text, str) else text
    return Problem(request=Request(task=Task.SIMPLIFY, operands=(operand,)))


def test_a_result_that_is_too_deep_to_be_written_is_reported() -> None:
    pipe = io.BytesIO()
    hand_over(pipe, nested(5000), TOO_DEEP)
    pipe.seek(0)
    assert receive(pipe) == TOO_DEEP


@pytest.mark.slow
def test_the_worker_serves_on_after_each_monster() -> None:
    with Pool(Limits(seconds=2.0)) as pool:
        assert pool.run("solve", problem(nested(5000))) == TOO_DEEP
        for monster in ("10^10^10", "factorial(10^9)", "((x+y)^999)^999 + (a+b+c+d)^400"):
            result = pool.run("solve", problem(monster))
            assert isinstance(result, Trouble | Solution)
            if isinstance(result, Trouble):
                assert result.code in (Failure.TIMEOUT, Failure.MEMORY, Failure.UNSUPPORTED)
        assert isinstance(pool.run("solve", problem("2+2")), Solution)
