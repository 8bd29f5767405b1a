"""Answers about matrices and vectors, recomputed from the definitions."""

from __future__ import annotations

from itertools import permutations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.spaces import column_space, diagonal, null_space
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

BY_DEFINITION = "recomputed from the definition"


def row_equivalent(before: t.Expr, after: t.Expr) -> Verdict:
    """Whether two matrices have the same row space: stacked, they have no higher rank."""
    if not isinstance(before, t.Matrix) or not isinstance(after, t.Matrix):
        return Undecided(Doubt.NO_METHOD)
    a, b = (sp.Matrix(to_sympy(m, real=True)) for m in (before, after))
    if a.shape != b.shape:
        return Refuted("shape", str(a.shape), str(b.shape))
    if a.free_symbols or b.free_symbols:
        return Undecided(Doubt.NO_METHOD, "parameters")
    ranks = {m.rank() for m in (a, b, a.col_join(b))}
    if len(ranks) == 1:
        return Proved("equal row spaces")
    return Refuted("row space", str(a.tolist()), str(b.tolist()))


def check_matrix(request: Request, draft: Draft) -> Verdict:
    """The answer against the definition of what was asked."""
    if draft.answer is None or not request.operands:
        return Undecided(Doubt.NO_METHOD)
    given = request.operands[0]
    if isinstance(given, t.Matrix) and request.topic in CHECKS:
        return _decided(CHECKS[request.topic](sp.Matrix(to_sympy(given, real=True)), draft))
    if request.topic == topics.MATRIX_VALUE:
        return _decided(_matrix_value(given, draft))
    if request.topic in VECTORS:
        return _decided(_vectors(request, draft))
    return Undecided(Doubt.NO_METHOD)


def _decided(holds: bool | None) -> Verdict:  # noqa: FBT001 - the outcome itself
    if holds is None:
        return Undecided(Doubt.NO_METHOD)
    return Proved(BY_DEFINITION) if holds else Refuted("definition", "", "")


def _same(a: sp.Basic, b: sp.Basic) -> bool | None:
    gap = sp.simplify(a - b)
    if isinstance(gap, sp.MatrixBase):
        zeros = [e.is_zero for e in gap]
        return True if all(zeros) else False if False in zeros else None
    return True if gap == 0 else gap.is_zero


def leibniz(m: sp.Matrix) -> sp.Expr:
    """The determinant as the signed sum over all permutations."""
    if m.rows != m.cols or m.rows > 7:  # 7! = 5040 products
        raise ValueError("too large to expand")
    total = sp.S.Zero
    for p in permutations(range(m.rows)):
        sign = sp.LeviCivita(*p)
        total += sign * sp.prod([m[n, p[n]] for n in range(m.rows)])
    return sp.expand(total)


def _value(draft: Draft) -> sp.Basic:
    assert draft.answer is not None
    return to_sympy(draft.answer, real=True)


def _determinant(m: sp.Matrix, draft: Draft) -> bool | None:
    if m.rows > 6:
        return _same(m.det(method="berkowitz"), _value(draft))
    return _same(leibniz(m), _value(draft))


def _inverse(m: sp.Matrix, draft: Draft) -> bool | None:
    if draft.text:
        return _same(leibniz(m), sp.S.Zero) if m.rows <= 6 else None
    return _same(m * sp.Matrix(_value(draft)), sp.eye(m.rows))


def _rref(m: sp.Matrix, draft: Draft) -> bool | None:
    found = sp.Matrix(_value(draft))
    if m.free_symbols or found.shape != m.shape:
        return None
    leads = []
    for r in range(found.rows):
        lead = next((c for c in range(found.cols) if found[r, c] != 0), None)
        leads.append(found.cols + r if lead is None else lead)
        if lead is not None and (found[r, lead] != 1 or sum(e != 0 for e in found.col(lead)) != 1):
            return False
    ordered = leads == sorted(set(leads))
    ranks = {x.rank() for x in (m, found, m.col_join(found))}
    return ordered and len(ranks) == 1


def _rank(m: sp.Matrix, draft: Draft) -> bool | None:
    """By SymPy's elimination; with parameters the rank has cases, and is left alone."""
    return None if m.free_symbols else bool(_value(draft) == m.rank())


