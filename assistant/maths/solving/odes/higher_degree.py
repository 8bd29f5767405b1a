"""First-order equations of higher degree in ``y'``: factors, Clairaut, Lagrange.

Source: Kamke, *Differentialgleichungen*, part A, section 4.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.odes import first_order, substitutions
from assistant.maths.solving.odes.first_order import solution_step
from assistant.maths.solving.odes.model import Branch, Ode, Technique
from assistant.maths.solving.odes.quadrature import antiderivative, plain_logs
from assistant.maths.types import Link, Rule, Step, Text

FACTORS = Rule("ode.factor_derivative", "Factor in y'", "按 y' 因式分解")
CLAIRAUT = Rule("ode.clairaut", "Clairaut: put y' = C", "克莱罗方程：令 y' = C")
ENVELOPE = Rule("ode.envelope", "The envelope of the lines", "直线族的包络")
LAGRANGE = Rule(
    "ode.lagrange", "Lagrange: differentiate, then x is linear in p = y'", "拉格朗日方程"
)

TECHNIQUES: tuple[Technique, ...] = (
    first_order.separable,
    first_order.linear,
    first_order.bernoulli,
    first_order.homogeneous,
    first_order.exact,
    substitutions.combination,
    substitutions.isobaric,
    substitutions.riccati,
)


def _numerator(ode: Ode) -> sp.Expr | None:
    """The equation as a polynomial of degree two or more in ``y'``."""
    if ode.order != 1:
        return None
    whole = sp.expand(sp.fraction(sp.together(ode.left))[0])
    if not whole.is_polynomial(ode.d[0]) or sp.degree(whole, ode.d[0]) < 2:
        return None
    return whole


def factors(ode: Ode) -> list[Branch] | None:
    """Each root ``y' = f(x, y)`` of the polynomial is an equation of its own."""
    whole = _numerator(ode)
    if whole is None:
        return None
    p = ode.d[0]
    slopes: list[sp.Expr] = []
    for factor, _ in sp.factor_list(whole)[1]:
        if not factor.has(p):
            continue
        if sp.degree(factor, p) > 2:
            return None
        slopes += [sp.factor(r) for r in sp.roots(sp.Poly(factor, p))]
    branches: list[Branch] = []
    for f in slopes:
        if f.has(sp.I):
            continue
        found = solve_first(replace(ode, left=p - f))
        if found is None:
            return None
        branches += found
    if not branches:
        return None
    why = Text(
        "Each root for {0} is an equation of its own.", "{0} 的每个根各成一个方程。", (ode.tree(p),)
    )
    forms = [ode.relation(p, f) for f in slopes if not f.has(sp.I)]
    steps = tuple(
        Step(rule=FACTORS, why=why, before=ode.given, after=form, link=Link.FORMULA)
        for form in forms
    )
    return [replace(b, steps=(*steps, *b.steps)) for b in branches]


def solve_first(ode: Ode) -> list[Branch] | None:
    """The solutions by the first elementary method that applies."""
    for technique in TECHNIQUES:
        try:
            with time_limit(2.5):
                if found := technique(ode):
                    return found
        except OutOfTime:
            continue
    return None


def _by_y(ode: Ode) -> tuple[sp.Expr, sp.Expr] | None:
    """``(a, b)`` with ``y = x·a(p) + b(p)``."""
    if ode.order != 1:
        return None
    for whole in dict.fromkeys((_numerator(ode), ode.left)):
        if whole is None or not sp.expand(whole).is_polynomial(ode.y):
            continue
        for factor, _ in (
            sp.factor_list(whole)[1] if whole.is_polynomial(*whole.free_symbols) else [(whole, 1)]
        ):
            poly = sp.Poly(sp.expand(factor), ode.y)
            if poly.degree() != 1:
                continue
            value = sp.expand(sp.cancel(-poly.nth(0) / poly.nth(1)))
            if value.is_polynomial(ode.x) and sp.degree(value, ode.x) == 1:
                a, b = value.coeff(ode.x, 1), value.coeff(ode.x, 0)
                if not (a.has(ode.x, ode.y) or b.has(ode.x, ode.y)):
                    return sp.factor(a), sp.factor(b)
    return None


