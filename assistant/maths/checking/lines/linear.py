"""Linear equations in one unknown: the root, and whether a line agrees with it roughly."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp
from sympy.solvers.solveset import NonlinearError, linsolve

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.lines.rounding import places_off
from assistant.maths.checking.numerics.numeric import NoValue, evaluate

SAMPLES = (0, 1, 2, 5)
"""Points enough to tell a straight line from a curve of a lower degree than their number."""


def only_root(statement: t.Expr, names: tuple[str, ...]) -> Fraction | None:
    """The solution of a linear equation in one unknown."""
    if not isinstance(statement, t.Relation) or statement.op is not t.Comparison.EQ:
        return None
    if len(names) != 1:
        return None
    gap = t.sub(statement.left, statement.right)
    bound = degree(gap, names[0])
    if bound is None or bound >= len(SAMPLES):
        return None
    at: list[Fraction] = []
    for x in SAMPLES:
        try:
            value = evaluate(gap, {names[0]: Fraction(x)})
        except NoValue:
            return None
        if not isinstance(value, Fraction):
            return None
        at.append(value)
    slope = at[1] - at[0]
    if slope == 0 or at[2] != at[0] + 2 * slope or at[3] != at[0] + 5 * slope:
        return None
    return -at[0] / slope


def degree(expr: t.Expr, name: str) -> int | None:
    """A bound for the degree of a polynomial in a letter, by its form; nothing for what may be
    none: ``floor(x)`` is ``x`` at every whole number."""
    if name not in t.symbols(expr):
        return 0
    parts = [degree(part, name) for part in t.children(expr)]
    match expr, parts:
        case _ if None in parts:
            return None
        case t.Symbol(), _:
            return 1
        case (t.Neg() | t.Call("percent", _), [int(inner)]) | (t.Div(), [int(inner), 0]):
            return inner
        case t.Add(), _:
            return max(d for d in parts if d is not None)
        case t.Mul(), _:
            return sum(d for d in parts if d is not None)
        case t.Pow(_, t.Number(power)), [int(inner), 0] if power.denominator == 1 and power > 0:
            return inner * int(power)
    return None


def only_solution(statements: tuple[t.Expr, ...], names: tuple[str, ...]) -> str:
    """``x = 7, y = 3`` where linear equations have one solution; else nothing."""
    symbols = [sp.Symbol(n) for n in names]
    try:
        gaps = [to_sympy(t.sub(s.left, s.right)) for s in statements if isinstance(s, t.Relation)]
        found = list(linsolve(gaps, symbols))
    except (NotConvertible, sp.SympifyError, NonlinearError, ValueError):
        return ""
    if len(gaps) < len(statements) or len(found) != 1 or any(v.free_symbols for v in found[0]):
        return ""
    return ", ".join(f"{n} = {v}" for n, v in zip(names, found[0], strict=True))


def near_enough(before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether the solution of the line before fulfils this one within its rounding."""
    root = only_root(before, names)
    if root is None or not isinstance(after, t.Relation) or after.op is not t.Comparison.EQ:
        return False
    gap = t.sub(after.left, after.right)
    point = {names[0]: root}
    try:
        rest = abs(evaluate(gap, point))
        slack = Fraction(0)
        for literal in {n for n in t.walk(after) if isinstance(n, t.Number) and n.decimals}:
            half = Fraction(1, 10 ** (literal.decimals or 0))
            moved = _with(gap, literal, t.rational(literal.value + half))
            slack += abs(evaluate(moved, point) - evaluate(gap, point))
    except (NoValue, TypeError):
        return False
    return bool(slack and rest <= slack)


def rounded(before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether ``x = 3.33`` is the solution to the digits shown."""
    root = only_root(before, names)
    match after:
        case t.Relation(t.Comparison.EQ, t.Symbol(), literal):
            pass
        case t.Relation(t.Comparison.EQ, literal, t.Symbol()):
            pass
        case _:
            return False
    gap = places_off(root, literal) if root is not None else None
    return gap is not None and gap <= Fraction(1, 2)


def _with(formula: t.Expr, old: t.Expr, new: t.Expr) -> t.Expr:
    return t.transform(formula, lambda n: new if n == old else n)
