"""Powers, products and quotients of trigonometric functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp
from sympy.simplify.fu import TR8

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.parts import PARTS, SOLVE, part_steps, why
from assistant.maths.solving.integration.plan import Finish, Plan, integral, times
from assistant.maths.solving.integration.substitution import changed
from assistant.maths.solving.integration.table import renamed
from assistant.maths.types import Rule, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

LINEARISE = Rule(
    "integral.trig_linearise", "Product-to-sum and half-angle formulas", "积化和差与降幂"
)
PYTHAGORAS = Rule("integral.trig_pythagoras", "Pythagorean identity", "平方关系恒等变形")
CONVERT = Rule("integral.trig_convert", "Write with sine and cosine", "化为正弦与余弦")
REDUCING = Text(
    "Replace products and squares by sums of cosines and sines of multiple angles.",
    "用降幂公式与积化和差公式化为倍角的和。",
)


def _single_angle(f: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    angles = {g.args[0] for g in f.atoms(*tools.TRIG) if g.has(x)}
    if len(angles) != 1:
        return None
    (angle,) = angles
    return angle if tools.linear(angle, x) else None


def _exponents(f: sp.Expr) -> dict[type, sp.Expr] | None:
    """Exponent of each trigonometric function in a product of their powers."""
    out: dict[type, sp.Expr] = {}
    for g in sp.Mul.make_args(f):
        base, n = g.as_base_exp() if g.is_Pow else (g, sp.S.One)
        if not isinstance(base, tools.TRIG) or not n.is_Rational:
            return None
        out[base.func] = n
    return out


def powers(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """Products of powers of tan and sec (cot and csc), even powers of sine and cosine."""
    angle = _single_angle(f, x)
    if angle is None:
        return None
    n = _exponents(f)
    if n is None or any(not k.is_Integer for k in n.values()):
        return None
    for slope, other, sign in ((sp.tan, sp.sec, 1), (sp.cot, sp.csc, -1)):
        if set(n) <= {slope, other}:
            m, k = int(n.get(slope, 0)), int(n.get(other, 0))
            return _tangent_secant(ctx, f, x, (slope(angle), other(angle), sign, m, k))
    if set(n) <= {sp.sin, sp.cos} and all(k >= 0 and k % 2 == 0 for k in n.values()):
        return renamed(ctx, f, x, sp.expand(TR8(f)), (LINEARISE, REDUCING))
    return None


def _tangent_secant(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[sp.Expr, sp.Expr, int, int, int],
) -> Plan | None:
    """``tan^m sec^k`` (or cot and csc, with ``sign`` −1)."""
    tan, sec, sign, m, k = parts
    a = sp.diff(tan.args[0], x)
    if k >= 2 and k % 2 == 0:
        u = ctx.fresh(f, x)
        h = sp.expand(u**m * (1 + u**2) ** (k // 2 - 1)) * sign / a
        return _changed(ctx, f, x, (u, tan, h))
    if m > 0 and m % 2 == 1 and k >= 1:
        u = ctx.fresh(f, x)
        h = sp.expand((u**2 - 1) ** ((m - 1) // 2) * u ** (k - 1)) * sign / a
        return _changed(ctx, f, x, (u, sec, h))
    identity = Text(
        "Use {0}.", "利用 {0}。", (t.equation(from_sympy(tan**2), from_sympy(sec**2 - 1)),)
    )
    if k == 0 and m >= 2:
        new = tan ** (m - 2) * sec**2 - tan ** (m - 2)
        return renamed(ctx, f, x, new, (PYTHAGORAS, identity))
    if m >= 2 and m % 2 == 0 and k >= 1:
        new = sp.expand((sec**2 - 1) ** (m // 2) * sec**k)
        return renamed(ctx, f, x, new, (PYTHAGORAS, identity))
    if m == 0 and k >= 3:
        return _secant_power(ctx, f, x, (tan, sec, sign, k))
    return None


def _changed(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, choice: tuple[sp.Symbol, sp.Expr, sp.Expr]
) -> Plan | None:
    u, g, h = choice
    sub = ctx.solve(sp.expand(h), u) or ctx.solve(h, u)
    if sub is None or sub.value is None:
        return None
    return changed(f, x, u, g, sub)


def _secant_power(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, parts: tuple[sp.Expr, sp.Expr, int, int]
) -> Plan | None:
    """``∫ sec^k`` by parts, which brings the integral back."""
    tan, sec, sign, k = parts
    sub = ctx.solve(sec ** (k - 2), x)
    if sub is None or sub.value is None:
        return None
    v = sign * tan / sp.diff(tan.args[0], x)
    first = sec ** (k - 2) * v
    return Plan(
        f=f,
        x=x,
        rule=PARTS,
        why=Text(
            why(sec ** (k - 2), v, sec**2, x).en + " Then use {4}.",
            why(sec ** (k - 2), v, sec**2, x).zh + "再利用 {4}。",
            (
                *why(sec ** (k - 2), v, sec**2, x).args,
                t.equation(from_sympy(tan**2), from_sympy(sec**2 - 1)),
            ),
        ),
        form=lambda holes: t.add(
            from_sympy(first),
            t.Neg(times(sp.Integer(k - 2), integral(f, x))),
            times(sp.Integer(k - 2), holes[0]),
        ),
        value=first / (k - 1) + sp.expand_mul(sp.Rational(k - 2, k - 1) * sub.value),
        subs=(sub,),
        finish=Finish(
            rule=SOLVE,
            why=Text(
                "The integral that is wanted stands on both sides: solve for it.",
                "等式两边都出现所求积分，解出它。",
            ),
        ),
        substeps=part_steps(sec ** (k - 2), v, sec**2, x),
    )


def product_to_sum(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``sin(ax)·cos(bx)`` and the like, also times a polynomial or ``e^(kx)``."""
    if not (f.is_Mul or f.is_Pow):
        return None
    waves: list[sp.Expr] = []
    rest: list[sp.Expr] = []
    for g in sp.Mul.make_args(f):
        base, n = g.as_base_exp() if g.is_Pow else (g, sp.S.One)
        is_wave = isinstance(base, sp.sin | sp.cos) and n.is_Integer and n > 0
        (waves if is_wave else rest).append(g)
    wave, other = sp.Mul(*waves), sp.Mul(*rest)
    angles = {g.args[0] for g in wave.atoms(sp.sin, sp.cos)}
    if any(tools.linear(a, x) is None for a in angles):
        return None
    degree = sum((int(g.exp) if g.is_Pow else 1) for g in waves)
    if degree < 2 or (len(angles) == 1 and not other.has(x)):
        return None
    if other.has(x) and not (other.is_polynomial(x) or isinstance(other, sp.exp)):
        return None
    new = sp.expand(TR8(wave) * other)
    return renamed(ctx, f, x, new, (LINEARISE, REDUCING)) if new.is_Add else None


