"""Substitution: ``u = g(x)`` where ``g'`` is a factor, and inverse substitution."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import BACK, Finish, Plan
from assistant.maths.types import Link, Rule, Step, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

SUBSTITUTE = Rule("integral.substitute", "Substitution", "换元法")
CHOICE = Rule("integral.choose_substitution", "Choose the substitution", "选取代换")
DIFFERENTIAL = Rule("integral.differential", "Differential of the substitution", "求微分")


def differential(u: t.Expr, name: str, derivative: t.Expr) -> t.Relation:
    """``du/dx = g'(x)``."""
    return t.equation(t.Call("diff", (u, t.Symbol(name))), derivative)


def choice_steps(u: sp.Symbol, g: sp.Expr, x: sp.Symbol) -> tuple[Step, ...]:
    """The choice ``u = g(x)`` and its differential as sub-steps."""
    chosen = t.equation(t.Symbol(u.name), from_sympy(g))
    slope = from_sympy(sp.diff(g, x))
    return (
        Step(
            rule=CHOICE,
            why=Text("Let {0}.", "令 {0}。", (chosen,)),
            before=t.Symbol(u.name),
            after=from_sympy(g),
            link=Link.FORMULA,
            variable=x.name,
        ),
        Step(
            rule=DIFFERENTIAL,
            why=Text("Then d{0} = ({1}) d{2}.", "则 d{0} = ({1}) d{2}。", (u.name, slope, x.name)),
            before=from_sympy(g),
            after=slope,
            link=Link.DERIVATIVE,
            variable=x.name,
        ),
    )


def changed(f: sp.Expr, x: sp.Symbol, u: sp.Symbol, g: sp.Expr, sub: Plan) -> Plan:
    """``∫ f dx = ∫ h du`` with ``u = g(x)``, the plan ``sub`` for ``h``."""
    assert sub.value is not None
    chosen = t.equation(t.Symbol(u.name), from_sympy(g))
    value = back(sub.value, u, g)
    return Plan(
        f=f,
        x=x,
        rule=SUBSTITUTE,
        why=Text(
            "Substitute {0}, d{1} = ({2}) d{3}.",
            "令 {0}，则 d{1} = ({2}) d{3}。",
            (chosen, u.name, from_sympy(sp.diff(g, x)), x.name),
        ),
        form=lambda holes: holes[0],
        value=value,
        subs=(sub,),
        given=(chosen,),
        finish=Finish(rule=BACK, why=Text("Put {0} back.", "把 {0} 代回。", (chosen,))),
        substeps=choice_steps(u, g, x),
    )


def back(value: sp.Expr, u: sp.Symbol, g: sp.Expr) -> sp.Expr:
    """``u`` replaced by ``g``; bars around what is positive now fall away."""
    return value.xreplace({u: g})


def candidates(f: sp.Expr, x: sp.Symbol) -> Iterator[sp.Expr]:
    """Inner functions that may be ``u``, the longest first."""
    found: dict[sp.Expr, None] = {}
    for node in sp.preorder_traversal(f):
        if not isinstance(node, sp.Expr) or not node.has(x) or node in (x, f):
            continue
        if node.is_Pow and node.base.has(x) and node.exp.is_Integer and node.exp < 0:
            g = node.base**-node.exp
        elif node.is_Mul:
            g = node.as_independent(x, as_Add=False)[1]
        else:
            g = node
        found.setdefault(g)
        if node.is_Pow and node.exp.is_Integer and node.exp > 2 and node.exp % 2 == 0:
            found.setdefault(node.base ** (node.exp / 2))
    inverse = f**-1
    if inverse.has(x) and not inverse.is_Pow:
        found.setdefault(inverse)
    ranked = sorted(found, key=lambda g: (_rank(g), -tools.size(g)))
    yield from (g for g in ranked if g != x)


def _rank(g: sp.Expr) -> int:
    """Products last, and a root after what stands under it."""
    return 2 if g.is_Mul else 1 if g.is_Pow and not g.exp.is_Integer and g.base.is_Add else 0


def in_terms_of(h: sp.Expr, g: sp.Expr, x: sp.Symbol, u: sp.Symbol) -> sp.Expr | None:
    """``h`` written with ``u`` alone, or ``None``."""
    new = h.subs(g, u)
    if not new.has(x):
        return new
    if g.is_Add:
        rest, core = g.as_independent(x, as_Add=True)
        factor, core = core.as_independent(x, as_Add=False)
        if not core.is_Add and core != x and (core.is_Pow or core.is_Function):
            new = h.subs(g, u).subs(core, (u - rest) / factor)
    if new.has(x) and isinstance(g, sp.sin | sp.cos | sp.tan):
        new = _pythagoras(h, g).subs(g, u)
    if new.has(x) and g.is_Pow and g.base == x and g.exp.is_Rational and not g.exp.is_Integer:
        new = h.subs(x, u ** (1 / g.exp))
    return None if new.has(x) else new


def _pythagoras(h: sp.Expr, g: sp.Expr) -> sp.Expr:
    a = g.args[0]
    h = sp.expand_trig(h) if any(n.args[0] != a for n in h.atoms(*tools.TRIG)) else h
    if isinstance(g, sp.tan):
        return h.subs(sp.sec(a), sp.sqrt(1 + g**2)) if not h.has(sp.sin, sp.cos) else h
    other = sp.cos(a) if isinstance(g, sp.sin) else sp.sin(a)
    w = sp.Dummy("w")
    swapped = sp.powdenest(h.subs(other, sp.sqrt(w)))
    return h if tools.half_powers(swapped, w) else swapped.subs(w, 1 - g**2)


