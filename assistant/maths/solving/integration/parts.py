"""Integration by parts: ``∫ u dv = u·v − ∫ v du``, repeated and cyclic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import Finish, Form, Plan, integral, times
from assistant.maths.types import Link, Rule, Step, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

PARTS = Rule("integral.by_parts", "Integration by parts", "分部积分法")
PART_U = Rule("integral.parts_u", "Differentiate u", "对 u 求导")
PART_V = Rule("integral.parts_v", "Integrate dv", "对 dv 积分")
SOLVE = Rule("integral.solve_for_it", "Solve for the integral", "解出所求积分")
RETURNS = Text(
    "The integral that is wanted stands on both sides: collect it on the left and divide.",
    "等式两边都出现所求积分，移项合并后除以系数即得。",
)


def part_steps(u: sp.Expr, v: sp.Expr, dv: sp.Expr, x: sp.Symbol) -> tuple[Step, ...]:
    """``du`` and ``v`` as sub-steps."""
    return (
        Step(
            rule=PART_U,
            why=Text("u = {0}.", "u = {0}。", (from_sympy(u),)),
            before=from_sympy(u),
            after=from_sympy(sp.diff(u, x)),
            link=Link.DERIVATIVE,
            variable=x.name,
        ),
        Step(
            rule=PART_V,
            why=Text("dv = ({0}) d{1}.", "dv = ({0}) d{1}。", (from_sympy(dv), x.name)),
            before=from_sympy(dv),
            after=from_sympy(v),
            link=Link.ANTIDERIVATIVE,
            variable=x.name,
        ),
    )


def why(u: sp.Expr, v: sp.Expr, dv: sp.Expr, x: sp.Symbol) -> Text:
    """The sentence that names u and v."""
    return Text(
        "By parts with u = {0}, dv = ({1}) d{3}, so v = {2}.",
        "分部积分：u = {0}，dv = ({1}) d{3}，则 v = {2}。",
        (from_sympy(u), from_sympy(dv), from_sympy(v), x.name),
    )


def by_parts(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """The split by the usual preference: logarithm, inverse function, power, others."""
    if (plan := cyclic(ctx, f, x)) is not None:
        return plan
    for u, dv in splits(f, x):
        inner = ctx.solve(dv, x)
        if inner is None or inner.value is None or tools.size(inner.value) > tools.size(f) + 25:
            continue
        v = inner.value
        rest = _simplified(v * sp.diff(u, x), x)
        sub = ctx.solve(rest, x)
        if sub is None or sub.value is None:
            continue
        return Plan(
            f=f,
            x=x,
            rule=PARTS,
            why=why(u, v, dv, x),
            form=_minus(u * v),
            value=sp.expand_mul(u * v) - sub.value,
            subs=(sub,),
            substeps=part_steps(u, v, dv, x),
        )
    return None


def _minus(product: sp.Expr) -> Form:
    """``u·v − ∫ v du``."""
    return lambda holes: t.sub(from_sympy(product), holes[0])


def _simplified(rest: sp.Expr, x: sp.Symbol) -> sp.Expr:
    if rest.is_rational_function(x):
        return sp.factor_terms(sp.cancel(rest))
    try:
        together = sp.powsimp(sp.cancel(rest))
    except (sp.PolynomialError, NotImplementedError):
        return rest
    return together if tools.size(together) < tools.size(rest) else rest


def splits(f: sp.Expr, x: sp.Symbol) -> Iterator[tuple[sp.Expr, sp.Expr]]:
    """Choices of ``(u, dv)``."""
    factors = [g for g in sp.Mul.make_args(f) if g.has(x)]
    for kinds in ((sp.log,), tools.INVERSE):
        u = sp.Mul(*(g for g in factors if isinstance(_base(g), kinds)))
        if u != 1:
            yield u, f / u
    polynomial = sp.Mul(*(g for g in factors if g.is_polynomial(x)))
    if polynomial not in (1, f):
        rest = f / polynomial
        if _tabular(rest, x):
            yield polynomial, rest
            return
        if not tools.radicals(rest, x) and rest.has(*tools.TRIG):
            yield polynomial, rest
    if f.has(sp.exp, sp.log):
        for g in factors:
            if g.is_Pow and g.exp.is_Integer and g.exp < -1 and len(factors) > 1:
                yield f / g, g


def _base(g: sp.Expr) -> sp.Expr:
    return g.base if g.is_Pow and g.exp.is_Integer and g.exp > 0 else g


def _tabular(rest: sp.Expr, x: sp.Symbol) -> bool:
    """Whether repeated integration of ``rest`` stays in the table."""
    kinds = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)
    if isinstance(rest, kinds):
        return tools.linear(rest.args[0], x) is not None
    return bool(
        rest.is_Pow and not rest.base.has(x) and tools.linear(rest.exp, x) is not None
    ) or _wave(rest, x)


def _wave(rest: sp.Expr, x: sp.Symbol) -> bool:
    """``e^(ax)·sin(bx)``."""
    factors = sp.Mul.make_args(rest)
    return (
        len(factors) == 2
        and any(isinstance(g, sp.exp) for g in factors)
        and any(isinstance(g, sp.sin | sp.cos) for g in factors)
        and all(len(g.args) == 1 and tools.linear(g.args[0], x) is not None for g in factors)
    )


def cyclic(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``∫ e^(ax) sin(bx) dx``: by parts twice, then solved for the integral."""
    del ctx
    factors = sp.Mul.make_args(f)
    power = next((g for g in factors if _exponential(g, x)), None)
    if power is None or len(factors) != 2:
        return None
    wave = f / power
    if not isinstance(wave, sp.sin | sp.cos) or tools.linear(wave.args[0], x) is None:
        return None
    a = sp.diff(power, x) / power
    v1 = power / a
    slope = sp.diff(wave, x)
    coefficient, wave2 = slope.as_independent(x, as_Add=False)
    first = wave * v1
    c1 = coefficient / a
    second = wave2 * v1
    c2 = sp.diff(wave2, x) / wave / a
    value = sp.expand((first - c1 * second) / sp.factor(1 - c1 * c2))
    inner = Plan(
        f=power * wave2,
        x=x,
        rule=PARTS,
        why=why(wave2, v1, power, x),
        form=lambda _: t.sub(from_sympy(second), times(c2, integral(f, x))),
        value=None,
        substeps=part_steps(wave2, v1, power, x),
    )
    return Plan(
        f=f,
        x=x,
        rule=PARTS,
        why=why(wave, v1, power, x),
        form=lambda holes: t.sub(from_sympy(first), times(c1, holes[0])),
        value=value,
        subs=(inner,),
        finish=Finish(rule=SOLVE, why=RETURNS),
        substeps=part_steps(wave, v1, power, x),
    )


def _exponential(g: sp.Expr, x: sp.Symbol) -> bool:
    if isinstance(g, sp.exp):
        return tools.linear(g.exp, x) is not None
    return bool(g.is_Pow and not g.base.has(x) and tools.linear(g.exp, x) is not None)
