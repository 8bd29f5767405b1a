"""Functions as letters, so that the algebra of polynomials works on ``sin(x)`` too."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.ordering import rational_value


@dataclass(slots=True)
class Letters:
    """The letters that stand for the parts of an expression that are no polynomials."""

    names: dict[t.Expr, str] = field(default_factory=dict)

    def value(self, expr: t.Expr) -> sp.Expr:
        """The SymPy value with letters.  Raises ``NotConvertible``."""
        return to_sympy(self._hidden(expr))

    def _hidden(self, expr: t.Expr) -> t.Expr:
        opaque = isinstance(expr, t.Call) or (isinstance(expr, t.Pow) and _not_whole(expr.exp))
        if opaque and t.symbols(expr):
            return t.Symbol(self.names.setdefault(expr, f"f_{{{len(self.names)}}}"))
        parts = t.children(expr)
        return t.rebuild(expr, tuple(map(self._hidden, parts))) if parts else expr

    def tree(self, value: sp.Expr) -> t.Expr:
        """Our formula again, with what the letters stand for."""
        expr = from_sympy(value)
        for original, name in self.names.items():
            expr = t.substitute(expr, name, original)
        return expr


def _not_whole(exp: t.Expr) -> bool:
    value = rational_value(exp)
    return value is None or value.denominator != 1
