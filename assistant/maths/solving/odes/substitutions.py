"""First-order equations that a substitution turns into one of the elementary kinds.

Sources: Boyce and DiPrima, chapter 2; Kamke, *Differentialgleichungen*, part A; for Riccati
equations with rational coefficients the algorithm of N. Thieu Vo (thesis, Linz 2015) as SymPy
has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp
from sympy.solvers.ode.riccati import solve_riccati

from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.odes.first_order import (
    CONSTANT_SOLUTION,
    bernoulli,
    constants,
    form_step,
    homogeneous,
    linear,
    linear_solution,
    slope,
    solution_step,
)
from assistant.maths.solving.odes.model import Branch, Ode
from assistant.maths.solving.odes.quadrature import antiderivative, integration_step
from assistant.maths.types import Rule, Text

COMBINATION = Rule("ode.linear_combination", "Substitute the linear combination", "线性代换")
SHIFT = Rule("ode.shift", "Move the origin to where the lines meet", "平移坐标原点")
SCALED = Rule("ode.isobaric", "Substitute y = u·x^k", "代换 y = u·x^k")
RICCATI = Rule("ode.riccati", "Riccati: use a particular solution", "黎卡提方程：利用特解")
FUNCTION = Rule("ode.function_of_y", "Substitute a function of y", "以 y 的函数代换")


def combination(ode: Ode) -> list[Branch] | None:
    """``y' = F(a·x + b·y)``."""
    f = slope(ode)
    if f is None or not (f.has(ode.x) and f.has(ode.y)):
        return None
    ratio = sp.simplify(sp.diff(f, ode.x) / sp.diff(f, ode.y))
    if ratio.free_symbols & {ode.x, ode.y} or ratio == 0:
        return None
    u = sp.Symbol("u", real=True)
    k = sp.nsimplify(ratio) if ratio.is_number else ratio
    of_u = sp.simplify(f.subs(ode.y, u - k * ode.x))
    if of_u.has(ode.x):
        return None
    rate = sp.factor(of_u + k)
    integral = antiderivative(1 / rate, u)
    if rate == 0 or integral is None:
        return None
    combination = ode.y + k * ode.x
    sides = (integral.subs(u, combination), ode.x + ode.constant())
    why = Text(
        "Put u = {0}: then u' = {1}, which is separable.",
        "令 u = {0}，则 u' = {1}，可分离变量。",
        (ode.tree(combination), ode.tree(rate)),
    )
    inner = (integration_step(1 / rate, integral, u),)
    step = solution_step(ode, COMBINATION, why, sides, inner)
    branches = [Branch(*sides, (form_step(ode, f), step))]
    for root in constants(rate, u):
        line_why = Text(
            "Where {0} = 0, u is constant.", "当 {0} = 0 时，u 为常数。", (ode.tree(rate),)
        )
        line = solution_step(ode, CONSTANT_SOLUTION, line_why, (ode.y, root - k * ode.x))
        branches.append(Branch(ode.y, root - k * ode.x, (line,)))
    return branches


def shift(ode: Ode) -> list[Branch] | None:
    """A function of a quotient of two lines: homogeneous about their common point."""
    f = slope(ode)
    if f is None or not f.is_rational_function(ode.x, ode.y):
        return None
    lines = [
        factor
        for part in sp.fraction(sp.together(f))
        for factor, _ in sp.factor_list(part, ode.x, ode.y)[1]
        if sp.Poly(factor, ode.x, ode.y).total_degree() == 1
    ]
    for n, first in enumerate(lines):
        for second in lines[n + 1 :]:
            point = sp.solve([first, second], [ode.x, ode.y], dict=True)
            if len(point) != 1 or len(point[0]) != 2:
                continue
            h, k = point[0][ode.x], point[0][ode.y]
            moved = _moved(ode, h, k, f)
            if (h, k) != (0, 0) and moved is not None:
                return moved
    return None


