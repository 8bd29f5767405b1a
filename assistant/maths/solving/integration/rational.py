"""Quotients of polynomials: division, partial fractions, completing the square."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.factors import real_partial_fractions
from assistant.maths.solving.integration.plan import Plan, table, times
from assistant.maths.solving.integration.substitution import changed
from assistant.maths.solving.integration.table import renamed, rewriting
from assistant.maths.types import Rule, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

ARCTAN = Rule("integral.arctan", "Integral of 1/(x² + a²)", "1/(x² + a²) 的积分")
LOGARITHM = Rule("integral.difference_of_squares", "Integral of 1/(x² − a²)", "1/(x² − a²) 的积分")
DIVISION = Rule("integral.division", "Divide the polynomials", "多项式除法")
FRACTIONS = Rule("integral.partial_fractions", "Partial fractions", "部分分式分解")
NUMERATOR = Rule(
    "integral.split_numerator", "Split off the derivative of the denominator", "凑分母的导数"
)
CANCEL = Rule("integral.cancel", "Cancel", "约分")
SQUARE = Rule("integral.complete_square", "Complete the square", "配方")
REDUCTION = Rule("integral.reduction", "Reduction formula", "递推公式")


def reciprocal_quadratic(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``1/(p·x² + q)``."""
    del ctx
    if not (f.is_Pow and f.exp == -1):
        return None
    found = tools.quadratic(f.base, x)
    if found is None or found[1] != 0:
        return None
    p, _, q = found
    ratio = q / p
    if tools.positive(ratio):
        root = sp.sqrt(ratio)
        why = Text(
            "With a = {0}: the integral of 1/(x² + a²) is (1/a)·arctan(x/a).",
            "取 a = {0}：1/(x² + a²) 的积分是 (1/a)·arctan(x/a)。",
            (from_sympy(root),),
        )
        return table(f, x, ARCTAN, why, sp.atan(sp.radsimp(x / root)) / sp.radsimp(p * root))
    if tools.positive(-ratio) and not sp.sqrt(-ratio).is_Rational:
        root = sp.sqrt(-ratio)
        why = Text(
            "With a = {0}: the integral of 1/(x² − a²) is (1/(2a))·ln|(x − a)/(x + a)|.",
            "取 a = {0}：1/(x² − a²) 的积分是 (1/(2a))·ln|(x − a)/(x + a)|。",
            (from_sympy(root),),
        )
        inner = sp.Abs((x - root) / (x + root), evaluate=False)
        return table(f, x, LOGARITHM, why, sp.log(inner) / (2 * p * root))
    return None


