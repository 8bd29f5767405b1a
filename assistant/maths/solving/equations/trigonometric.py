"""Trigonometric equations: everything in sine and cosine of one angle, then factor."""

from __future__ import annotations

from dataclasses import replace
from math import gcd, lcm

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.solving.equations.core import find
from assistant.maths.solving.equations.found import (
    WHY_ZERO_PRODUCT,
    ZERO_PRODUCT,
    Found,
    branches,
    real_symbol,
    step,
    written,
    zero_form,
)
from assistant.maths.solving.equations.solution_sets import LINE, sign_of
from assistant.maths.types import Link, Rule, Text

ONE_ANGLE = Rule("trigonometric.one_angle", "Write everything with one angle", "化为同角三角函数")
AUXILIARY = Rule("trigonometric.auxiliary_angle", "Combine sine and cosine", "辅助角公式")
FACTOR = Rule("trigonometric.factor", "Factor", "因式分解")
IDENTITY = Rule("trigonometric.identity", "An identity", "三角恒等式")
TANGENT = Rule("trigonometric.divide_by_cosine", "Divide by the cosine", "两边同除以余弦")

CIRCULAR = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)
MAX_MULTIPLE = 8
"""The largest multiple of an angle that is expanded."""

S, C = sp.symbols("s_ c_", real=True)


