"""Vectors: dot and cross product, length, angle; and expressions in matrices."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.linear_algebra.conditions import with_conditions
from assistant.maths.solving.linear_algebra.rows import tree
from assistant.maths.types import Link, Request, Rule, Text

DOT = Rule("vector.dot", "Multiply component by component and add", "对应分量相乘再相加")
CROSS = Rule("vector.cross", "Components of the cross product", "向量积的各分量")
NORM = Rule("vector.norm", "Length: root of the sum of squares", "模：各分量平方和的算术平方根")
ANGLE = Rule("vector.angle", "cos θ = u·v / (|u||v|)", "夹角公式 cos θ = u·v / (|u||v|)")
COMPONENTS = Rule("vector.components", "Component by component", "按坐标运算")
UNIT = Rule("vector.unit", "Divide by the length", "除以向量的模")
PROJECTION = Rule("vector.projection", "(u·v / v·v) times v", "投影向量 (u·v / v·v)·v")
CALCULATE = Rule("vector.calculate", "Calculate", "计算")
PRODUCT = Rule("matrix.product", "Row times column", "行乘列")
SUM = Rule("matrix.sum", "Add entry by entry", "对应元素相加")
WHY = Text("Calculate.", "计算。")


def components(expr: t.Expr) -> tuple[t.Expr, ...] | None:
    """The components of a list, tuple, row or column."""
    match expr:
        case t.Collection(t.Bracket.LIST | t.Bracket.TUPLE, items):
            return items
        case t.Matrix(rows) if len(rows) == 1:
            return rows[0]
        case t.Matrix(rows) if all(len(r) == 1 for r in rows):
            return tuple(r[0] for r in rows)
        case _:
            return None


def vector_method(request: Request) -> Draft | None:
    """The method for the topic, where the operands are vectors of one dimension."""
    vectors = [components(o) for o in request.operands]
    if not vectors or any(v is None for v in vectors):
        return None
    known = [v for v in vectors if v is not None]
    if len({len(v) for v in known}) != 1:
        return None
    match request.topic, known:
        case topics.DOT, [u, v]:
            return _value(Trail(_dot(u, v)), DOT)
        case topics.NORM, [v]:
            return _value(Trail(_norm(v)), NORM)
        case topics.COMBINATION, [v]:
            return _each(v, COMPONENTS)
        case topics.UNIT_VECTOR, [v]:
            return _each(tuple(t.Div(c, _norm(v)) for c in v), UNIT)
        case topics.PROJECTION, [u, v]:
            share = t.Div(_dot(u, v), _dot(v, v))
            return _each(tuple(t.mul(share, c) for c in v), PROJECTION)
        case topics.CROSS, [u, v] if len(u) == 3:
            return _cross(u, v)
        case topics.ANGLE_BETWEEN, [u, v]:
            quotient = t.Div(_dot(u, v), t.mul(_norm(u), _norm(v)))
            return _value(Trail(t.Call("acos", (quotient,))), ANGLE)
    return None


def _dot(u: tuple[t.Expr, ...], v: tuple[t.Expr, ...]) -> t.Expr:
    return t.add(*(t.mul(a, b) for a, b in zip(u, v, strict=True)))


def _norm(v: tuple[t.Expr, ...]) -> t.Expr:
    return t.Call("sqrt", (t.add(*(t.Pow(a, t.integer(2)) for a in v)),))


def _value(trail: Trail, rule: Rule) -> Draft | None:
    value = sp.simplify(to_sympy(trail.line, real=True))
    if value.has(sp.zoo, sp.nan):
        return None
    trail.to(from_sympy(value), rule, WHY)
    return Draft(answer=from_sympy(value), steps=tuple(trail.steps), method="definition")


def _each(line: tuple[t.Expr, ...], rule: Rule) -> Draft | None:
    """Component by component."""
    values = [sp.simplify(to_sympy(c, real=True)) for c in line]
    if any(v.has(sp.zoo, sp.nan) for v in values):
        return None
    trail = Trail(t.Collection(t.Bracket.TUPLE, line))
    trail.to(t.Collection(t.Bracket.TUPLE, tuple(map(from_sympy, values))), rule, WHY)
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="definition")


def _cross(u: tuple[t.Expr, ...], v: tuple[t.Expr, ...]) -> Draft:
    pairs = [(1, 2), (2, 0), (0, 1)]
    line = t.Collection(
        t.Bracket.TUPLE, tuple(t.sub(t.mul(u[a], v[b]), t.mul(u[b], v[a])) for a, b in pairs)
    )
    trail = Trail(line)
    values = tuple(from_sympy(sp.expand(to_sympy(item, real=True))) for item in line.items)
    why = Text(
        "(u2v3 − u3v2, u3v1 − u1v3, u1v2 − u2v1).", "(u2v3 − u3v2, u3v1 − u1v3, u1v2 − u2v1)。"
    )
    trail.to(t.Collection(t.Bracket.TUPLE, values), CROSS, why)
    return Draft(answer=trail.line, steps=tuple(trail.steps), method="definition")


def matrix_value(request: Request) -> Draft | None:
    """Sums, products and whole powers of matrices, entry by entry."""
    if request.topic != topics.MATRIX_VALUE or not request.operands:
        return None
    given = request.operands[0]
    try:
        value = sp.Matrix(_computed(given))
    except (NotConvertible, sp.ShapeError, TypeError, ValueError, AttributeError):
        return None
    trail = Trail(given)
    why = Text("Calculate entry by entry.", "逐元素计算。")
    trail.to(tree(value.applyfunc(sp.expand)), _rule(given), why, link=Link.EQUAL)
    draft = Draft(answer=trail.line, steps=tuple(trail.steps), method="definition")
    return with_conditions(request, draft)


def _rule(given: t.Expr) -> Rule:
    return SUM if isinstance(given, t.Add) else PRODUCT


def _computed(expr: t.Expr) -> sp.Basic:
    """The value of an expression in matrices and numbers, in the order that is written."""
    match expr:
        case t.Matrix():
            return sp.Matrix(to_sympy(expr, real=True))
        case t.Add(parts):
            values = [_computed(p) for p in parts]
            total = values[0]
            for value in values[1:]:
                total = total + value
            return total
        case t.Mul(parts):
            product = _computed(parts[0])
            for part in parts[1:]:
                product = product * _computed(part)
            return product
        case t.Neg(arg):
            return -_computed(arg)
        case t.Pow(base, exp) if any(isinstance(n, t.Matrix) for n in t.walk(base)):
            power = to_sympy(exp)
            if not power.is_Integer or abs(power) > 1000:
                raise ValueError(expr)
            return _computed(base) ** power
        case _:
            return to_sympy(expr, real=True)