def in_sine_cosine(f: sp.Expr) -> sp.Expr:
    """tan, cot, sec, csc written with sine and cosine."""
    for kind, new in (
        (sp.tan, lambda a: sp.sin(a) / sp.cos(a)),
        (sp.cot, lambda a: sp.cos(a) / sp.sin(a)),
        (sp.sec, lambda a: 1 / sp.cos(a)),
        (sp.csc, lambda a: 1 / sp.sin(a)),
    ):
        f = f.replace(kind, new)
    return f


def conversions(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """Everything in sine and cosine, or a square replaced by the identity."""
    if not f.has(*tools.TRIG):
        return None
    identity = Text("Use the Pythagorean identity.", "利用平方关系。")
    for tan, sec in ((sp.tan, sp.sec), (sp.cot, sp.csc)):
        w = sp.Wild("w")
        new = sp.expand(f.replace(tan(w) ** 2, sec(w) ** 2 - 1)) if f.has(tan) else f
        if new != f and new.is_Add:
            plan = renamed(ctx, f, x, new, (PYTHAGORAS, identity))
            if plan is not None:
                return plan
    new = in_sine_cosine(f)
    if new == f:
        return None
    reason = Text("Write every function with sine and cosine.", "把各函数都化为正弦与余弦。")
    tidy = sp.powsimp(sp.cancel(new)) if not tools.radicals(new, x) else sp.powsimp(new)
    return renamed(ctx, f, x, tidy, (CONVERT, reason))


def _pair(f: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr, sp.Symbol, sp.Symbol] | None:
    """``f`` as an expression in two symbols for sine and cosine, and their angle."""
    g = in_sine_cosine(f)
    angles = [h.args[0] for h in g.atoms(sp.sin, sp.cos) if h.has(x)]
    slopes = [tools.linear(a, x) for a in angles]
    if not angles or any(s is None for s in slopes):
        return None
    shortest = min(
        angles, key=lambda a: abs(sp.N(sp.diff(a, x).subs(dict.fromkeys(a.free_symbols, 1))))
    )
    ratios = [sp.cancel(a / shortest) for a in angles]
    if any(not r.is_Integer for r in ratios):
        return None
    if len(set(angles)) > 1:
        g = sp.expand_trig(g)
    s, c = sp.Symbol("_s", real=True), sp.Symbol("_c", real=True)
    g = g.subs({sp.sin(shortest): s, sp.cos(shortest): c})
    return None if g.has(x) else (g, shortest, s, c)


def _even_in(h: sp.Expr, s: sp.Symbol, square: sp.Expr) -> sp.Expr | None:
    """``h`` with ``s²`` replaced, or ``None`` where an odd power stays."""
    if not h.has(s):
        return h
    if h.is_rational_function(s):
        h = sp.cancel(sp.together(h))
    w = sp.Dummy("w", positive=True)
    new = sp.powdenest(h.subs(s, sp.sqrt(w)))
    return None if tools.half_powers(new, w) else new.subs(w, square)


def same_angle(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``R(sin, cos)`` by the rules of Bioche: u = cos, sin or tan where the parity allows it."""
    found = _pair(f, x)
    if found is None:
        return None
    g, angle, s, c = found
    a = sp.diff(angle, x)
    u = ctx.fresh(f, x)
    tries = (
        (sp.cos(angle), -g / (a * s), 1 - c**2, c),
        (sp.sin(angle), g / (a * c), 1 - s**2, s),
    )
    for choice, rest, square, keep in tries:
        h = _even_in(rest, c if keep is s else s, square)
        if h is not None and not h.has(c if keep is s else s):
            plan = _solve_changed(ctx, f, x, (u, choice, h.subs(keep, u)))
            if plan is not None:
                return plan
    h = _even_in(g.subs(s, u * c) / (a * (1 + u**2)), c, 1 / (1 + u**2))
    if h is None or h.has(c):
        return None
    return _solve_changed(ctx, f, x, (u, sp.tan(angle), h))


def _solve_changed(
    ctx: Integrator, f: sp.Expr, x: sp.Symbol, choice: tuple[sp.Symbol, sp.Expr, sp.Expr]
) -> Plan | None:
    u, g, h = choice
    if h.is_rational_function(u):
        h = sp.factor_terms(sp.cancel(h))
    sub = ctx.solve(h, u)
    return None if sub is None or sub.value is None else changed(f, x, u, g, sub)


def universal(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """Weierstrass: ``u = tan(x/2)``, where nothing simpler helps."""
    found = _pair(f, x)
    if found is None:
        return None
    g, angle, s, c = found
    if not g.is_rational_function(s, c):
        return None
    u = ctx.fresh(f, x)
    h = g.subs({s: 2 * u / (1 + u**2), c: (1 - u**2) / (1 + u**2)}) * 2 / (1 + u**2)
    h = sp.factor_terms(sp.cancel(sp.together(h / sp.diff(angle, x))))
    return _solve_changed(ctx, f, x, (u, sp.tan(angle / 2), h))
