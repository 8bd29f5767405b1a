"""Absolute values, signs, steps, maxima: one integral a region, joined without a jump."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import Finish, Plan, table
from assistant.maths.types import Link, Rule, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

ABSOLUTE = Rule("integral.absolute", "Integral of an absolute value", "绝对值的积分")
STEP = Rule("integral.step", "Integral of a step function", "取整函数的积分")
REGIONS = Rule("integral.regions", "Split where the sign changes", "按符号分段")
JOIN = Rule("integral.join", "Join the parts", "拼接各段")
KINDS = (sp.Abs, sp.sign, sp.Max, sp.Min)


def split(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``|g|``, ``sign g``, ``max``, ``min``, ``floor`` in the integrand."""
    if not f.has(*KINDS, sp.floor, sp.ceiling):
        return None
    if isinstance(f, sp.Abs | sp.sign | sp.floor | sp.ceiling):
        inner = tools.linear(f.args[0], x)
        if inner is not None:
            return _table(f, x, inner[0])
    if isinstance(f, sp.Add) and all(_in_table(term, x) for term in f.args):
        return None  # term by term it is shorter, and goes on without a jump by itself
    return _regions(ctx, f, x)


def _in_table(term: sp.Expr, x: sp.Symbol) -> bool:
    """A term without bars, or a number times ``|a x + b|``."""
    factor, rest = term.as_independent(x, as_Add=False)
    if not rest.has(*KINDS, sp.floor, sp.ceiling):
        return not factor.has(*KINDS, sp.floor, sp.ceiling)
    return isinstance(rest, sp.Abs | sp.sign) and tools.linear(rest.args[0], x) is not None


def with_bars(f: sp.Expr) -> sp.Expr:
    """``(u + v ± |u − v|)/2`` for the larger or smaller of two."""

    def put(node: sp.Expr) -> sp.Expr:
        u, v = node.args
        gap = sp.Abs(u - v)
        return sp.expand((u + v + (gap if isinstance(node, sp.Max) else -gap)) / 2)

    return f.replace(lambda n: isinstance(n, sp.Max | sp.Min) and len(n.args) == 2, put)


def _table(f: sp.Expr, x: sp.Symbol, a: sp.Expr) -> Plan:
    g = f.args[0]
    if isinstance(f, sp.Abs):
        why = Text(
            "On each side of its zero, |u| is u or −u; both are covered by u·|u|/2.",
            "在零点两侧 |u| 分别为 u 与 −u，统一写成 u·|u|/2。",
        )
        return table(f, x, ABSOLUTE, why, g * sp.Abs(g) / (2 * a))
    if isinstance(f, sp.sign):
        why = Text("The slope of |u| is the sign of u.", "|u| 的导数是 u 的符号。")
        return table(f, x, ABSOLUTE, why, sp.Abs(g) / a)
    why = Text(
        "On each step the value is constant; the parts are joined without a jump.",
        "在每一级上取值为常数，各段连续拼接。",
    )
    n = f
    joined = n * g - n * (n + 1) / 2 if isinstance(f, sp.floor) else n * g - n * (n - 1) / 2
    return table(f, x, STEP, why, joined / a)


def breaks(f: sp.Expr, x: sp.Symbol) -> list[sp.Expr] | None:
    """Where the inner expressions change sign, in order; ``None`` where that is not known."""
    inner = [n.args[0] for n in f.atoms(sp.Abs, sp.sign) if n.has(x)]
    inner += [
        n.args[0] - n.args[1] for n in f.atoms(sp.Max, sp.Min) if n.has(x) and len(n.args) == 2
    ]
    if any(n.has(x) and len(n.args) != 2 for n in f.atoms(sp.Max, sp.Min)):
        return None
    points: set[sp.Expr] = set()
    for g in inner:
        if g.free_symbols != {x} or not g.is_polynomial(x):
            return None
        roots = sp.real_roots(sp.Poly(g, x), multiple=False)
        if any(isinstance(r, sp.CRootOf) for r, _ in roots):
            return None
        points |= {r for r, _ in roots}
    return sorted(points, key=sp.N)


def resolved(f: sp.Expr, x: sp.Symbol, at: sp.Expr) -> sp.Expr:
    """``f`` with every sign decided as it is at ``at``, where its values there are real."""

    def decide(n: sp.Expr) -> sp.Expr:
        values = {g: g.subs(x, at).evalf() for g in n.args}
        if not n.has(x) or not all(
            value.is_number and value.is_extended_real for value in values.values()
        ):
            return n
        if isinstance(n, sp.Abs | sp.sign):
            s = 1 if values[n.args[0]] > 0 else -1
            return s * n.args[0] if isinstance(n, sp.Abs) else sp.Integer(s)
        pick = max if isinstance(n, sp.Max) else min
        return pick(n.args, key=values.__getitem__)

    return f.replace(lambda n: isinstance(n, KINDS), decide)


def _regions(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    if f.has(sp.floor, sp.ceiling):
        return None
    points = breaks(f, x)
    if points is None or not 0 < len(points) <= 6:
        return None
    inside = _between(points)
    pieces = [resolved(f, x, at) for at in inside]
    subs = [ctx.solve(g, x) for g in pieces]
    values: list[sp.Expr] = []
    for n, sub in enumerate(subs):
        if sub is None or sub.value is None:
            return None
        value = sub.value
        if n:
            gap = values[-1].subs(x, points[n - 1]) - value.subs(x, points[n - 1])
            if not gap.is_finite:
                return None
            value = value + sp.nsimplify(sp.simplify(gap)) if not gap.is_Rational else value + gap
        values.append(value)
    conditions = [x < p for p in points] + [True]
    spelled = [from_sympy(x < p) for p in points]
    spelled.append(t.Relation(t.Comparison.GE, t.Symbol(x.name), from_sympy(points[-1])))
    return Plan(
        f=f,
        x=x,
        rule=REGIONS,
        why=Text(
            "The expressions inside change sign at {0}: integrate on each region.",
            "各式在 {0} 处变号，分区间积分。",
            (t.Collection(t.Bracket.SET, tuple(map(from_sympy, points))),),
        ),
        form=lambda holes: t.Call(
            "piecewise", tuple(e for pair in zip(holes, spelled, strict=True) for e in pair)
        ),
        value=sp.Piecewise(*zip(values, conditions, strict=True)),
        subs=tuple(s for s in subs if s is not None),
        finish=Finish(
            rule=JOIN,
            link=Link.FORMULA,
            why=Text(
                "Choose the constants so that the parts meet without a jump.",
                "选取各段的常数，使原函数在分段点处连续。",
            ),
        ),
    )


def _between(points: list[sp.Expr]) -> list[sp.Expr]:
    middle = [(a + b) / 2 for a, b in itertools.pairwise(points)]
    return [points[0] - 1, *middle, points[-1] + 1]
