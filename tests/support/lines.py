"""Solved problems as the lines that a user sees."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.maths.reading.formulas.formula import read_formula
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve_request
from assistant.maths.terms import Expr, symbols
from assistant.maths.types import Request, Solution, Step, Task, verdict_word


def asked(task: Task, text: str, *, topic: str = "", domain: Expr | None = None) -> Solution:
    """The checked solution of one expression."""
    expr = read_formula(text)
    request = Request(
        task=task, operands=(expr,), variables=symbols(expr), topic=topic, domain=domain
    )
    found = solve_request(request)
    assert isinstance(found, Solution), found
    return found


def all_steps(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Steps and sub-steps."""
    for step in steps:
        yield step
        yield from all_steps(step.substeps)


def answer(solution: Solution) -> str:
    """The plain answer; every claim on the way to it was proved."""
    unproved = [
        (s.rule.id, plain(s.before), plain(s.after), s.verdict)
        for s in all_steps(solution.steps)
        if s.link.value != "formula" and (s.verdict is None or verdict_word(s.verdict) != "proved")
    ]
    assert not unproved
    assert verdict_word(solution.verdict) == "proved", solution.verdict
    assert solution.answer.value is not None
    return plain(solution.answer.value)


def lines(solution: Solution) -> list[str]:
    """The lines after each step."""
    return [plain(s.after) for s in solution.steps]


def rules(solution: Solution) -> list[str]:
    """The rules of the steps."""
    return [s.rule.id for s in solution.steps]


def words(solution: Solution) -> list[str]:
    """The conditions in English."""
    return [
        c.en.format(*[a if isinstance(a, str) else plain(a) for a in c.args])
        for c in solution.conditions
    ]