def _facts(g: sp.Expr) -> dict[str, bool]:
    if isinstance(g, sp.exp) or g.is_positive:
        return {"positive": True}
    if g.is_Pow and g.exp.is_Rational and g.exp.q == 2:
        return {"positive": True}
    return {}


def derivative_divides(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``∫ h(g(x))·g'(x) dx = ∫ h(u) du``."""
    later: list[tuple[sp.Expr, sp.Symbol, sp.Expr]] = []
    roots = len(set(tools.radicals(f, x)))
    for g in candidates(f, x):
        if (tools.linear(g, x) and not _helps_linear(f, g, x)) or _wrong_root(f, g, x):
            continue
        slope = sp.diff(g, x)
        if slope == 0 or tools.size(slope) > 4 * tools.size(f) + 20:
            continue
        u = ctx.fresh(f, x, **_facts(g))
        h = _quotient(f, slope, g, x, u)
        if h is None or h.has(sp.nan, sp.zoo) or tools.size(h) > tools.size(f) + 4:
            continue
        if len(set(tools.radicals(h, u))) > roots:
            continue
        if tools.radicals(h, u) and not _powers_only(h, u):
            later.append((g, u, h))
        elif (plan := _with(ctx, f, x, (g, u, h))) is not None:
            return plan
    return next((p for choice in later if (p := _with(ctx, f, x, choice)) is not None), None)


def _with(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, choice: tuple[sp.Expr, sp.Symbol, sp.Expr]
) -> Plan | None:
    g, u, h = choice
    sub = ctx.solve(h, u)
    return None if sub is None or sub.value is None else changed(f, x, u, g, sub)


def _wrong_root(f: sp.Expr, g: sp.Expr, x: sp.Symbol) -> bool:
    """A root of ``x`` that leaves other roots of it: the common root is the right choice."""
    if not (g.is_Pow and g.exp.is_Rational and not g.exp.is_Integer and tools.linear(g.base, x)):
        return False
    common = sp.ilcm(*(r.exp.q for r in tools.radicals(f, x) if r.base == g.base), 1)
    return bool(g.exp != sp.Rational(1, common))


def _powers_only(h: sp.Expr, u: sp.Symbol) -> bool:
    """Whether ``h`` is a sum of powers of ``u``."""
    return all(
        term.as_independent(u, as_Add=False)[1].as_base_exp()[0] in (u, 1)
        for term in sp.Add.make_args(sp.expand(h))
    )


def _helps_linear(f: sp.Expr, g: sp.Expr, x: sp.Symbol) -> bool:
    """A linear ``u`` helps a product of it, raised to a broken or high power, with ``x``."""
    return (
        any(p.base == g and (not p.exp.is_Integer or abs(p.exp) > 3) for p in f.atoms(sp.Pow))
        and (f.is_Mul and g.is_Add)
        and _polynomial_rest(f, g, x)
    )


def _polynomial_rest(f: sp.Expr, g: sp.Expr, x: sp.Symbol) -> bool:
    rest = sp.Mul(*(p for p in f.args if not (p.is_Pow and p.base == g) and p != g))
    return bool(rest.is_polynomial(x))


def _quotient(f: sp.Expr, slope: sp.Expr, g: sp.Expr, x: sp.Symbol, u: sp.Symbol) -> sp.Expr | None:
    if inner := tools.linear(g, x):
        a, b = inner
        return sp.expand_mul((f / a).subs(g, u).subs(x, (u - b) / a))
    plain = f / slope
    for h in (plain, sp.powsimp(plain), _cancelled(f.subs(g, u) / slope), _cancelled(plain)):
        new = in_terms_of(h, g, x, u)
        if new is not None:
            return _tidy(new, u)
    return None


def _cancelled(h: sp.Expr) -> sp.Expr:
    try:
        return sp.cancel(h)
    except (sp.PolynomialError, NotImplementedError, AttributeError):
        return h


def _tidy(h: sp.Expr, u: sp.Symbol) -> sp.Expr:
    if h.is_rational_function(u):
        return sp.factor_terms(sp.cancel(h)) if tools.size(sp.cancel(h)) <= tools.size(h) else h
    return tools.open_radicals(sp.powsimp(h))


def inverse(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``x = g⁻¹(u)``: for roots, logarithms and exponentials that can be undone."""
    for g in _invertible(f, x):
        u = ctx.fresh(f, x, **_facts(g))
        undone = tools.unwind(g, x, u)
        if undone is None or not undone.has(u):
            continue
        h = f.subs(g, u).subs(x, undone) * sp.diff(undone, u)
        h = _tidy(sp.powdenest(h), u)
        if h.has(x, sp.nan, sp.zoo) or tools.size(h) > 3 * tools.size(f) + 10:
            continue
        sub = ctx.solve(h, u)
        if sub is not None and sub.value is not None:
            return changed(f, x, u, g, sub)
    return None


def _invertible(f: sp.Expr, x: sp.Symbol) -> Iterator[sp.Expr]:
    seen = set()
    roots = tools.radicals(f, x)
    for base in dict.fromkeys(r.base for r in roots):
        lcm = sp.ilcm(*(r.exp.q for r in roots if r.base == base), 1)
        seen.add(base ** sp.Rational(1, lcm))
        yield base ** sp.Rational(1, lcm)
    for node in sp.preorder_traversal(f):
        if isinstance(node, sp.log | sp.exp | sp.asin | sp.acos | sp.atan) and node.has(x):
            g = node
            if isinstance(node, sp.exp):
                slope = tools.linear(node.exp, x)
                g = sp.exp(x * slope[0]) if slope else node
            if g not in seen and g != f:
                seen.add(g)
                yield g
        elif node.is_Pow and node.base == x and node.exp == -1 and x not in seen:
            seen.add(x)
            if any(h.args[0].has(1 / x) for h in f.atoms(sp.Function)):
                yield 1 / x
