"""Roots: of quadratics (trigonometric substitution), of fractions, rationalising."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import BACK, Finish, Plan, table, times
from assistant.maths.solving.integration.substitution import CHOICE, changed
from assistant.maths.solving.integration.table import renamed, rewriting
from assistant.maths.types import Link, Rule, Step, Text

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator

ARCSIN = Rule("integral.arcsin", "Integral of 1/√(a² − x²)", "1/√(a² − x²) 的积分")
ROOT_LOG = Rule("integral.root_logarithm", "Integral of 1/√(x² ± a²)", "1/√(x² ± a²) 的积分")
TRIG_SUB = Rule("integral.trig_substitution", "Trigonometric substitution", "三角代换")
SQUARE = Rule("integral.complete_square_root", "Complete the square under the root", "根号下配方")
ROOT_PARTS = Rule("integral.root_parts", "By parts, with the integral back", "分部积分（循环）")
RATIONALISE = Rule("integral.rationalise", "Rationalise the denominator", "分母有理化")


def table_roots(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``1/√(a·x² + c)``."""
    del ctx
    if not (f.is_Pow and f.exp == sp.Rational(-1, 2)):
        return None
    found = tools.quadratic(f.base, x)
    if found is None or found[1] != 0:
        return None
    a, _, c = found
    if tools.positive(-a) and tools.positive(c):
        root = sp.sqrt(-a)
        value = sp.asin(sp.radsimp(x * root / sp.sqrt(c))) / root
        why = Text("The table gives an arcsine.", "由公式得反正弦。")
        return table(f, x, ARCSIN, why, value)
    if tools.positive(a) and c != 0:
        root = sp.sqrt(a)
        inner = root * x + sp.sqrt(f.base)
        bars = inner if tools.positive(c) else sp.Abs(inner, evaluate=False)
        why = Text("The table gives a logarithm.", "由公式得对数。")
        return table(f, x, ROOT_LOG, why, sp.log(bars) / root)
    return None