def _moved(ode: Ode, h: sp.Expr, k: sp.Expr, f: sp.Expr) -> list[Branch] | None:
    shifted = sp.factor(f.subs({ode.x: ode.x + h, ode.y: ode.y + k}, simultaneous=True))
    branches = homogeneous(replace(ode, left=ode.d[0] - shifted))
    if not branches:
        return None
    back = {ode.x: ode.x - h, ode.y: ode.y - k}
    why = Text(
        "Write x = X + ({0}), y = Y + ({1}): in X and Y the equation is homogeneous.",
        "令 x = X + ({0})，y = Y + ({1})，则关于 X、Y 为齐次方程。",
        (ode.tree(h), ode.tree(k)),
    )
    out = []
    for branch in branches:
        sides = (
            branch.left.subs(back, simultaneous=True),
            branch.right.subs(back, simultaneous=True),
        )
        if branch.left == ode.y:
            sides = (ode.y, branch.right.subs(ode.x, ode.x - h) + k)
        out.append(Branch(*sides, (form_step(ode, f), solution_step(ode, SHIFT, why, sides))))
    return out


def isobaric(ode: Ode) -> list[Branch] | None:
    """``f(λx, λ^k·y) = λ^(k-1)·f(x, y)``: put ``y = u·x^k``."""
    f = slope(ode)
    if f is None or f == 0:
        return None
    k = sp.Symbol("k")
    euler = sp.simplify((ode.x * sp.diff(f, ode.x) + k * ode.y * sp.diff(f, ode.y)) / f - (k - 1))
    numerator = sp.expand(sp.fraction(sp.together(euler))[0])
    for weight in _weights(numerator, k, ode):
        u = sp.Symbol("u", real=True)
        x = sp.Symbol("x", positive=True)
        rate = sp.simplify((f.subs(ode.y, u * ode.x**weight)).subs(ode.x, x) * x ** (1 - weight))
        if rate.has(x):
            continue
        gap = sp.factor(rate - weight * u)
        integral = antiderivative(1 / gap, u) if gap != 0 else None
        if integral is None:
            continue
        sides = (integral.subs(u, ode.y / ode.x**weight), sp.log(sp.Abs(ode.x)) + ode.constant())
        why = Text(
            "Put y = u·{0}: then x·u' = {1}, which is separable.",
            "令 y = u·{0}，则 x·u' = {1}，可分离变量。",
            (ode.tree(ode.x**weight), ode.tree(gap)),
        )
        inner = (integration_step(1 / gap, integral, u),)
        return [Branch(*sides, (form_step(ode, f), solution_step(ode, SCALED, why, sides, inner)))]
    return None


def _weights(numerator: sp.Expr, k: sp.Symbol, ode: Ode) -> list[sp.Expr]:
    """The k for which a polynomial in x and y (and k) vanishes identically."""
    if not numerator.is_polynomial(k, ode.x, ode.y):
        return []
    solved = sp.solve(sp.Poly(numerator, ode.x, ode.y).coeffs(), [k], dict=True)
    return [s[k] for s in solved if s.get(k, sp.S.One).is_Rational and s[k] not in (0, 1)]


def riccati(ode: Ode) -> list[Branch] | None:
    """``y' = p + q·y + r·y²`` with one particular solution: ``y = y1 + 1/u`` is linear in u."""
    f = slope(ode)
    if f is None:
        return None
    f = sp.expand(f)
    if not f.is_polynomial(ode.y) or sp.degree(f, ode.y) != 2:
        return None
    p, q, r = (f.coeff(ode.y, n) for n in range(3))
    for y1 in _particular(ode, p, q, r):
        if sp.simplify(sp.diff(y1, ode.x) - f.subs(ode.y, y1)) != 0:
            continue
        solved = linear_solution(ode, sp.simplify(q + 2 * r * y1), sp.simplify(-r))
        if solved is None:
            continue
        u, inner = solved
        value = y1 + 1 / u
        why = Text(
            "{0} is one solution. Put y = {0} + 1/u: then u' + ({1})·u = {2}.",
            "{0} 是一个特解。令 y = {0} + 1/u，则 u' + ({1})u = {2}。",
            (ode.tree(y1), ode.tree(sp.simplify(q + 2 * r * y1)), ode.tree(-r)),
        )
        step = solution_step(ode, RICCATI, why, (ode.y, value), inner)
        own_why = Text("The particular solution itself.", "特解本身也是解。")
        own = solution_step(ode, CONSTANT_SOLUTION, own_why, (ode.y, y1))
        return [Branch(ode.y, value, (form_step(ode, f), step)), Branch(ode.y, y1, (own,))]
    return None


