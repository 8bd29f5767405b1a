"""The exact solution that answers are held against."""

from __future__ import annotations

from functools import lru_cache

from assistant.maths.solving.engine import solve
from assistant.maths.types import Problem, Proved, Solution, Supported

KEPT = 4
"""Solutions that are remembered: in a lesson and a vote many answers are held against one."""


class Unsolved(Exception):  # noqa: N818 - "no proved answer" as a value
    """The exact solver has no proved answer, or had no time for one."""


@lru_cache(maxsize=KEPT)
def solved(problem: Problem) -> Solution:
    """The exact solution.  Raises ``Unsolved``: what was not found in time is tried again."""
    solution = solve(problem) if not problem.more else None
    if not isinstance(solution, Solution) or not isinstance(solution.verdict, Proved | Supported):
        raise Unsolved
    return solution
