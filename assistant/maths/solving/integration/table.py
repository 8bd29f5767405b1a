"""Integrals that are in the table, and linearity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import Finish, Plan, table, times
from assistant.maths.types import Rule, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

CONSTANT = Rule("integral.constant", "Integral of a constant", "常数的积分")
POWER = Rule("integral.power", "Power rule", "幂函数积分公式")
RECIPROCAL = Rule("integral.reciprocal", "Integral of 1/x", "1/x 的积分")
EXPONENTIAL = Rule("integral.exponential", "Exponential rule", "指数函数积分公式")
TABLE = Rule("integral.table", "Table integral", "基本积分公式")
FACTOR = Rule("integral.constant_factor", "Take out the constant factor", "提出常数因子")
SUM = Rule("integral.sum", "Sum rule", "和的积分")
EXPAND = Rule("integral.expand", "Expand the integrand", "展开被积函数")
REWRITE = Rule("integral.rewrite", "Rewrite the integrand", "改写被积函数")

C = sp.Symbol("C")
L = sp.Dummy("L")

FUNCTIONS: dict[type, sp.Expr] = {
    sp.sin: -sp.cos(L),
    sp.cos: sp.sin(L),
    sp.tan: -sp.log(sp.Abs(sp.cos(L), evaluate=False)),
    sp.cot: sp.log(sp.Abs(sp.sin(L), evaluate=False)),
    sp.sec: sp.log(sp.Abs(sp.sec(L) + sp.tan(L), evaluate=False)),
    sp.csc: -sp.log(sp.Abs(sp.csc(L) + sp.cot(L), evaluate=False)),
    sp.sinh: sp.cosh(L),
    sp.cosh: sp.sinh(L),
    sp.tanh: sp.log(sp.cosh(L)),
    sp.coth: sp.log(sp.Abs(sp.sinh(L), evaluate=False)),
    sp.sech: sp.atan(sp.sinh(L)),
    sp.csch: sp.log(sp.Abs(sp.tanh(L / 2), evaluate=False)),
}
"""Antiderivatives of the functions of one argument ``L``."""

PRODUCTS: dict[sp.Expr, sp.Expr] = {
    sp.sec(L) ** 2: sp.tan(L),
    sp.csc(L) ** 2: -sp.cot(L),
    sp.cos(L) ** -2: sp.tan(L),
    sp.sin(L) ** -2: -sp.cot(L),
    sp.sec(L) * sp.tan(L): sp.sec(L),
    sp.csc(L) * sp.cot(L): -sp.csc(L),
    sp.sech(L) ** 2: sp.tanh(L),
    sp.cosh(L) ** -2: sp.tanh(L),
    sp.csch(L) ** 2: -sp.coth(L),
    sp.sinh(L) ** -2: -sp.coth(L),
    sp.sech(L) * sp.tanh(L): -sp.sech(L),
    sp.csch(L) * sp.coth(L): -sp.csch(L),
}
"""Antiderivatives of products and powers of one argument ``L``."""


def constant(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``∫ c dx = c·x``."""
    del ctx
    if f.has(x):
        return None
    why = Text("{0} does not depend on {1}.", "{0} 与 {1} 无关。", (from_sympy(f), x.name))
    return table(f, x, CONSTANT, why, f * x)


