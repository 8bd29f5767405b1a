"""Sets and vectors in an answer, as what stands beside them needs them."""

from __future__ import annotations

from assistant.maths import terms as t


def as_set(expr: t.Expr, other: t.Expr) -> t.Expr:
    """``(1, 2)`` beside an inequality is an interval; ``x in A`` is the set A."""
    match expr:
        case t.Call("in", (t.Symbol(), members)):
            return as_set(members, other)
        case t.Call("conditionset", (t.Symbol(), t.Relation() | t.Junction() as condition)):
            return condition
        case t.Collection(t.Bracket.TUPLE | t.Bracket.LIST, (low, high)) if _is_range(other):
            opened = expr.kind is t.Bracket.TUPLE
            return t.Interval(low, high, opened, opened)
    return expr


def _is_range(other: t.Expr) -> bool:
    match other:
        case t.Relation(op):
            return op not in (t.Comparison.EQ, t.Comparison.NE)
        case t.Junction(_, args):
            return all(map(_is_range, args))
        case t.Call("conditionset", (_, condition)):
            return _is_range(condition)
        case t.Interval() | t.Call("union" | "in", _):
            return True
    return False


def vector_of(expr: t.Expr) -> tuple[t.Expr, ...] | None:
    """The entries of ``(1, 2)``, and of a matrix with one row or one column."""
    match expr:
        case t.Collection(t.Bracket.TUPLE | t.Bracket.LIST, items):
            return items
        case t.Matrix(rows) if len(rows) == 1 or all(len(row) == 1 for row in rows):
            return tuple(entry for row in rows for entry in row)
    return None
