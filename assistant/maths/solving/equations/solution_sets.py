"""Answers as sets in the form of the batch contract, and the statements that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy

REALS = t.Constant(t.ConstantName.REALS)
EMPTY = t.Constant(t.ConstantName.EMPTY)
INTEGERS = t.Constant(t.ConstantName.INTEGERS)
INFINITY = t.Constant(t.ConstantName.INFINITY)
K = sp.Symbol("k", integer=True)


def log_to_base(node: t.Expr) -> t.Expr:
    """A quotient of logarithms as a logarithm to a base."""
    match node:
        case t.Div(t.Call("ln", (x,)), t.Call("ln", (t.Number() as base,))):
            return t.Call("log", (x, base))
        case t.Div(t.Mul(factors), t.Call("ln", (t.Number() as base,))):
            for n, factor in enumerate(factors):
                match factor:
                    case t.Call("ln", (x,)):
                        log = t.Call("log", (x, base))
                        return t.Mul((*factors[:n], log, *factors[n + 1 :]))
    return node


def value_tree(value: sp.Expr) -> t.Expr:
    """A root as school writes it: surds over one denominator."""
    if value.is_Float:
        return _decimals(Fraction(str(value)))
    if value.is_Rational or not value.is_Add:
        return t.transform(from_sympy(value), log_to_base)
    if value.free_symbols or not value.is_algebraic:
        return t.transform(from_sympy(value), log_to_base)
    num, den = sp.fraction(sp.together(value))
    if den == 1 or not den.is_Integer:
        return from_sympy(value)
    num = sp.expand(num)
    if num.is_Add and all(c.as_coeff_Mul()[0] < 0 for c in num.args):
        return t.Neg(t.Div(from_sympy(-num), from_sympy(den)))
    return t.Div(from_sympy(num), from_sympy(den))


def _decimals(value: Fraction) -> t.Expr:
    number = t.Number(abs(value), terminating(value) or 0)
    return t.Neg(number) if value < 0 else number


def sign_of(value: sp.Expr) -> int | None:
    """-1, 0 or 1 for a real number given exactly; ``None`` where it cannot be told.

    A number that vanishes to sixty digits is taken for zero: methods propose with it, the
    check decides.
    """
    if value.is_Rational:
        return int(sp.sign(value))
    if value.free_symbols or value.has(sp.nan, sp.zoo, sp.oo):
        return None
    if value.is_zero:
        return 0
    number = value.evalf(30, maxn=120)
    real, imag = number.as_real_imag()
    if not real.is_Number or abs(imag) > sp.Float("1e-25"):
        return None
    if abs(real) > sp.Float("1e-22"):
        return 1 if real > 0 else -1
    return 0 if abs(value.evalf(60, maxn=240)) < sp.Float("1e-50") else None


def compare(left: sp.Expr, right: sp.Expr) -> int:
    """The order of two real numbers, by value; symbolic ones by their spelling."""
    sign = sign_of(left - right)
    if sign is None:
        return -1 if sp.default_sort_key(left) < sp.default_sort_key(right) else 1
    return sign


def ordered(values: Iterable[sp.Expr]) -> list[sp.Expr]:
    """Distinct numbers in rising order."""
    result: list[sp.Expr] = []
    for value in sorted(set(values), key=cmp_to_key(compare)):
        if not result or compare(result[-1], value) != 0:
            result.append(value)
    return result


def points(values: Iterable[sp.Expr]) -> t.Expr:
    """A finite set of numbers; the empty set where there are none."""
    items = tuple(value_tree(v) for v in ordered(values))
    return t.Collection(t.Bracket.SET, items) if items else EMPTY


def one_of(name: str, values: Iterable[sp.Expr]) -> t.Expr:
    """``x = 1 or x = 2``; false where there are no values."""
    parts = tuple(t.equation(t.Symbol(name), value_tree(v)) for v in ordered(values))
    if not parts:
        return t.Truth(value=False)
    return parts[0] if len(parts) == 1 else t.Junction(t.Connective.OR, parts)


def family(value: sp.Expr) -> t.Expr:
    """All the numbers that ``value`` takes for integers ``k``."""
    return t.Call("imageset", (from_sympy(value), t.Symbol(K.name)))


def union(parts: Sequence[t.Expr]) -> t.Expr:
    """Several sets as one."""
    kept = [p for p in parts if p != EMPTY]
    if not kept:
        return EMPTY
    return kept[0] if len(kept) == 1 else t.Call("union", tuple(kept))


def as_set(roots: Iterable[sp.Expr], families: Iterable[sp.Expr] = ()) -> t.Expr:
    """Points and families together."""
    return union([points(roots), *(family(f) for f in families)])


@dataclass(frozen=True, slots=True)
class Piece:
    """A real interval with exact ends; a point where the ends are the same."""

    low: sp.Expr
    high: sp.Expr
    low_open: bool = True
    high_open: bool = True


LINE = Piece(-sp.oo, sp.oo)


def pieces_tree(pieces: Sequence[Piece]) -> t.Expr:
    """A union of intervals; isolated points are gathered in one finite set."""
    if not pieces:
        return EMPTY
    if tuple(pieces) == (LINE,):
        return REALS
    lone = [p.low for p in pieces if p.low == p.high]
    spans: list[t.Expr] = [
        t.Interval(_end(p.low), _end(p.high), p.low_open, p.high_open)
        for p in pieces
        if p.low != p.high
    ]
    return union([*spans, points(lone)])


def _end(value: sp.Expr) -> t.Expr:
    if value == sp.oo:
        return INFINITY
    return t.Neg(INFINITY) if value == -sp.oo else value_tree(value)


def pieces_statement(name: str, pieces: Sequence[Piece]) -> t.Expr:
    """``x < 1 or 2 <= x < 3`` for a union of intervals."""
    if not pieces:
        return t.Truth(value=False)
    parts = tuple(_piece_statement(name, p) for p in pieces)
    return parts[0] if len(parts) == 1 else t.Junction(t.Connective.OR, parts)


def _piece_statement(name: str, piece: Piece) -> t.Expr:
    x = t.Symbol(name)
    if piece.low == piece.high:
        return t.equation(x, value_tree(piece.low))
    bounds: list[t.Expr] = []
    less, less_eq = t.Comparison.LT, t.Comparison.LE
    if piece.low == -sp.oo and piece.high == sp.oo:
        return t.Truth(value=True)
    if piece.high == sp.oo:
        op = t.Comparison.GT if piece.low_open else t.Comparison.GE
        return t.Relation(op, x, _end(piece.low))
    if piece.low != -sp.oo:
        bounds.append(t.Relation(less if piece.low_open else less_eq, _end(piece.low), x))
    bounds.append(t.Relation(less if piece.high_open else less_eq, x, _end(piece.high)))
    return bounds[0] if len(bounds) == 1 else t.Junction(t.Connective.AND, tuple(bounds))


def terminating(value: Fraction) -> int | None:
    """How many decimals a fraction needs, or ``None`` where they never end."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        places = max(places, count)
    return places if rest == 1 else None


def decimal_tree(expr: t.Expr) -> t.Expr:
    """The same formula with its fractions of numbers written as decimals where they end."""

    def change(node: t.Expr) -> t.Expr:
        match node:
            case t.Div(t.Number(num), t.Number(den)) if den != 0:
                places = terminating(num / den)
                return node if not places or places > 16 else t.Number(num / den, places)
        return node

    return t.transform(expr, change)


def has_decimals(expr: t.Expr) -> bool:
    """Whether a decimal was written."""
    return any(isinstance(n, t.Number) and n.decimals for n in t.walk(expr))
