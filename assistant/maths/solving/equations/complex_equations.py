"""Polynomial equations over the complex numbers, where the problem asks for them."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.solving.equations.found import real_symbol
from assistant.maths.solving.equations.polynomial_equations import polynomial_of, standard_form
from assistant.maths.solving.equations.unknowns import single_equation
from assistant.maths.types import Link, Request, Rule, Step, Text

FACTOR = Rule("polynomial.factor", "Factor the left side", "左边因式分解")
ALL_ROOTS = Rule(
    "polynomial.complex_roots", "Solve each factor over the complex numbers", "在复数范围内求根"
)
FORMULA = Rule("quadratic.complex_formula", "Use the quadratic formula", "用求根公式")
UNIT = t.Constant(t.ConstantName.I)
COMPLEXES = t.Constant(t.ConstantName.COMPLEXES)


def complex_equation(request: Request) -> Draft | None:
    """``x^2 + 1 = 0`` over the complex numbers."""
    single = single_equation(request)
    if single is None:
        return None
    if UNIT in t.walk(single[0]) and request.domain in (None, COMPLEXES):
        return _quadratic(*single)
    if request.domain != COMPLEXES:
        return None
    equation, name = single
    try:
        poly = polynomial_of(equation, name)
    except NotConvertible:
        return None
    if poly is None or poly.degree() < 1 or not all(c.is_Rational for c in poly.all_coeffs()):
        return None
    standard, steps = standard_form(equation, name, poly)
    trail = Trail(standard, Link.FORMULA, name)
    factors = poly.factor_list()[1]
    product = t.mul(
        *(
            from_sympy(f.as_expr()) if m == 1 else t.Pow(from_sympy(f.as_expr()), t.integer(m))
            for f, m in factors
        )
    )
    trail.to(
        t.equation(product, t.integer(0)),
        FACTOR,
        Text("Factor over the rational numbers.", "在有理数范围内因式分解。"),
    )
    roots: list[sp.Expr] = []
    for factor, _ in factors:
        found = sp.roots(sp.Poly(factor.as_expr(), real_symbol(name)))
        known = list(found) if sum(found.values()) == factor.degree() else factor.all_roots()
        roots += [sp.expand(r) for r in known]
    items = tuple(map(from_sympy, roots))
    why = Text("Set each factor to zero.", "令每个因式为零。")
    sides = tuple(t.equation(t.Symbol(name), i) for i in items)
    trail.to(sides[0] if len(sides) == 1 else t.Junction(t.Connective.OR, sides), ALL_ROOTS, why)
    return Draft(
        answer=t.Collection(t.Bracket.SET, items),
        steps=(*steps, *trail.steps),
        method="complex roots",
        variables=(name,),
    )


def _quadratic(equation: t.Relation, name: str) -> Draft | None:
    """``x^2 + 2ix - 1 = 0``: the formula, with a root of the discriminant in algebraic form."""
    try:
        poly = polynomial_of(equation, name)
    except NotConvertible:
        return None
    if poly is None or poly.degree() != 2:
        return None
    a, b, c = poly.all_coeffs()
    disc = sp.expand(b**2 - 4 * a * c)
    if not all(part.is_Rational for part in (*disc.as_real_imag(), *a.as_real_imag())):
        return None
    root = _square_root(disc)
    roots = tuple(dict.fromkeys(_parted((-b + s * root) / (2 * a)) for s in (-1, 1)))
    standard, steps = standard_form(equation, name, poly)
    answer = t.Collection(t.Bracket.SET, tuple(map(from_sympy, roots)))
    why = Text(
        "The discriminant is {0}, and {1} is a square root of it.",
        "判别式为 {0}，{1} 是它的一个平方根。",
        (from_sympy(disc), from_sympy(root)),
    )
    last = Step(
        rule=FORMULA, why=why, before=standard, after=answer, link=Link.SOLUTION, variable=name
    )
    return Draft(answer=answer, steps=(*steps, last), method="complex formula", variables=(name,))


def _square_root(value: sp.Expr) -> sp.Expr:
    """``p + q·i`` with ``(p + q·i)^2 = value``."""
    real, imaginary = value.as_real_imag()
    size = sp.sqrt(real**2 + imaginary**2)
    p, q = (sp.sqrtdenest(sp.sqrt((size + s * real) / 2)) for s in (1, -1))
    return sp.expand(p + (-q if imaginary < 0 else q) * sp.I)


def _parted(value: sp.Expr) -> sp.Expr:
    real, imaginary = sp.expand(value, complex=True).as_real_imag()
    return sp.radsimp(sp.expand(real)) + sp.radsimp(sp.expand(imaginary)) * sp.I
