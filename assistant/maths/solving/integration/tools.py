"""Small questions about integrands that several rules ask."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

TRIG = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)
HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)
INVERSE = (sp.asin, sp.acos, sp.atan, sp.acot, sp.asec, sp.acsc, sp.asinh, sp.acosh, sp.atanh)


def linear(g: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr] | None:
    """``(a, b)`` of ``a·x + b`` with ``a`` not 0, or ``None``."""
    if not g.is_polynomial(x):
        return None
    poly = sp.Poly(g, x)
    if poly.degree() != 1:
        return None
    a, b = poly.all_coeffs()
    return a, b


def quadratic(g: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr, sp.Expr] | None:
    """``(a, b, c)`` of ``a·x² + b·x + c`` with ``a`` not 0, or ``None``."""
    if not g.is_polynomial(x):
        return None
    poly = sp.Poly(g, x)
    if poly.degree() != 2:
        return None
    a, b, c = (sp.factor(k) for k in poly.all_coeffs())
    return a, b, c


def positive(g: sp.Expr) -> bool:
    """Whether a real expression is surely positive (or a sum of squares that is not 0)."""
    if g.is_positive:
        return True
    if g.is_Pow and g.exp.is_Integer and g.exp % 2 == 0 and g.base.is_real:
        return True
    if g.is_Mul:
        return all(positive(part) for part in g.args)
    if g.is_nonnegative and g.is_number is False and not g.is_Symbol and (g.is_Pow or g.is_Add):
        return True
    if g.is_Add and len(g.free_symbols) > 0:
        factored = sp.factor(g)
        return not factored.is_Add and positive(factored)
    return False


@lru_cache(maxsize=512)
def always_positive(g: sp.Expr) -> bool:
    """Whether ``g`` is positive for every real value of its symbols (sure, not complete)."""
    if g.is_positive:
        return True
    free = g.free_symbols
    if len(free) == 1:
        (x,) = free
        if g.is_polynomial(x):
            poly = sp.Poly(g, x)
            if poly.degree() % 2 == 0 and poly.domain.is_Exact and poly.domain in (sp.ZZ, sp.QQ):
                return bool(poly.count_roots() == 0 and poly.eval(0) > 0)
            if poly.degree() == 2:
                a, _, _ = poly.all_coeffs()
                return bool(sp.discriminant(poly).is_negative and a.is_positive)
    if g.is_Add:
        return _bounded_sum_positive(g)
    return False


def _bounded_sum_positive(g: sp.Expr) -> bool:
    """A constant that beats the amplitudes of the sines and cosines added to it."""
    rest, wave = sp.S.Zero, sp.S.Zero
    for term in g.args:
        c, body = term.as_coeff_Mul()
        if isinstance(body, sp.sin | sp.cos):
            wave += abs(c)
        elif term.is_number or always_positive(term):
            rest += term if term.is_number else 0
        else:
            return False
    return bool((rest - wave).is_positive)


def ln(g: sp.Expr) -> sp.Expr:
    """``ln |g|``, without the bars where ``g`` is positive."""
    if always_positive(g):
        return sp.log(g)
    if always_positive(sp.expand(-g)):
        return sp.log(sp.expand(-g))
    if g.is_number:
        return sp.log(abs(g))
    if g.is_Add and g.could_extract_minus_sign():
        g = -g
    return sp.log(sp.Abs(g, evaluate=False)) if not g.is_Symbol else sp.log(sp.Abs(g))


def size(f: sp.Expr) -> int:
    """How long a formula is."""
    return int(sp.count_ops(f)) + len(f.free_symbols)


def radicals(f: sp.Expr, x: sp.Symbol) -> list[sp.Pow]:
    """The powers with a broken exponent whose base contains ``x``, outermost first."""
    return [
        p
        for p in sp.preorder_traversal(f)
        if p.is_Pow and p.exp.is_Rational and not p.exp.is_Integer and p.base.has(x)
    ]


def unwind(g: sp.Expr, x: sp.Symbol, u: sp.Expr) -> sp.Expr | None:
    """``x`` out of ``g(x) = u`` where ``x`` stands in one place, or ``None``."""
    while g != x:
        if g.is_Add:
            rest, g = g.as_independent(x, as_Add=True)
            u = u - rest
        elif g.is_Mul:
            rest, g = g.as_independent(x, as_Add=False)
            u = u / rest
        elif isinstance(g, sp.exp):
            g, u = g.exp, sp.log(u)
        elif g.is_Pow and not g.exp.has(x):
            if g.exp.is_Rational and g.exp.p % 2 == 0 and not g.base.is_nonnegative:
                return None
            g, u = g.base, u ** (1 / g.exp)
        elif g.is_Pow and not g.base.has(x):
            g, u = g.exp, sp.log(u) / sp.log(g.base)
        elif isinstance(g, sp.log):
            g, u = g.args[0], sp.exp(u)
        elif isinstance(g, sp.asin | sp.acos | sp.atan):
            g, u = g.args[0], {sp.asin: sp.sin, sp.acos: sp.cos, sp.atan: sp.tan}[g.func](u)
        else:
            return None
        if g.is_Add or g.is_Mul:
            inner = g.as_independent(x, as_Add=g.is_Add)[1]
            if inner == g:
                return None
    return sp.expand(u)


def open_radicals(f: sp.Expr) -> sp.Expr:
    """Squares taken out of roots: ``√(v² + v³)`` is ``v√(1 + v)`` for positive ``v``."""

    def tidy(base: sp.Expr, exp: sp.Expr) -> sp.Expr:
        return sp.factor(base) ** exp

    return f.replace(
        lambda p: p.is_Pow and p.exp.is_Rational and not p.exp.is_Integer and p.base.is_Add,
        lambda p: tidy(p.base, p.exp),
    )


def half_powers(f: sp.Expr, w: sp.Symbol) -> bool:
    """Whether a broken power of ``w`` itself is left in ``f``."""
    return any(p.base == w and not p.exp.is_Integer for p in f.atoms(sp.Pow))


def shortened(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """The same up to a constant on each interval: ``atan(tan y)`` is ``y``, constants go."""

    def undo(n: sp.Expr) -> sp.Expr:
        inner = n.args[0]
        return inner.args[0] if isinstance(inner, sp.tan) else n

    new = value.replace(lambda n: isinstance(n, sp.atan), undo)
    return drop_constants(new, x) if not new.has(sp.Piecewise) else new


def drop_constants(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Additive constants, and constant factors inside logarithms, go into C."""
    out = []
    for term in sp.Add.make_args(value):
        if not term.has(x):
            continue
        new = term
        for log in term.atoms(sp.log):
            if log.has(x) and term.as_coeff_Mul()[1].subs(log, sp.Dummy()).has(x) is False:
                bars = isinstance(log.args[0], sp.Abs)
                inside = log.args[0].args[0] if bars else log.args[0]
                body = sp.factor_terms(sp.together(inside)).as_independent(x, as_Add=False)[1]
                if not bars and not sp.ask(sp.Q.positive(inside / body)):
                    continue
                new = new.subs(log, sp.log(sp.Abs(body, evaluate=False) if bars else body))
        out.append(new)
    return sp.Add(*out)
