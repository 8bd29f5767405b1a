"""Bounds that are rounded: ``x > 3.33`` behind ``x > 10/3`` is another range."""

from __future__ import annotations

from fractions import Fraction

from assistant.maths import terms as t
from assistant.maths.checking.lines.rounding import apart, decimals, places_off, value_of
from assistant.maths.checking.numerics.numeric import mpf

TURNED = {
    t.Comparison.LT: t.Comparison.GT, t.Comparison.LE: t.Comparison.GE,
    t.Comparison.GT: t.Comparison.LT, t.Comparison.GE: t.Comparison.LE,
}  # fmt: skip


def rounded_bound(before: t.Expr, after: t.Expr) -> tuple[t.Expr, t.Expr] | None:
    """A bound that was rounded or cut off, and the exact one; ``None`` where ranges differ in
    another way too."""
    exact, rough = _bounds(before), _bounds(after)
    if exact is None or rough is None or len(exact) != len(rough):
        return None
    found: tuple[t.Expr, t.Expr] | None = None
    for (name, op, value), (other, sign, literal) in zip(exact, rough, strict=True):
        if (name, op) != (other, sign):
            return None
        one, two = value_of(value), value_of(literal)
        if one is None or two is None:
            return None
        if mpf(apart(one, two)) == 0:
            continue
        off, (_, places) = places_off(one, literal), decimals(literal)
        if off is None or not places or off >= Fraction(1):
            return None
        found = found or (literal, value)
    return found


def _bounds(statement: t.Expr) -> list[tuple[str, t.Comparison, t.Expr]] | None:
    """Bounds of one letter, in order from the left."""
    match statement:
        case t.Junction(_, parts):
            several = [_bounds(part) for part in parts]
            return None if None in several else [b for part in several if part for b in part]
        case t.Relation(op, t.Symbol(name), value) if op in TURNED and not t.symbols(value):
            return [(name, op, value)]
        case t.Relation(op, value, t.Symbol(name)) if op in TURNED and not t.symbols(value):
            return [(name, TURNED[op], value)]
    return None
