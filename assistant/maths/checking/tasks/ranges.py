"""Is a set the range of a function?  Decided by whether ``f(x) = y`` can be solved.

The function is written as a rational function of one letter u (``x`` itself, the tangent of
half an angle, a power, a root, an absolute value), whose image is decided cell by cell.
No derivative is taken.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, poles
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.tasks.extremes import (
    Span,
    is_approached,
    is_connected,
    is_taken,
    level_places,
)
from assistant.maths.checking.tasks.range_cells import (
    UNDECIDED,
    Condition,
    Rational,
    Y,
    decide,
    ends,
)
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Proved,
    Refuted,
    Request,
    Supported,
    Verdict,
)

SPREAD = sp.Rational(1, 20)
ENOUGH = 20
RESERVE = 0.3
"""Seconds kept for the cells."""


def check_range(request: Request, draft: Draft, deadline: Deadline) -> Verdict:
    """Proved where the cells decide; else supported or refuted by sampled values."""
    expr = request.operands[0]
    expr = expr.right if isinstance(expr, t.Relation) else expr
    if draft.answer is None or not draft.variables:
        return UNDECIDED
    values = to_sympy(draft.answer)
    x = sp.Symbol(draft.variables[0], real=True)
    domain = sp.S.Reals if request.domain is None else to_sympy(request.domain)
    f = to_sympy(expr, real=True)
    if not isinstance(values, sp.Set):
        return UNDECIDED
    sampled = _sampled(f, x, domain, values, deadline)
    if isinstance(sampled, Refuted):
        return sampled
    conditions = _conditions(expr)
    if conditions is not None:
        found = _peel(f, x, domain, values, (sp.S.Reals, conditions))
        if isinstance(found, Proved | Refuted):
            return found
    if _by_bounds(request, expr, draft):
        return Proved("continuous on an interval, with these bounds")
    return sampled


def _conditions(expr: t.Expr) -> tuple[Condition, ...] | None:
    found = [(to_sympy(p, real=True), t.Comparison.NE) for p in poles(expr)]
    for guard in guards(expr):
        if not isinstance(guard, t.Relation) or guard.right != t.integer(0):
            return None
        found.append((to_sympy(guard.left, real=True), guard.op))
    return tuple(found)


def _by_bounds(request: Request, expr: t.Expr, draft: Draft) -> bool:
    """Whether each end surely is the bound, taken or only approached, and no value between is
    left out.  Where it is taken the draft tells, else the zeros of the derivative are tried."""
    domain = request.domain
    if not isinstance(draft.answer, t.Interval) or not isinstance(domain, t.Interval | None):
        return False
    span = Span(expr, draft.variables[0], domain)
    if not is_connected(span):
        return False
    told = [n.args[-1] for n in draft.notes if n.args]
    places = [p for p in told if not isinstance(p, str)]
    places = places or [from_sympy(p) for p in level_places(span) or ()]

    def is_bound(value: t.Expr, *, is_open: bool, up: bool) -> bool:
        if is_open:
            return is_approached(span, value, up=up)
        return any(is_taken(span, value, p, up=up) for p in places)

    low, high = draft.answer.low, draft.answer.high
    return is_bound(low, is_open=draft.answer.low_open, up=False) and is_bound(
        high, is_open=draft.answer.high_open, up=True
    )


# outer functions -------------------------------------------------------------------------


def _peel(
    f: sp.Expr,
    x: sp.Symbol,
    domain: sp.Set,
    values: sp.Set,
    frame: tuple[sp.Set, tuple[Condition, ...]],
) -> Verdict:
    """``range(f) ∩ clip = values``, by undoing monotone outer functions on ``values``."""
    clip, borders = frame
    base = _as_rational(f, x, domain, borders)
    if base is not None:
        return decide(base, values, clip)
    undone = _undone(f, x)
    if undone is None:
        return UNDECIDED
    inner, back, inner_clip = undone
    moved = _moved(values & clip, back)
    cut = _moved(clip, back) if clip != sp.S.Reals else inner_clip
    if moved is None or cut is None:
        return UNDECIDED
    return _peel(inner, x, domain, moved & inner_clip, (cut & inner_clip, borders))


def _undone(f: sp.Expr, x: sp.Symbol) -> tuple[sp.Expr, sp.Expr, sp.Set] | None:
    """The inner function, the inverse of the outer one, and where that is defined."""
    rest, part = f.as_independent(x, as_Add=f.is_Add)
    if f.is_Add and rest != 0:
        return part, Y - rest, sp.S.Reals
    if f.is_Mul and rest != 1:
        return part, Y / rest, sp.S.Reals
    if isinstance(f, sp.exp):
        return f.args[0], sp.log(Y), sp.S.Reals
    if isinstance(f, sp.log):
        return f.args[0], sp.exp(Y), sp.Interval.open(0, sp.oo)
    if f.is_Pow and f.exp == sp.Rational(1, 2):
        return f.base, Y**2, sp.Interval(0, sp.oo)
    if f.is_Pow and f.base.is_number and f.base.is_positive and f.base != 1:
        return f.exp, sp.log(Y) / sp.log(f.base), sp.S.Reals
    return None


def _moved(values: sp.Set, back: sp.Expr) -> sp.Set | None:
    """A set under the inverse of a monotone function, by its ends."""
    if values is sp.S.Reals:
        values = sp.Interval(-sp.oo, sp.oo)
    if back == Y**2:
        values &= sp.Interval(0, sp.oo)
    parts = values.args if isinstance(values, sp.Union) else (values,)
    found: sp.Set = sp.S.EmptySet
    for part in parts:
        if isinstance(part, sp.FiniteSet):
            found |= sp.FiniteSet(*(sp.simplify(back.subs(Y, p)) for p in part))
            continue
        if not isinstance(part, sp.Interval):
            return None
        if back.has(sp.log) and bool(part.start < 0):
            return None
        low, high = (_there(back, e) for e in (part.start, part.end))
        if low is None or high is None:
            return None
        turned = bool(low > high)
        edges = (high, low) if turned else (low, high)
        opens = (part.right_open, part.left_open) if turned else (part.left_open, part.right_open)
        found |= sp.Interval(*edges, *map(bool, opens))
    return found


def _there(back: sp.Expr, end: sp.Expr) -> sp.Expr | None:
    if back.has(sp.log) and end == 0:
        rate = sp.sign(sp.diff(back, Y).subs(Y, 1))
        return -rate * sp.oo
    value = back.subs(Y, end)
    return sp.simplify(value) if value.is_extended_real else None


# the core --------------------------------------------------------------------------------


def _as_rational(
    f: sp.Expr, x: sp.Symbol, domain: sp.Set, borders: tuple[Condition, ...]
) -> Rational | None:
    u = sp.Dummy("u", real=True)
    if f.is_rational_function(x):
        return _finished(_with(f, borders, lambda e: e.subs(x, u)), u, x, domain)
    if domain != sp.S.Reals:
        return _by_root(f, x, domain, borders, u)
    return (
        _by_half_angle(f, x, borders, u)
        or _by_power(f, x, borders, u)
        or _by_size(f, x, borders, u)
        or _by_root(f, x, domain, borders, u)
    )


Changed = tuple[sp.Expr, tuple[Condition, ...]]


def _with(
    f: sp.Expr, borders: tuple[Condition, ...], change: Callable[[sp.Expr], sp.Expr]
) -> Changed:
    return change(f), tuple((change(b), op) for b, op in borders)


def _finished(
    changed: Changed, u: sp.Symbol, x: sp.Symbol, within: sp.Set, extra: tuple[sp.Expr, ...] = ()
) -> Rational | None:
    """``f`` and the borders, all rational in u and free of x."""
    f, borders = changed
    if any(p.has(x) or not p.is_rational_function(u) for p in (f, *(b for b, _ in borders))):
        return None
    return Rational(f, u, within, borders, extra)


def _by_half_angle(
    f: sp.Expr, x: sp.Symbol, borders: tuple[Condition, ...], u: sp.Symbol
) -> Rational | None:
    angles = {w.args[0] for w in f.atoms(sp.sin, sp.cos, sp.tan) if w.has(x)}
    if not angles:
        return None
    angle = min(angles, key=lambda a: abs(sp.diff(a, x)))
    rate = sp.diff(angle, x)
    if rate.has(x) or rate == 0:
        return None
    v = sp.Dummy("v", real=True)
    back = (v - angle.subs(x, 0)) / rate
    whole = _with(f, borders, lambda e: sp.expand_trig(e.subs(x, back)))
    at_pi = sp.simplify(whole[0].subs(v, sp.pi))
    if not at_pi.is_finite or not at_pi.is_real:
        return None
    sine, cosine = 2 * u / (1 + u**2), (1 - u**2) / (1 + u**2)
    put = {sp.sin(v): sine, sp.cos(v): cosine, sp.tan(v): sine / cosine}
    return _finished(_with(*whole, lambda e: e.subs(put)), u, v, sp.S.Reals, (at_pi,))


def _by_power(
    f: sp.Expr, x: sp.Symbol, borders: tuple[Condition, ...], u: sp.Symbol
) -> Rational | None:
    """``u = b^x`` with the smallest base or exponent in f."""
    logs = []
    for node in f.atoms(sp.Pow, sp.exp):
        base, exponent = node.as_base_exp()
        if exponent.has(x) and not base.has(x):
            rate = sp.diff(exponent, x)
            if rate.has(x) or not base.is_positive:
                return None
            logs.append((node, rate * sp.log(base), exponent.subs(x, 0), base))
    if not logs:
        return None
    unit = min((size for _, size, _, _ in logs), key=lambda s: abs(sp.N(s)))
    put = {}
    for node, size, start, base in logs:
        power = sp.simplify(sp.expand_log(size / unit, force=True))
        if not power.is_Integer:
            return None
        put[node] = u**power * base**start
    return _finished(_with(f, borders, lambda e: e.subs(put)), u, x, sp.Interval.open(0, sp.oo))


def _by_size(
    f: sp.Expr, x: sp.Symbol, borders: tuple[Condition, ...], u: sp.Symbol
) -> Rational | None:
    sizes = [n for n in f.atoms(sp.Abs) if n.has(x)]
    if len(sizes) != 1 or sp.diff(sizes[0].args[0], x).has(x):
        return None
    changed = _with(f, borders, lambda e: e.subs(sizes[0], u))
    return _finished(changed, u, x, sp.Interval(0, sp.oo))


def _by_root(
    f: sp.Expr, x: sp.Symbol, domain: sp.Set, borders: tuple[Condition, ...], u: sp.Symbol
) -> Rational | None:
    """``u = sqrt(ax + b)`` on all of its domain."""
    roots = [n for n in f.atoms(sp.Pow) if n.exp == sp.Rational(1, 2) and n.has(x)]
    if domain != sp.S.Reals or len(roots) != 1:
        return None
    rate = sp.diff(roots[0].base, x)
    if rate.has(x) or rate == 0:
        return None
    back = (u**2 - roots[0].base.subs(x, 0)) / rate
    whole = _with(f, borders, lambda e: sp.expand(e.subs(roots[0], u).subs(x, back)))
    return _finished(whole, u, x, sp.Interval(0, sp.oo))


# samples ---------------------------------------------------------------------------------


def _sampled(
    f: sp.Expr, x: sp.Symbol, domain: sp.Set, values: sp.Set, deadline: Deadline
) -> Verdict:
    """Values at many points lie in the set, and come near its ends."""
    found: list[sp.Float] = []
    for n in range(-120, 121):
        if deadline.left < RESERVE:
            break
        at = sp.Rational(n, 7) if domain == sp.S.Reals else _within(domain, n)
        if domain.contains(at) != sp.true:
            continue
        value = f.evalf(20, subs={x: at})
        if not (value.is_real and value.is_finite):
            continue
        if values.contains(value) != sp.true and _far(values, value):
            return Refuted(f"{x} = {at}", str(value), "outside the range")
        found.append(value)
    limits = ends(values)
    if len(found) < ENOUGH or not all(any(abs(v - e) < SPREAD for v in found) for e in limits):
        return UNDECIDED
    return Supported(len(found))


def _within(domain: sp.Set, n: int) -> sp.Expr:
    low, high = domain.inf, domain.sup
    if low.is_finite and high.is_finite:
        return low + (high - low) * sp.Rational(n + 120, 240)
    if low.is_finite:
        return low + sp.Rational(n + 120, 7)
    return high - sp.Rational(n + 120, 7) if high.is_finite else sp.Rational(n, 7)


def _far(values: sp.Set, value: sp.Float) -> bool:
    return all(abs(value - e) > sp.Rational(1, 10**9) for e in ends(values))
