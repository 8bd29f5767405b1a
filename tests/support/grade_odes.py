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
    """What must vanish: in x (and constants), or on the curves in x and y."""
    y = sp.Symbol("y_")
    curve = (solution.lhs - solution.rhs).subs(Y(X), y)
    curve = curve.replace(
        lambda e: isinstance(e, sp.log) and isinstance(e.args[0], sp.Abs),
        lambda e: sp.log(e.args[0].args[0]),
    )
    inner = {i: sp.Function(f"J{n}")(X) for n, i in enumerate(curve.atoms(sp.Integral))}
    curve = curve.subs(inner)
    rates = {j: i.function for i, j in inner.items()}

    def rate(value: sp.Expr) -> sp.Expr:
        """The derivative by x, an integral's being its integrand."""
        out = sp.diff(value, X)
        for j, f in rates.items():
            out = out.subs(sp.Derivative(j, X), f)
        return out

    if sp.diff(curve, y) == 1:
        value = -curve.subs(y, 0)
        first, second, at = rate(value), rate(rate(value)), value
    else:
        for c in sorted(curve.free_symbols - {X, y}, key=str):
            slope = sp.diff(curve, c)
            if c.name.startswith(("C", "K")) and not slope.has(c) and slope != 0:
                curve = curve.subs(c, 0) / slope
                break
        first = -rate(curve) / sp.diff(curve, y)
        second, at = rate(first) + sp.diff(first, y) * first, y
    out = equation.subs(sp.Derivative(Y(X), (X, 2)), second)
    out = out.subs(sp.Derivative(Y(X), X), first).subs(Y(X), at)
    return out.subs({j: sp.Symbol(f"j{n}") for n, j in enumerate(rates)})


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
            constants = [c for c in value.free_symbols if c.name.startswith(("C", "K"))]
            if solution.has(Y(X)) and solution.lhs != Y(X) and len(constants) == 1:
                curve = (solution.lhs - solution.rhs).subs(Y(X), sp.Symbol("y_"))
                here = curve.subs({s: v for s, v in at.items() if s not in constants})
                at[constants[0]] = sp.Poly(here, constants[0]).nroots(n=40)[0]
            try:
                number = sp.N(value.subs(at), 30)
            except (ValueError, ZeroDivisionError):  # a pole of a special function
                continue
            if not number.is_number or number.has(sp.nan, sp.zoo):
                continue
            if abs(number) > 1e-12:
                return Grade.WRONG
            hits += 1
        if hits < 3:
            return Grade.UNSURE
    return Grade.RIGHT
