"""Chains with ±, which stand for two chains, and values of one letter named together."""

from __future__ import annotations

from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.checking.lines.marks import linked
from assistant.maths.reading.claims.line import Claim
from assistant.maths.types import Doubt, Link, Proved, Refuted, Undecided, Verdict


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


def same_values(before: t.Expr, after: t.Expr) -> Verdict | None:
    """Whether two expressions with ± stand for the same two values, in whichever order; ``None``
    where one of them has none."""
    if not all(any(map(_is_double, t.walk(side))) for side in (before, after)):
        return None
    ones, others = ([t.transform(s, sign) for sign in (_upper, _lower)] for s in (before, after))
    for second in (others, others[::-1]):
        verdicts = [linked(a, b, Link.EQUAL) for a, b in zip(ones, second, strict=True)]
        if all(isinstance(v, Proved) for v in verdicts):
            return verdicts[0]
        wrong = [
            v for v in verdicts if isinstance(v, Refuted) and "undefined" not in (v.left, v.right)
        ]
        if not wrong:
            return Undecided(Doubt.NO_METHOD)
    return wrong[0]


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
