"""The derivative of an integral by a letter in its limits (Apostol, Calculus I, 5.1)."""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.solving.calculus.derivative_rules import Derived, NoRule, concluded, derive
from assistant.maths.solving.calculus.tidy import has, plus, times
from assistant.maths.types import Rule, Text

FUNDAMENTAL = Rule("derivative.fundamental", "Fundamental theorem of calculus", "变限积分求导公式")
WHY = Text(
    "(∫ from u to v of f)' = f(v)·v' - f(u)·u'.",
    "变限积分求导：f(v)·v' - f(u)·u'，其中 u、v 为下限与上限。",
)


def of_integral(expr: t.Expr, parts: tuple[t.Expr, ...], x: str) -> Derived:
    """``d/dx ∫_u^v f(t) dt``.  Raises ``NoRule`` where x stands in the integrand too."""
    body, variable, low, high = parts
    if not isinstance(variable, t.Symbol) or (has(body, x) and variable.name != x):
        raise NoRule("integrand")
    ends = [derive(end, x) for end in (low, high)]
    values = [
        times(t.substitute(body, variable.name, end), rate.value)
        for end, rate in zip((low, high), ends, strict=True)
    ]
    terms = [values[1]] if not has(low, x) else [values[1], times(t.Neg(t.integer(1)), values[0])]
    return concluded(expr, plus(*terms), x, (FUNDAMENTAL, WHY), tuple(ends))
