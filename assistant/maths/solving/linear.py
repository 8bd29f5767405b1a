"""Linear equations in one unknown (being written)."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Text

COLLECT = Rule("linear.collect", "Collect the unknown on the left", "移项")
DIVIDE = Rule("linear.divide", "Divide both sides", "两边同除")


def one_unknown(request: Request) -> Draft | None:
    """``2x + 3 = 11``."""
    match request:
        case Request(
            operands=(t.Relation(t.Comparison.EQ, left, right) as given,), variables=(name,)
        ):
            x = sp.Symbol(name)
        case _:
            return None
    whole = sp.expand(to_sympy(left) - to_sympy(right))
    if not whole.is_polynomial(x) or sp.degree(whole, x) != 1:
        return None
    a, b = whole.coeff(x, 1), whole.coeff(x, 0)
    if not (a.is_Rational and b.is_Rational):
        return None
    trail = Trail(given, Link.EQUIVALENT, name)
    trail.to(
        t.equation(from_sympy(a * x), from_sympy(-b)),
        COLLECT,
        Text(
            "Bring the unknown to the left, numbers to the right.", "未知数移到左边，常数移到右边。"
        ),
    )
    root = from_sympy(-b / a)
    trail.to(
        t.equation(t.Symbol(name), root),
        DIVIDE,
        Text("Divide both sides by {0}.", "两边同除以 {0}。", (from_sympy(a),)),
    )
    return Draft(
        answer=t.Collection(t.Bracket.SET, (root,)),
        steps=tuple(trail.steps),
        method="linear",
        variables=(name,),
    )
