"""Odd roots written as powers: ``x^(1/3) = -2`` has a solution at school.

Computer algebra takes the principal complex power, which is not real for negative bases;
school reads ``x^(1/3)`` as the cube root, which is.  The equation is read so, and says so.
"""

from __future__ import annotations

from dataclasses import replace
from math import gcd

from assistant.maths import terms as t
from assistant.maths.types import Request, Task, Text

NOTE = Text(
    "A power with an odd denominator is read as the real root: {0} is {1}.",
    "分母为奇数的分数指数幂按实数方根理解：{0} 即 {1}。",
)


def as_roots(request: Request) -> tuple[Request, Text | None]:
    """The request with such powers of unknowns as roots, and the note that says it."""
    if request.task is not Task.SOLVE:
        return request, None
    changed: dict[t.Expr, t.Expr] = {}

    def change(node: t.Expr) -> t.Expr:
        new = _root(node)
        if new is None:
            return node
        changed[node] = new
        return new

    operands = tuple(t.transform(o, change) for o in request.operands)
    if not changed:
        return request, None
    first, meaning = next(iter(changed.items()))
    return replace(request, operands=operands), replace(NOTE, args=(first, meaning))


def _root(node: t.Expr) -> t.Expr | None:
    match node:
        case t.Pow(base, t.Div(t.Number(p), t.Number(q))) if t.symbols(base):
            negative = False
        case t.Pow(base, t.Neg(t.Div(t.Number(p), t.Number(q)))) if t.symbols(base):
            negative = True
        case _:
            return None
    if p.denominator != 1 or q.denominator != 1 or q % 2 == 0 or q < 3 or p < 1:
        return None
    if gcd(int(p), int(q)) != 1:
        return None
    root: t.Expr = t.Call("root", (base, t.integer(int(q))))
    power = root if p == 1 else t.Pow(root, t.integer(int(p)))
    return t.Div(t.integer(1), power) if negative else power
