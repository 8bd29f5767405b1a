"""Chains with ±, which stand for two chains, and values of one letter named together."""

from __future__ import annotations

from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import linked
from assistant.maths.reading.claims.line import Claim
from assistant.maths.types import Link, Proved


def both_signs(claim: Claim) -> t.Expr | None:
    """``x = (-4 ± √36)/2 = (-4 ± 6)/2`` says ``x = (-4 ± 6)/2`` where the sides are equal with
    the upper and the lower sign; anything else as it stands."""
    first, *others = claim.sides or (None,)
    if first is None or len(others) < 2 or set(claim.signs) != {"="} or None in others:
        return _listed(claim.statement)
    if not all(any(map(_is_double, t.walk(s))) for s in others if s is not None):
        return claim.statement
    for a, b in pairwise(others):
        assert a is not None
        assert b is not None
        for lower in (False, True):
            sides = [t.transform(s, _lower if lower else _upper) for s in (a, b)]
            if not isinstance(linked(sides[0], sides[1], Link.EQUAL), Proved):
                return claim.statement
    assert others[-1] is not None
    return t.equation(first, others[-1])


def _listed(statement: t.Expr | None) -> t.Expr | None:
    """``x = 2 and x = 3`` as people list two values: as one or the other."""
    match statement:
        case t.Junction(t.Connective.AND, parts) if all(map(_names_value, parts)):
            named = {(p.left, p.right) for p in parts if isinstance(p, t.Relation)}
            if len(named) == len(parts) > len({left for left, _ in named}) == 1:
                return t.Junction(t.Connective.OR, parts)
    return statement


def _names_value(part: t.Expr) -> bool:
    match part:
        case t.Relation(t.Comparison.EQ, t.Symbol(), value):
            return not t.symbols(value)
    return False


def _is_double(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name == "plusminus"


def _upper(node: t.Expr) -> t.Expr:
    return node.args[0] if isinstance(node, t.Call) and _is_double(node) else node


def _lower(node: t.Expr) -> t.Expr:
    return t.Neg(node.args[0]) if isinstance(node, t.Call) and _is_double(node) else node
