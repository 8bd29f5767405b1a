"""A claim that some numbers break."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Rule, Step, Text


def broken(rule: Rule, where: t.Expr, sides: t.Relation, steps: tuple[Step, ...] = ()) -> Draft:
    """The claim is false: ``sides``, worked out by the steps, do not stand so ``where`` it is
    looked at (``n = 0``)."""
    why = Text(
        "For {0} the sides are {1} and {2}.",
        "当 {0} 时，两边分别为 {1} 与 {2}。",
        (where, sides.left, sides.right),
    )
    false = t.Truth(value=False)
    last = Step(rule=rule, why=why, before=sides, after=false, link=Link.EQUIVALENT)
    return Draft(answer=false, steps=(*steps, last), method="counterexample", notes=(why,))
