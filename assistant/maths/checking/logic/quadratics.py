"""Inequalities of the second degree in several unknowns: by the matrix of the form."""

from __future__ import annotations

import itertools

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.types import Proved, Verdict

MOST = 6


def never_negative(statement: t.Expr) -> Verdict | None:
    """``p >= 0`` for every real point, ``p`` of degree two: its matrix, with the row of the
    constant, is positive semidefinite exactly when no principal minor is negative."""
    match statement:
        case t.Relation(t.Comparison.GE, left, right):
            difference = t.sub(left, right)
        case t.Relation(t.Comparison.LE, left, right):
            difference = t.sub(right, left)
        case _:
            return None
    try:
        value = to_sympy(difference)
        letters = sorted(value.free_symbols, key=str)
        poly = sp.Poly(value, *letters)
    except (NotConvertible, sp.PolynomialError, sp.GeneratorsNeeded):
        return None
    if poly.total_degree() != 2 or len(letters) > MOST or poly.domain not in (sp.ZZ, sp.QQ):
        return None
    matrix = _matrix(poly)
    size = matrix.shape[0]
    chosen = (c for n in range(1, size + 1) for c in itertools.combinations(range(size), n))
    if all(matrix.extract(list(c), list(c)).det() >= 0 for c in chosen):
        return Proved("principal minors")
    return None


def _matrix(poly: sp.Poly) -> sp.Matrix:
    """``p = v^T M v`` for the vector of the letters and 1."""
    size = len(poly.gens) + 1
    matrix = sp.zeros(size, size)
    for powers, value in poly.terms():
        places = [n for n, p in enumerate(powers) for _ in range(p)]
        places += [size - 1] * (2 - len(places))
        a, b = places
        matrix[a, b] += value / 2
        matrix[b, a] += value / 2
    return matrix
