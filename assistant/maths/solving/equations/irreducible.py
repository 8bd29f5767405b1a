"""Roots of irreducible polynomials: reciprocal equations, the cubic, isolation.

Sources: Cardano's formula and Viète's trigonometric form for the depressed cubic
t³ + pt + q = 0 (the latter where 4p³ + 27q² < 0); isolation of the real roots of an
irreducible polynomial by SymPy's ``CRootOf``.
"""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.solving.equations.found import Found, fresh, last_line, real_symbol, step
from assistant.maths.solving.equations.letters import substitute
from assistant.maths.solving.equations.solution_sets import one_of, sign_of, value_tree
from assistant.maths.types import Rule, Text

CUBIC = Rule("polynomial.cubic", "Formula for the cubic", "三次方程求根公式")
REAL_ROOTS = Rule("polynomial.real_roots", "Isolate the real roots", "隔离实根")


def palindrome(standard: t.Relation, name: str, poly: sp.Poly, depth: int) -> Found | None:
    """Reciprocal equations of even degree: ``u = x + 1/x``."""
    coeffs = poly.all_coeffs()
    if coeffs != coeffs[::-1] or poly.degree() % 2 or poly.degree() > 8:
        return None
    half = poly.degree() // 2
    letter = fresh(name, standard)
    u, x = real_symbol(letter), t.Symbol(name)
    powers_of = [sp.Integer(2), u]  # x^n + x^-n as a polynomial in u (Chebyshev's recurrence)
    for _ in range(2, half + 1):
        powers_of.append(sp.expand(u * powers_of[-1] - powers_of[-2]))
    value = coeffs[half] + sum(coeffs[half - n] * powers_of[n] for n in range(1, half + 1))
    equation = t.equation(from_sympy(sp.expand(value)), t.integer(0))
    meaning = t.add(x, t.Div(t.integer(1), x))
    return substitute(standard, (name, letter), meaning, equation, depth)


def cubic(standard: t.Relation, name: str, poly: sp.Poly, depth: int) -> Found | None:
    """Cardano's formula, or Viète's with cosines for three real roots."""
    del depth
    if poly.degree() != 3:
        return None
    a, b, c, d = poly.all_coeffs()
    shift = b / (3 * a)
    p = (3 * a * c - b**2) / (3 * a**2)
    q = (2 * b**3 - 9 * a * b * c + 27 * a**2 * d) / (27 * a**3)
    disc = (q / 2) ** 2 + (p / 3) ** 3
    if disc < 0:
        radius = 2 * sp.sqrt(-p / 3)
        angle = sp.acos(3 * q / (2 * p) * sp.sqrt(-3 / p)) / 3
        roots = tuple(radius * sp.cos(angle - 2 * sp.pi * n / 3) - shift for n in range(3))
        why = Text(
            "Three real roots: the discriminant is positive, so Viète's form with cosines is used.",
            "方程有三个实根，用三角形式（韦达公式）表示。",
        )
    else:
        roots = (_cube_root(-q / 2 + sp.sqrt(disc)) + _cube_root(-q / 2 - sp.sqrt(disc)) - shift,)
        why = Text("One real root, by Cardano's formula.", "方程有一个实根，由卡尔达诺公式得到。")
    line = step(standard, one_of(name, roots), CUBIC, why, name=name)
    return Found(steps=(line,), roots=roots, method="cubic formula")


def _cube_root(value: sp.Expr) -> sp.Expr:
    sign = sign_of(value)
    return -sp.cbrt(-value) if sign == -1 else sp.cbrt(value)


def isolated(standard: t.Relation, name: str, poly: sp.Poly, depth: int) -> Found | None:
    """No formula: the real roots, told apart by their place, with decimals."""
    del depth
    roots = tuple(poly.real_roots())
    found = Found(roots=roots, method="real roots")
    after, link = last_line(found, name)
    why = Text(
        "No solution by radicals is known here; the real roots are counted and isolated exactly "
        "(Sturm).",
        "此方程没有简单的根式解；用斯图姆定理确定并隔离实根。",
    )
    notes = tuple(Text("{0} ≈ {1}", "{0} ≈ {1}", (value_tree(r), str(sp.N(r, 10)))) for r in roots)
    if not roots:
        why = Text(
            "The polynomial has no real root (Sturm's theorem).", "该多项式没有实根（斯图姆定理）。"
        )
    return replace(
        found, steps=(step(standard, after, REAL_ROOTS, why, name=name, link=link),), notes=notes
    )
