"""Runs the methods of a problem and has their drafts checked."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from sympy.matrices.exceptions import ShapeError

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.verify import check_draft
from assistant.maths.domains import is_used, unused
from assistant.maths.limits import MAX_DIGITS
from assistant.maths.solving.common import Draft, Method, TooLarge
from assistant.maths.solving.equations.by_cases import by_cases, with_chosen
from assistant.maths.solving.equations.floors import by_definition
from assistant.maths.solving.equations.school_roots import as_roots
from assistant.maths.solving.linear_algebra.entries import by_entries
from assistant.maths.solving.operands import refused
from assistant.maths.solving.registry import methods
from assistant.maths.solving.several_unknowns.projection import solve_one
from assistant.maths.types import (
    Failure,
    Problem,
    Refuted,
    Request,
    Solution,
    Step,
    Task,
    Text,
    Trouble,
    Undecided,
)

CLAIM_SECONDS = 20.0
MORE_SECONDS = 3.0
"""What the later methods may take to better an answer that stayed undecided."""
UNSUPPORTED = Text(
    "understood, but no method here solves it and passes the check",
    "题目已读懂，但没有能通过验证的解法",
)


def solve(problem: Problem) -> Solution | Trouble:
    """The answer to what is asked, after what was defined for it."""
    if problem.pi is not None:
        from assistant.maths.solving.problems.rounded_pi import with_pi

        return with_pi(solve(replace(problem, pi=None)), problem.pi, solve_request)
    if problem.definitions or problem.more:
        # a bare problem needs none of this
        from assistant.maths.solving.problems.definitions import solve_with

        return solve_with(problem, solve_request)
    return solve_one(problem.request, solve_request)


def solve_request(request: Request) -> Solution | Trouble:
    """Try the methods of the task in order; the first whose answer is proved or supported wins.

    An answer that could not be decided is kept, and shown as undecided only if no other
    method does better soon.
    """
    if (trouble := refused(request)) is not None:
        return trouble
    if not is_used(request):
        return Trouble(Failure.UNSUPPORTED, unused(request))
    request, note = as_roots(request)
    request, told = by_entries(request)
    request, meant = by_definition(request)
    request, cases = by_cases(with_chosen(request))
    result = _in_time(request)
    if topics.ALL_VALUES in request.words and isinstance(result, Solution):
        from assistant.maths.solving.expressions.all_values import with_limits

        result = with_limits(request, result)
    if isinstance(result, Trouble):
        return result
    return replace(result, notes=(*filter(None, (note, told, meant, cases)), *result.notes))


def _in_time(request: Request) -> Solution | Trouble:
    """What the methods find.  Claims are tried out in many ways, which have a limit together; the
    integrator must not be interrupted."""
    if request.task is not Task.PROVE:
        return _first_proved(request)
    try:
        with time_limit(CLAIM_SECONDS):
            return _first_proved(request)
    except OutOfTime:
        return Trouble(Failure.UNSUPPORTED, UNSUPPORTED)


def _first_proved(request: Request) -> Solution | Trouble:
    undecided: Solution | None = None
    for method in methods(request.task):
        try:
            with time_limit(MORE_SECONDS) if undecided else nullcontext():
                solution = _checked(method, request)
        except OutOfTime:
            break
        except TooLarge as large:
            return Trouble(Failure.UNSUPPORTED, large.message)
        match solution:
            case Solution(verdict=Undecided()):
                undecided = undecided or solution
            case Solution():
                return _with_method_note(request, solution)
    if undecided is not None:
        return _with_method_note(request, undecided)
    return Trouble(Failure.UNSUPPORTED, UNSUPPORTED)


def _checked(method: Method, request: Request) -> Solution | None:
    """What one method finds, checked; ``None`` if it finds nothing or is refuted."""
    try:
        draft = method(request)
    except (NotConvertible, ShapeError):  # a part without a value, as 1/0
        return None
    if draft is None or _too_long(draft):
        return None
    solution = check_draft(request, draft)
    return None if isinstance(solution.verdict, Refuted) else solution


def _too_long(draft: Draft) -> bool:
    """Whether an answer has a number of more digits than anything may write."""
    parts = () if draft.answer is None else t.walk(draft.answer)
    limit = MAX_DIGITS * 33 // 10
    return any(
        isinstance(n, t.Number)
        and max(n.value.numerator.bit_length(), n.value.denominator.bit_length()) > limit
        for n in parts
    )


def _with_method_note(request: Request, solution: Solution) -> Solution:
    """Say so where the method that was asked for is not the one that was used."""
    wanted = set(request.method.replace("_", " ").lower().split())
    used = solution.method + " " + " ".join(_rule_ids(solution.steps))
    if not wanted or any(word in used.lower() for word in wanted):
        return solution
    note = Text(
        "The method “{0}” was not used: there is none of that name for this problem.",
        "未使用“{0}”：本题没有此名称的解法。",
        (request.method,),
    )
    return replace(solution, notes=(note, *solution.notes))


def _rule_ids(steps: tuple[Step, ...]) -> list[str]:
    return [i for step in steps for i in (step.rule.id, *_rule_ids(step.substeps))]
