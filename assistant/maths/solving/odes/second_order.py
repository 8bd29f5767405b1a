"""Linear equations of the second and higher order, and second-order ones that lack x or y.

Sources: Boyce and DiPrima, chapters 3 and 4; for a first exponential solution with a rational
logarithmic derivative, case 1 of Kovacic (J. Symb. Comp. 2, 1986) through Riccati's equation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.odes.first_order import solution_step
from assistant.maths.solving.odes.model import Branch, Ode, explicit
from assistant.maths.solving.odes.quadrature import (
    antiderivative,
    integral,
    integration_step,
    plain_logs,
)
from assistant.maths.solving.odes.substitutions import riccati_solutions
from assistant.maths.types import Link, Rule, Step, Text

CHARACTERISTIC = Rule("ode.characteristic", "Solve the characteristic equation", "解特征方程")
EULER = Rule("ode.euler", "Euler's equation: put y = x^r", "欧拉方程：令 y = x^r")
HOMOGENEOUS_PART = Rule(
    "ode.complementary", "The general solution of the homogeneous equation", "齐次方程的通解"
)
PARTICULAR = Rule("ode.particular", "Find a particular solution", "求特解")
WHOLE = Rule(
    "ode.general", "General solution: homogeneous plus particular", "通解 = 齐次通解 + 特解"
)
REDUCTION = Rule("ode.reduction", "From one solution to the second", "由一个解求另一个解")
LOWER = Rule("ode.lower_order", "Lower the order", "降阶")


def coefficients(ode: Ode) -> tuple[list[sp.Expr], sp.Expr] | None:
    """``([a0, …, an], g)`` of a linear equation ``Σ ak·y^(k) = g``, an not 0."""
    unknowns = (ode.y, *ode.d)
    whole = sp.expand(sp.fraction(sp.together(ode.left))[0])
    if not whole.is_polynomial(*unknowns):
        return None
    poly = sp.Poly(whole, *unknowns)
    if poly.total_degree() != 1 or ode.order < 2:
        return None
    units = [[int(n == k) for n in range(len(unknowns))] for k in range(len(unknowns))]
    found = [poly.nth(*unit) for unit in units]
    lead = found[-1]
    return [sp.cancel(a / lead) for a in found], sp.cancel(-poly.nth(*([0] * len(unknowns))) / lead)


def _basis_of_roots(roots: dict[sp.Expr, int], ode: Ode, *, euler: bool) -> list[sp.Expr] | None:
    """Real solutions for the roots of the characteristic polynomial."""
    variable = sp.log(ode.x) if euler else ode.x
    basis: list[sp.Expr] = []
    for root, times in roots.items():
        alpha, beta = root.as_real_imag()
        second = beta.could_extract_minus_sign() and sp.conjugate(root) in roots
        if beta.is_negative or (beta != 0 and second):
            continue
        growth = ode.x**alpha if euler else sp.exp(alpha * ode.x)
        for k in range(times):
            head = variable**k * growth
            if beta == 0:
                basis.append(head)
            else:
                basis += [head * sp.cos(beta * variable), head * sp.sin(beta * variable)]
    return basis


def constant_coefficients(ode: Ode) -> list[Branch] | None:
    """``y = exp(r·x)`` with the roots r of the characteristic polynomial."""
    parts = coefficients(ode)
    if parts is None or any(a.has(ode.x) for a in parts[0]):
        return None
    a, g = parts
    r = sp.Symbol("r")
    polynomial = sum(c * r**k for k, c in enumerate(a))
    return _with_polynomial(ode, a, g, (polynomial, r, CHARACTERISTIC), euler=False)


def euler(ode: Ode) -> list[Branch] | None:
    """``Σ c_k·x^k·y^(k) = g``: ``y = x^r``."""
    parts = coefficients(ode)
    if parts is None:
        return None
    a, g = parts
    common = sp.simplify(a[-1] / ode.x**ode.order)
    scaled = [sp.simplify(c / common / ode.x**k) for k, c in enumerate(a)]
    if any(c.has(ode.x) for c in scaled):
        return None
    r = sp.Symbol("r")
    polynomial = sp.expand(sum(c * sp.ff(r, k) for k, c in enumerate(scaled)))
    branches = _with_polynomial(ode, a, g, (polynomial, r, EULER), euler=True)
    above = t.Relation(t.Comparison.GT, t.Symbol(ode.x.name), t.integer(0))
    note = Text("for {0}", "当 {0} 时", (above,))
    return branches and [
        replace(b, notes=(*b.notes, note)) if _positive_only(b.right, ode.x) else b
        for b in branches
    ]


def _positive_only(value: sp.Expr, x: sp.Symbol) -> bool:
    """Whether a formula in powers and logarithms of x is real for positive x only."""
    powers = (p.exp for p in value.atoms(sp.Pow) if p.base == x)
    return value.has(sp.log(x)) or any(not exp.is_integer for exp in powers)


def _with_polynomial(
    ode: Ode,
    a: list[sp.Expr],
    g: sp.Expr,
    indicial: tuple[sp.Expr, sp.Symbol, Rule],
    *,
    euler: bool,
) -> list[Branch] | None:
    polynomial, r, rule = indicial
    roots = sp.roots(polynomial, r)
    if sum(roots.values()) != ode.order:
        return None
    basis = _basis_of_roots(roots, ode, euler=euler)
    if basis is None or len(basis) != ode.order:
        return None
    distinct = t.Collection(t.Bracket.SET, tuple(from_sympy(root) for root in roots))
    why = Text(
        "Solutions of this form need {0} = 0.",
        "此形式的解须满足 {0} = 0。",
        (from_sympy(polynomial),),
    )
    step = Step(
        rule=rule,
        why=why,
        before=t.equation(from_sympy(polynomial), t.integer(0)),
        after=distinct,
        link=Link.SOLUTION if all(root.is_real for root in roots) else Link.FORMULA,
        variable=r.name,
    )
    return general(ode, a, g, basis, (step,))


def general(
    ode: Ode, a: list[sp.Expr], g: sp.Expr, basis: list[sp.Expr], steps: tuple[Step, ...]
) -> list[Branch] | None:
    """Homogeneous solution plus a particular one by variation of constants."""
    constants = [ode.constant(n + 1) for n in range(ode.order)]
    homogeneous = sum(c * b for c, b in zip(constants, basis, strict=True))
    if g == 0:
        why = Text("Combine them with arbitrary constants.", "用任意常数组合。")
        step = solution_step(ode, HOMOGENEOUS_PART, why, (ode.y, homogeneous))
        return [Branch(ode.y, homogeneous, (*steps, step))]
    special = _undetermined(ode, a, g) or _variation(ode, a, g, basis)
    if special is None:
        return None
    own = replace(ode, left=ode.left)
    why = Text("This solves the whole equation (no constants yet).", "这是非齐次方程的一个特解。")
    found = solution_step(own, PARTICULAR, why, (ode.y, special))
    total = homogeneous + special
    sum_why = Text(
        "Add the general solution of the homogeneous equation, {0}.",
        "加上齐次方程的通解 {0}。",
        (ode.tree(homogeneous),),
    )
    last = solution_step(ode, WHOLE, sum_why, (ode.y, total))
    return [Branch(ode.y, total, (*steps, found, last))]


def _apply(a: list[sp.Expr], y: sp.Expr, x: sp.Symbol) -> sp.Expr:
    return sum(c * (sp.diff(y, x, k) if k else y) for k, c in enumerate(a))


def _undetermined(ode: Ode, a: list[sp.Expr], g: sp.Expr) -> sp.Expr | None:
    """A combination of the right side's derivatives, times x, x², … until it fits."""
    if any(c.has(ode.x) for c in a):
        return None
    family: list[sp.Expr] = []
    queue = list(sp.Add.make_args(sp.expand(g)))
    while queue:
        term = queue.pop().as_independent(ode.x, as_Add=False)[1]
        if term in family:
            continue
        family.append(term)
        if len(family) > 12:
            return None
        queue += sp.Add.make_args(sp.expand(sp.diff(term, ode.x)))
    family = [f for f in family if f != 0]
    for shift in range(ode.order + 1):
        unknowns = sp.symbols(f"k:{len(family)}")
        trial = sum(k * f * ode.x**shift for k, f in zip(unknowns, family, strict=True))
        gap = sp.expand(_apply(a, trial, ode.x) - g)
        equations = _collect_by_function(gap, ode.x)
        solved = sp.solve(equations, unknowns, dict=True)
        if solved:
            return sp.expand(trial.subs(solved[0]).subs(dict.fromkeys(unknowns, 0)))
    return None


