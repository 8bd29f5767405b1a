"""Expansions of single functions: near a point, at infinity, and where they jump."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths.checking.asymptotics.scales import (
    FLAT,
    LOG,
    UNKNOWN_ORDER,
    Expansion,
    Oscillates,
    Powers,
    Unknown,
    Value,
    add,
    constant,
    enclosure,
    multiply,
    scale,
)

if TYPE_CHECKING:
    from assistant.maths.checking.asymptotics.expand import Builder

ENTIRE = (sp.sin, sp.cos, sp.exp, sp.atan, sp.erf, sp.asinh)
LOCAL = (
    *ENTIRE, sp.asin, sp.acos, sp.gamma, sp.loggamma, sp.digamma, sp.erfc, sp.LambertW, sp.atanh,
    sp.acosh, sp.zeta, sp.Si,
)  # fmt: skip
REWRITES: dict[type, Callable[[Value], Value]] = {
    sp.tan: lambda u: sp.sin(u) / sp.cos(u),
    sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sec: lambda u: 1 / sp.cos(u),
    sp.csc: lambda u: 1 / sp.sin(u),
    sp.sinh: lambda u: (sp.exp(u) - sp.exp(-u)) / 2,
    sp.cosh: lambda u: (sp.exp(u) + sp.exp(-u)) / 2,
    sp.tanh: lambda u: 1 - 2 / (sp.exp(2 * u) + 1),
    sp.coth: lambda u: 1 + 2 / (sp.exp(2 * u) - 1),
    sp.sech: lambda u: 2 / (sp.exp(u) + sp.exp(-u)),
    sp.csch: lambda u: 2 / (sp.exp(u) - sp.exp(-u)),
    sp.acot: lambda u: sp.atan(1 / u),
    sp.factorial: lambda u: sp.gamma(u + 1),
}


def function(build: Builder, func: type, arg: Value) -> Expansion:
    """A function of one argument."""
    if func in REWRITES:
        return build(REWRITES[func](arg))
    item = build(arg)
    if func in (sp.sin, sp.cos):
        return trigonometric(build, func, item)
    value = limit_or_wave(build, item)
    if value in (sp.oo, -sp.oo):
        return far(build, func, arg, value)
    if func not in LOCAL:
        raise Unknown(str(func))
    if func is sp.gamma and value.is_integer and value <= 0:
        return build(sp.gamma(arg + 1) / arg)
    if func is sp.acos and value == 1:
        return build(2 * sp.asin(sp.sqrt((1 - arg) / 2)))
    if func is sp.asin and value in (1, -1):
        return build(value * (sp.pi / 2 - 2 * sp.asin(sp.sqrt((1 - value * arg) / 2))))
    return taylor(build, func, value, item)


def limit_or_wave(build: Builder, item: Expansion) -> Value:
    """The limit, or a constant term that oscillates or moves slowly."""
    if FLAT in item and item[FLAT].terms:
        exponent, coefficient = item[FLAT].terms[0]
        moving = coefficient.free_symbols & {LOG, *build.ctx.wave_symbols()}
        if moving and exponent == 0 and len(item) == 1:
            return coefficient
    return inner_limit(build, item)


def inner_limit(build: Builder, item: Expansion) -> Value:
    """The limit of a part; that a part has none says nothing about the whole."""
    try:
        return build.limit(item)
    except Oscillates as none:
        raise Unknown("a part oscillates") from none


def taylor(build: Builder, func: type, value: Value, item: Expansion) -> Expansion:
    """At a point where the function is analytic (asked of SymPy's derivatives)."""
    if value.free_symbols & {LOG, *build.ctx.wave_symbols()} and func not in ENTIRE:
        raise Unknown("singular for some phases?")
    if func in (sp.asin, sp.acos, sp.atanh) and not _inside(value):
        raise Unknown("a branch")
    if func is sp.acosh and not (value.is_real and value > 1):
        raise Unknown("a branch")
    if func is sp.LambertW and not (value.is_real and value > -sp.exp(-1)):
        raise Unknown("a branch")
    rest = add(build.ctx, item, constant(-value))
    u = sp.Dummy("u")
    body, coefficients = func(u), []
    for k in range(build.ctx.terms + 1):
        at = body.subs(u, value)
        if (not at.is_finite and at.is_finite is not None) or at.has(sp.nan, sp.zoo):
            raise Unknown("singular")
        coefficients.append(at / sp.factorial(k))
        body = body.diff(u)
        if not rest:
            break
    return build.compose(coefficients, rest)


def trigonometric(build: Builder, func: type, item: Expansion) -> Expansion:
    """Sine and cosine, at infinity too."""
    diverging, still, rest = build.split(item)
    if still.has(LOG):
        terms = sp.Add.make_args(sp.expand(still))
        diverging = [*diverging, *((sp.S.Zero, s) for s in terms if s.has(LOG))]
        still = sp.Add(*(s for s in terms if not s.has(LOG)))
    shifted = add(build.ctx, constant(still), rest)
    if not diverging:
        return taylor(build, func, still, shifted)
    if still.free_symbols & build.ctx.wave_symbols():
        raise Unknown("an oscillating phase")
    sine, cosine = build.wave(diverging)
    small_sine, small_cosine = (taylor(build, f, still, shifted) for f in (sp.sin, sp.cos))
    pairs = ((sine, small_cosine), (cosine, small_sine))
    if func is sp.cos:
        pairs = ((cosine, small_cosine), (-sine, small_sine))
    return add(build.ctx, *(scale(build.ctx, item, c) for c, item in pairs))


def far(build: Builder, func: type, arg: Value, value: Value) -> Expansion:
    """Functions at infinity."""
    if func is sp.atan:
        side = sp.sign(value) * sp.pi / 2
        return add(build.ctx, constant(side), build(-sp.atan(1 / arg)))
    if func is sp.asinh:
        sign = sp.sign(value)
        return build(sign * sp.log(sign * arg + sp.sqrt(arg**2 + 1)))
    if func is sp.acosh and value == sp.oo:
        return build(sp.log(arg + sp.sqrt(arg**2 - 1)))
    if func in (sp.gamma, sp.loggamma) and value == sp.oo:
        return stirling(build, func, arg)
    if func is sp.erf:
        return add(
            build.ctx,
            constant(sp.sign(value)),
            scale(build.ctx, tail(build, sp.sign(value) * arg), -sp.sign(value)),
        )
    if func is sp.erfc and value == sp.oo:
        return tail(build, arg)
    raise Unknown(f"{func} at infinity")


def stirling(build: Builder, func: type, arg: Value) -> Expansion:
    """``ln Γ(z) ~ (z - 1/2) ln z - z + ln(2π)/2 + Σ B_2k/(2k(2k-1)z^(2k-1))``
    (Whittaker and Watson 12.33); cut off after as many terms as wanted."""
    count = build.ctx.terms // 2 + 1
    formula = (arg - sp.Rational(1, 2)) * sp.log(arg) - arg + sp.log(2 * sp.pi) / 2
    formula += sum(
        sp.bernoulli(2 * k) / (2 * k * (2 * k - 1) * arg ** (2 * k - 1))
        for k in range(1, count + 1)
    )
    cut = build(arg ** (-2 * count - 1))
    lost = {
        q: Powers((), p.terms[0][0] if p.terms and not q else UNKNOWN_ORDER) for q, p in cut.items()
    }
    logarithm = add(build.ctx, build(formula), lost)
    return build.exponential(logarithm) if func is sp.gamma else logarithm


def tail(build: Builder, arg: Value) -> Expansion:
    """``erfc(z) ~ exp(-z^2)/(z·sqrt(π))·Σ (-1)^k (2k-1)!!/(2z^2)^k``
    (Abramowitz and Stegun 7.1.23)."""
    count = build.ctx.terms
    front = build(sp.exp(-(arg**2)) / (arg * sp.sqrt(sp.pi)))
    total = build(
        sum(sp.factorial2(2 * k - 1) * (-1) ** k / (2 * arg**2) ** k for k in range(1, count))
        + sp.S.One
    )
    cut = {
        q: Powers((), p.terms[0][0] if p.terms and not q else UNKNOWN_ORDER)
        for q, p in build(arg ** (-2 * count)).items()
    }
    return multiply(build.ctx, front, add(build.ctx, total, cut))


def jumping(build: Builder, expr: Value) -> Expansion:
    """Absolute value, sign, floor and ceiling."""
    item = build(expr.args[0])
    if isinstance(expr, sp.floor | sp.ceiling):
        value = limit_or_wave(build, item)
        if waves := value.free_symbols & build.ctx.wave_symbols():
            low, high = (expr.func(end) for end in enclosure(value, waves))
            apart = add(build.ctx, item, constant(-value))
            if low == high and not apart:
                return constant(low)
        if not value.is_number or not value.is_finite:
            raise Unknown("floor of no number")
        if not value.is_integer:
            return constant(expr.func(value))
        apart = add(build.ctx, item, constant(-value))
        side = build.sign(build.lead(apart)[2]) if apart else 0
        shift = -1 if isinstance(expr, sp.floor) and side < 0 else 0
        shift = 1 if isinstance(expr, sp.ceiling) and side > 0 else shift
        return constant(value + shift)
    q, a, c = build.lead(item)
    if isinstance(expr, sp.Abs) and c.free_symbols & build.ctx.wave_symbols():
        exact = len(item) == 1 and len(item[q].terms) == 1 and item[q].order is None
        if exact:
            return {q: Powers(((a, sp.Abs(c)),))}
    if c.has(sp.I):
        raise Unknown("complex")
    if isinstance(expr, sp.sign) and c.free_symbols & build.ctx.wave_symbols():
        raise Unknown("sign of an oscillation")
    side = build.sign(c)
    return (
        constant(sp.Integer(side))
        if isinstance(expr, sp.sign)
        else scale(build.ctx, item, sp.Integer(side))
    )


def _inside(value: Value) -> bool:
    """Not on the branch cuts of the inverse sine."""
    if value.is_extended_real:
        return bool(abs(value) < 1)
    return value.is_number and bool(value.is_extended_real is False)
