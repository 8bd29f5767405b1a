"""Asks the finders of roots one after the other."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.solving.equations.found import MAX_DEPTH, Found


class Finder(Protocol):
    """Looks at an equation; ``depth`` counts how many finders are above it."""

    def __call__(self, equation: t.Relation, name: str, depth: int) -> Found | None:
        """The candidates, or ``None``."""


FINDERS = (
    "polynomial_equations.linear",
    "polynomial_equations.powers",
    "polynomial_equations.products",
    "polynomial_equations.polynomial",
    "rational.fractions",
    "absolute.absolute_value",
    "logarithmic.logarithms",
    "substitution.inverse",
    "substitution.substitution",
    "exponential.hyperbolic",
    "exponential.same_base",
    "trigonometric.trigonometric",
    "rational.quotient",
    "radical.radical",
    "exponential.both_sides",
    "exponential.tower",
    "substitution.factors",
    "numeric_roots.monotone",
)
"""``module.function`` within this package, in the order of trial."""


def find(equation: t.Relation, name: str, depth: int = 0) -> Found | None:
    """The first finder's candidates; ``None`` where no finder knows all of them."""
    if depth > MAX_DEPTH:
        return None
    if name not in t.symbols(equation):
        return None
    for path in FINDERS:
        module, function = path.rsplit(".", 1)
        finder = cast("Finder", getattr(import_module(f"{__package__}.{module}"), function))
        try:
            found = finder(equation, name, depth)
        except NotConvertible:
            return None
        except (sp.PolynomialError, NotImplementedError, ArithmeticError):
            continue  # SymPy's way of saying that it does not know
        if found is not None:
            return found
    return None