def over_square_root(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``x^m·√q`` and ``x^n/√q`` for ``q = a·x² + c``, a > 0, m and n even: by parts, where the
    integral comes back; ``x^m/√q`` or ``x^(n-2)/√q`` is left."""
    half = sp.Rational(1, 2)
    roots = [p for p in f.atoms(sp.Pow) if abs(p.exp) == half and p.base.has(x)]
    found = tools.quadratic(roots[0].base, x) if len(roots) == 1 else None
    if found is None or found[1] != 0 or found[2] == 0 or not tools.positive(found[0]):
        return None
    a, _, c = found
    root = sp.sqrt(roots[0].base)
    power = sp.cancel(f / roots[0])
    n = sp.degree(power, x) if power.is_polynomial(x) else -1
    if n < 0 or power != x**n or n % 2:
        return None
    if roots[0].exp > 0:
        head, rate, left = x ** (n + 1) * root / (n + 2), c / (n + 2), x**n / root
    elif n:
        head, rate, left = (
            x ** (n - 1) * root / (a * n),
            -c * (n - 1) / (a * n),
            x ** (n - 2) / root,
        )
    else:
        return None
    sub = ctx.solve(left, x)
    if sub is None or sub.value is None:
        return None
    shown = from_sympy(head)
    why = Text(
        "By parts, the integral comes back on the right; solve for it: {0} and a multiple of the "
        "integral of {1} are left.",
        "分部积分后原积分重新出现，移项解出：得 {0} 与 {1} 的积分的倍数。",
        (shown, from_sympy(left)),
    )
    return Plan(
        f=f,
        x=x,
        rule=ROOT_PARTS,
        why=why,
        form=lambda holes: t.add(shown, times(rate, holes[0])),
        value=head + rate * sub.value,
        subs=(sub,),
    )


def quadratic_root(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``R(x, √q)`` with a quadratic ``q``: complete the square, then a right triangle."""
    roots = tools.radicals(f, x)
    bases = {r.base for r in roots}
    if len(bases) != 1 or any(r.exp.q != 2 for r in roots):
        return None
    (base,) = bases
    found = tools.quadratic(sp.expand(base), x)
    if found is None:
        return None
    a, b, c = found
    r = sp.Dummy("r", positive=True)
    g = f.replace(
        lambda p: p.is_Pow and p.base == base and p.exp.is_Rational and p.exp.q == 2,
        lambda p: r ** (2 * p.exp),
    )
    if not g.is_rational_function(x, r):
        return None
    if (plan := _over_root(ctx, f, x, (g, r, found))) is not None:
        return plan
    if b != 0 or not base.is_Add:
        return _shifted(ctx, f, x, (a, b, c, g, r))
    return _triangle(ctx, f, x, (a, c, g, r))


def _over_root(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[sp.Expr, sp.Dummy, tuple[sp.Expr, sp.Expr, sp.Expr]],
) -> Plan | None:
    """``A·√q`` as ``A·q/√q`` where that cancels; ``(B·x + C)/√q`` split by ``q'``."""
    g, r, (a, b, c) = parts
    q = a * x**2 + b * x + c
    front = sp.cancel(g / r)
    if not front.has(r) and not front.is_polynomial(x):
        new = sp.cancel(front * q)
        if new.is_polynomial(x):
            why = Text("Write √q as q/√q and cancel.", "把 √q 写成 q/√q 后约分。")
            return rewriting(ctx, f, x, new / sp.sqrt(q), why)
    over = sp.cancel(g * r)
    if over.has(r) or not tools.linear(over, x) or b == 0:
        return None
    m, n = sp.Poly(over, x).all_coeffs()
    first = m / (2 * a)
    new = first * sp.diff(q, x) / sp.sqrt(q) + sp.simplify(n - first * b) / sp.sqrt(q)
    why = Text(
        "Write the numerator with {0}, the derivative under the root.",
        "把分子用根号内二次式的导数 {0} 表示。",
        (from_sympy(sp.diff(q, x)),),
    )
    return rewriting(ctx, f, x, new, why)


def _shifted(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[sp.Expr, sp.Expr, sp.Expr, sp.Expr, sp.Dummy],
) -> Plan | None:
    a, b, c, g, r = parts
    h = b / (2 * a)
    rest = sp.factor(c - a * h**2)
    u = ctx.fresh(f, x)
    new = g.subs(x, u - h).subs(r, sp.sqrt(a * u**2 + rest))
    sub = ctx.solve(new, u)
    if sub is None or sub.value is None:
        return None
    square = g.subs(r, sp.sqrt(a * sp.Pow(x + h, 2) + rest))
    inner = changed(square, x, u, x + h, sub)
    assert inner.value is not None
    value = inner.value.subs(sp.sqrt(a * (x + h) ** 2 + rest), sp.sqrt(a * x**2 + b * x + c))
    return Plan(
        f=f,
        x=x,
        rule=SQUARE,
        why=Text("Complete the square under the root.", "对根号内的二次式配方。"),
        form=lambda holes: holes[0],
        value=value,
        subs=(inner,),
    )


def _triangle(
    ctx: Integrator,
    f: sp.Expr,
    x: sp.Symbol,
    parts: tuple[sp.Expr, sp.Expr, sp.Expr, sp.Dummy],
) -> Plan | None:
    """x = k·sin θ, k·tan θ or k·sec θ; the functions of θ are read off a right triangle."""
    a, c, g, r = parts
    th = ctx.fresh(f, x, angle=True)
    root = sp.sqrt(a * x**2 + c)
    if tools.positive(-a) and tools.positive(c):
        k, m = sp.sqrt(c / -a), sp.sqrt(c)
        new, side = k * sp.sin(th), m * sp.cos(th)
        angle, sin, cos = sp.asin(x / k), x / k, root / m
    elif tools.positive(a) and tools.positive(c):
        k, m = sp.sqrt(c / a), sp.sqrt(c)
        new, side = k * sp.tan(th), m * sp.sec(th)
        angle, sin, cos = sp.atan(x / k), sp.sqrt(a) * x / root, m / root
    elif tools.positive(a) and tools.positive(-c):
        k, m = sp.sqrt(-c / a), sp.sqrt(-c)
        new, side = k * sp.sec(th), m * sp.tan(th)
        angle, sin, cos = sp.acos(k / x), root / (sp.sqrt(a) * x), k / x
    else:
        return None
    h = _simplified(g.subs({x: new, r: side}) * sp.diff(new, th), th)
    sub = ctx.solve(h, th)
    if sub is None or sub.value is None:
        return None
    final = sp.atan(root / m) if isinstance(angle, sp.acos) else angle
    value = _read_off(sub.value, th, (final, sin, cos))
    chosen = t.equation(t.Symbol(x.name), from_sympy(new))
    given = t.equation(t.Symbol(th.name), from_sympy(angle))
    extra = (t.Relation(t.Comparison.GT, t.Symbol(x.name), from_sympy(k)),)
    return Plan(
        f=f,
        x=x,
        rule=TRIG_SUB,
        why=Text(
            "Let {0}; then {1}.",
            "令 {0}，则 {1}。",
            (chosen, t.equation(from_sympy(root), from_sympy(side))),
        ),
        form=lambda holes: holes[0],
        value=value,
        subs=(sub,),
        given=(given, *(extra if isinstance(angle, sp.acos) else ())),
        finish=Finish(
            rule=BACK,
            why=Text(
                "Go back with {0} and the right triangle.", "由 {0} 及直角三角形回代。", (given,)
            ),
        ),
        substeps=_choice(x, th, new),
    )


def _choice(x: sp.Symbol, th: sp.Symbol, new: sp.Expr) -> tuple[Step, ...]:
    return (
        Step(
            rule=CHOICE,
            why=Text(
                "Choose the substitution that makes the root a square.",
                "选取使根号内成为完全平方的代换。",
            ),
            before=t.Symbol(x.name),
            after=from_sympy(new),
            link=Link.FORMULA,
            variable=th.name,
        ),
        Step(
            rule=CHOICE,
            why=Text("Differentiate it with respect to {0}.", "对 {0} 求导。", (th.name,)),
            before=from_sympy(new),
            after=from_sympy(sp.diff(new, th)),
            link=Link.DERIVATIVE,
            variable=th.name,
        ),
    )


def _simplified(h: sp.Expr, th: sp.Symbol) -> sp.Expr:
    """The integrand in θ, its constants pulled together, in tan and sec where they fit."""
    from assistant.maths.solving.integration.trigonometric import in_sine_cosine

    h = sp.cancel(in_sine_cosine(h))
    s, c = sp.sin(th), sp.cos(th)
    const, body = sp.factor_terms(h).as_independent(th, as_Add=False)
    factors = {g.as_base_exp()[0]: g.as_base_exp()[1] for g in sp.Mul.make_args(body)}
    if set(factors) <= {s, c}:
        m, n = factors.get(s, 0), factors.get(c, 0)
        if n < 0 <= m and -n >= m:
            body = sp.tan(th) ** m * sp.sec(th) ** (-n - m)
        elif m < 0 <= n and -m >= n:
            body = sp.cot(th) ** n * sp.csc(th) ** (-m - n)
    return const * body


def _read_off(value: sp.Expr, th: sp.Symbol, triangle: tuple[sp.Expr, sp.Expr, sp.Expr]) -> sp.Expr:
    """``F(θ)`` in ``x``."""
    from assistant.maths.solving.integration.trigonometric import in_sine_cosine

    angle, sin, cos = triangle
    value = value.replace(sp.tan(th / 2), sp.sin(th) / (1 + sp.cos(th)))
    value = in_sine_cosine(sp.expand_trig(value))
    new = value.subs({sp.sin(th): sin, sp.cos(th): cos}).subs(th, angle)
    return sp.expand(new)


def root_of_fraction(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """``R(x, ((ax+b)/(cx+d))^(1/n))``: the root is the new variable."""
    roots = tools.radicals(f, x)
    bases = {sp.together(r.base) for r in roots}
    if len(bases) != 1:
        return _two_roots(ctx, f, x, roots)
    (base,) = bases
    num, den = sp.fraction(base)
    if not den.has(x) or not (tools.linear(num, x) or not num.has(x)) or not tools.linear(den, x):
        return None
    n = sp.ilcm(*(r.exp.q for r in roots), 1)
    u = ctx.fresh(f, x, positive=True)
    undone = sp.solve(num - u**n * den, x)
    if len(undone) != 1:
        return None
    h = f.replace(
        lambda p: p.is_Pow and p.exp.is_Rational and p.exp.q > 1, lambda p: u ** (p.exp * n)
    ).subs(x, undone[0])
    h = sp.factor_terms(sp.cancel(h * sp.diff(undone[0], u)))
    sub = ctx.solve(h, u)
    if sub is None or sub.value is None:
        return None
    return changed(f, x, u, base ** sp.Rational(1, n), sub)


def _two_roots(ctx: Integrator, f: sp.Expr, x: sp.Symbol, roots: list[sp.Pow]) -> Plan | None:
    """``√A·√B`` under one root, ``√A/√B`` as ``A/√(AB)``."""
    if len(roots) != 2 or not f.is_Mul or any(abs(r.exp) != sp.Rational(1, 2) for r in roots):
        return None
    if any(tools.linear(r.base, x) is None for r in roots) or not set(roots) <= set(f.args):
        return None
    first, second = roots
    rest = f / first / second
    product = sp.expand(first.base * second.base)
    if first.exp == second.exp:
        new = rest * product**first.exp
    else:
        top = first.base if first.exp > 0 else second.base
        new = rest * top / sp.sqrt(product)
    return rewriting(ctx, f, x, new, Text("Bring both under one root.", "合并为一个根式。"))


def rationalised(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """The conjugate of a sum of roots in the denominator."""
    den = sp.fraction(f)[1]
    if not den.is_Add or len(tools.radicals(den, x)) == 0:
        return None
    new = sp.expand(sp.radsimp(f))
    if tools.radicals(sp.fraction(sp.together(new))[1], x) or new == f:
        return None
    why = Text("Multiply by the conjugate.", "分子分母同乘共轭式。")
    return renamed(ctx, f, x, new, (RATIONALISE, why))
