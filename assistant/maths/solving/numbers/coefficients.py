"""Coefficients of polynomials: ``express … in the form a*x + b and give a``."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

EXPAND = Rule("coefficient.expand", "Expand and collect", "展开并合并同类项")
COMPARE = Rule("coefficient.compare", "Compare coefficients", "比较系数")
MAX_DEGREE = 60


def named(request: Request) -> Draft | None:
    """The coefficient that a letter of the form stands for, or that stands before a power."""
    if request.topic != topics.COEFFICIENT or len(request.operands) != 2:
        return None
    body, form = request.operands
    place = _place(body, form, request.variables)
    if place is None:
        return None
    variable, power = place
    try:
        poly = sp.Poly(to_sympy(body), sp.Symbol(variable))
    except (NotConvertible, sp.PolynomialError):
        return None
    if poly.degree() > MAX_DEGREE:
        return None
    trail = Trail(body)
    trail.to(written(poly, variable), EXPAND, Text("Expand and collect.", "展开并合并同类项。"))
    answer = from_sympy(sp.expand(poly.coeff_monomial(sp.Symbol(variable) ** power)))
    term = t.Pow(t.Symbol(variable), t.integer(power))
    why = Text("The coefficient of {0}.", "{0} 的系数。", (term,))
    read = Step(
        rule=COMPARE,
        why=why if power else Text("The constant term.", "常数项。"),
        before=trail.line,
        after=answer,
        link=Link.FORMULA,
    )
    return Draft(answer=answer, steps=(*trail.steps, read), method="coefficients")


def _place(body: t.Expr, form: t.Expr, names: tuple[str, ...]) -> tuple[str, int] | None:
    """The variable of the form, and the power whose coefficient is asked for."""
    shared = [n for n in t.symbols(form) if n in t.symbols(body) and n not in names]
    if not shared:  # the expression may have lost its variable
        shared = sorted({n for n in t.symbols(form) if n not in names and _raised(form, n)})
    if len(shared) != 1:
        return None
    x = sp.Symbol(shared[0])
    try:
        poly = sp.Poly(to_sympy(form), x)
    except (NotConvertible, sp.PolynomialError):
        return None
    if not names:
        return (shared[0], poly.degree()) if poly.as_expr() == x ** poly.degree() else None
    wanted = sp.Symbol(names[0])
    powers = [m[0] for m, c in poly.terms() if c == wanted]
    return (shared[0], powers[0]) if len(powers) == 1 else None


def _raised(form: t.Expr, name: str) -> bool:
    return any(isinstance(n, t.Pow) and n.base == t.Symbol(name) for n in t.walk(form))


def written(poly: sp.Poly, variable: str) -> t.Expr:
    """A polynomial by falling powers."""
    parts: list[t.Expr] = []
    for (power,), c in poly.terms():
        value = from_sympy(sp.expand(c))
        tail = (
            []
            if power == 0
            else [t.Symbol(variable) if power == 1 else t.Pow(t.Symbol(variable), t.integer(power))]
        )
        negative = isinstance(value, t.Neg)
        size = value.arg if isinstance(value, t.Neg) else value
        factors = tail if size == t.integer(1) and tail else [size, *tail]
        term = t.mul(*factors)
        parts.append(t.Neg(term) if negative else term)
    return t.add(*parts)
