"""Runs the methods of a problem and has their drafts checked."""

from __future__ import annotations

from assistant.maths.checking.verify import check_draft
from assistant.maths.solving.definitions import solve_with
from assistant.maths.solving.projection import solve_one
from assistant.maths.solving.registry import methods
from assistant.maths.types import (
    Failure,
    Problem,
    Refuted,
    Request,
    Solution,
    Text,
    Trouble,
)

UNSUPPORTED = Text(
    "understood, but no method here solves it and passes the check",
    "题目已读懂，但没有能通过验证的解法",
)


def solve(problem: Problem) -> Solution | Trouble:
    """The answer to what is asked, after what was defined for it."""
    if problem.definitions or problem.more:
        return solve_with(problem, solve_request)
    return solve_one(problem.request, solve_request)


def solve_request(request: Request) -> Solution | Trouble:
    """Try the methods of the task in order; one without any refuted step wins."""
    for method in methods(request.task):
        draft = method(request)
        if draft is None:
            continue
        solution = check_draft(request, draft)
        if not isinstance(solution.verdict, Refuted):
            return solution
    return Trouble(Failure.UNSUPPORTED, UNSUPPORTED)