def _transpose(m: sp.Matrix, draft: Draft) -> bool | None:
    found = sp.Matrix(_value(draft))
    return found.shape == (m.cols, m.rows) and all(
        found[c, r] == m[r, c] for r in range(m.rows) for c in range(m.cols)
    )


def _trace(m: sp.Matrix, draft: Draft) -> bool | None:
    return _same(sum((m[n, n] for n in range(m.rows)), sp.S.Zero), _value(draft))


def _eigenvalues(m: sp.Matrix, draft: Draft) -> bool | None:
    """Their characteristic values are 0, and no root of the polynomial is missing."""
    x = sp.Dummy("x")
    polynomial = sp.Poly(leibniz(m - x * sp.eye(m.rows)), x) if m.rows <= 6 else None
    if polynomial is None:
        return None
    values = list(_value(draft))
    if any(_same(polynomial.eval(v), sp.S.Zero) is not True for v in values):
        return None
    distinct = sp.quo(polynomial, sp.gcd(polynomial, polynomial.diff(x)))
    return True if len(values) == sp.degree(distinct, x) else None


def _eigenvectors(m: sp.Matrix, draft: Draft) -> bool | None:
    entries = list(_value(draft))
    if any(len(entry) != 2 for entry in entries):
        return None
    pairs = [(entry[0], sp.Matrix(entry[1])) for entry in entries]
    for value, vector in pairs:
        if vector.is_zero_matrix or _same(m * vector, value * vector) is not True:
            return None
    by_value: dict[sp.Expr, list[sp.Matrix]] = {}
    for value, vector in pairs:
        by_value.setdefault(value, []).append(vector)
    for value, vectors in by_value.items():
        space = m.rows - (m - value * sp.eye(m.rows)).applyfunc(sp.simplify).rank(simplify=True)
        if sp.Matrix.hstack(*vectors).rank() != len(vectors) or len(vectors) != space:
            return None
    x = sp.Dummy("x")
    product = leibniz(m - x * sp.eye(m.rows)) if m.rows <= 6 else None
    if product is None or m.free_symbols:
        return None
    roots = sp.roots(sp.Poly(product, x))
    return True if len(roots) == len(by_value) and sum(roots.values()) == m.rows else None


def _polynomial(m: sp.Matrix, draft: Draft) -> bool | None:
    names = _value(draft).free_symbols - m.free_symbols
    if len(names) != 1 or m.rows > 6:
        return None
    return _same(leibniz(m - names.pop() * sp.eye(m.rows)), _value(draft))


def _adjugate(m: sp.Matrix, draft: Draft) -> bool | None:
    found = sp.Matrix(_value(draft))
    for r in range(m.rows):
        for c in range(m.cols):
            cofactor = (-1) ** (r + c) * leibniz(m.minor_submatrix(r, c))
            if _same(found[c, r], cofactor) is not True:
                return None
    return True


def _matrix_value(given: t.Expr, draft: Draft) -> bool | None:
    assert draft.answer is not None
    return _same(value_of(given), value_of(draft.answer))


def equal_values(before: t.Expr, after: t.Expr) -> Verdict:
    """Whether two expressions with matrices in them have the same value."""
    try:
        a, b = value_of(before), value_of(after)
    except (sp.ShapeError, TypeError, ValueError):
        return Undecided(Doubt.NO_METHOD, "no value")
    shapes = [m.shape if isinstance(m, sp.MatrixBase) else () for m in (a, b)]
    if shapes[0] != shapes[1]:
        return Refuted("shape", str(shapes[0]), str(shapes[1]))
    same = _same(a, b)
    if same is None:
        return Undecided(Doubt.NO_METHOD)
    return Proved(BY_DEFINITION) if same else Refuted("entries", str(a), str(b))


def value_of(expr: t.Expr) -> sp.Basic:
    """The value of an expression in matrices and scalars, by the definitions.

    Raises ``TypeError``, ``ValueError`` or ``ShapeError`` where it has none.
    """
    match expr:
        case t.Matrix():
            return sp.Matrix(to_sympy(expr, real=True))
        case t.Add(parts):
            values = [value_of(p) for p in parts]
            return sum(values[1:], values[0])
        case t.Mul(parts):
            product = value_of(parts[0])
            for part in parts[1:]:
                product = product * value_of(part)
            return product
        case t.Neg(arg):
            return -value_of(arg)
        case t.Call("det", (arg,)):
            return leibniz(_matrix(arg))
        case t.Call("transpose", (arg,)):
            return _matrix(arg).T
        case t.Pow(base, exp) if has_matrix(base):
            return _power(_matrix(base), to_sympy(exp))
        case _ if has_matrix(expr):
            raise ValueError("an operation that is not defined for matrices")
        case _:
            return to_sympy(expr, real=True)


