"""For which values of its letters an expression in matrices has the value that is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.tasks.defined import poles_apart
from assistant.maths.checking.tasks.matrices import has_matrix, value_of
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Text

ZERO = t.integer(0)
NO_INVERSE = Text(
    "where {0} is not 0; otherwise there is no inverse",
    "其中 {0} 不为 0；否则逆矩阵不存在",
)
WHERE = Text("where {0}", "其中 {0}")


def with_conditions(request: Request, draft: Draft | None) -> Draft | None:
    """The draft with what its letters must fulfil and the answer no longer shows: ``a/a`` is 1
    for no a that is zero, and a matrix with the determinant 0 has no inverse."""
    if draft is None or draft.answer is None:
        return draft
    asked = [c for o in request.operands for c in (*poles_apart(o), *guards(o))]
    seen = {*poles_apart(draft.answer), *guards(draft.answer)}
    entries = [c for c in dict.fromkeys(asked) if c not in seen and not _of_matrix(c)]
    below = [d for o in request.operands for d in _determinants_below(o)]
    conditions = (
        *(Text(WHERE.en, WHERE.zh, (c,)) for c in entries),
        *(Text(NO_INVERSE.en, NO_INVERSE.zh, (d,)) for d in dict.fromkeys(below)),
    )
    return replace(draft, conditions=(*draft.conditions, *conditions)) if conditions else draft


def _of_matrix(condition: t.Expr) -> bool:
    """``A^(-1)``: a matrix is no denominator of its own."""
    return isinstance(condition, t.Relation) and has_matrix(condition.left)


def _determinants_below(given: t.Expr) -> Iterator[t.Expr]:
    """The determinants with letters of what is inverted."""
    for node in t.walk(given):
        match node:
            case t.Pow(base, t.Neg()) if has_matrix(base):
                determinant = sp.factor(sp.Matrix(value_of(base)).det())
                if determinant.free_symbols:
                    yield from_sympy(determinant)
