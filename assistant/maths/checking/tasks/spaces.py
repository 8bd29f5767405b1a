"""Answers about the spaces of a matrix and its diagonal form, from the definitions."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft

LARGEST = 6


def _vectors(draft: Draft) -> list[sp.Matrix] | None:
    """The columns of the answer; ``None`` for anything else."""
    match draft.answer:
        case t.Collection(t.Bracket.SET, items) if all(isinstance(i, t.Matrix) for i in items):
            return [sp.Matrix(to_sympy(i, real=True)) for i in items]
    return None


def null_space(m: sp.Matrix, draft: Draft) -> bool | None:
    """Independent vectors that the matrix sends to 0, as many as its rank leaves free."""
    vectors = _vectors(draft)
    if not vectors or m.free_symbols or any(v.shape != (m.cols, 1) for v in vectors):
        return None
    free = m.cols - m.rank()
    if any(not (m * v).applyfunc(sp.simplify).is_zero_matrix for v in vectors):
        return False
    if free == 0:
        return len(vectors) == 1 and bool(vectors[0].is_zero_matrix)
    return len(vectors) == free and bool(sp.Matrix.hstack(*vectors).rank() == free)


def column_space(m: sp.Matrix, draft: Draft) -> bool | None:
    """Independent vectors, as many as the rank, that add nothing to the columns."""
    vectors = _vectors(draft)
    if not vectors or m.free_symbols or any(v.shape != (m.rows, 1) for v in vectors):
        return None
    both = sp.Matrix.hstack(m, *vectors)
    ranks = {m.rank(), both.rank(), sp.Matrix.hstack(*vectors).rank(), len(vectors)}
    return len(ranks) == 1


def diagonal(m: sp.Matrix, draft: Draft) -> bool | None:
    """``AP = PD`` with an invertible P and a diagonal D; that there is none, by the number of
    independent eigenvectors."""
    if m.free_symbols or m.rows != m.cols or m.rows > LARGEST:
        return None
    match draft.answer:
        case t.Collection(t.Bracket.TUPLE, (t.Matrix() as first, t.Matrix() as second)):
            p, d = (sp.Matrix(to_sympy(x, real=True)) for x in (first, second))
        case t.Constant(t.ConstantName.UNDEFINED):
            return _has_no_diagonal_form(m)
        case _:
            return None
    if p.shape != m.shape or d.shape != m.shape:
        return False
    gap = (m * p - p * d).applyfunc(sp.simplify)
    regular = sp.simplify(p.det())
    if regular.is_zero is not False or not all(e.is_zero for e in gap):
        return None
    return bool(d.is_diagonal())


def _has_no_diagonal_form(m: sp.Matrix) -> bool | None:
    """A matrix has one just if the polynomial with its simple eigenvalues sends it to 0."""
    squarefree = sp.Poly(m.charpoly().all_coeffs(), sp.Dummy("x")).sqf_part()
    total = sp.zeros(*m.shape)
    for coefficient in squarefree.all_coeffs():
        total = total * m + coefficient * sp.eye(m.rows)
    total = total.applyfunc(sp.simplify)
    if all(e.is_zero for e in total):
        return False
    return True if any(e.is_zero is False for e in total) else None
