"""The image of a rational function of one letter, decided exactly, cell by cell.

The number of solutions u of ``f(u) = y`` changes only at finitely many y: zeros of the
discriminant, of the leading coefficient, and values at the borders of where f is defined.
One exact count in each cell between them, and one at each of them, decides (Collins 1975,
in two variables).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.types import Doubt, Proved, Refuted, Undecided, Verdict

UNDECIDED = Undecided(Doubt.NO_METHOD)
DIGITS = 40
NEAR = sp.Float("1e-20", DIGITS)
Y = sp.Dummy("y", real=True)
Condition = tuple[sp.Expr, t.Comparison]
"""An expression, and how it must compare with 0 where f is defined."""


@dataclass(frozen=True, slots=True)
class Rational:
    """``f`` as a fraction in ``u``; ``within`` is where u moves, ``borders`` say where f is
    defined; ``extra`` values are taken at points that no u reaches."""

    f: sp.Expr
    u: sp.Symbol
    within: sp.Set
    borders: tuple[Condition, ...] = ()
    extra: tuple[sp.Expr, ...] = ()


def decide(base: Rational, values: sp.Set, clip: sp.Set) -> Verdict:
    """One exact count in each cell of y, and one at each border."""
    num, den = sp.fraction(sp.cancel(sp.together(base.f)))
    if num.has(base.u) or den.has(base.u):
        whole = sp.Poly(sp.expand(num - Y * den), base.u)
    else:
        return UNDECIDED
    critical = _critical(whole, base, den)
    if critical is None:
        return UNDECIDED
    marks = _sorted([*critical, *ends(values), *ends(clip)])
    if marks is None:
        return UNDECIDED
    samples = _between(marks)
    for y in (*samples, *marks):
        if clip.contains(y) != sp.true:
            continue
        wanted = values.contains(y)
        found = _solvable(whole, base, y)
        if found is None or wanted not in (sp.true, sp.false):
            return UNDECIDED
        if found != bool(wanted):
            how = "is taken" if found else "is not taken"
            return Refuted(f"y = {y}", how, "")
    return Proved("f(x) = y counted in each cell of y")


def _critical(whole: sp.Poly, base: Rational, den: sp.Expr) -> list[sp.Expr] | None:
    u = base.u
    polys = [whole.LC(), sp.discriminant(whole, u) if whole.degree() > 1 else sp.S.One]
    edges = [den, *(e for b, _ in base.borders for e in sp.fraction(sp.together(b)))]
    polys += [sp.resultant(whole.as_expr(), sp.expand(e), u) for e in edges if e.has(u)]
    found = list(base.extra)
    for end in ends(base.within):
        polys.append(whole.as_expr().subs(u, end))
    for poly in map(sp.expand, polys):
        if not poly.has(Y):
            continue
        if not poly.is_polynomial(Y):
            return None
        if not all(c.is_Rational for c in sp.Poly(poly, Y).all_coeffs()):
            roots = sp.roots(sp.Poly(poly, Y))
            if sum(roots.values()) != sp.degree(poly, Y):
                return None
            found += [r for r in roots if sp.im(r).equals(0)]
            continue
        found += sp.real_roots(poly, Y)
    return found


def ends(values: sp.Set) -> list[sp.Expr]:
    """The finite ends of the parts of a set."""
    return [e for e in values.boundary if e.is_finite] if values != sp.S.Reals else []


def _sorted(points: list[sp.Expr]) -> list[sp.Expr] | None:
    """Without repetition; ``None`` where two cannot be told apart."""
    found: list[sp.Expr] = []
    for point in sorted(points, key=lambda p: (sp.N(p, DIGITS), sp.count_ops(p))):
        if found and abs(sp.N(point - found[-1], DIGITS)) < NEAR:
            if point != found[-1] and sp.simplify(point - found[-1]) != 0:
                return None
            continue
        found.append(point)
    return found


def _between(marks: list[sp.Expr]) -> list[sp.Expr]:
    if not marks:
        return [sp.S.Zero]
    inner = [sp.Rational(str(sp.N((a + b) / 2, 12))) for a, b in itertools.pairwise(marks)]
    return [sp.floor(marks[0]) - 1, *inner, sp.ceiling(marks[-1]) + 1]


def _solvable(whole: sp.Poly, base: Rational, y: sp.Expr) -> bool | None:
    """Whether some u within its set, on no border that excludes it, gives y."""
    if any(sp.simplify(e - y) == 0 for e in base.extra):
        return True
    at = sp.Poly(whole.as_expr().subs(Y, y), base.u)
    if at.degree() < 1:
        return False if not at.is_zero else None
    if all(c.is_Rational for c in at.all_coeffs()):
        roots = sp.real_roots(at)
    else:
        counted = sp.roots(at)
        if sum(counted.values()) != at.degree():
            return None
        roots = [r for r in counted if sp.simplify(sp.im(r)) == 0]
    doubtful = False
    for root in roots:
        inside = base.within.contains(
            sp.simplify(root) if not isinstance(root, sp.CRootOf) else root
        )
        if inside not in (sp.true, sp.false):
            doubtful = True
            continue
        if not inside:
            continue
        held = [_holds(b.subs(base.u, root), op) for b, op in base.borders]
        if all(h is True for h in held):
            return True
        doubtful = doubtful or False not in held
    return None if doubtful else False


def _holds(value: sp.Expr, op: t.Comparison) -> bool | None:
    """Whether a condition holds at a root; ``None`` where its sign is not certain."""
    if value.has(sp.zoo, sp.nan):
        return False
    size = sp.N(value, DIGITS)
    if abs(size) < NEAR:
        if sp.simplify(value) != 0:
            return None
        return op in (t.Comparison.GE, t.Comparison.LE)
    if op is t.Comparison.NE:
        return True
    return bool(size > 0) == (op in (t.Comparison.GE, t.Comparison.GT))
