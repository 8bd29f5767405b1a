"""Does a family of curves pass by a point through which a solution goes?

A first-order equation ``y' = f(x, y)`` has a solution through every point where f is smooth.
Where no curve of the answers goes through such a point for any real constant, some are lost.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.cas.guard import OutOfTime, processor_limit

PLACES = tuple(
    (sp.Rational(x), sp.Rational(y))
    for x in ("3/7", "-5/9", "9/4") for y in ("2/9", "-3/8", "17/7", "-19/6")
)  # fmt: skip
"""Points on both sides of 0 and of 1, in small and in large."""
SECONDS = 1.5
FAR = 1_000_000


def passed_by(equation: t.Expr, answers: tuple[t.Expr, ...], name: str, by: str) -> bool:
    """Whether a point is surely missed; what cannot be told in time speaks for nothing."""
    x, y = sp.Symbol(by, real=True), sp.Symbol(name, real=True)
    try:
        slope = _slope(t.applied(equation, name, by), x, y)
        curves = [_gap(a, x, y) for a in answers]
        if slope is None or not all(_is_explicit(c, y) for c in curves):
            return False
        with processor_limit(SECONDS):
            return any(_starts(slope, x, y, p) and all(_misses(c, x, y, p) for c in curves)
                       for p in PLACES)  # fmt: skip
    except (NotConvertible, OutOfTime, ValueError, TypeError, ArithmeticError, AttributeError,
            NotImplementedError, RecursionError):  # fmt: skip
        return False


def _gap(relation: t.Expr, x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
    if not isinstance(relation, t.Relation):
        raise TypeError("no relation")
    gap = to_sympy(relation.left, real=True) - to_sympy(relation.right, real=True)
    return gap.subs(sp.Function(y.name)(x), y)


def _is_explicit(curve: sp.Expr, y: sp.Symbol) -> bool:
    return sp.diff(curve, y) in (1, -1) and not curve.has(sp.Integral)


def _slope(equation: t.Expr, x: sp.Symbol, y: sp.Symbol) -> sp.Expr | None:
    """``f`` of ``y' = f(x, y)``."""
    if not isinstance(equation, t.Relation):
        return None
    left = to_sympy(equation.left, real=True) - to_sympy(equation.right, real=True)
    function, p = sp.Function(y.name)(x), sp.Dummy("p")
    left = left.subs(sp.Derivative(function, x), p).subs(function, y)
    if left.has(sp.Derivative) or not left.is_polynomial(p) or sp.degree(left, p) != 1:
        return None
    return -left.coeff(p, 0) / sp.expand(left).coeff(p, 1) if left.is_Add else None


def _starts(slope: sp.Expr, x: sp.Symbol, y: sp.Symbol, place: tuple[sp.Expr, sp.Expr]) -> bool:
    """Whether a solution starts there, and only one."""
    at = {x: place[0], y: place[1]}
    values = [sp.N(f.subs(at)) for f in (slope, sp.diff(slope, y), sp.diff(slope, x))]
    return all(v.is_real and abs(v) < FAR for v in values)


def _misses(curve: sp.Expr, x: sp.Symbol, y: sp.Symbol, place: tuple[sp.Expr, sp.Expr]) -> bool:
    """Whether surely no real constant puts the curve through the point.  Raises what SymPy does."""
    there = curve.subs({x: place[0], y: place[1]})
    letters = sorted(there.free_symbols, key=str)
    if not letters:
        return bool(abs(sp.N(there)) > 1e-12)
    if len(letters) > 1:
        return False
    c = sp.Dummy("c")
    found = sp.solve(there.subs(letters[0], c), c, check=False)
    if not found and not there.subs(letters[0], c).is_polynomial(c):
        return False
    numbers = [sp.N(f, 20) for f in found]
    return all(n.is_number and abs(sp.im(n)) > 1e-12 for n in numbers)
