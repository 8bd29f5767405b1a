"""Equations in several unknowns or with parameters: factors, elimination, ideals."""

from __future__ import annotations

from typing import TypeGuard

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, poles, positive
from assistant.maths.checking.logic.statements import Claim
from assistant.maths.checking.logic.values import solutions
from assistant.maths.checking.numerics.budget import OutOfTime, alarm
from assistant.maths.types import Proved, Verdict

IDEAL_SECONDS = 0.4


def vanishing(statement: t.Expr) -> t.Expr | None:
    """The expression that vanishes exactly where an equation, or one of several, holds."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, right):
            return t.sub(left, right)
        case t.Junction(t.Connective.OR, args):
            parts = [p for a in args if (p := vanishing(a)) is not None]
            domains = {(frozenset(poles(p)), frozenset(guards(p))) for p in parts}
            # a case may hold where another has no value, and so the product has none
            return t.Mul(tuple(parts)) if len(parts) == len(args) and len(domains) == 1 else None
    return None


def _flipped(op: t.Comparison) -> t.Comparison:
    return {
        t.Comparison.LT: t.Comparison.GT,
        t.Comparison.GT: t.Comparison.LT,
        t.Comparison.LE: t.Comparison.GE,
        t.Comparison.GE: t.Comparison.LE,
    }.get(op, op)


def by_factors(claim: Claim) -> Verdict | None:
    """The sides' difference was only multiplied by something that is never zero."""
    one, other = claim.before, claim.after
    ops = [s.op if isinstance(s, t.Relation) else t.Comparison.EQ for s in (one, other)]
    if isinstance(one, t.Relation) and isinstance(other, t.Relation):
        first, second = t.sub(one.left, one.right), t.sub(other.left, other.right)
    else:
        sides = [s for s in (vanishing(one), vanishing(other)) if s is not None]
        if len(sides) < 2:
            return None
        first, second = sides
    if not _same_domain(first, second, claim.names):
        return None
    try:
        with alarm(min(0.5, claim.deadline.left)):
            top, bottom = to_sympy(first, real=True), to_sympy(second, real=True)
            ratio = sp.factor(sp.cancel(sp.together(top / bottom)))
            sign = _sign(ratio, claim, second)
    except (NotConvertible, OutOfTime, sp.PolynomialError, ZeroDivisionError, TypeError):
        return None
    if sign == 0:
        return None
    if ops[0] is ops[1] and (sign > 0 or ops[0] in (t.Comparison.EQ, t.Comparison.NE)):
        return Proved("multiplied by what is not zero")
    if sign == -1 and ops[0] is _flipped(ops[1]):
        return Proved("multiplied by what is negative")
    return None


def _same_domain(first: t.Expr, second: t.Expr, names: tuple[str, ...]) -> bool:
    """Whether both have values at the same points, by the look of them; a denominator of
    parameters alone is a condition that the formula itself states."""
    unknown = set(names)
    about = [
        {p for p in poles(e) if set(t.symbols(p)) & unknown and positive(p) != 2}
        for e in (first, second)
    ]
    return about[0] == about[1] and set(guards(first)) == set(guards(second))


def _sign(ratio: sp.Basic, claim: Claim, after: t.Expr) -> int:
    """1 or -1 for a ratio of that sign everywhere, 2 for one that is only never zero, else 0."""
    if ratio.has(sp.nan, sp.zoo, sp.oo) or ratio == 0:
        return 0
    if ratio.is_number:
        return int(sp.sign(ratio)) if ratio.is_real else 2 * int(ratio.is_zero is False)
    if ratio.is_positive or ratio.is_negative:
        return 1 if ratio.is_positive else -1
    forms = [positive(from_sympy(r)) for r in (ratio, -ratio)]
    if 2 in forms:
        return 1 if forms[0] == 2 else -1
    if not isinstance(claim.before, t.Relation) or claim.before.op is t.Comparison.EQ:
        return 2 if _allowed(ratio, claim, after) else 0
    return 0


