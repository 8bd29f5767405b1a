"""Functions as letters, so that the algebra of polynomials works on ``sin(x)`` too."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.ordering import rational_value
from assistant.maths.solving.expressions.shape import Context, from_monomial, monomial


@dataclass(slots=True)
class Letters:
    """The letters that stand for the parts of an expression that are no polynomials."""

    names: dict[t.Expr, str] = field(default_factory=dict)

    def value(self, expr: t.Expr) -> sp.Expr:
        """The SymPy value with letters.  Raises ``NotConvertible``."""
        return to_sympy(self.hidden(expr))

    def hidden(self, expr: t.Expr) -> t.Expr:
        """The formula with letters."""
        opaque = isinstance(expr, t.Call) or (isinstance(expr, t.Pow) and _not_whole(expr.exp))
        if opaque and t.symbols(expr):
            if isinstance(expr, t.Pow) and (power := _whole_multiple(expr.exp)) is not None:
                count, exp = power
                return t.Pow(self.hidden(t.Pow(expr.base, exp)), t.integer(count))
            return t.Symbol(self.names.setdefault(expr, f"f_{{{len(self.names)}}}"))
        parts = t.children(expr)
        return t.rebuild(expr, tuple(map(self.hidden, parts))) if parts else expr

    def tree(self, value: sp.Expr) -> t.Expr:
        """Our formula again, with what the letters stand for."""
        return self.restored(from_sympy(value))

    def restored(self, expr: t.Expr) -> t.Expr:
        """The formula with what the letters stand for put back."""
        for original, name in self.names.items():
            expr = t.substitute(expr, name, original)
        return expr


def _whole_multiple(exp: t.Expr) -> tuple[int, t.Expr] | None:
    """``2x`` as 2 and ``x``, so that ``e^(2x)`` is the square of ``e^x``."""
    coefficient, above, below = monomial(exp)
    if not above or coefficient.denominator != 1 or coefficient < 2:
        return None
    return int(coefficient), from_monomial(Fraction(1), above, below, Context())


def _not_whole(exp: t.Expr) -> bool:
    value = rational_value(exp)
    return value is None or value.denominator != 1
