"""Typed text to a checked solution, within the test's own process."""

from __future__ import annotations

from assistant.maths.reading import read_problem
from assistant.maths.showing.plain import plain
from assistant.maths.solving.engine import solve
from assistant.maths.types import Solution


def solved(text: str) -> Solution:
    """The solution of a problem; the test fails where there is none."""
    found = solve(read_problem(text))
    assert isinstance(found, Solution), found
    return found


def answer_of(found: Solution) -> str:
    """The plain text of an answer that is a formula."""
    assert found.answer.value is not None
    return plain(found.answer.value)
