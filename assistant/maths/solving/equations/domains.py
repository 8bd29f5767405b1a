"""Where an expression is defined over the reals, read off from how it was written."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.found import real, real_symbol
from assistant.maths.solving.equations.linear import compare_numbers
from assistant.maths.solving.equations.solution_sets import sign_of, value_tree
from assistant.maths.types import Text

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
            return [t.Relation(NE, base, ZERO)] if value == 0 else []
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


REASONS = {
    NE: ("Denominators must not be zero", "分母不为零"),
    GE: ("Radicands must not be negative", "偶次根号下非负"),
    GT: ("Arguments of logarithms must be positive", "对数的真数为正"),
    LE: (
        "Arguments of inverse functions must be in their domain",
        "反三角函数的自变量须在定义域内",
    ),
}


def domain_line(wanted: Sequence[t.Relation], name: str) -> tuple[t.Expr, Text]:
    """The conditions in short, those left out that others imply, and their reason."""
    parts = _needed(tuple(dict.fromkeys(simplified(w, name) for w in wanted)), name)
    line = parts[0] if len(parts) == 1 else t.Junction(t.Connective.AND, parts)
    kinds = {w.op for w in wanted}
    kinds -= {GE} if LE in kinds else set()
    told = [reason for op, reason in REASONS.items() if op in kinds]
    return line, Text("; ".join(en for en, _ in told) + ".", "；".join(zh for _, zh in told) + "。")


def _needed(parts: tuple[t.Relation, ...], name: str) -> tuple[t.Relation, ...]:
    """Without bounds that a stronger one implies, and zeros that are excluded already."""
    kept = list(parts)
    for one in parts:
        others = [p for p in kept if p != one]
        if any(_implies(p, one, name) for p in others) or _excluded(others, one, name):
            kept = others
    return tuple(kept)


def _bound(part: t.Relation, name: str) -> sp.Expr | None:
    return real(part.right) if part.left == t.Symbol(name) else None


def _implies(strong: t.Relation, weak: t.Relation, name: str) -> bool:
    a, b = _bound(strong, name), _bound(weak, name)
    if a is None or b is None:
        return False
    sign = sign_of(a - b)
    up = strong.op in (GT, GE) and weak.op in (GT, GE, NE)
    down = strong.op in (LT, LE) and weak.op in (LT, LE, NE)
    if sign == 0:
        return strong.op in (GT, LT) and weak.op in (GE, LE, NE) and (up or down)
    return (up and sign == 1) or (down and sign == -1)


def _excluded(others: Sequence[t.Relation], one: t.Relation, name: str) -> bool:
    """``x^2 - 1 != 0`` where ``x != 1`` and ``x != -1`` are said."""
    x = real_symbol(name)
    if one.op is not NE or one.left == t.Symbol(name):
        return False
    value = sp.expand(real(one.left) - real(one.right))
    if not value.is_polynomial(x) or sp.degree(value, x) > 4:
        return False
    excluded = [_bound(p, name) for p in others if p.op is NE]
    roots = sp.roots(sp.Poly(value, x))
    known = sum(roots.values()) == sp.degree(value, x)
    return known and all(r in excluded for r in roots if r.is_real)
