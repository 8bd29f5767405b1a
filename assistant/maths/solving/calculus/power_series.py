"""The radius of convergence of a power series as a limit of quotients of its coefficients."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Task


def radius(request: Request) -> Draft | None:
    """``lim |a_n / a_{n+1}|``.  Where there is no such limit the radius is another number, of
    which nothing is known here."""
    if request.topic != topics.RADIUS:
        return None
    from assistant.maths.solving.registry import methods

    limit = replace(request, task=Task.LIMIT, topic="")
    for method in methods(Task.LIMIT):
        found = method(limit)
        if found is not None and found.answer is not None:
            return None if found.answer == t.Constant(t.ConstantName.UNDEFINED) else found
    return None
