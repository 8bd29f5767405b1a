"""First-order equations ``y' = f(x, y)``: separable, linear, Bernoulli, homogeneous, exact.

The methods are those of any first course, e.g. Boyce and DiPrima, *Elementary Differential
Equations*, chapter 2.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths.checking.tasks.continuity import Unknown, zeros
from assistant.maths.solving.odes.model import Branch, Ode
from assistant.maths.solving.odes.quadrature import (
    antiderivative,
    integral,
    integration_step,
    plain_logs,
)
from assistant.maths.types import Link, Rule, Step, Text

NORMAL = Rule("ode.normal_form", "Write the equation for y'", "写成 y' 的形式")
SEPARATE = Rule("ode.separate", "Separate the variables and integrate", "分离变量并积分")
CONSTANT_SOLUTION = Rule("ode.constant_solution", "A constant solution", "常数解")
FACTOR = Rule("ode.integrating_factor", "Multiply by an integrating factor", "乘以积分因子")
BERNOULLI = Rule("ode.bernoulli", "Bernoulli: substitute a power of y", "伯努利方程：代换")
HOMOGENEOUS = Rule("ode.homogeneous", "Homogeneous: substitute y = u·x", "齐次方程：令 y = ux")
EXACT = Rule("ode.exact", "Exact: find the potential", "全微分方程：求势函数")
MORE = Text("Every constant y with {0} = 0 is a solution, too.", "使 {0} = 0 的常数 y 也都是解。")
DEGREE = 4
"""No roots are looked for of polynomials of a higher one."""


def slope(ode: Ode) -> sp.Expr | None:
    """``f`` where the equation is ``y' = f(x, y)``, being linear in ``y'``."""
    if ode.order != 1:
        return None
    p = ode.d[0]
    left = sp.together(ode.left)
    numerator = sp.expand(sp.fraction(left)[0])
    if not numerator.is_polynomial(p) or sp.degree(numerator, p) != 1:
        return None
    return sp.factor(-numerator.coeff(p, 0) / numerator.coeff(p, 1))


def form_step(ode: Ode, f: sp.Expr) -> Step:
    """The equation written as ``y' = f``."""
    return Step(
        rule=NORMAL,
        why=Text("Solve the equation for {0}.", "解出 {0}。", (ode.tree(ode.d[0]),)),
        before=ode.given,
        after=ode.relation(ode.d[0], f),
        link=Link.FORMULA,
    )


def solution_step(
    ode: Ode, rule: Rule, why: Text, sides: tuple[sp.Expr, sp.Expr], substeps: tuple[Step, ...] = ()
) -> Step:
    """The claim that the relation solves the equation."""
    return Step(
        rule=rule,
        why=why,
        before=ode.given,
        after=ode.relation(*sides),
        link=Link.SATISFIES,
        variable=ode.x.name,
        substeps=substeps,
    )


