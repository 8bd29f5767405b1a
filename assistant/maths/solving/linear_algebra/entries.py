"""Equations of matrices are equations of their entries, one for each place."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.types import Request, Task, Text

COMPARED = Text("matrices are equal where all their entries are", "两个矩阵相等，即对应元素都相等")
MOST = 36
"""Entries of a side."""


def by_entries(request: Request) -> tuple[Request, Text | None]:
    """The request about the entries, with what is to be said of that."""
    match request:
        case Request(task=Task.SOLVE, operands=(t.Relation(t.Comparison.EQ, left, right),)):
            pass
        case _:
            return request, None
    if not all(any(isinstance(n, t.Matrix) for n in t.walk(s)) for s in (left, right)):
        return request, None
    try:
        goal = to_sympy(right)
        first, names = _with_entries(left, goal, request.variables)
        gap = first - goal
    except (NotConvertible, ValueError, TypeError):
        return request, None
    if not isinstance(gap, sp.MatrixBase) or len(gap) > MOST:
        return request, None
    pairs = zip(first, goal, strict=True)
    equations = tuple(t.equation(from_sympy(a), from_sympy(b)) for a, b in pairs if a != b)
    if not equations:
        return request, None
    return replace(request, operands=equations, variables=names), COMPARED


def _with_entries(
    left: t.Expr, goal: sp.MatrixBase, names: tuple[str, ...]
) -> tuple[sp.MatrixBase, tuple[str, ...]]:
    """A side worked out.  Of ``A·X`` a capital X is a matrix of unknowns, named by their places."""
    match left:
        case t.Mul((*factors, t.Symbol(name))) if names == (name,) and name.isupper():
            known = to_sympy(t.Mul(tuple(factors)) if len(factors) > 1 else factors[0])
            rows, columns = range(1, known.cols + 1), range(1, goal.cols + 1)
            letters = [f"{name}_{i}{j if goal.cols > 1 else ''}" for i in rows for j in columns]
            entries = sp.Matrix(known.cols, goal.cols, list(map(sp.Symbol, letters)))
            return known * entries, tuple(letters)
    return to_sympy(left), tuple(dict.fromkeys((*names, *t.symbols(left))))
