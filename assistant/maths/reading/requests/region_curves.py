"""The curves around a region, each as ``y = …`` or ``x = …``, and all in one of the two forms."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from assistant.maths import terms as t
from assistant.maths.ordering import rational_value
from assistant.maths.polynomial_form import is_polynomial

Curve = tuple[str, t.Expr]
"""A letter and what it is equal to."""
OTHER = {"x": "y", "y": "x"}


def solved_for_one(relation: t.Relation) -> Curve | None:
    """``y^2 = 4x`` as ``x = y^2/4``, ``2x + y = 3`` as ``y = 3 - 2x``; ``None`` where neither
    letter stands alone in the equation."""
    if not {*t.symbols(relation)} <= {"x", "y"} or not is_polynomial(relation, "x", "y"):
        return None
    difference = t.sub(relation.left, relation.right)
    for letter in ("y", "x"):
        if (value := _alone(difference, letter)) is not None:
            return letter, value
    return None


def in_one_form(curves: list[Curve]) -> list[Curve]:
    """The same curves, all of them as functions of one letter where that can be had: lines are
    turned, and of ``x = a·y^2`` and ``y = b·x^2`` the branch on which they meet is taken."""
    for letter in ("y", "x"):
        own = ("y", "") if letter == "y" else ("x",)
        others = [c for c in curves if c[0] not in own and t.symbols(c[1])]
        turned = {c: solved for c in others if (solved := _turned(c)) is not None}
        if all(c in turned for c in others):
            return [turned.get(c, c) for c in curves]
    return _branch(curves) or curves


def _turned(curve: Curve) -> Curve | None:
    """``y = 2x + 1`` as ``x = (y - 1)/2``, where it is such a line."""
    name, value = curve
    if name not in OTHER or not is_polynomial(value, OTHER[name]):
        return None
    solved = _alone(t.sub(t.Symbol(name), value), OTHER[name])
    return None if solved is None else (OTHER[name], solved)


def _branch(curves: list[Curve]) -> list[Curve] | None:
    """``x = a·y^2`` with ``y = b·x^2``: they meet at 0 and on one branch."""
    if len(curves) != 2:
        return None
    known = dict(curves)
    across, up = (_square(known[name], OTHER[name]) if name in known else None for name in "xy")
    if across is None or up is None:
        return None
    root = t.Call("sqrt", (t.Div(t.Symbol("x"), t.rational(across)),))
    return [("y", root if up > 0 else t.Neg(root)), ("y", known["y"])]


def _square(value: t.Expr, letter: str) -> Fraction | None:
    """The factor a of ``a·y^2``."""
    if not is_polynomial(value, letter) or {*t.symbols(value)} != {letter}:
        return None
    found = [_factor(term, t.Pow(t.Symbol(letter), t.integer(2))) for term in _terms(value)]
    return None if None in found else sum((f for f in found if f), Fraction(0)) or None


def _alone(value: t.Expr, letter: str) -> t.Expr | None:
    """What the letter is where the value is 0, if it stands there in the first power only."""
    slope, rest = Fraction(0), list[t.Expr]()
    for term in _terms(value):
        if letter not in t.symbols(term):
            rest.append(term)
            continue
        factor = _factor(term, t.Symbol(letter))
        if factor is None:
            return None
        slope += factor
    if not slope:
        return None
    total = t.Neg(t.add(*rest)) if rest else t.integer(0)
    if slope == 1:
        return total
    return t.add(*rest) if slope == -1 and rest else t.Div(total, t.rational(slope))


def _terms(value: t.Expr) -> list[t.Expr]:
    match value:
        case t.Add(parts):
            return [term for part in parts for term in _terms(part)]
        case t.Neg(inner):
            return [t.Neg(term) for term in _terms(inner)]
        case t.Div(num, den) if number := rational_value(den):
            return [t.mul(t.rational(1 / number), term) for term in _terms(num)]
    return [value]


def _factor(term: t.Expr, base: t.Expr) -> Fraction | None:
    """The rational number before ``base`` in a term that has nothing else."""
    match term:
        case _ if term == base:
            return Fraction(1)
        case t.Neg(inner):
            return None if (part := _factor(inner, base)) is None else -part
        case t.Mul(factors):
            numbers = [rational_value(f) for f in factors]
            bases = [f for f, n in zip(factors, numbers, strict=True) if n is None]
            found = _factor(bases[0], base) if len(bases) == 1 else None
            return found and prod((n for n in numbers if n is not None), start=found)
        case t.Div(num, den) if number := rational_value(den):
            return None if (part := _factor(num, base)) is None else part / number
    return None
