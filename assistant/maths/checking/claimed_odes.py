"""A function that somebody gives as the solution of a differential equation."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.answers.clean import clean
from assistant.maths.checking.answer_parts import read
from assistant.maths.checking.numerics.budget import OutOfTime, alarm
from assistant.maths.types import Problem, Refuted, Solution, Task

SECONDS = 2.0
CONSTANT = re.compile(r"[CcKAB](?:_?\d)?")


def ode_verdict(problem: Problem, solution: Solution, answer: str) -> Refuted | None:
    """Refuted where the function does not fulfil the equation, for its own constants."""
    from assistant.maths.checking.tasks.odes import satisfies

    request = problem.request
    if request.task is not Task.DSOLVE or len(request.operands) != 1:
        return None
    if len(solution.variables) != 2:
        return None
    function, name = solution.variables
    tree = read(clean(answer).text)
    match tree:
        case t.Relation(t.Comparison.EQ, t.Symbol(left) | t.Call(left, (t.Symbol(_),)), right):
            letters = {n for n in t.symbols(right) if not CONSTANT.fullmatch(n)}
            if left != function or letters - {name}:
                return None
        case _:
            return None
    try:
        with alarm(SECONDS):
            verdict = satisfies(
                request.operands[0], t.applied(tree, function, name), function, name
            )
    except (OutOfTime, RecursionError):
        return None
    return verdict if isinstance(verdict, Refuted) else None
