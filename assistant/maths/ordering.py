"""The order in which a school book writes the terms of a sum and the factors of a product."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from assistant.maths import terms as t

Key = tuple[object, ...]


def rational_value(expr: t.Expr) -> Fraction | None:
    """The value of a number as written: literal, fraction of integers, with signs."""
    match expr:
        case t.Number(value):
            return value
        case t.Neg(arg):
            value_ = rational_value(arg)
            return None if value_ is None else -value_
        case t.Div(t.Number() | t.Neg(t.Number()) as num, t.Number() | t.Neg(t.Number()) as den):
            top, bottom = rational_value(num), rational_value(den)
            return top / bottom if top is not None and bottom else None
        case _:
            return None


def _degrees(expr: t.Expr) -> tuple[dict[str, Fraction], bool]:
    """Exponent of each symbol in a term, and whether anything else depends on symbols."""
    match expr:
        case t.Symbol(name):
            return {name: Fraction(1)}, False
        case t.Neg(arg):
            return _degrees(arg)
        case t.Mul(parts):
            return _joined((p, 1) for p in parts)
        case t.Div(num, den):
            return _joined(((num, 1), (den, -1)))
        case t.Pow(base, exp):
            value = rational_value(exp)
            if value is None:
                return {}, bool(t.symbols(expr))
            degrees, other = _degrees(base)
            return {n: d * value for n, d in degrees.items()}, other
        case t.Add(parts):
            best = max((_degrees(p)[0] for p in parts), key=lambda d: sum(d.values()))
            return best, True
        case t.Call("sqrt", (arg,)):
            degrees, other = _degrees(arg)
            return {n: d / 2 for n, d in degrees.items()}, other
        case _:
            return {}, bool(t.symbols(expr))


def _joined(parts: Iterable[tuple[t.Expr, int]]) -> tuple[dict[str, Fraction], bool]:
    total: dict[str, Fraction] = {}
    other = False
    for part, sign in parts:
        degrees, more = _degrees(part)
        other = other or more
        for name, degree in degrees.items():
            total[name] = total.get(name, Fraction(0)) + sign * degree
    return total, other


def _constant_rank(expr: t.Expr) -> int:
    """Among numbers: rationals, then roots, then pi and e, then multiples of i."""
    nodes = list(t.walk(expr))
    if t.Constant(t.ConstantName.I) in nodes:
        return 3
    if any(isinstance(n, t.Constant) for n in nodes):
        return 2
    return 1 if any(isinstance(n, t.Call | t.Pow) for n in nodes) else 0


def _rank(name: str) -> tuple[bool, str]:
    """Unknowns (x, y, z) before parameters: ``x - a``."""
    return name[0] not in "xyz", name


def term_key(term: t.Expr) -> Key:
    """Sorts the terms of a sum: high degree first, letters in their order, numbers last."""
    degrees, other = _degrees(term)
    total = sum(degrees.values(), Fraction(0)) + (Fraction(1, 2) if other else 0)
    powers = tuple(sorted((_rank(name), -degree) for name, degree in degrees.items()))
    return (-total, powers, _constant_rank(term))


def sort_terms(terms: Iterable[t.Expr]) -> tuple[t.Expr, ...]:
    """The terms of a sum in school order: of one degree, a positive one goes first."""
    ordered = sorted(terms, key=term_key)
    if len(ordered) > 1 and isinstance(ordered[0], t.Neg) and t.symbols(ordered[0]):
        degree = term_key(ordered[0])[0]
        for place, term in enumerate(ordered):
            if not isinstance(term, t.Neg) and term_key(term)[0] == degree:
                ordered.insert(0, ordered.pop(place))
                break
    return tuple(ordered)


def factor_key(factor: t.Expr) -> Key:
    """Sorts the factors of a product: numbers, roots, constants, letters, exponentials,
    functions, sums."""
    if isinstance(factor, t.Pow) and t.symbols(factor.exp) and not t.symbols(factor.base):
        return (3, "~", 0)  # behind every letter: x·e^x, x·2^x
    base = factor.base if isinstance(factor, t.Pow) else factor
    match base:
        case t.Number() | t.Neg() | t.Div():
            return (0, "", 0)
        case t.Constant(name):
            return (2, "z" if name is t.ConstantName.I else name.value, 0)
        case t.Symbol(name):
            return (3, name, 0)
        case t.Call("ln" | "log", args) if not any(map(t.symbols, args)):
            return (2, "~", 0)  # behind pi and e
        case t.Call(name, args):
            return (4, name, 0) if any(map(t.symbols, args)) else (1, name, 0)
        case t.Add(parts):
            return (5, "", max(sum(_degrees(p)[0].values()) for p in parts), len(parts))
        case _:
            return (4, "", 0)


def sort_factors(factors: Iterable[t.Expr]) -> tuple[t.Expr, ...]:
    """The factors of a product in school order; equal ones keep their order."""
    return tuple(sorted(factors, key=factor_key))
