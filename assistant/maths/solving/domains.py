"""Where an expression is defined over the reals, read off from how it was written."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.found import real, real_symbol
from assistant.maths.solving.linear import compare_numbers
from assistant.maths.solving.solution_sets import sign_of, value_tree

ZERO, ONE = t.integer(0), t.integer(1)
NE, GE, GT, LE, LT = (
    t.Comparison.NE,
    t.Comparison.GE,
    t.Comparison.GT,
    t.Comparison.LE,
    t.Comparison.LT,
)
TURNED = {GE: LE, GT: LT, LE: GE, LT: GT, NE: NE, t.Comparison.EQ: t.Comparison.EQ}


def conditions(expr: t.Expr, name: str) -> tuple[t.Relation, ...]:
    """What must hold of the unknown so that every part of the expression has a real value."""
    found: dict[t.Relation, None] = {}
    for node in t.walk(expr):
        for condition in _of_node(node):
            if name in t.symbols(condition):
                found.setdefault(condition)
    return tuple(found)


def _of_node(node: t.Expr) -> list[t.Relation]:
    match node:
        case t.Div(_, den):
            return [t.Relation(NE, den, ZERO)]
        case t.Pow(base, exp):
            return _of_power(base, exp)
        case t.Call("sqrt", (x,)):
            return [t.Relation(GE, x, ZERO)]
        case t.Call("root", (x, t.Number(n))) if n % 2 == 0:
            return [t.Relation(GE, x, ZERO)]
        case t.Call("ln", (x,)):
            return [t.Relation(GT, x, ZERO)]
        case t.Call("log", (x, base)):
            return [t.Relation(GT, x, ZERO), t.Relation(GT, base, ZERO), t.Relation(NE, base, ONE)]
        case t.Call("tan" | "sec", (x,)):
            return [t.Relation(NE, t.Call("cos", (x,)), ZERO)]
        case t.Call("cot" | "csc", (x,)):
            return [t.Relation(NE, t.Call("sin", (x,)), ZERO)]
        case t.Call("asin" | "acos", (x,)):
            return [t.Relation(GE, x, t.integer(-1)), t.Relation(LE, x, ONE)]
    return []


def _of_power(base: t.Expr, exp: t.Expr) -> list[t.Relation]:
    match exp:
        case t.Number(value) if value.denominator == 1:
            return []
        case t.Neg(t.Number(value)) if value.denominator == 1:
            return [t.Relation(NE, base, ZERO)]
        case t.Number(value):
            return [t.Relation(GE, base, ZERO)] if value.denominator % 2 == 0 else []
        case t.Div(t.Number(), t.Number(q)):
            return [t.Relation(GE, base, ZERO)] if q % 2 == 0 else []
        case t.Neg(t.Div(t.Number(), t.Number(q))):
            return [t.Relation(GT if q % 2 == 0 else NE, base, ZERO)]
        case _:
            return [t.Relation(GT, base, ZERO)]


def simplified(condition: t.Relation, name: str) -> t.Relation:
    """``2x - 4 > 0`` as ``x > 2``; what is not linear stays as it is."""
    x = real_symbol(name)
    value = sp.expand(real(condition.left) - real(condition.right))
    if value.is_polynomial(x) and sp.degree(value, x) == 1 and value.free_symbols == {x}:
        a, b = value.coeff(x, 1), value.coeff(x, 0)
        sign = sign_of(a)
        if sign:
            op = condition.op if sign > 0 else TURNED[condition.op]
            return t.Relation(op, t.Symbol(name), value_tree(sp.radsimp(-b / a)))
    return condition


def holds(condition: t.Relation, name: str, value: sp.Expr) -> bool | None:
    """Whether a condition is true of a number; ``None`` where that cannot be told."""
    x = real_symbol(name)
    sign = sign_of((real(condition.left) - real(condition.right)).subs(x, value))
    if sign is None:
        return None
    return compare_numbers(condition.op, sp.Integer(sign))


def first_broken(wanted: Sequence[t.Relation], name: str, value: sp.Expr) -> t.Relation | None:
    """The first condition that a number breaks.

    Raises ``ArithmeticError`` where one of them cannot be decided.
    """
    for condition in wanted:
        truth = holds(condition, name, value)
        if truth is None:
            raise ArithmeticError(str(value))
        if not truth:
            return condition
    return None
