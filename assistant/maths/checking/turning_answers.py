"""An answer such as ``x = pi/6 + 2k*pi``: the set of its values for all whole k."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.checking.lines.whole_turns import as_turns
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.reading.claims.line import read_line
from assistant.maths.types import Link, Problem, Proved, Task

SECONDS = 1.5


def turning_answer(problem: Problem, answer: str) -> Proved | None:
    """The proof that it is the set of all solutions of the one equation or inequality that is
    asked; ``None`` where there is none."""
    request = problem.request
    if request.task is not Task.SOLVE or request.domain is not None or problem.definitions:
        return None
    if len(request.operands) != 1 or not isinstance(request.operands[0], t.Relation):
        return None
    line = read_line(answer)
    statement = line.claims[0].statement if len(line.claims) == 1 and line.bare else None
    told = None if statement is None else as_turns(statement)
    if told is None or t.symbols(request.operands[0]) != (told[0],):
        return None
    asked, names = request.operands[0], (told[0],)
    verdict = check_link(asked, told[2], Link.SOLUTION, names, Deadline(SECONDS))
    return verdict if isinstance(verdict, Proved) else None