def clairaut(ode: Ode) -> list[Branch] | None:
    """``y = x·y' + g(y')``: straight lines and their envelope."""
    parts = _by_y(ode)
    p = ode.d[0]
    if parts is None or sp.simplify(parts[0] - p) != 0:
        return None
    _, b = parts
    c = ode.constant()
    value = c * ode.x + b.subs(p, c)
    why = Text(
        "y = x·y' + g(y'): differentiating gives y''·(x + g'(y')) = 0. "
        "With y'' = 0 the slope is a constant C.",
        "y = x·y' + g(y')：求导得 y''·(x + g'(y')) = 0。y'' = 0 时斜率为常数 C。",
    )
    branches = [Branch(ode.y, value, (solution_step(ode, CLAIRAUT, why, (ode.y, value)),))]
    try:
        with time_limit(1.5):
            slopes = sp.solve(ode.x + sp.diff(b, p), p)
    except (OutOfTime, NotImplementedError):
        slopes = []
    envelope_why = Text("With x + g'(y') = 0 comes the envelope.", "由 x + g'(y') = 0 得到包络线。")
    for s in slopes:
        curve = sp.simplify((ode.x * p + b).subs(p, s))
        if not curve.has(sp.I) and _solves(ode, curve):
            step = solution_step(ode, ENVELOPE, envelope_why, (ode.y, curve))
            branches.append(Branch(ode.y, curve, (step,)))
    return branches


def _solves(ode: Ode, curve: sp.Expr) -> bool:
    """Whether a candidate that came out of squaring is a solution: it may be of the other sign."""
    gap = ode.left.subs({ode.y: curve, ode.d[0]: sp.diff(curve, ode.x)}, simultaneous=True)
    at = {s: sp.Rational(3 + n, 7 + n) for n, s in enumerate(sorted(gap.free_symbols, key=str))}
    value = sp.N(gap.subs(at))
    return bool(value.is_number and abs(value) < sp.Float("1e-10"))


def lagrange(ode: Ode) -> list[Branch] | None:
    """``y = x·a(p) + b(p)``: dx/dp is linear in x; p is then eliminated by a resultant."""
    parts = _by_y(ode)
    if parts is None:
        return None
    (a, b), p, x = parts, ode.d[0], ode.x
    gap = sp.factor(p - a)
    if gap == 0 or not (a.is_rational_function(p) and b.is_rational_function(p)):
        return None
    slope, rest = sp.cancel(-sp.diff(a, p) / gap), sp.cancel(sp.diff(b, p) / gap)
    exponent = antiderivative(slope, p)
    if exponent is None:
        return None
    mu = sp.simplify(sp.exp(sp.expand_log(plain_logs(exponent))))
    integral = antiderivative(sp.simplify(mu * rest), p)
    if integral is None:
        return None
    of_p = (plain_logs(integral) + ode.constant()) / mu
    if not of_p.is_rational_function(p):
        return None
    first = sp.fraction(sp.together(x - of_p))[0]
    second = sp.fraction(sp.together(ode.y - x * a - b))[0]
    with time_limit(2.0):
        curve = sp.resultant(sp.expand(first), sp.expand(second), p)
        curve = max(
            (g for g, _ in sp.factor_list(curve)[1] if g.has(ode.y)), key=sp.count_ops, default=None
        )
    if curve is None or not curve.has(ode.constant()):
        return None
    why = Text(
        "y = x·a(p) + b(p) with p = y': dx/dp is linear in x, so x = {0}; eliminate p.",
        "y = x·a(p) + b(p)，p = y'：dx/dp 关于 x 为线性，得 x = {0}，再消去 p。",
        (ode.tree(of_p.subs(p, sp.Symbol("p"))),),
    )
    sides = (curve, sp.S.Zero)
    branches = [Branch(*sides, (solution_step(ode, LAGRANGE, why, sides),))]
    line_why = Text("Where p is constant, y is a straight line.", "p 为常数时，y 为直线。")
    for root in first_order.constants(gap, p):
        value = x * root + b.subs(p, root)
        step = solution_step(ode, first_order.CONSTANT_SOLUTION, line_why, (ode.y, value))
        branches.append(Branch(ode.y, value, (step,)))
    return branches