def split(f: sp.Expr, x: sp.Symbol, y: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """``(g, h)`` with ``f = g(x)·h(y)``."""
    for form in (f, sp.factor(f), sp.factor(sp.expand_trig(f)), sp.simplify(f)):
        g, rest = form.as_independent(y, as_Add=False)
        h, free = sp.S.One, sp.S.One
        for factor in sp.Mul.make_args(rest):
            own = factor
            if factor.has(x) and isinstance(factor, sp.exp):
                a, b = sp.expand(factor.args[0]).as_independent(y, as_Add=True)
                free, own = free * sp.exp(a), sp.exp(b)
            if own.has(x):
                break
            h *= own
        else:
            return g * free, h
    return None


def separable(ode: Ode) -> list[Branch] | None:
    """``y' = g(x)·h(y)``."""
    f = slope(ode)
    if f is None or (parts := split(f, ode.x, ode.y)) is None:
        return None
    return separated(ode, f, parts)


def separated(ode: Ode, f: sp.Expr, parts: tuple[sp.Expr, sp.Expr]) -> list[Branch] | None:
    """The solutions of ``y' = g(x)·h(y)``, the constant ones too."""
    g, h = parts
    if any(bars.has(ode.y) for bars in h.atoms(sp.Abs)):
        return None  # an antiderivative for positive values would leave out the negative ones
    left, right = antiderivative(1 / h, ode.y), antiderivative(g, ode.x)
    if left is None or right is None:
        return None
    steps = [form_step(ode, f)]
    sides = (left, right + ode.constant())
    why = Text(
        "All that has {2} goes to the left, all that has {3} to the right: "
        "{0} d{2} = {1} d{3}; integrate.",
        "含 {2} 的移到左边，含 {3} 的移到右边：{0} d{2} = {1} d{3}，两边积分。",
        (ode.tree(1 / h), ode.tree(g), ode.y.name, ode.x.name),
    )
    inner = (integration_step(1 / h, left, ode.y), integration_step(g, right, ode.x))
    steps.append(solution_step(ode, SEPARATE, why, sides, inner))
    branches = [Branch(*_nicer(ode, sides), tuple(steps), more_constants(ode, h))]
    for root in constants(h, ode.y):
        constant_why = Text(
            "Where {0} = 0, y is constant.", "当 {0} = 0 时，y 为常数。", (ode.tree(h),)
        )
        step = solution_step(ode, CONSTANT_SOLUTION, constant_why, (ode.y, root))
        branches.append(Branch(ode.y, root, (step,)))
    return _without_covered(ode, branches)


def _nicer(ode: Ode, sides: tuple[sp.Expr, sp.Expr]) -> tuple[sp.Expr, sp.Expr]:
    """``ln|y| = F + C`` as ``y = C·exp(F)``: the constant takes the sign and the zero."""
    left, right = sides
    c = ode.constant()
    coefficient, log = left.as_independent(ode.y, as_Add=False)
    if isinstance(log, sp.log) and not coefficient.has(ode.x):
        inner = plain_logs(log.args[0])
        power = sp.powsimp(sp.exp(sp.expand(plain_logs(right - c) / coefficient)))
        value = sp.solve(sp.Eq(inner, c * power), ode.y)
        if len(value) == 1:
            return ode.y, sp.simplify(value[0])
    return sides


def constants(h: sp.Expr, y: sp.Symbol) -> list[sp.Expr]:
    """The real zeros of the factors of ``h``, as far as they are known: constant solutions of
    the equation."""
    known = [r for base in _vanishing(h, y) for r in _roots(base, y) or ()]
    real = [r for r in known if r.is_real is not False and sp.simplify(h.subs(y, r)) == 0]
    return list(dict.fromkeys(real))


def more_constants(ode: Ode, h: sp.Expr) -> tuple[Text, ...]:
    """That there are other constant solutions, where not all of them are known."""
    unknown = any(_roots(base, ode.y) is None for base in _vanishing(h, ode.y))
    return (Text(MORE.en, MORE.zh, (ode.tree(h),)),) if unknown else ()


def _vanishing(h: sp.Expr, y: sp.Symbol) -> list[sp.Expr]:
    """The factors of ``h`` that have its zeros."""
    powers = [f.as_base_exp() for f in sp.Mul.make_args(sp.factor(sp.fraction(sp.together(h))[0]))]
    return [base for base, exponent in powers if exponent.is_positive and base.has(y)]


def _roots(base: sp.Expr, y: sp.Symbol) -> list[sp.Expr] | None:
    """All real zeros of a factor, perhaps among others; ``None`` where they are not known."""
    if base.is_polynomial(y):
        return list(sp.roots(base, y)) if sp.degree(base, y) <= DEGREE else None
    if any(e.exp.is_Rational and e.exp.q % 2 and e.exp.q > 1 for e in base.atoms(sp.Pow)):
        return None  # an odd root has values below 0, too
    try:
        return zeros(base, y, -sp.oo, sp.oo)
    except (Unknown, NotImplementedError, sp.PolynomialError, TypeError, ValueError):
        return None


def _without_covered(ode: Ode, branches: list[Branch]) -> list[Branch]:
    """The branches without a constant that the general solution gives for some constant."""
    first, *others = branches
    c = ode.constant()
    if not first.right.has(c):
        return branches
    at_zero = first.right.subs(c, 0)
    gaps = [(b, first.left.subs(ode.y, b.right) - at_zero) for b in others]
    return [first, *(b for b, gap in gaps if sp.simplify(gap) != 0)]


def linear(ode: Ode) -> list[Branch] | None:
    """``y' + p(x)·y = q(x)``."""
    f = slope(ode)
    if f is None:
        return None
    f = sp.expand(f)
    if not f.is_polynomial(ode.y) or sp.degree(f, ode.y) > 1:
        return None
    p, q = -f.coeff(ode.y, 1), f.coeff(ode.y, 0)
    solved = linear_solution(ode, sp.simplify(p), sp.simplify(q))
    if solved is None:
        return None
    value, inner = solved
    why = Text(
        "Multiply {2} by the integrating factor exp(∫ {0} d{1}); "
        "the left side becomes a derivative; integrate.",
        "将 {2} 两边同乘积分因子 exp(∫ {0} d{1})，左边成为导数，再积分。",
        (ode.tree(p), ode.x.name, ode.relation(ode.d[0] + p * ode.y, q)),
    )
    step = solution_step(ode, FACTOR, why, (ode.y, value), inner)
    return [Branch(ode.y, value, (form_step(ode, f), step))]


def linear_solution(ode: Ode, p: sp.Expr, q: sp.Expr) -> tuple[sp.Expr, tuple[Step, ...]] | None:
    """The solution of ``y' + p·y = q`` and its integrations."""
    exponent = antiderivative(p, ode.x)
    if exponent is None:
        return None
    mu = sp.simplify(sp.powsimp(sp.exp(sp.expand_log(plain_logs(exponent)))))
    product = sp.simplify(mu * q)
    whole = integral(product, ode.x)
    inner = (integration_step(p, exponent, ode.x), integration_step(product, whole, ode.x))
    if whole.has(sp.Integral):
        return (whole + ode.constant()) / mu, inner
    return sp.expand(sp.simplify((whole + ode.constant()) / mu)), inner


def bernoulli(ode: Ode) -> list[Branch] | None:
    """``y' + p(x)·y = q(x)·y^n``: ``u = y^(1-n)`` is linear."""
    f = slope(ode)
    if f is None:
        return None
    terms = sp.Add.make_args(sp.expand(f))
    powers: dict[sp.Expr, sp.Expr] = {}
    for term in terms:
        coefficient, power = term.as_independent(ode.y, as_Add=False)
        base, n = power.as_base_exp()
        if base != ode.y or n.has(ode.x, ode.y):
            return None
        powers[n] = powers.get(n, 0) + coefficient
    others = [n for n in powers if n != 1]
    if len(others) != 1 or others[0] == 0:
        return None
    n = others[0]
    p, q = -powers.get(sp.S.One, sp.S.Zero), powers[n]
    m = 1 - n
    solved = linear_solution(ode, sp.simplify(m * p), sp.simplify(m * q))
    if solved is None:
        return None
    value, inner = solved
    why = Text(
        "Put u = {0}: the equation becomes linear, u' + ({1})·u = {2}.",
        "令 u = {0}，方程化为线性方程 u' + ({1})u = {2}。",
        (ode.tree(ode.y**m), ode.tree(m * p), ode.tree(m * q)),
    )
    step = solution_step(ode, BERNOULLI, why, (ode.y**m, value), inner)
    branches = [Branch(ode.y**m, value, (form_step(ode, f), step))]
    if n.is_positive:
        zero_why = Text("y = 0 solves it too.", "y = 0 也是解。")
        zero = solution_step(ode, CONSTANT_SOLUTION, zero_why, (ode.y, sp.S.Zero))
        branches.append(Branch(ode.y, sp.S.Zero, (zero,)))
    return branches


def homogeneous(ode: Ode) -> list[Branch] | None:
    """``y' = F(y/x)``."""
    f = slope(ode)
    if f is None:
        return None
    u = sp.Symbol("u", real=True)
    ratio = sp.simplify(f.subs(ode.y, u * ode.x))
    size = sp.Abs(ode.x)
    if ratio.has(ode.x):  # √(x² + y²) = x·√(1 + u²) needs x > 0
        above = sp.Dummy("x", positive=True)
        ratio, size = sp.simplify(ratio.subs(ode.x, above)), ode.x
    if ratio.free_symbols - f.free_symbols - {u} or ratio.has(ode.x):
        return None
    gap = sp.factor(ratio - u)
    if gap == 0:
        return None
    total = antiderivative(1 / gap, u)
    if total is None:
        return None
    sides = (total.subs(u, ode.y / ode.x), sp.log(size) + ode.constant())
    why = Text(
        "Put y = u·x: then x·u' = {0}, which is separable.",
        "令 y = ux，则 x·u' = {0}，可分离变量。",
        (ode.tree(gap),),
    )
    if size == ode.x:
        why = Text(
            "For x > 0 put y = u·x: then x·u' = {0}, which is separable.",
            "当 x > 0 时令 y = ux，则 x·u' = {0}，可分离变量。",
            (ode.tree(gap),),
        )
    step = solution_step(ode, HOMOGENEOUS, why, sides, (integration_step(1 / gap, total, u),))
    branches = [Branch(*sides, (form_step(ode, f), step))]
    for root in constants(gap, u):
        line_why = Text(
            "Where {0} = 0, u is constant.", "当 {0} = 0 时，u 为常数。", (ode.tree(gap),)
        )
        line = solution_step(ode, CONSTANT_SOLUTION, line_why, (ode.y, root * ode.x))
        branches.append(Branch(ode.y, root * ode.x, (line,)))
    return branches


def exact(ode: Ode) -> list[Branch] | None:
    """``M + N·y' = 0``, exact as it stands or after a factor in x, in y, or a monomial."""
    if slope(ode) is None:
        return None
    x, y, p = ode.x, ode.y, ode.d[0]
    whole = sp.expand(sp.fraction(sp.together(ode.left))[0])
    m, n = whole.coeff(p, 0), whole.coeff(p, 1)
    for factor in _exact_factors(m, n, x, y):
        big_m, big_n = sp.expand(factor * m), sp.expand(factor * n)
        if sp.simplify(sp.diff(big_m, y) - sp.diff(big_n, x)) != 0:
            continue
        along_x = antiderivative(sp.simplify(big_m), x)
        if along_x is None:
            continue
        rest = sp.simplify(big_n - sp.diff(along_x, y))
        along_y = antiderivative(rest, y) if not rest.has(x) else None
        if along_y is None:
            continue
        potential = sp.simplify(along_x + along_y)
        why = Text(
            "Multiplied by {0}, the equation is exact: its left side is the derivative of {1}.",
            "两边乘以 {0} 后为全微分方程，左边是 {1} 的导数。",
            (ode.tree(factor), ode.tree(potential)),
        )
        step = solution_step(ode, EXACT, why, (potential, ode.constant()))
        return [Branch(potential, ode.constant(), (step,))]
    return None


def _exact_factors(m: sp.Expr, n: sp.Expr, x: sp.Symbol, y: sp.Symbol) -> list[sp.Expr]:
    """Integrating factors to try: 1, one in x, one in y, and ``x^a·y^b``."""
    factors: list[sp.Expr] = [sp.S.One]
    gap = sp.diff(m, y) - sp.diff(n, x)
    for quotient, variable, other in ((gap / n, x, y), (-gap / m if m != 0 else None, y, x)):
        if quotient is None:
            continue
        candidate = sp.simplify(quotient)
        if not candidate.has(other) and (e := antiderivative(candidate, variable, 1.0)) is not None:
            factors.append(sp.simplify(sp.exp(plain_logs(e))))
    if m.is_polynomial(x, y) and n.is_polynomial(x, y):
        a, b = sp.symbols("a b")
        condition = sp.expand(gap * x * y + b * m * x - a * n * y)
        solved = sp.solve(sp.Poly(condition, x, y).coeffs(), [a, b], dict=True)
        factors += [x ** s[a] * y ** s[b] for s in solved if len(s) == 2]
    return factors