def has_matrix(expr: t.Expr) -> bool:
    """Whether a matrix stands in an expression."""
    return any(isinstance(node, t.Matrix) for node in t.walk(expr))


def _matrix(expr: t.Expr) -> sp.Matrix:
    value = value_of(expr)
    if not isinstance(value, sp.MatrixBase):
        raise TypeError("not a matrix")
    return value


def _power(m: sp.Matrix, exponent: sp.Expr) -> sp.Matrix:
    """Repeated products; the inverse from the cofactors."""
    if not exponent.is_Integer or abs(exponent) > 1000 or m.rows != m.cols:
        raise ValueError("not a power of a matrix")
    if exponent < 0:
        m = m.adjugate() / m.det(method="berkowitz")
    result = sp.eye(m.rows)
    for _ in range(abs(int(exponent))):
        result = (result * m).applyfunc(sp.expand)
    return result


VECTORS = (
    topics.DOT, topics.CROSS, topics.NORM, topics.ANGLE_BETWEEN, topics.UNIT_VECTOR,
    topics.PROJECTION, topics.COMBINATION,
)  # fmt: skip


def _vectors(request: Request, draft: Draft) -> bool | None:
    """By coordinates; a cross product by being at right angles, its length, and its sense."""
    vectors = [sp.Matrix(list(sp.flatten(to_sympy(o, real=True)))) for o in request.operands]
    value = _value(draft)
    match request.topic, vectors:
        case topics.NORM, [v]:
            squares = sum(e**2 for e in v)
            return _same(value**2, squares) is True and value.is_nonnegative
        case topics.DOT, [u, v]:
            return _same(value, (u.T * v)[0, 0])
        case topics.ANGLE_BETWEEN, [u, v]:
            gap = sp.cos(value) ** 2 * (u.T * u)[0, 0] * (v.T * v)[0, 0] - (u.T * v)[0, 0] ** 2
            sense = sp.N(sp.cos(value) * (u.T * v)[0, 0]) >= 0
            return True if _same(gap, sp.S.Zero) is True and bool(sense) else None
        case topics.COMBINATION, [v]:
            return all(_same(a, b) is True for a, b in zip(value, v, strict=True))
        case topics.UNIT_VECTOR, [v]:
            w = sp.Matrix(list(value))
            along = (w.T * v)[0, 0]
            square = _same(along**2, (v.T * v)[0, 0])
            return _same((w.T * w)[0, 0], sp.S.One) is True and square is True and sp.N(along) > 0
        case topics.PROJECTION, [u, v]:
            w = sp.Matrix(list(value))
            rest = ((u - w).T * v)[0, 0]
            lines = (w[i] * v[j] - w[j] * v[i] for i in range(len(v)) for j in range(i))
            return all(_same(p, sp.S.Zero) is True for p in (rest, *lines))
        case topics.CROSS, [u, v]:
            w = sp.Matrix(list(value))
            volume = sp.Matrix.hstack(u, v, w).det()
            length = (u.T * u)[0, 0] * (v.T * v)[0, 0] - (u.T * v)[0, 0] ** 2
            parts = [(w.T * u)[0, 0], (w.T * v)[0, 0], (w.T * w)[0, 0] - length, volume - length]
            return all(_same(p, sp.S.Zero) is True for p in parts)
    return None


CHECKS = {
    topics.DETERMINANT: _determinant,
    topics.INVERSE: _inverse,
    topics.RREF: _rref,
    topics.RANK: _rank,
    topics.TRANSPOSE: _transpose,
    topics.TRACE: _trace,
    topics.EIGENVALUES: _eigenvalues,
    topics.EIGENVECTORS: _eigenvectors,
    topics.CHARACTERISTIC: _polynomial,
    topics.ADJUGATE: _adjugate,
    topics.NULL_SPACE: null_space,
    topics.COLUMN_SPACE: column_space,
    topics.DIAGONALIZE: diagonal,
}
