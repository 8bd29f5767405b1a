"""Is an answer in the form that was asked for: expanded, factored?"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.numerics.algebraic import exact_holds
from assistant.maths.checking.numerics.numeric import NoValue


def is_expanded(expr: t.Expr) -> bool:
    """No product or whole power of a sum is left outside of functions."""
    match expr:
        case t.Add(parts):
            return all(is_expanded(p) for p in parts)
        case t.Neg(arg):
            return not isinstance(arg, t.Add) and is_expanded(arg)
        case t.Mul(factors):
            return not any(isinstance(f, t.Add) for f in factors) and all(map(is_expanded, factors))
        case t.Pow(t.Add(), t.Number(n)):
            return n.denominator != 1 or n < 0
        case t.Div(num, _):
            return is_expanded(num)
    return True


def _bases(expr: t.Expr) -> Iterator[t.Expr]:
    match expr:
        case t.Neg(arg):
            yield from _bases(arg)
        case t.Mul(factors):
            for factor in factors:
                yield from _bases(factor)
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and n > 0:
            yield from _bases(base)
        case t.Div(num, den):
            yield from _bases(num)
            yield from _bases(den)
        case _:
            yield expr


def is_factored(expr: t.Expr) -> bool:
    """Every factor is a number or irreducible over the rationals, its content taken out.

    What is no polynomial over the rationals (``sqrt(2)`` in it) is believed.
    """
    for base in _bases(expr):
        if not t.symbols(base):
            continue
        try:
            value = to_sympy(base)
            content, factors = sp.factor_list(value)
        except (NotConvertible, sp.PolynomialError):
            continue
        if not value.is_polynomial() or value.has(sp.sqrt):
            continue
        if sum(n for _, n in factors) > 1 or abs(content.p) != 1:
            return False
    return True


def is_factored_over_reals(expr: t.Expr) -> bool | None:
    """Whether every factor is of first degree, or a quadratic without real zeros; ``None`` where
    a factor has several letters or is no polynomial."""
    for base in _bases(expr):
        names = t.symbols(base)
        if not names:
            continue
        try:
            poly = sp.Poly(to_sympy(base, real=True), *(sp.Symbol(n, real=True) for n in names))
        except (NotConvertible, sp.PolynomialError):
            return None
        if poly.total_degree() <= 1:
            continue
        if len(names) > 1:
            return None
        if poly.degree() > 2:
            return False
        below = sp.N(poly.discriminant(), 30)
        if (not below.is_Float and not below.is_Integer) or abs(below) < sp.Float("1e-20"):
            return None
        if below > 0:
            return False
    return True


def polar_parts(expr: t.Expr) -> tuple[t.Expr, t.Expr] | None:
    """Radius and angle of ``r (cos θ + i sin θ)`` or ``r e^(iθ)``."""
    pair = isinstance(expr, t.Mul) and len(expr.factors) == 2
    radius, turn = expr.factors if isinstance(expr, t.Mul) and pair else (t.integer(1), expr)
    unit = t.Constant(t.ConstantName.I)
    match turn:
        case t.Add((t.Call("cos", (angle,)), t.Mul((first, t.Call("sin", (same,)))))):
            return (radius, angle) if first == unit and same == angle else None
        case t.Pow(t.Constant(t.ConstantName.E), t.Mul((first, angle))):
            return (radius, angle) if first == unit else None
        case t.Pow(t.Constant(t.ConstantName.E), t.Neg(t.Mul((first, angle)))):
            return (radius, t.Neg(angle)) if first == unit else None
    return None


def is_polar(radius: t.Expr, angle: t.Expr) -> bool:
    """A positive radius and an angle in (-π, π]."""
    pi = t.Constant(t.ConstantName.PI)
    wanted = (
        t.Relation(t.Comparison.GT, angle, t.Neg(pi)),
        t.Relation(t.Comparison.LE, angle, pi),
        t.Relation(t.Comparison.GT, radius, t.integer(0)),
    )
    try:
        return all(exact_holds(w) for w in wanted)
    except NoValue:
        return False