def lookup(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """A function from the table, of a linear argument."""
    del ctx
    if f == x:
        return _power(f, x, (sp.S.One, sp.S.Zero), sp.S.One)
    if f.is_Pow and not f.exp.has(x) and (inner := tools.linear(f.base, x)):
        return _power(f, x, inner, f.exp)
    if isinstance(f, sp.exp) or (f.is_Pow and not f.base.has(x)):
        return _exponential(f, x)
    arguments = {g.args[0] for g in f.atoms(sp.Function) if g.has(x)}
    if len(arguments) != 1:
        return None
    (argument,) = arguments
    inner = tools.linear(argument, x)
    if inner is None:
        return None
    found = FUNCTIONS.get(type(f))
    if found is None:
        swapped = f.xreplace({argument: L}) if argument != x else f.subs(x, L)
        found = PRODUCTS.get(swapped)
    if found is None:
        return None
    return _with_inner(f, x, TABLE, found, argument)


def _with_inner(f: sp.Expr, x: sp.Symbol, rule: Rule, found: sp.Expr, argument: sp.Expr) -> Plan:
    a = sp.diff(argument, x)
    value = found.xreplace({L: argument}) / a
    if argument == x:
        why = Text("From the table of basic integrals.", "由基本积分公式表。")
    else:
        why = Text(
            "From the table; the inner function {0} is linear, so divide by its slope {1}.",
            "由基本积分公式；内层 {0} 是一次式，需除以其系数 {1}。",
            (from_sympy(argument), from_sympy(a)),
        )
    return table(f, x, rule, why, value)


def _power(f: sp.Expr, x: sp.Symbol, inner: tuple[sp.Expr, sp.Expr], n: sp.Expr) -> Plan:
    base = inner[0] * x + inner[1]
    base = f.base if f.is_Pow else base
    if n == -1:
        return _with_inner(f, x, RECIPROCAL, tools.ln(base).xreplace({}), base)
    return _with_inner(f, x, POWER, base ** (n + 1) / (n + 1), base)


def _exponential(f: sp.Expr, x: sp.Symbol) -> Plan | None:
    base, exponent = (sp.E, f.exp) if isinstance(f, sp.exp) else (f.base, f.exp)
    if tools.linear(exponent, x) is None:
        return None
    return _with_inner(f, x, EXPONENTIAL, f / sp.log(base), exponent)


def constant_factor(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``∫ c·g dx = c·∫ g dx``."""
    if not f.is_Mul:
        return None
    c, g = f.as_independent(x, as_Add=False)
    if c == 1:
        return None
    sub = ctx.solve(g, x)
    if sub is None or sub.value is None:
        return None
    return Plan(
        f=f,
        x=x,
        rule=FACTOR,
        why=Text(
            "The constant factor {0} stands before the integral.",
            "常数因子 {0} 可提到积分号外。",
            (from_sympy(c),),
        ),
        form=lambda holes: times(c, holes[0]),
        value=_spread(c, sub.value),
        subs=(sub,),
        quiet=True,
    )


def _spread(c: sp.Expr, value: sp.Expr) -> sp.Expr:
    return sp.Add(*(c * term for term in value.args)) if value.is_Add else c * value


def terms(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``∫ (g + h) dx = ∫ g dx + ∫ h dx``, constants taken out at once."""
    if not f.is_Add:
        return None
    pieces = [term.as_independent(x, as_Add=False) for term in f.as_ordered_terms()]
    subs = []
    for _, g in pieces:
        sub = ctx.solve(g, x)
        if sub is None or sub.value is None:
            return None
        subs.append(sub)
    factors = [c for c, _ in pieces]
    return Plan(
        f=f,
        x=x,
        rule=SUM,
        why=Text(
            "Integrate a sum term by term; constants stand before the integrals.",
            "和的积分等于各项积分之和，常数提到积分号外。",
        ),
        form=lambda holes: t.add(*(times(c, h) for c, h in zip(factors, holes, strict=True))),
        value=sp.Add(*(_spread(c, s.value) for c, s in zip(factors, subs, strict=True))),
        subs=tuple(subs),
        quiet=True,
    )


def rewriting(ctx: Integrator, f: sp.Expr, x: sp.Symbol, new: sp.Expr, reason: Text) -> Plan | None:
    """``∫ f dx = ∫ new dx`` for an integrand of the same value."""
    return renamed(ctx, f, x, new, (REWRITE, reason))


def renamed(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, new: sp.Expr, because: tuple[Rule, Text]
) -> Plan | None:
    """The same with a rule of its own."""
    if new == f:
        return None
    sub = ctx.solve(new, x)
    if sub is None or sub.value is None:
        return None
    rule, why = because
    return Plan(
        f=f,
        x=x,
        rule=rule,
        why=why,
        form=lambda h: h[0],
        value=sub.value,
        subs=(sub,),
        finish=Finish(),
    )


EXPANDED = Text("Multiply out, so that the sum rule applies.", "展开后逐项积分。")


def expanded_polynomial(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """A product of short polynomials or of powers of ``x`` is multiplied out at once."""
    if not (f.is_Mul or f.is_Pow):
        return None
    powers = [p for p in f.atoms(sp.Pow) if p.base.is_Add and p.base.has(x)]
    if any(not p.exp.is_Integer or abs(p.exp) > 3 or p.exp < 0 for p in powers):
        return None
    bare = f.replace(lambda p: p.is_Pow and p.base == x and p.exp.is_Rational, lambda _: x)
    if not bare.is_polynomial(x) or (f.is_polynomial(x) and sp.degree(f, x) > 6):
        return None
    return renamed(ctx, f, x, sp.expand(f), (EXPAND, EXPANDED))


def expanded(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """Any product that becomes a sum by multiplying out."""
    new = sp.expand(f, deep=False) if f.is_Mul else sp.expand_multinomial(sp.expand_mul(f))
    if not new.is_Add:
        new = sp.expand(f, log=False, power_exp=False, power_base=False)
    if not new.is_Add or len(new.args) > 40:
        return None
    return renamed(ctx, f, x, new, (EXPAND, EXPANDED))


def rewritten(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """The last resort: other spellings of the integrand."""
    tries = []
    if f.has(*tools.HYPERBOLIC):
        tries.append(sp.expand(f.rewrite(sp.exp)))
    if f.has(sp.log):
        tries.append(sp.expand_log(f))
    tries += [sp.expand(f), sp.factor(sp.together(f))]
    if f.has(*tools.TRIG):
        tries.append(sp.trigsimp(f))
    reason = Text("Write the integrand in another form.", "把被积函数改写成另一种形式。")
    for new in tries:
        if new != f and tools.size(new) < 3 * tools.size(f) + 20:
            plan = rewriting(ctx, f, x, new, reason)
            if plan is not None:
                return plan
    return None