def _particular(ode: Ode, p: sp.Expr, q: sp.Expr, r: sp.Expr) -> Iterator[sp.Expr]:
    """Candidates for a particular solution, simple ones first."""
    x, y = ode.x, ode.y
    sine, cosine = sp.sin(x), sp.cos(x)
    shapes = [x, 1 / x, sine, cosine, sp.tan(x), sp.cot(x), sp.sec(x), sp.csc(x), sp.exp(x)]
    roots = sp.roots(sp.Poly(r * y**2 + q * y + p, y)) if r != 0 else {}
    yield from (root for root in roots if not root.has(sp.I))
    if all(c.is_rational_function(x) for c in (p, q, r)):
        yield from _rational_trial(x, p, q, r)
        yield from riccati_solutions(x, p, q, r)
        return
    for shape in shapes:
        yield from (shape, -shape)


def _rational_trial(x: sp.Symbol, p: sp.Expr, q: sp.Expr, r: sp.Expr) -> Iterator[sp.Expr]:
    """Particular solutions ``a·x² + b·x + c + d/x``."""
    unknowns = sp.symbols("k:4")
    trial = sum(k * x ** (2 - n) for n, k in enumerate(unknowns))
    gap = sp.together(sp.diff(trial, x) - p - q * trial - r * trial**2)
    equations = sp.Poly(sp.expand(sp.fraction(gap)[0]), x).coeffs()
    try:
        with time_limit(1.5):
            solved = sp.solve(equations, unknowns, dict=True)
    except (OutOfTime, NotImplementedError):
        return
    for values in solved:
        found = trial.subs(values).subs(dict.fromkeys(unknowns, 0))
        if not found.has(sp.I):
            yield found


def riccati_solutions(x: sp.Symbol, p: sp.Expr, q: sp.Expr, r: sp.Expr) -> list[sp.Expr]:
    """Rational solutions of ``y' = p + q·y + r·y²`` with rational coefficients."""
    if not all(c.is_rational_function(x) for c in (p, q, r)):
        return []
    plain = sp.Dummy("x")
    y = sp.Function("y")(plain)
    try:
        with time_limit(3.0):
            found = solve_riccati(y, plain, *(c.subs(x, plain) for c in (p, q, r)), gensol=False)
    except (OutOfTime, ValueError, NotImplementedError, TypeError, IndexError, AttributeError):
        return []
    values = [s.rhs.subs(plain, x) for s in found]
    return [
        v for v in values if v.free_symbols <= {x} | (p + q + r).free_symbols and not v.has(sp.I)
    ]


def function_of_y(ode: Ode) -> list[Branch] | None:
    """``v = sin y`` and its like, where the equation for v is linear or of Bernoulli's kind."""
    f = slope(ode)
    if f is None:
        return None
    v = ode.y
    for function, inverse in (
        (sp.sin, sp.asin),
        (sp.cos, sp.acos),
        (sp.tan, sp.atan),
        (sp.exp, sp.log),
    ):
        if not f.has(function):
            continue
        rate = sp.simplify(
            (f * sp.diff(function(ode.y), ode.y)).rewrite(function).subs(ode.y, inverse(v))
        )
        inner = replace(ode, left=ode.d[0] - sp.expand(rate))
        for technique in (linear, bernoulli):
            for branch in technique(inner) or []:
                sides = (branch.left.subs(ode.y, function(ode.y)), branch.right)
                why = Text(
                    "Put v = {0}: then v' = {1}.",
                    "令 v = {0}，则 v' = {1}。",
                    (ode.tree(function(ode.y)), ode.tree(sp.expand(rate).subs(v, sp.Symbol("v")))),
                )
                steps = (form_step(ode, f), solution_step(ode, FUNCTION, why, sides))
                return [Branch(*sides, steps)]
    return None