def common_angle(value: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """The angle ``a x`` of which all the angles are whole multiples (plus constants)."""
    rates: list[sp.Expr] = []
    for node in value.atoms(*CIRCULAR):
        if not node.has(x):
            continue
        h = sp.expand(node.args[0])
        if not h.is_polynomial(x) or sp.degree(h, x) != 1:
            return None
        rates.append(h.coeff(x, 1))
    if not rates:
        return None
    ratios = [sp.cancel(r / rates[0]) for r in rates]
    if not all(r.is_Rational for r in ratios):
        return None
    den = lcm(*(int(r.q) for r in ratios))
    common = gcd(*(int(r * den) for r in ratios))
    return sp.expand(sp.Rational(common, den) * rates[0]) * x


def _in_sine_and_cosine(value: sp.Expr, x: sp.Symbol, angle: sp.Expr) -> sp.Expr | None:
    """A rational function of S and C, which stand for sine and cosine of the angle."""
    changes = {}
    for node in value.atoms(*CIRCULAR):
        if not node.has(x):
            continue
        h = sp.expand(node.args[0])
        rest = h.coeff(x, 0)
        n = int(h.coeff(x, 1) / angle.coeff(x, 1))
        if abs(n) > MAX_MULTIPLE:
            return None
        power = sp.expand((C + sp.I * S) ** abs(n))
        cos_n, sin_n = sp.re(power), sp.im(power) * (1 if n >= 0 else -1)
        sin_h = sp.expand(sin_n * sp.cos(rest) + cos_n * sp.sin(rest))
        cos_h = sp.expand(cos_n * sp.cos(rest) - sin_n * sp.sin(rest))
        changes[node] = {
            sp.sin: sin_h,
            sp.cos: cos_h,
            sp.tan: sin_h / cos_h,
            sp.cot: cos_h / sin_h,
            sp.sec: 1 / cos_h,
            sp.csc: 1 / sin_h,
        }[type(node)]
    result = value.xreplace(changes)
    return None if result.has(x) else result


def trigonometric(equation: t.Relation, name: str, depth: int) -> Found | None:
    """``sin(2x) = cos(x)``, ``sin x + cos x = 1``, ``2 sin^2 x + 3 cos x = 0``."""
    x = real_symbol(name)
    value = zero_form(equation)
    if value.free_symbols - {x} or not value.has(*CIRCULAR):
        return None
    angle = common_angle(value, x)
    flat = None if angle is None else _in_sine_and_cosine(value, x, angle)
    if angle is None or flat is None:
        return None
    num = sp.expand(sp.fraction(sp.together(flat))[0])
    if not num.is_polynomial(S, C):
        return None
    if num != 0 and _reduced(num, S, C) == 0:
        why = Text("This is an identity of sine and cosine.", "由三角恒等式，等式恒成立。")
        one = step(equation, t.Truth(value=True), IDENTITY, why, name=name, link=Link.IMPLIES)
        return Found(steps=(one,), pieces=(LINE,), method="identity")
    for shape in (num, _reduced(num, S, C), _reduced(num, C, S)):
        found = _by_shape(equation, name, depth, (shape, angle))
        if found is not None:
            return found
    return None


def _reduced(value: sp.Expr, kept: sp.Symbol, gone: sp.Symbol) -> sp.Expr:
    """Squares of one function replaced by those of the other."""
    return sp.expand(sp.rem(value, gone**2 + kept**2 - 1, gone))


def _show(value: sp.Expr, angle: sp.Expr) -> t.Expr:
    return written(value.subs({S: sp.sin(angle), C: sp.cos(angle)}, simultaneous=True))


def _by_shape(
    equation: t.Relation, name: str, depth: int, form: tuple[sp.Expr, sp.Expr]
) -> Found | None:
    value, angle = form
    if value == 0 or not value.has(S, C):
        return None
    line = t.equation(_show(value, angle), t.integer(0))
    steps = []
    if line != equation:
        why = Text("Use the identities of sine and cosine.", "利用三角恒等式化简。")
        steps.append(step(equation, line, ONE_ANGLE, why, name=name, link=Link.IMPLIES))
    ways = WAYS if line == equation else (_one_function, *WAYS)
    for way in ways:
        found = way(line, name, depth, form)
        if found is not None:
            return replace(found, steps=(*steps, *found.steps), method="trigonometric")
    return None


def _one_function(
    line: t.Relation, name: str, depth: int, form: tuple[sp.Expr, sp.Expr]
) -> Found | None:
    value, _ = form
    if value.has(S) and value.has(C):
        return None
    return find(line, name, depth + 1) if depth < 6 else None


def _product(
    line: t.Relation, name: str, depth: int, form: tuple[sp.Expr, sp.Expr]
) -> Found | None:
    value, angle = form
    factors = [f for f, _ in sp.factor_list(value)[1]]
    if len(factors) < 2:
        return None
    sides = [t.equation(_show(f, angle), t.integer(0)) for f in factors]
    parts = [find(s, name, depth + 1) for s in sides]
    if any(p is None for p in parts):
        return None
    product = t.equation(t.mul(*(s.left for s in sides)), t.integer(0))
    either = t.Junction(t.Connective.OR, tuple(sides))
    steps = (
        step(line, product, FACTOR, Text("Factor the left side.", "左边因式分解。"), name=name),
        step(product, either, ZERO_PRODUCT, WHY_ZERO_PRODUCT, name=name),
    )
    found = branches(name, sides, [p for p in parts if p is not None])
    return replace(found, steps=(*steps, *found.steps))


def _linear(line: t.Relation, name: str, depth: int, form: tuple[sp.Expr, sp.Expr]) -> Found | None:
    """a sin θ + b cos θ = c is r sin(θ + φ) = c with r² = a² + b²."""
    value, angle = form
    poly = sp.Poly(value, S, C)
    if poly.total_degree() != 1:
        return None
    a, b, c = poly.coeff_monomial(S), poly.coeff_monomial(C), poly.coeff_monomial(1)
    if sign_of(a) == -1:
        a, b, c = -a, -b, -c
    if a == 0 or b == 0:
        return None
    r = sp.sqrt(a**2 + b**2)
    shift = sp.atan(b / a)
    after = t.equation(written(sp.sin(angle + shift, evaluate=False)), written(sp.radsimp(-c / r)))
    why = Text(
        "a·sin θ + b·cos θ is r·sin(θ + φ) with r = {0} and φ = {1}.",
        "a·sin θ + b·cos θ = r·sin(θ + φ)，其中 r = {0}，φ = {1}。",
        (written(r), written(shift)),
    )
    found = find(after, name, depth + 1)
    if found is None:
        return None
    return replace(found, steps=(step(line, after, AUXILIARY, why, name=name), *found.steps))


def _homogeneous(
    line: t.Relation, name: str, depth: int, form: tuple[sp.Expr, sp.Expr]
) -> Found | None:
    """Every term of the same degree: divided by the power of the cosine, it is in tan θ."""
    value, angle = form
    poly = sp.Poly(value, S, C)
    degrees = {sum(m) for m in poly.monoms()}
    top = max(degrees)
    if any((top - d) % 2 for d in degrees) or top < 2:
        return None
    full = sp.expand(
        sum(
            c * S ** m[0] * C ** m[1] * (S**2 + C**2) ** ((top - sum(m)) // 2)
            for m, c in poly.terms()
        )
    )
    if full.subs(C, 0) == 0:
        return None  # a zero of the cosine would be lost by dividing
    u = sp.Symbol("u_", real=True)
    in_tan = sp.expand(full.subs({S: u, C: 1}, simultaneous=True))
    after = t.equation(written(in_tan.subs(u, sp.tan(angle))), t.integer(0))
    why = Text(
        "Where the cosine is zero this does not hold; divide by its power.",
        "余弦为零时等式不成立，两边同除以余弦的幂。",
    )
    found = find(after, name, depth + 1)
    if found is None:
        return None
    one = step(line, after, TANGENT, why, name=name, link=Link.EQUIVALENT)
    return replace(found, steps=(one, *found.steps))


WAYS = (_product, _linear, _homogeneous)
