"""Formulas as LaTeX (being written)."""

from __future__ import annotations

from assistant.maths.showing.plain import plain
from assistant.maths.terms import Expr


def latex(expr: Expr) -> str:
    """The LaTeX source of a formula, without dollar signs."""
    return plain(expr)