def _collect_by_function(value: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    table: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(value):
        coefficient, function = term.as_independent(x, as_Add=False)
        table[function] = table.get(function, 0) + coefficient
    return list(table.values())


def _variation(ode: Ode, a: list[sp.Expr], g: sp.Expr, basis: list[sp.Expr]) -> sp.Expr | None:
    """Lagrange's variation of constants with Cramer's rule on the Wronskian."""
    x, n = ode.x, ode.order
    wronskian = sp.simplify(sp.wronskian(basis, x))
    if wronskian == 0:
        return None
    total = sp.S.Zero
    for k, b in enumerate(basis):
        others = basis[:k] + basis[k + 1 :]
        minor = sp.simplify(sp.wronskian(others, x)) if others else sp.S.One
        rate = sp.simplify((-1) ** (n - 1 - k) * minor * g / (a[-1] * wronskian))
        total += b * integral(rate, x)  # ln|…|: no constant here takes a sign
    return total if total.has(sp.Integral) else sp.expand(sp.simplify(total))


def known_solution(ode: Ode) -> list[Branch] | None:
    """A first solution ``y1 = exp(∫w)`` with rational w; then ``y2 = y1·∫ exp(-∫p)/y1²``."""
    parts = coefficients(ode)
    if parts is None or ode.order != 2:
        return None
    a, g = parts
    p, q = sp.cancel(a[1] / a[2]), sp.cancel(a[0] / a[2])
    for w in _logarithmic_derivatives(ode.x, p, q):
        exponent = antiderivative(w, ode.x)
        if exponent is None:
            continue
        y1 = sp.simplify(sp.exp(sp.expand_log(plain_logs(exponent))))
        second = _second(ode, p, y1)
        if second is None:
            continue
        y2, inner = second
        why = Text(
            "{0} solves the homogeneous equation; a second solution is "
            "{0}·∫ exp(-∫ ({1}) dx)/({0})² dx = {2}.",
            "{0} 是齐次方程的解；另一个解为 {0}·∫ exp(-∫ ({1}) dx)/({0})² dx = {2}。",
            (ode.tree(y1), ode.tree(p), ode.tree(y2)),
        )
        step = Step(
            rule=REDUCTION,
            why=why,
            before=ode.given,
            after=t.Collection(t.Bracket.SET, (ode.tree(y1), ode.tree(y2))),
            link=Link.FORMULA,
            substeps=inner,
        )
        return general(ode, a, g, [y1, y2], (step,))
    return None


def _second(ode: Ode, p: sp.Expr, y1: sp.Expr) -> tuple[sp.Expr, tuple[Step, ...]] | None:
    damping = antiderivative(p, ode.x)
    if damping is None:
        return None
    weight = sp.simplify(sp.exp(-sp.expand_log(plain_logs(damping))) / y1**2)
    whole = integral(weight, ode.x)
    y2 = y1 * whole
    return (
        y2 if whole.has(sp.Integral) else sp.simplify(y2),
        (integration_step(weight, whole, ode.x),),
    )


def _logarithmic_derivatives(x: sp.Symbol, p: sp.Expr, q: sp.Expr) -> Iterator[sp.Expr]:
    """Rational w with ``w' + w² + p·w + q = 0``, so that ``exp(∫w)`` is a solution.

    First ``w = a + b·x + Σ c·f'/f`` over x and the factors f of the denominators, which
    also finds solutions with parameters; then the complete algorithm without them.
    """
    if not (p.is_rational_function(x) and q.is_rational_function(x)):
        return
    bottom = sp.fraction(sp.together(p))[1] * sp.fraction(sp.together(q))[1]
    factors = dict.fromkeys([x, *(f for f, _ in sp.factor_list(bottom, x)[1] if f.has(x))])
    parts = [sp.S.One, x, *(sp.diff(f, x) / f for f in factors)]
    unknowns = sp.symbols(f"k:{len(parts)}")
    trial = sum(k * part for k, part in zip(unknowns, parts, strict=True))
    gap = sp.together(sp.diff(trial, x) + trial**2 + p * trial + q)
    equations = sp.Poly(sp.expand(sp.fraction(gap)[0]), x).coeffs()
    try:
        with time_limit(2.0):
            solved = sp.solve(equations, unknowns, dict=True)
    except (OutOfTime, NotImplementedError):
        solved = []
    for values in solved:
        w = trial.subs(values).subs(dict.fromkeys(unknowns, 0))
        if not w.has(sp.I):
            yield sp.simplify(w)
    yield from riccati_solutions(x, -q, -p, sp.S.NegativeOne)


def missing(ode: Ode) -> list[Branch] | None:
    """No y: ``u = y'`` is of the first order.  No x: ``y'' = u·du/dy`` is."""
    if ode.order != 2:
        return None
    from assistant.maths.solving.odes.higher_degree import solve_first

    y1, y2 = ode.d
    if not ode.left.has(ode.y):
        inner = replace(
            ode, left=ode.left.subs({y1: ode.y, y2: y1}, simultaneous=True), d=(y1,), conditions=()
        )
        why = Text("y itself does not occur: put u = y'.", "方程不显含 y：令 u = y'。")
        return _integrated(ode, _slopes(inner, solve_first(inner)), why, autonomous=False)
    if not ode.left.has(ode.x):
        u, du = sp.Symbol("u__y", real=True), sp.Symbol("u__1", real=True)
        left = ode.left.subs({y1: u, y2: u * du}, simultaneous=True)
        inner = Ode(left, ode.y, u, (du,), ode.given, ())
        why = Text(
            "x itself does not occur: put u = y' as a function of y.",
            "方程不显含 x：令 u = y' 为 y 的函数。",
        )
        return _integrated(ode, _slopes(inner, solve_first(inner)), why, autonomous=True)
    return None


def _slopes(inner: Ode, branches: list[Branch] | None) -> list[sp.Expr] | None:
    """The solutions of the equation of lower order as ``u = …``; ``None`` if one is implicit."""
    forms = [form for branch in branches or [] for form in explicit(inner, branch)]
    if any(left != inner.y for left, _ in forms):
        return None
    return [right for _, right in forms]


def _integrated(
    ode: Ode, slopes: list[sp.Expr] | None, why: Text, *, autonomous: bool
) -> list[Branch] | None:
    """From ``u = F`` to y by one more integration."""
    out: list[Branch] = []
    first, second = ode.constant(1), ode.constant(2)
    for form in slopes or []:
        slope = form.subs(ode.constant(), first)
        variable = ode.y if autonomous else ode.x
        integrand = 1 / slope if autonomous and slope != 0 else slope
        total = antiderivative(integrand, variable)
        if total is None:
            return None
        sides = (ode.y, total + second)
        if autonomous and slope != 0:
            sides = (total, ode.x + second)
        inner = (integration_step(integrand, total, variable),)
        out.append(Branch(*sides, (solution_step(ode, LOWER, why, sides, inner),)))
    return out or None
