"""Odes are right when the residual vanishes: symbolically, or at many points."""

from __future__ import annotations

from typing import Any

import sympy as sp
from scoring import Grade

X = sp.Symbol("x")
Y = sp.Function("y")


def relations(record: dict[str, Any]) -> list[sp.Eq]:
    value = sp.sympify(record["answer"]["srepr"])
    return list(value.args) if isinstance(value, sp.Tuple) else [value]


def residual(equation: sp.Expr, solution: sp.Eq) -> sp.Expr:
    y = sp.Symbol("y_")
    curve = (solution.lhs - solution.rhs).subs(Y(X), y)
    curve = curve.replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.Abs),
        lambda e: sp.log(e.args[0].args[0]),
    )
    for c in sorted(curve.free_symbols - {X, y}, key=str):
        slope = sp.diff(curve, c)
        if c.name.startswith(("C", "K")) and not slope.has(c) and y in curve.free_symbols:
            if not (sp.diff(curve, y) == 1 and sp.diff(curve, y, 2) == 0):
                curve = curve.subs(c, 0) / slope
                break
    if sp.diff(curve, y) == 1:
        value = -curve.subs(y, 0)
        return equation.subs(Y(X), value).doit()
    first = -sp.diff(curve, X) / sp.diff(curve, y)
    second = sp.diff(first, X) + sp.diff(first, y) * first
    out = equation.subs(sp.Derivative(Y(X), (X, 2)), second)
    return out.subs(sp.Derivative(Y(X), X), first).subs(Y(X), y)


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    if record["error"] or not record["answer"]["srepr"]:
        return Grade.NONE
    left, _, right = row["input"].partition("=")
    names = {"y": Y, "x": X}
    equation = sp.sympify(left, locals=names) - sp.sympify(right, locals=names)
    for solution in relations(record):
        value = residual(equation, solution)
        hits = 0
        for n in range(12):
            at = {
                s: sp.Rational(5 * n + 7 + 3 * k, 11 + 2 * n + k)
                for k, s in enumerate(sorted(value.free_symbols, key=str))
            }
            number = sp.N(value.subs(at), 30)
            if not number.is_number or number.has(sp.nan, sp.zoo):
                continue
            if abs(number) > 1e-12:
                return Grade.WRONG
            hits += 1
        if hits < 3:
            return Grade.UNSURE
    return Grade.RIGHT
