"""Linear systems with letters: both have one solution where a determinant is not zero."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.statements import Claim, conjuncts
from assistant.maths.types import Proved, Verdict


def by_determinants(claim: Claim) -> Verdict | None:
    """The one solution of the first system, by the adjugate, put into the second."""
    if len(claim.names) < 2 or len(claim.names) > 4:
        return None
    unknowns = [sp.Symbol(n) for n in claim.names]
    try:
        first, second = (_linear(s, unknowns) for s in (claim.before, claim.after))
        known = _factors([to_sympy(_gap(g)) for g in claim.given if _not_zero(g)])
    except (NotConvertible, sp.PolynomialError, ValueError, AssertionError):
        return None
    if first is None or second is None:
        return None
    (matrix, right), (other, values) = first, second
    parts = [matrix.det(), other.det()]
    if any(sp.expand(d) == 0 for d in parts):
        return None
    bottoms = [sp.fraction(sp.together(e))[1] for m in (*first, *second) for e in m]
    tops = [sp.fraction(sp.together(d))[0] for d in parts]
    if not _factors([*tops, *bottoms]) <= known:
        return None
    rest = other * matrix.adjugate() * right - matrix.det() * values
    if all(sp.cancel(sp.together(e)) == 0 for e in rest):
        return Proved("one solution, by determinants")
    return None


def _not_zero(condition: t.Expr) -> bool:
    return isinstance(condition, t.Relation) and condition.op is t.Comparison.NE


def _gap(relation: t.Expr) -> t.Expr:
    assert isinstance(relation, t.Relation)
    return t.sub(relation.left, relation.right)


def _linear(statement: t.Expr, unknowns: list[sp.Symbol]) -> tuple[sp.Matrix, sp.Matrix] | None:
    """Coefficients and right sides; ``None`` for another number of equations."""
    parts = conjuncts(statement)
    if len(parts) != len(unknowns) or guards(statement):
        return None
    if not all(isinstance(p, t.Relation) and p.op is t.Comparison.EQ for p in parts):
        return None
    matrix, right = sp.linear_eq_to_matrix([to_sympy(_gap(p)) for p in parts], *unknowns)
    if matrix.free_symbols & set(unknowns) or right.free_symbols & set(unknowns):
        return None
    return matrix, right


def _factors(values: list[sp.Expr]) -> set[sp.Expr]:
    """The irreducible factors with letters in them, each of one sign."""
    found: set[sp.Expr] = set()
    for value in values:
        for factor, _ in sp.factor_list(value)[1]:
            monic = sp.Poly(factor, *sorted(factor.free_symbols, key=str)).monic().as_expr()
            found.add(sp.expand(monic))
    return found
