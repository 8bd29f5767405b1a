"""Decimals that are solutions of an equation to the digits shown: ``x = 1.0986`` behind
``e^x = 3``."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.lines.rounding import value_of
from assistant.maths.checking.logic.statements import split_signs
from assistant.maths.checking.logic.values import solutions
from assistant.maths.checking.numerics.numeric import NoValue, evaluate, mpf


def has_decimals(statement: t.Expr) -> bool:
    """Whether a number in it is written as a decimal, so that it may be rounded."""
    return any(isinstance(n, t.Number) and n.decimals for n in t.walk(statement))


def are_rounded_roots(before: t.Expr, after: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether all values that a line names are solutions of the line before to the digits shown:
    within their rounding, its two sides change places."""
    if len(names) != 1 or not has_decimals(after):
        return False
    match after:
        case t.Junction(t.Connective.AND, (t.Relation(_, left, _), *_, t.Relation(_, _, right))):
            after = t.equation(left, right)
    if isinstance(after, t.Relation):
        after = split_signs(after)
    if not isinstance(before, t.Relation) or before.op is not t.Comparison.EQ:
        return False
    gap = t.sub(before.left, before.right)
    spelt = [value for assignment in solutions(after, names) or () for _, value in assignment]
    return bool(spelt) and all(_is_root(gap, names[0], value) for value in spelt)


def _is_root(gap: t.Expr, name: str, root: t.Expr) -> bool:
    ends = [_moved(root, sign) for sign in (-1, 1)]
    if None in ends:
        return False
    try:
        low, high = (mpf(evaluate(gap, {name: end})) for end in ends if end is not None)
    except (NoValue, TypeError):
        return False
    return bool(low * high <= 0)


def _moved(root: t.Expr, sign: int) -> Fraction | None:
    """The value with each decimal in it moved by half a unit of its last place."""
    value = value_of(t.transform(root, _by_half_a_unit(sign)))
    if value is None or isinstance(value, Fraction):
        return value
    return Fraction(str(mp.nstr(mpf(value), 30)))


def _by_half_a_unit(sign: int) -> Callable[[t.Expr], t.Expr]:
    def move(node: t.Expr) -> t.Expr:
        if isinstance(node, t.Number) and node.decimals:
            return t.rational(node.value + Fraction(sign, 2 * 10**node.decimals))
        return node

    return move