def linear_over_quadratic(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``(B·x + C)/q`` with a quadratic ``q`` that has no rational roots."""
    num, den = sp.fraction(f)
    found = tools.quadratic(den, x)
    if found is None or not num.is_polynomial(x) or sp.degree(num, x) > 1:
        return None
    a, b, c = found
    factor = sp.cancel(num / sp.diff(den, x))
    if not factor.has(x):
        u = ctx.fresh(f, x)
        sub = ctx.solve(factor / u, u)
        if sub is None or sub.value is None:
            return None
        plan = changed(f, x, u, den, sub)
        return replace(plan, value=factor * tools.ln(den))
    gap = sp.factor(b**2 - 4 * a * c)
    if gap.is_Rational and gap >= 0 and sp.sqrt(gap).is_Rational:
        return None
    return _over_quadratic(ctx, f, x, (sp.Poly(num, x), sp.Poly(den, x), 1))


def fraction(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """Any quotient of polynomials, one step of it."""
    if not f.is_rational_function(x) or f.is_polynomial(x):
        return None
    num, den = sp.fraction(sp.together(f))
    if not (num.is_polynomial(x) and den.is_polynomial(x)):
        return None
    top, bottom = sp.Poly(num, x), sp.Poly(den, x)
    common = sp.gcd(top, bottom)
    if common.degree() > 0:
        why = Text("Cancel the common factor.", "约去公因式。")
        return renamed(ctx, f, x, sp.cancel(f), (CANCEL, why))
    if top.degree() >= bottom.degree():
        quotient, rest = sp.div(top, bottom)
        why = Text(
            "The numerator's degree is not smaller: divide by {0}.",
            "分子次数不低于分母，先做除法（除以 {0}）。",
            (from_sympy(den),),
        )
        new = quotient.as_expr() + rest.as_expr() / den
        return renamed(ctx, f, x, new, (DIVISION, why))
    return _proper(ctx, f, x, (top, bottom))


def _proper(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, parts: tuple[sp.Poly, sp.Poly]
) -> Plan | None:
    top, bottom = parts
    lead, factors = sp.factor_list(bottom)
    if len(factors) == 1:
        base, power = factors[0]
        if base.degree() == 2:
            return _over_quadratic(ctx, f, x, (sp.Poly(top.as_expr() / lead, x), base, power))
        if base.degree() == 1 and top.degree() == 0:
            new = top.as_expr() / lead * base.as_expr() ** -power
            return rewriting(ctx, f, x, new, Text("Factor the denominator.", "分母因式分解。"))
    why = Text(
        "Split into partial fractions over the factors of {0}.",
        "按 {0} 的因式分解为部分分式。",
        (from_sympy(sp.factor(bottom.as_expr())),),
    )
    if all(base.degree() <= 2 for base, _ in factors):
        new = _scaled(sp.apart(top.as_expr() / bottom.as_expr(), x))
    else:
        found = real_partial_fractions(top, bottom)
        if found is None:
            return None
        new = found
    return renamed(ctx, f, x, new, (FRACTIONS, why)) if new.is_Add else None


def _scaled(new: sp.Expr) -> sp.Expr:
    """Each fraction with its numbers before it: ``1/(3(x-1))`` has the factor 1/3."""
    return sp.Add(*(sp.factor_terms(term) for term in sp.Add.make_args(new)))


def _over_quadratic(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, parts: tuple[sp.Poly, sp.Poly, int]
) -> Plan | None:
    """``(B·x + C)/q^n`` with ``q`` irreducible over the rationals."""
    top, base, n = parts
    a, b, c = (base.coeff_monomial(x**k) for k in (2, 1, 0))
    q = base.as_expr()
    if top.degree() >= 2:
        new = _scaled(sp.apart(top.as_expr() / q**n, x))
        why = Text("Split into partial fractions.", "分解为部分分式。")
        return renamed(ctx, f, x, new, (FRACTIONS, why)) if new.is_Add else None
    big_b, big_c = top.coeff_monomial(x), top.coeff_monomial(1)
    gap = sp.factor(b**2 - 4 * a * c)
    if tools.positive(gap) and n == 1 and (big_b != 0 or not gap.is_Rational):
        return _real_roots(ctx, f, x, ((a, b), gap, (big_b, big_c)))
    if big_b != 0:
        first = big_b / (2 * a)
        new = first * sp.diff(q, x) / q**n + sp.simplify(big_c - first * b) / q**n
        why = Text(
            "Write the numerator with {0}, the derivative of the denominator's base.",
            "把分子用 {0}（分母底式的导数）表示。",
            (from_sympy(sp.diff(q, x)),),
        )
        return renamed(ctx, f, x, new, (NUMERATOR, why))
    if b != 0:
        return _shifted(ctx, f, x, ((a, b, c), big_c, n))
    return (
        _reduced(ctx, f, x, (a, c, n)) if f.is_Pow and n > 1 else _pulled(ctx, f, x, big_c, q**-n)
    )


def _pulled(ctx: Integrator, f: sp.Expr, x: sp.Symbol, c: sp.Expr, g: sp.Expr) -> Plan | None:
    new = c * g
    return (
        None
        if new == f
        else rewriting(
            ctx, f, x, new, Text("Write as one power of the denominator.", "写成分母的幂。")
        )
    )


def _real_roots(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[tuple[sp.Expr, sp.Expr], sp.Expr, tuple[sp.Expr, sp.Expr]],
) -> Plan | None:
    (a, b), gap, (big_b, big_c) = parts
    root = sp.sqrt(gap)
    r1, r2 = sp.expand((-b + root) / (2 * a)), sp.expand((-b - root) / (2 * a))
    a1 = sp.radsimp(sp.simplify((big_b * r1 + big_c) / root))
    a2 = sp.radsimp(sp.simplify(-(big_b * r2 + big_c) / root))
    why = Text(
        "The denominator has the real roots {0} and {1}: partial fractions.",
        "分母有实根 {0} 与 {1}，分解为部分分式。",
        (from_sympy(r1), from_sympy(r2)),
    )
    return renamed(ctx, f, x, a1 / (x - r1) + a2 / (x - r2), (FRACTIONS, why))


def _shifted(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[tuple[sp.Expr, sp.Expr, sp.Expr], sp.Expr, int],
) -> Plan | None:
    """Complete the square and let ``u = x + h``."""
    (a, b, c), big_c, n = parts
    h = b / (2 * a)
    u = ctx.fresh(f, x)
    sub = ctx.solve(big_c / (a * u**2 + sp.simplify(c - a * h**2)) ** n, u)
    if sub is None or sub.value is None:
        return None
    square = big_c / (a * sp.Pow(x + h, 2) + sp.simplify(c - a * h**2)) ** n
    inner = changed(square, x, u, x + h, sub)
    if square == f:
        return inner
    return Plan(
        f=f,
        x=x,
        rule=SQUARE,
        why=Text("Complete the square in the denominator.", "把分母配方。"),
        form=lambda holes: holes[0],
        value=inner.value,
        subs=(inner,),
    )


def _reduced(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, parts: tuple[sp.Expr, sp.Expr, int]
) -> Plan | None:
    """``∫ dx/(a·x² + c)^n`` through the power ``n − 1`` (by parts)."""
    a, c, n = parts
    q = a * x**2 + c
    sub = ctx.solve(q ** (1 - n), x)
    if sub is None or sub.value is None:
        return None
    first = x / (2 * c * (n - 1) * q ** (n - 1))
    factor = sp.Rational(2 * n - 3, 2 * (n - 1)) / c
    return Plan(
        f=f,
        x=x,
        rule=REDUCTION,
        why=Text(
            "Lower the power of the denominator by one (by parts from the next lower power).",
            "用递推公式把分母的次数降低一次（由低一次的积分分部得到）。",
        ),
        form=lambda holes: t.add(from_sympy(first), times(factor, holes[0])),
        value=first + sp.expand_mul(factor * sub.value),
        subs=(sub,),
    )
