"""Absolute values on an interval: what stands between the bars has one sign there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.domains import hull
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.engine import TIERS, derive
from assistant.maths.solving.expressions.methods import draft_of, positive_letters, within
from assistant.maths.solving.rewriting import context_of
from assistant.maths.types import Link, Request, Rule, Step, Text

OPEN = Rule("functions.bars", "Leave out the bars", "去绝对值符号")
MAX_DEGREE = 40
"""Of a power in a polynomial whose real roots are isolated."""


def without_bars(request: Request) -> Draft | None:
    """``|x - 1| - |x - 2|`` for ``1 < x < 2``: simplify, leave out the bars, simplify."""
    span = hull(request.domain)
    if span is None or len(request.variables) != 1 or len(request.operands) != 1:
        return None
    (name,), (expr,) = request.variables, request.operands
    if t.symbols(expr) != (name,) or isinstance(expr, t.Relation | t.Junction):
        return None
    context = context_of(expr, positive=positive_letters(request))
    first = derive(expr, context, TIERS)
    opened = t.transform(first.line, lambda n: _opened(n, name, span))
    if opened == first.line:
        return None
    why = Text(
        "What stands between bars has one sign for {0} in {1}.",
        "当 {0} 属于 {1} 时，绝对值符号内的式子符号确定。",
        (t.Symbol(name), span),
    )
    step = Step(
        rule=OPEN, why=why, before=first.line, after=opened, link=Link.EQUAL, given=within(request)
    )
    last = derive(opened, context, TIERS)
    whole = replace(
        last,
        steps=[*first.steps, step, *last.steps],
        nonzero=[*first.nonzero, *last.nonzero],
    )
    return draft_of(request, expr, whole, context)


def _opened(node: t.Expr, name: str, span: t.Interval) -> t.Expr:
    match node:
        case t.Call("abs", (arg,)) if t.symbols(arg) == (name,):
            sign = _sign(arg, name, span)
            return arg if sign > 0 else t.Neg(arg) if sign < 0 else node
    return node


def _sign(arg: t.Expr, name: str, span: t.Interval) -> int:
    """1 where a polynomial is nowhere negative on an interval, -1 nowhere positive, else 0."""
    x = sp.Symbol(name, real=True)
    if any(map(_is_high, t.walk(arg))):
        return 0
    try:
        value = to_sympy(arg, real=True)
        low, high = (to_sympy(e, real=True) for e in (span.low, span.high))
    except NotConvertible:
        return 0
    if not value.is_polynomial(x):
        return 0
    poly = sp.Poly(value, x)
    if not all(c.is_rational for c in poly.all_coeffs()):
        return 0
    inside = [r for r in sp.real_roots(poly) if low < r < high]
    if any(inside.count(r) % 2 for r in inside):
        return 0
    return _at(poly, [low, *dict.fromkeys(inside), high])


def _is_high(node: t.Expr) -> bool:
    """Whether it is a power that takes long to multiply out, or to find the roots of."""
    match node:
        case t.Pow(_, t.Number(exponent)):
            return exponent > MAX_DEGREE
    return False


def _at(poly: Any, places: list[Any]) -> int:
    """The sign between the first two places; each is a number or infinite."""
    low, high = places[0], places[1]
    if low == -sp.oo:
        middle = -1 if high == sp.oo else sp.floor(high) - 1
    else:
        middle = sp.floor(low) + 1 if high == sp.oo else (low + high) / 2
    return int(sp.sign(poly.eval(middle)))
