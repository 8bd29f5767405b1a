"""Coefficients by the general term of the binomial theorem: ``(x - 2/x)^8``, its constant term."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

GENERAL = Rule("binomial.general_term", "The general term", "写出通项")
EXPONENT = Rule("binomial.exponent", "Which term is it?", "由指数求项")
VALUE = Rule("binomial.coefficient", "Its coefficient", "求系数")
MOST = 300


def general_term(request: Request) -> Draft | None:
    """The coefficient of a power of x in ``(a·x^p + b·x^q)^n``."""
    if request.topic != topics.COEFFICIENT or len(request.operands) != 2 or request.variables:
        return None
    body, form = request.operands
    names = t.symbols(body)
    place = power_of(form)
    if place is None or names != (place[0],) or not isinstance(body, t.Pow):
        return None
    x, power, r = sp.Symbol(place[0]), place[1], sp.Symbol("r")
    try:
        inside, n = sp.expand(to_sympy(body.base)), to_sympy(body.exp)
    except NotConvertible:
        return None
    parts = [p.as_independent(x, as_Add=False) for p in inside.as_ordered_terms()]
    powers = [sp.powsimp(p).as_base_exp() for _, p in parts]
    monomials = len(parts) == 2 and all(
        p == 1 or (b == x and e.is_Rational) for (_, p), (b, e) in zip(parts, powers, strict=True)
    )
    if not (monomials and n.is_Integer and 0 < n <= MOST):
        return None
    (a, _), (b, _) = parts
    first, second = (
        e if p != 1 else sp.S.Zero for (_, p), (_, e) in zip(parts, powers, strict=True)
    )
    if first == second:
        return None
    exponent = sp.expand(first * (n - r) + second * r)
    at = sp.Rational(power - n * first) / (second - first)
    steps = _written(body, (a, b, x), (n, r, exponent))
    told = Text("The exponent must be {0}.", "令指数等于 {0}。", (t.integer(power),))
    found = t.equation(t.Symbol("r"), from_sympy(at))
    wanted = t.equation(from_sympy(exponent), t.integer(power))
    steps.append(
        Step(
            rule=EXPONENT, why=told, before=wanted, after=found, link=Link.EQUIVALENT, variable="r"
        )
    )
    if not (at.is_Integer and 0 <= at <= n):
        value, why = (
            t.integer(0),
            Text("There is no such term: the coefficient is 0.", "没有这样的项，系数为 0。"),
        )
        line = value
    else:
        line = _term(n, at, (a, b))
        value = from_sympy(sp.binomial(n, at) * a ** (n - at) * b**at)
        why = Text("Work it out.", "计算。")
    steps.append(Step(rule=VALUE, why=why, before=line, after=value))
    return Draft(answer=value, steps=tuple(steps), method="general term")


def _term(n: sp.Expr, r: sp.Expr, parts: tuple[sp.Expr, sp.Expr]) -> t.Expr:
    """The coefficient ``C(n, r)·a^(n-r)·b^r``, factors of 1 left away."""
    powers = [
        t.Pow(from_sympy(base), from_sympy(e))
        for base, e in zip(parts, (n - r, r), strict=True)
        if base != 1
    ]
    return t.mul(t.Call("binomial", (from_sympy(n), from_sympy(r))), *powers)


def _written(body: t.Expr, parts: tuple[sp.Expr, ...], places: tuple[sp.Expr, ...]) -> list[Step]:
    """The general term, with its power of x."""
    (a, b, x), (n, r, exponent) = parts, places
    term = t.mul(_term(n, r, (a, b)), t.Pow(from_sympy(x), from_sympy(exponent)))
    why = Text("By the binomial theorem, for r = 0, 1, …, n.", "由二项式定理，r = 0, 1, …, n。")
    return [Step(rule=GENERAL, why=why, before=body, after=term, link=Link.FORMULA)]


def power_of(form: t.Expr) -> tuple[str, int] | None:
    """x and k of ``x^k``; a constant term is said by ``x^0``."""
    match form:
        case t.Symbol(name):
            return name, 1
        case t.Pow(t.Symbol(name), t.Number(k)) if k.denominator == 1:
            return name, int(k)
        case t.Pow(t.Symbol(name), t.Neg(t.Number(k))) if k.denominator == 1:
            return name, -int(k)
        case t.Div(t.Number(one), under) if one == 1:
            below = power_of(under)
            return None if below is None else (below[0], -below[1])
    return None