def _allowed(ratio: sp.Basic, claim: Claim, after: t.Expr) -> bool:
    """Whether every factor of the ratio is one that the conditions or a denominator of
    parameters in the answer keep from being zero."""
    nonzero: set[sp.Basic] = set()
    for statement in claim.given:
        match statement:
            case t.Relation(t.Comparison.NE | t.Comparison.GT | t.Comparison.LT, left, right):
                nonzero.update(_irreducible(t.sub(left, right)))
    for pole in (*poles(after), *poles(t.sub(t.integer(0), t.Neg(after)))):
        if not set(t.symbols(pole)) & set(claim.names):
            nonzero.update(_irreducible(pole))
    parts = sp.Mul.make_args(sp.fraction(ratio)[0]) + sp.Mul.make_args(sp.fraction(ratio)[1])
    bases = {b.as_base_exp()[0] for b in parts if not b.is_number}
    return all(b in nonzero or -b in nonzero for b in bases)


def _irreducible(expr: t.Expr) -> set[sp.Basic]:
    try:
        value = to_sympy(expr, real=True)
        return {f for f, _ in sp.factor_list(value)[1]}
    except (NotConvertible, sp.PolynomialError):
        return set()


def by_quadratic_formula(claim: Claim) -> Verdict | None:
    """A quadratic equation with parameters and its two roots: their product with the leading
    coefficient is the equation, and the roots are real where its discriminant is not
    negative."""
    spelled = solutions(claim.after, claim.names)
    before = claim.before
    if not spelled or len(spelled) != 2 or len(claim.names) != 1 or guards(before):
        return None
    if any(set(t.symbols(p)) & set(claim.names) for p in poles(before)):
        return None
    if not isinstance(before, t.Relation) or before.op is not t.Comparison.EQ:
        return None
    x = sp.Symbol(claim.names[0], real=True)
    try:
        whole = sp.Poly(to_sympy(t.sub(before.left, before.right), real=True), x)
        roots = [to_sympy(s[0][1], real=True) for s in spelled]
        if whole.degree() != 2:
            return None
        a, b, c = whole.all_coeffs()
        conditions = [to_sympy(g.left, real=True) for g in guards(claim.after) if _at_least(g)]
        products = (a * (roots[0] + roots[1]) + b, a * roots[0] * roots[1] - c)
        with alarm(min(0.5, claim.deadline.left / 2)):
            if any(sp.simplify(sp.expand(p)) != 0 for p in products):
                return None
            ratios = [sp.cancel(g / (b**2 - 4 * a * c)) for g in conditions]
    except (NotConvertible, sp.PolynomialError, OutOfTime):
        return None
    allowed = a.is_number or _allowed(a, claim, claim.after)
    if allowed and conditions and all(r.is_positive or _is_square(r) for r in ratios):
        return Proved("sum and product of the roots")
    return None


def _at_least(guard: t.Expr) -> TypeGuard[t.Relation]:
    return isinstance(guard, t.Relation) and guard.op is t.Comparison.GE


def _is_square(ratio: sp.Basic) -> bool:
    """Whether it is a positive number times even powers, so never negative."""
    return all(
        f.is_positive or (f.as_base_exp()[1].is_even is True) for f in sp.Mul.make_args(ratio)
    )


def _equations(statement: t.Expr) -> list[t.Expr] | None:
    parts = statement.args if isinstance(statement, t.Junction) else (statement,)
    if isinstance(statement, t.Junction) and statement.op is t.Connective.OR:
        return None
    found = []
    for part in parts:
        match part:
            case t.Relation(t.Comparison.EQ, left, right):
                found.append(t.sub(left, right))
            case t.Truth(value):
                found.append(t.integer(0 if value else 1))
            case _:
                return None
    return found


def _entire(expr: t.Expr) -> bool:
    """Whether it is a polynomial as it is written, not only after something cancels."""
    match expr:
        case t.Number() | t.Symbol():
            return True
        case t.Add() | t.Mul() | t.Neg():
            return all(map(_entire, t.children(expr)))
        case t.Pow(base, t.Number(n)):
            return n.denominator == 1 and n > 0 and _entire(base)
        case t.Div(num, den):
            return _entire(num) and not t.symbols(den)
    return not t.symbols(expr)


