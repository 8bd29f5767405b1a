"""Checks the derivative of a function that an equation defines."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import Doubt, Proved, Request, Supported, Undecided, Verdict


def check_implicit(
    equation: t.Relation, names: tuple[str, ...], claim: t.Expr, deadline: Deadline
) -> Verdict:
    """Whether ``claim`` is ``-F_x/F_y`` for ``F = left - right``, identically.

    ``names`` are the independent variable and, where it was said, the function.

    An answer that is equal only on the curve itself stays undecided.
    """
    name = names[0]
    y = names[1] if len(names) == 2 else dependent(equation, name)
    if y is None:
        return Undecided(Doubt.NO_METHOD, "implicit")

    def bare(node: t.Expr) -> t.Expr:
        return t.Symbol(y) if isinstance(node, t.Call) and node.name == y else node

    try:
        sides = [to_sympy(t.transform(s, bare), real=True) for s in (equation.left, equation.right)]
        slope = to_sympy(t.transform(claim, bare), real=True)
    except NotConvertible:
        return Undecided(Doubt.NO_METHOD, "implicit")
    whole = sides[0] - sides[1]
    by_x, by_y = (whole.diff(sp.Symbol(n, real=True)) for n in (name, y))
    if by_y != 0 and sp.simplify(slope * by_y + by_x) == 0:
        return Proved("partial derivatives")
    explicit = equation.left in (t.Symbol(y), t.Call(y, (t.Symbol(name),)))
    if explicit:
        derivative = t.Call("diff", (equation.right, t.Symbol(name), t.integer(1)))
        verdict = check_equal(derivative, claim, (), deadline)
        return verdict if isinstance(verdict, Proved | Supported) else Undecided(Doubt.NO_METHOD)
    return Undecided(Doubt.NO_METHOD, "implicit")


def check_parametric(request: Request, claim: t.Expr, deadline: Deadline) -> Verdict:
    """``dy/dx·x' = y'``, and for the second derivative ``y''·x'^3 = x'·y'' - x''·y'``."""
    (name,), order = request.variables, request.order or 1
    try:
        across, up = (to_sympy(o) for o in request.operands)
    except NotConvertible:
        return Undecided(Doubt.NO_METHOD, "parameter")
    by = sp.Symbol(name)
    speed, rise = across.diff(by), up.diff(by)
    if speed == 0 or order not in (1, 2):
        return Undecided(Doubt.NO_METHOD, "parameter")
    if order == 2:
        speed, rise = speed**3, speed * rise.diff(by) - speed.diff(by) * rise
    left = t.Mul((claim, from_sympy(speed)))
    return check_equal(left, from_sympy(rise), (), deadline)


def dependent(equation: t.Relation, name: str) -> str | None:
    """The name of the function: ``y``, or the only other one."""
    applied = [n.name for n in t.walk(equation) if isinstance(n, t.Call) and len(n.name) == 1]
    others = dict.fromkeys([*applied, *(s for s in t.symbols(equation) if s != name)])
    if "y" in others:
        return "y"
    return next(iter(others)) if len(others) == 1 else None
