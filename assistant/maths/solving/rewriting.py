"""Line-by-line simplifying and expanding of one expression, for every topic."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.expressions.engine import TIERS, Derivation, derive
from assistant.maths.solving.expressions.shape import Context
from assistant.maths.types import Step


def context_of(
    *exprs: t.Expr, expand: bool = False, positive: frozenset[str] = frozenset()
) -> Context:
    """What the rules must know, from the formulas of the problem."""
    nodes = [node for expr in exprs for node in _outside_exponents(expr)]
    decimals = any(isinstance(n, t.Number) and n.decimals for n in nodes)
    decimals = decimals and not any(map(_wants_exact_form, nodes))
    return Context(decimals=decimals, expand=expand, positive=positive)


def _outside_exponents(expr: t.Expr) -> Iterator[t.Expr]:
    yield expr
    for part in t.children(expr)[: 1 if isinstance(expr, t.Pow) else None]:
        yield from _outside_exponents(part)


def _wants_exact_form(node: t.Expr) -> bool:
    """Fractions of whole numbers, roots and angles are not mixed with decimals."""
    match node:
        case t.Div(t.Number(decimals=None), t.Number(decimals=None)):
            return True
        case t.Call("sqrt", (t.Number(value),)):
            return any(isqrt(n) ** 2 != n for n in (value.numerator, value.denominator))
        case t.Call(name):
            return name not in ("percent", "abs", "max", "min", "floor", "ceiling", "mod")
        case t.Constant():
            return True
        case _:
            return False


def simplify_derivation(expr: t.Expr, context: Context | None = None) -> Derivation:
    """All lines of simplifying an expression, and the expressions that must not be zero."""
    return derive(expr, context or context_of(expr), TIERS)


def simplify_steps(expr: t.Expr, context: Context | None = None) -> list[Step]:
    """The lines that simplify an expression, each ``before = after``; none if it is simple."""
    return simplify_derivation(expr, context).steps


def simplified(expr: t.Expr, context: Context | None = None) -> t.Expr:
    """The last line of ``simplify_steps``."""
    return simplify_derivation(expr, context).line


def tidy(expr: t.Expr) -> t.Expr:
    """The school form of an expression as SymPy keeps it, in one go and without steps.

    Raises ``NotConvertible``.
    """
    return from_sympy(to_sympy(expr))
