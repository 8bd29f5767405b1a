"""Whether a formula, as it was written, has values all over an interval.

SymPy makes ``x`` of ``sqrt(x)^2`` before anybody can ask where it is defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.cells import NotAlgebraic, truth_table
from assistant.maths.checking.logic.domains import guards, implied, poles
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.numeric import NoValue, Pole, Undefined, evaluate
from assistant.maths.ordering import rational_value

INFINITY = t.Constant(t.ConstantName.INFINITY)
SHARES = tuple(Fraction(n, 37) for n in range(1, 37))
FAR = 40
"""How far a point is taken where the interval has no end."""


def missing_between(expr: t.Expr, name: str, low: t.Expr, high: t.Expr) -> bool:
    """Whether the formula has no real value on a part of the interval, single points apart."""
    needed = [g for g in guards(t.transform(expr, odd_power)) if t.symbols(g) == (name,)]
    if not needed or t.symbols(low) or t.symbols(high):
        return False
    try:
        return _by_cells(needed, name, low, high)
    except (NotAlgebraic, NoValue):
        return _by_points(expr, name, low, high)


def narrowed_in_silence(expr: t.Expr) -> bool:
    """Whether SymPy's form of a formula no longer shows where the formula has values."""
    needed = guards(t.transform(expr, odd_power))
    if not needed:
        return False
    try:
        short = from_sympy(to_sympy(expr, real=True))
    except NotConvertible:
        return False
    left = (*guards(short), *poles_apart(short))
    spelled = {_spelled(c) for c in left}
    return not all(_spelled(w) in spelled or implied(left, w) for w in needed)


def _spelled(condition: t.Expr) -> object:
    """The same for conditions that differ in the order of their terms only."""
    if not isinstance(condition, t.Relation):
        return condition
    try:
        return condition.op, to_sympy(t.sub(condition.left, condition.right), real=True)
    except NotConvertible:
        return condition


def poles_apart(expr: t.Expr) -> tuple[t.Expr, ...]:
    """Denominators that may not be zero, nor what stands to the power 0, and bases of logarithms
    that may not be 1, as conditions."""
    found = [t.Relation(t.Comparison.NE, p, t.integer(0)) for p in poles(expr)]
    return tuple(dict.fromkeys([*found, *bases_apart(expr)]))


def bases_apart(expr: t.Expr) -> tuple[t.Expr, ...]:
    """The bases of logarithms may not be 1, as conditions."""
    return tuple(
        dict.fromkeys(
            t.Relation(t.Comparison.NE, node.args[1], t.integer(1))
            for node in t.walk(expr)
            if isinstance(node, t.Call)
            and node.name == "log"
            and len(node.args) == 2
            and t.symbols(node.args[1])
        )
    )


def holes(expr: t.Expr, name: str) -> list[sp.Expr] | None:
    """The single real points where the formula, as it was written, has no value (``x^2/x`` at 0);
    ``None`` where they are not known."""
    x, found = sp.Symbol(name, real=True), set()
    for apart in poles_apart(expr):
        if not isinstance(apart, t.Relation):
            return None
        value = sp.together(to_sympy(t.sub(apart.left, apart.right), real=True))
        top = sp.fraction(value)[0]
        if not top.has(x) or top.is_nonzero:
            continue
        if not top.is_polynomial(x) or top.free_symbols != {x}:
            return None
        found |= {*sp.real_roots(sp.Poly(top, x))}
    return sorted(found, key=lambda v: sp.N(v, 30))


def odd_power(node: t.Expr) -> t.Expr:
    """``x^(1/3)`` has a value for negative x too, for those who write it so."""
    match node:
        case t.Pow(base, t.Number() | t.Neg() | t.Div() as exp) if not t.symbols(exp):
            value = rational_value(exp)
            odd = value is not None and value.denominator > 1 and value.denominator % 2 == 1
            return base if odd else node
    return node


def _by_cells(needed: list[t.Expr], name: str, low: t.Expr, high: t.Expr) -> bool:
    """Exactly, where the conditions are algebraic.  Raises ``NotAlgebraic``, ``NoValue``."""
    x = t.Symbol(name)
    within: list[t.Expr] = []
    if INFINITY not in t.walk(low):
        within.append(t.Relation(t.Comparison.GT, x, low))
    if INFINITY not in t.walk(high):
        within.append(t.Relation(t.Comparison.LT, x, high))
    table = truth_table(needed, name, tuple(within))
    return any(isinstance(cell, Fraction) and not all(truths) and _wide(table, n)
               for n, (cell, truths) in enumerate(table))  # fmt: skip


def _wide(table: Sequence[tuple[object, list[bool]]], place: int) -> bool:
    """Whether a cell is no single point: its neighbours on both sides do not both hold."""
    beside = [table[n][1] for n in (place - 1, place + 1) if 0 <= n < len(table)]
    return len(beside) < 2 or not all(all(truths) for truths in beside)


def _by_points(expr: t.Expr, name: str, low: t.Expr, high: t.Expr) -> bool:
    try:
        ends = [_end(low, -FAR), _end(high, FAR)]
    except NoValue:
        return False
    start, width = min(ends), abs(ends[1] - ends[0])
    lost = 0
    for share in SHARES:
        try:
            evaluate(expr, {name: start + share * width})
        except Pole:
            continue
        except Undefined:
            lost += 1
        except NoValue:
            continue
    return lost > 0


def _end(expr: t.Expr, far: int) -> Fraction:
    if INFINITY in t.walk(expr):
        return Fraction(far)
    return Fraction(str(evaluate(expr, {}))).limit_denominator(10**9)


def missing_at(expr: t.Expr, point: dict[str, t.Expr]) -> bool:
    """Whether the formula surely has no real value at a point: ``ln x`` at -1."""

    def put(node: t.Expr) -> t.Expr:
        return point.get(node.name, node) if isinstance(node, t.Symbol) else node

    for guard in guards(t.transform(expr, odd_power)):
        there = t.transform(guard, put)
        try:
            if not t.symbols(there) and not exact_holds(there):
                return True
        except NoValue:
            continue
    return False