def _polynomials(statement: t.Expr, gens: tuple[sp.Symbol, ...]) -> list[sp.Poly] | None:
    """The equations of a system as polynomials over the rationals."""
    found = _equations(statement)
    if found is None:
        return None
    try:
        polys = [sp.Poly(to_sympy(e, real=True), *gens) for e in found if _entire(e)]
    except (NotConvertible, sp.PolynomialError):
        return None
    rational = all(p.domain in (sp.ZZ, sp.QQ) for p in polys)
    return polys if rational and len(polys) == len(found) else None


def _generators(claim: Claim) -> tuple[sp.Symbol, ...]:
    names = dict.fromkeys(t.symbols(claim.before) + t.symbols(claim.after))
    return tuple(sp.Symbol(n, real=True) for n in names)


def by_elimination(claim: Claim) -> Verdict | None:
    """Systems of linear equations: the same reduced row echelon form."""
    gens = _generators(claim)
    if not gens:
        return None
    systems = [_polynomials(s, gens) for s in (claim.before, claim.after)]
    forms = []
    for polys in systems:
        if polys is None or any(p.total_degree() > 1 for p in polys):
            return None
        rows = [[p.coeff_monomial(g) for g in gens] + [p.coeff_monomial(1)] for p in polys]
        reduced, pivots = sp.Matrix(rows).rref()
        rank = len(pivots)
        empty = len(gens) in pivots
        forms.append(None if empty else reduced[:rank, :])
    if forms[0] == forms[1]:
        return Proved("the same system after elimination")
    return None if claim.both_ways else _implied(forms)


def _implied(forms: list[sp.Matrix | None]) -> Verdict | None:
    """Whether the rows of the second are combinations of those of the first."""
    if forms[0] is None:
        return Proved("there is nothing that could be lost")
    if forms[1] is None:
        return None
    joined = forms[0].col_join(forms[1])
    return Proved("a combination of the equations") if joined.rank() == forms[0].rows else None


def by_ideals(claim: Claim) -> Verdict | None:
    """Systems of polynomial equations: each equation of the one lies in the radical of the
    ideal of the other (Rabinowitsch's trick), so the complex solutions are the same."""
    gens = _generators(claim)
    before = _polynomials(claim.before, gens) if gens else None
    if before is None:
        return None
    cases = t.children(claim.after) if _is_or(claim.after) else (claim.after,)
    after = [_polynomials(c, gens) for c in cases]
    if any(a is None for a in after) or len(cases) > 8:
        return None
    try:
        with alarm(min(IDEAL_SECONDS, claim.deadline.left / 2)):
            if claim.both_ways and not all(
                _in_radical(p, case or [], gens) for case in after for p in before
            ):
                return None
            if all(_in_radical(q, before, gens) for q in _products([a or [] for a in after])):
                return Proved("the same ideal")
    except (OutOfTime, sp.PolynomialError):
        return None
    return None


def _is_or(statement: t.Expr) -> bool:
    return isinstance(statement, t.Junction) and statement.op is t.Connective.OR


def _products(cases: list[list[sp.Poly]]) -> list[sp.Poly]:
    """Generators of the product of the ideals, whose solutions are those of any case."""
    products = cases[0]
    for case in cases[1:]:
        products = [p * q for p in products for q in case]
        if len(products) > 64:
            raise OutOfTime
    return products


def _in_radical(poly: sp.Poly, ideal: list[sp.Poly], gens: tuple[sp.Symbol, ...]) -> bool:
    if poly.is_zero:
        return True
    if not ideal:
        return False
    extra = sp.Dummy("w")
    trick = 1 - extra * poly.as_expr()
    basis = sp.groebner([*(p.as_expr() for p in ideal), trick], extra, *gens, order="grevlex")
    return bool(basis.exprs == [1])
