"""Double integrals over a region that bounds describe: as an iterated integral."""

from __future__ import annotations

from dataclasses import replace

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.numeric import evaluate
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.iterated import iterated
from assistant.maths.types import Link, Request, Rule, Step, Text

PARTS, TINY = 24, 1e-9
ITERATE = Rule("integral.region", "Write it as an iterated integral", "化为累次积分")


def region(request: Request) -> Draft | None:
    """``x y`` over 0 <= x <= 1, 0 <= y <= x: the inner bounds may depend on the outer letter.

    Operands: the function, inner bounds, outer bounds; variables: the inner and outer letter.
    """
    if request.topic != topics.REGION or len(request.operands) != 5:
        return None
    asked = as_iterated(request)
    if _crossed(request) or (found := iterated(asked)) is None:
        return None
    body, low, high = asked.operands
    whole = t.Call("integrate", (body, t.Symbol(asked.variables[0]), low, high))
    why = Text("Each letter runs between its bounds, the inner one first.",
               "各变量在其上下限之间变化，先对内层变量积分。")  # fmt: skip
    first = Step(rule=ITERATE, why=why, before=request.operands[0], after=whole, link=Link.FORMULA)
    return replace(found, steps=(first, *found.steps))


def _crossed(request: Request) -> bool:
    """Whether a lower bound lies above an upper one: then the region is another."""
    _, low, high, first, last = request.operands
    outer = request.variables[1]
    ends = [evaluate(e, {}) for e in (first, last)]
    if ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
        return True
    places = [ends[0] + (ends[1] - ends[0]) * n / PARTS for n in range(PARTS + 1)]
    heights = [(evaluate(low, {outer: p}), evaluate(high, {outer: p})) for p in places]
    return any(a is None or b is None or a > b + TINY for a, b in heights)


def as_iterated(request: Request) -> Request:
    """The iterated integral over the region."""
    body, low, high, first, last = request.operands
    inner, outer = request.variables
    nested = t.Call("integrate", (body, t.Symbol(inner), low, high))
    return replace(request, topic="", operands=(nested, first, last), variables=(outer,))
