"""Where an expression of one variable may fail to be continuous, found exactly.

``bad_points`` never overlooks one: where a zero set is not known it answers ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp
from mpmath import iv, mpf

LIMIT = 60
"""More points than these are not listed."""
SMOOTH = (
    sp.sin, sp.cos, sp.exp, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf, sp.erfc, sp.Si,
    sp.asin, sp.acos, sp.Abs, sp.sech,
)  # fmt: skip
VANISHING = (sp.log, sp.Ei, sp.Ci, sp.sign, sp.acot, sp.coth, sp.csch, sp.acsc, sp.asec)


class Unknown(Exception):  # noqa: N818 - a value: the question is open
    """The zeros of an expression could not be listed."""


def bad_points(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr] | None:
    """All points of ``[low, high]`` where ``f`` may be undefined or jump, in order.

    ``None`` where they are not known.  That ``f`` is real between them is not claimed.
    """
    y = sp.Symbol(x.name, real=True)  # a symbol that is positive would hide a zero at 0
    try:
        found = set(_points(f.xreplace({x: y}), y, low, high))
    except (Unknown, NotImplementedError, sp.PolynomialError, TypeError, ValueError):
        return None
    if len(found) > LIMIT:
        return None
    return sorted(found, key=lambda p: sp.N(p, 30))


def _points(f: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> Iterable[sp.Expr]:
    if not f.has(x):
        return
    if f.is_Pow and f.base != sp.E:
        base, exp = f.base, f.exp
        if exp.has(x):
            yield from zeros(base, x, low, high)
            yield from _points(exp, x, low, high)
        elif not (exp.is_Integer and exp > 0) and not (exp.is_Rational and exp > 0):
            yield from zeros(base, x, low, high)
        yield from _points(base, x, low, high)
        return
    if isinstance(f, sp.Function):
        a = f.args[0]
        if isinstance(f, sp.tan | sp.sec):
            yield from zeros(sp.cos(a), x, low, high)
        elif isinstance(f, sp.cot | sp.csc):
            yield from zeros(sp.sin(a), x, low, high)
        elif isinstance(f, VANISHING):
            yield from zeros(a, x, low, high)
        elif isinstance(f, sp.atanh):
            yield from zeros(1 - a**2, x, low, high)
        elif isinstance(f, sp.floor | sp.ceiling):
            yield from zeros(sp.sin(sp.pi * a), x, low, high)
        elif not isinstance(f, SMOOTH):
            raise Unknown(f.func.__name__)
    elif not (f.is_Add or f.is_Mul or f.is_Symbol or f.is_Pow or isinstance(f, sp.Max | sp.Min)):
        raise Unknown(str(f.func))
    for part in f.args:
        yield from _points(part, x, low, high)


def inside(points: Iterable[sp.Expr], low: sp.Expr, high: sp.Expr) -> list[sp.Expr]:
    """Those of the points that are real and in ``[low, high]``; raises ``Unknown``."""
    kept = []
    for p in points:
        if p.is_real is False:
            continue
        left, right = sp.simplify(p - low), sp.simplify(high - p)
        if left.is_extended_negative or right.is_extended_negative:
            continue
        if not (left.is_extended_nonnegative and right.is_extended_nonnegative):
            raise Unknown(str(p))
        kept.append(p)
    return kept


def turns(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr]:
    """All points of ``[low, high]`` where ``g`` may change its sign: its zeros and its gaps, in
    order; raises ``Unknown``."""
    gaps = bad_points(g, x, low, high)
    if gaps is None:
        raise Unknown(str(g))
    return sorted({*zeros(g, x, low, high), *gaps}, key=lambda p: sp.N(p, 30))


def zeros(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr]:
    """All zeros of ``g`` in ``[low, high]``; raises ``Unknown``.

    ``x`` must have no assumption but being real.
    """
    if not g.has(x):
        return []
    if g.is_positive or g.is_negative or isinstance(g, sp.exp | sp.cosh | sp.sech):
        return []
    if g.is_Mul:
        return [p for part in g.args for p in zeros(part, x, low, high)]
    if isinstance(g, sp.Abs):
        return zeros(g.args[0], x, low, high)
    if g.is_Pow:
        return [] if g.exp.is_negative else zeros(g.base, x, low, high)
    if g.is_polynomial(x):
        return inside(_polynomial_roots(sp.Poly(g, x)), low, high)
    for way in (_by_argument, _by_amplitude, _by_kernel, _by_factors):
        found = way(g, x, low, high)
        if found is not None:
            return found
    if never_zero(g, x, low, high):
        return []
    raise Unknown(str(g))


def _polynomial_roots(poly: sp.Poly) -> list[sp.Expr]:
    if poly.domain in (sp.ZZ, sp.QQ):
        return list(dict.fromkeys(sp.real_roots(poly)))
    if poly.free_symbols != {poly.gen}:
        raise Unknown("parameters")
    roots = sp.roots(poly)
    if sum(roots.values()) != poly.degree():
        raise Unknown(str(poly))
    return [r for r in roots if abs(sp.im(sp.N(r, 30))) < 1e-20]


def _by_argument(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr] | None:
    """``c + k·h(a(x))`` for an elementary ``h`` that can be undone."""
    rest, body = g.as_independent(x, as_Add=True)
    k, h = body.as_independent(x, as_Add=False)
    if h.is_Pow and h.exp.is_Integer and h.exp > 0 and rest == 0:
        h = h.base
    value = -rest / k
    if isinstance(h, sp.exp):
        return [] if value.is_nonpositive else zeros(h.exp - sp.log(value), x, low, high)
    if isinstance(h, sp.log):
        return zeros(h.args[0] - sp.exp(value), x, low, high)
    if h.is_Pow and h.exp.is_Rational and h.exp > 0 and not h.exp.is_Integer:
        return [] if value.is_negative else zeros(h.base - value ** (1 / h.exp), x, low, high)
    if h.is_Pow and h.exp.is_Rational and h.exp < 0:
        return [] if value == 0 else zeros(h.base**-h.exp - 1 / value, x, low, high)
    if isinstance(h, sp.Abs):
        inner = h.args[0]
        both = () if value.is_negative else (inner - value, inner + value)
        return list(dict.fromkeys(p for one in both for p in zeros(one, x, low, high)))
    if isinstance(h, sp.atan | sp.asinh | sp.sinh | sp.tanh) and value == 0:
        return zeros(h.args[0], x, low, high)
    if isinstance(h, sp.sin | sp.cos | sp.tan):
        return _waves(h, value, x, (low, high))
    return None


def _waves(
    h: sp.Expr, value: sp.Expr, x: sp.Symbol, ends: tuple[sp.Expr, sp.Expr]
) -> list[sp.Expr] | None:
    """Solutions of ``sin(a·x + b) = value`` in a bounded interval."""
    if not isinstance(h, sp.tan) and (abs(value) - 1).is_positive:
        return []
    poly = sp.Poly(h.args[0], x) if h.args[0].is_polynomial(x) else None
    if poly is None or poly.degree() != 1 or not all(e.is_finite for e in ends):
        return None
    a, b = poly.all_coeffs()
    if isinstance(h, sp.sin):
        starts, period = {sp.asin(value), sp.pi - sp.asin(value)}, 2 * sp.pi
    elif isinstance(h, sp.cos):
        starts, period = {sp.acos(value), -sp.acos(value)}, 2 * sp.pi
    else:
        starts, period = {sp.atan(value)}, sp.pi
    turns = sorted(sp.N((a * e + b) / period) for e in ends)
    if turns[1] - turns[0] > LIMIT:
        return None
    every = range(int(turns[0]) - 2, int(turns[1]) + 3)
    return list(
        dict.fromkeys(inside(((s + n * period - b) / a for s in starts for n in every), *ends))
    )


def _by_amplitude(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr] | None:
    """``a·sin y + b·cos y + c = √(a² + b²)·sin(y + φ) + c``."""
    rest, body = g.as_independent(x, as_Add=True)
    pair = dict(reversed(term.as_independent(x, as_Add=False)) for term in sp.Add.make_args(body))
    angles = {h.args[0] for h in pair if isinstance(h, sp.sin | sp.cos)}
    if len(pair) != 2 or len(angles) != 1:
        return None
    (y,) = angles
    a, b = pair.get(sp.sin(y)), pair.get(sp.cos(y))
    if a is None or b is None:
        return None
    shifted = sp.sin(y + sp.atan2(b, a), evaluate=False)
    return _waves(shifted, sp.radsimp(-rest / sp.sqrt(a**2 + b**2)), x, (low, high))


def _by_kernel(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr] | None:
    """A polynomial in one kernel: ``e^x``, ``ln x``, ``sin x``, a root."""
    kernels = [h for h in g.atoms(sp.Function, sp.Pow) if h.has(x)]
    for h in sorted(kernels, key=sp.count_ops):
        u = sp.Dummy("u", real=True)
        new = sp.numer(sp.together(g.subs(h, u)))
        if new.has(x) or not new.is_polynomial(u) or new == u:
            continue
        roots = _polynomial_roots(sp.Poly(new, u))
        if any(g in (h - r, r - h) for r in roots):
            continue  # nothing is gained
        return [p for r in roots for p in zeros(h - r, x, low, high)]
    return None


def _by_factors(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[sp.Expr] | None:
    new = sp.factor(sp.together(g))
    top = sp.numer(new)
    return zeros(top, x, low, high) if top.is_Mul else None


def never_zero(g: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr, depth: int = 9) -> bool:
    """Interval arithmetic shows that ``g`` has no zero in the bounded ``[low, high]``."""
    if not (low.is_finite and high.is_finite) or g.free_symbols != {x}:
        return False
    try:
        image = sp.lambdify(x, g, modules=[{"pi": iv.pi, "E": iv.e}, iv, "mpmath"])
        return _away(
            image, (mpf(sp.N(low, 20)) - mpf("1e-15"), mpf(sp.N(high, 20)) + mpf("1e-15")), depth
        )
    except (
        TypeError,
        ValueError,
        AttributeError,
        NameError,
        NotImplementedError,
        ZeroDivisionError,
    ):
        return False


def _away(image: object, ends: tuple[mpf, mpf], depth: int) -> bool:
    assert callable(image)
    box = image(iv.mpf(ends))
    if 0 not in box:
        return True
    if depth == 0:
        return False
    middle = (ends[0] + ends[1]) / 2
    return _away(image, (ends[0], middle), depth - 1) and _away(image, (middle, ends[1]), depth - 1)
