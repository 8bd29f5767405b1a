"""Partial fractions over the real numbers where the rationals are not enough."""

from __future__ import annotations

import sympy as sp

PLACES = 30


def real_partial_fractions(top: sp.Poly, bottom: sp.Poly) -> sp.Expr | None:
    """``top/bottom`` as a sum over real linear and quadratic factors, or ``None``.

    The residue at a simple root z is ``P(z)/Q'(z)`` (Heaviside); a pair of conjugate roots
    gives one real fraction.  The rational part is split off first.
    """
    x = bottom.gen
    total = sp.S.Zero
    for term in sp.Add.make_args(sp.apart(top.as_expr() / bottom.as_expr(), x)):
        num, den = sp.fraction(sp.together(term))
        base = sp.Poly(den, x)
        factors = sp.factor_list(base)[1]
        if all(g.degree() <= 2 for g, _ in factors):
            total += sp.factor_terms(term)
            continue
        if len(factors) != 1 or factors[0][1] != 1 or factors[0][0].degree() > 8:
            return None
        pieces = _over_roots(sp.Poly(num, x), base)
        if pieces is None:
            return None
        total += pieces
    return total


def _over_roots(top: sp.Poly, bottom: sp.Poly) -> sp.Expr | None:
    x = bottom.gen
    if bottom.free_symbols != {x}:
        return None
    roots = sp.roots(bottom)
    if sum(roots.values()) != bottom.degree():
        return None
    slope = bottom.diff()
    total = sp.S.Zero
    for z in roots:
        p, q = (sp.radsimp(sp.expand(part)) for part in z.as_real_imag())
        height = sp.N(q, PLACES)
        if height < -(10**-20):
            continue
        numeric = sp.N(z, PLACES)
        ratio = sp.N(top.as_expr(), PLACES).subs(x, numeric) / slope.as_expr().subs(x, numeric)
        if abs(height) < 10**-20:
            total += _exact(top, slope, p).as_real_imag()[0] / (x - p)
            continue
        residue = _exact(top, slope, p + sp.I * q)
        a, b = (sp.radsimp(sp.simplify(part)) for part in residue.as_real_imag())
        if abs(sp.N(a + sp.I * b - ratio, PLACES)) > 10**-15:
            return None
        square = x**2 - 2 * p * x + sp.simplify(p**2 + q**2)
        total += (2 * a * x - sp.simplify(2 * a * p + 2 * b * q)) / square
    return total


def _exact(top: sp.Poly, slope: sp.Poly, z: sp.Expr) -> sp.Expr:
    below = sp.expand(slope.as_expr().subs(slope.gen, z))
    above = sp.expand(top.as_expr().subs(top.gen, z))
    conjugate = sp.conjugate(below)
    return sp.expand(above * conjugate) / sp.simplify(sp.expand(below * conjugate))
