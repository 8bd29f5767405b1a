"""A formula with relations as chains of sides, and the several claims of a line.

In ``f(1) = 1 - 3 = -2, f(-1) = 2`` nothing is unknown: both parts say each its own.
"""

from __future__ import annotations

from assistant.maths import terms as t

SIGN_OF = {
    t.Comparison.EQ: "=", t.Comparison.NE: "≠", t.Comparison.LT: "<", t.Comparison.LE: "≤",
    t.Comparison.GT: ">", t.Comparison.GE: "≥",
}  # fmt: skip


def parted(tree: t.Expr) -> list[t.Expr]:
    """What a line says as one or as several claims: those about unknowns belong together."""
    match tree:
        case t.Relation(
            t.Comparison.EQ,
            t.Collection(t.Bracket.TUPLE, names),
            t.Collection(t.Bracket.TUPLE, values),
        ) if len(names) == len(values) and all(isinstance(n, t.Symbol) for n in names):
            told = tuple(map(t.equation, names, values))  # (x, y) = (7, 3)
            return [t.Junction(t.Connective.AND, told)]
        case t.Junction(t.Connective.AND, parts) if chain_of(parts) is None:
            closed = [p for p in parts if _states(p) and not _has_unknown(p)]
            rest = tuple(part for part in parts if part not in closed)
            if len(rest) > 1:
                return [t.Junction(t.Connective.AND, rest), *closed]
            return [*rest, *closed]
    return [tree]


def _states(part: t.Expr) -> bool:
    return isinstance(part, t.Relation | t.Junction)


def _has_unknown(part: t.Expr) -> bool:
    """Whether a letter stands in it, but for the one of the slope ``f'(2)``."""
    return bool(t.symbols(t.transform(part, _place)))


def _place(node: t.Expr) -> t.Expr:
    match node:
        case t.Call("diff", (t.Call(_, (place,)), t.Symbol(), *_)) if not t.symbols(place):
            return place
    return node


def chain_of(parts: tuple[t.Expr, ...]) -> tuple[tuple[t.Expr, ...], tuple[str, ...]] | None:
    """The sides and the signs between them, where each part goes on from the one before."""
    sides: list[t.Expr] = []
    signs: list[str] = []
    for part in parts:
        match part:
            case t.Relation(op, left, right):
                sign = SIGN_OF[op]
            case t.Call("approx", (left, right)):
                sign = "≈"
            case _:
                return None
        (first, *more), before = _about(left)
        others, after = _about(right)
        if sides and sides[-1] != first:
            return None
        sides += [*more, *others] if sides else [first, *more, *others]
        signs += [*before, sign, *after]
    return tuple(sides), tuple(signs)


def _about(side: t.Expr) -> tuple[list[t.Expr], list[str]]:
    """The sides in ``10/3 ≈ 3.33`` where that is one side of a chain, and the signs between."""
    match side:
        case t.Call("approx", (left, right)):
            first, signs = _about(left)
            second, others = _about(right)
            return [*first, *second], [*signs, "≈", *others]
    return [side], []
