"""Checks what was found about a curve, from derivatives taken anew.

Zeros of a derivative are isolated exactly where its numerator is a polynomial; other
functions are only sampled, and their answers are at best supported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import guards, implied
from assistant.maths.checking.logic.equivalence import worst
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import all_of
from assistant.maths.checking.numerics.budget import Deadline, alarm
from assistant.maths.checking.tasks.defined import (
    holes,
    narrowed_in_silence,
    odd_power,
    poles_apart,
)
from assistant.maths.checking.tasks.definite import check_area
from assistant.maths.checking.tasks.extremes import Span, is_approached, is_taken
from assistant.maths.checking.tasks.tangents import (
    check_implicit_tangent,
    check_tangents_through,
)
from assistant.maths.checking.tasks.volumes import check_volume
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Link,
    Proved,
    Refuted,
    Request,
    Supported,
    Undecided,
    Verdict,
)

SECONDS = 3.0
SAMPLES = tuple(sp.Rational(n, 7) for n in range(-70, 71))
ORDER = {topics.EXTREMA: 1, topics.CRITICAL_POINTS: 1, topics.INFLECTION: 2}


def check_curve(request: Request, draft: Draft) -> Verdict:
    """The verdict on a tangent, on extrema, on inflection points, on monotonicity."""
    body = request.operands[0] if request.operands else None
    if request.topic in (topics.TANGENT, topics.NORMAL) and isinstance(body, t.Relation):
        return check_implicit_tangent(request, draft)
    if request.topic == topics.TANGENTS_THROUGH:
        return check_tangents_through(request, draft)
    if isinstance(body, t.Relation):
        body = body.right
    if body is None or draft.answer is None or not request.variables:
        return Undecided(Doubt.NO_METHOD)
    name = request.variables[0]
    checks: dict[str, Callable[[], Verdict]] = {
        topics.TANGENT: lambda: _tangent(request, body, name, draft.answer),
        topics.NORMAL: lambda: _tangent(request, body, name, draft.answer),
        topics.MONOTONICITY: lambda: _signs(body, name, 1, draft.answer),
        topics.CONVEXITY: lambda: _signs(body, name, 2, draft.answer),
        topics.MAXIMUM: lambda: _extreme(request, body, name, draft),
        topics.MINIMUM: lambda: _extreme(request, body, name, draft),
        topics.AREA_BETWEEN: lambda: check_area(request, draft),
        topics.VOLUME_X: lambda: check_volume(request, draft),
        topics.VOLUME_Y: lambda: check_volume(request, draft),
    }
    with alarm(SECONDS):
        try:
            if request.topic in ORDER:
                return _points(request.topic, body, name, draft.answer)
            if request.topic in checks:
                return checks[request.topic]()
        except NotConvertible:
            pass
    return Undecided(Doubt.NO_METHOD)


def _real(expr: t.Expr, name: str) -> tuple[Any, Any]:
    return to_sympy(expr, real=True), sp.Symbol(name, real=True)


def _tangent(request: Request, body: t.Expr, name: str, claim: t.Expr | None) -> Verdict:
    """The line goes through the point and has the slope (its normal: -1/slope)."""
    f, x = _real(body, name)
    place_term = request.operands[1]
    if isinstance(place_term, t.Collection):
        place_term, height = place_term.items
        place = to_sympy(place_term, real=True)
        if sp.simplify(f.subs(x, place) - to_sympy(height, real=True)) != 0:
            return Undecided(Doubt.NO_METHOD, "the point is not on the curve")
    place = to_sympy(place_term, real=True)
    match claim:
        case t.Relation(t.Comparison.EQ, left, right):
            line = to_sympy(left, real=True) - to_sympy(right, real=True)
        case _:
            return Undecided(Doubt.NO_METHOD)
    y = sp.Symbol("y", real=True)
    if sp.Poly(line, x, y).total_degree() != 1:
        return Undecided(Doubt.NO_METHOD)
    slope = f.diff(x).subs(x, place)
    along = line.diff(x) + line.diff(y) * slope
    if request.topic == topics.NORMAL:
        along = line.diff(y) - line.diff(x) * slope
    through = line.subs({x: place, y: f.subs(x, place)}, simultaneous=True)
    for value in (through, along):
        rest = sp.simplify(value)
        if rest != 0:
            if rest.is_number and abs(sp.N(rest)) > 1e-12:
                return Refuted(f"{name} = {place}", str(rest), "0")
            return Undecided(Doubt.NO_METHOD)
    return Proved("point and slope")


def _zeros(f: Any, x: Any) -> list[tuple[Any, int]] | None:
    """Real zeros with multiplicity where the numerator is a polynomial, poles left out."""
    num, den = sp.fraction(sp.together(f))
    if not (num.is_polynomial(x) and den.is_polynomial(x)) or num.free_symbols - {x}:
        factors = [a for a in sp.Mul.make_args(sp.factor(f)) if not _positive(a)]
        rest = sp.Mul(*factors)
        if rest == f or not rest.is_polynomial(x):
            return None
        num, den = rest, sp.S.One
    if not num.has(x):
        return []
    found: dict[Any, int] = {}
    for root in sp.real_roots(sp.Poly(num, x)):
        found[root] = found.get(root, 0) + 1
    return [(r, m) for r, m in found.items() if den.subs(x, r) != 0]


def _positive(factor: Any) -> bool:
    return bool(factor.is_positive)


def _points(topic: str, body: t.Expr, name: str, claim: t.Expr | None) -> Verdict:
    """Each point is on the curve, and they are all there are."""
    f, x = _real(body, name)
    if not isinstance(claim, t.Collection):
        return Undecided(Doubt.NO_METHOD)
    zeros, missing = _zeros(f.diff(x, ORDER[topic]), x), holes(body, name)
    if zeros is None or missing is None or not _smooth(f, x) or narrowed_in_silence(body):
        return Undecided(Doubt.NO_METHOD)
    wanted = [z for z, m in zeros if m % 2 or topic == topics.CRITICAL_POINTS]
    wanted = [z for z in wanted if f.subs(x, z).is_finite and f.subs(x, z).is_real]
    wanted = [z for z in wanted if z not in missing]
    given = [
        tuple(to_sympy(i, real=True) for i in p.items)
        for p in claim.items
        if isinstance(p, t.Collection)
    ]
    if len(given) != len(wanted):
        return Refuted("number of points", str(len(wanted)), str(len(given)))
    for (place, height), root in zip(
        sorted(given, key=lambda p: sp.N(p[0])), sorted(wanted, key=sp.N), strict=True
    ):
        for left, right in ((place, root), (height, f.subs(x, place))):
            apart = sp.N(left - right, 30)
            if abs(apart) > sp.Float("1e-15"):
                return Refuted(f"{name} = {place}", str(left), str(right))
    return Proved("isolated zeros of the derivative")


def _smooth(f: Any, x: Any) -> bool:
    """A rational function, perhaps with exponentials and bounded waves: no domain of its own."""
    return not f.has(sp.Abs, sp.sign, sp.floor, sp.tan, sp.asin, sp.acos) and all(
        p.exp.is_Integer or p.base == sp.E or not p.base.has(x) for p in f.atoms(sp.Pow)
    )


def _signs(body: t.Expr, name: str, order: int, claim: t.Expr | None) -> Verdict:
    """The derivative is positive on the first set and negative on the second, only there, but
    for the zeros of a polynomial within: it rises where it is level at single points, too."""
    f, x = _real(body, name)
    missing = holes(body, name)
    if missing is None:
        return Undecided(Doubt.NO_METHOD)
    match claim:
        case t.Collection(t.Bracket.LIST, (up, down)):
            rate = sp.together(f.diff(x, order))
            slope = from_sympy(rate)
        case _:
            return Undecided(Doubt.NO_METHOD)
    if rate.is_polynomial(x) and rate.has(x):
        level = sp.FiniteSet(*sp.real_roots(rate)) - sp.FiniteSet(*missing)
        up, down = (from_sympy(to_sympy(where) - level) for where in (up, down))
    deadline = Deadline(SECONDS)
    needed = guards(t.transform(body, odd_power))
    inside = [*needed, *(apart for apart in poles_apart(body) if not implied(needed, apart))]
    return worst([
        check_link(
            all_of([t.Relation(op, slope, t.integer(0)), *inside]), where, Link.SOLUTION,
            (name,), deadline,
        )
        for op, where in ((t.Comparison.GT, up), (t.Comparison.LT, down))
    ])  # fmt: skip


def _extreme(request: Request, body: t.Expr, name: str, draft: Draft) -> Verdict:
    """Through the zeros of the derivative, else as a statement: the value is taken at the
    place that is told, and no value is beyond it."""
    whole = request.domain == t.Constant(t.ConstantName.REALS)
    domain = None if whole else request.domain
    if draft.answer is None or not (domain is None or isinstance(domain, t.Interval)):
        return Undecided(Doubt.NO_METHOD)
    if domain is not None and to_sympy(domain) is sp.S.EmptySet:
        return Undecided(Doubt.NO_METHOD, "no numbers")
    span, up = Span(body, name, domain), request.topic == topics.MAXIMUM
    if draft.answer == t.Constant(t.ConstantName.EMPTY):
        bound = draft.said[0].args[-1] if draft.said else ""
        open_end = not isinstance(bound, str) and is_approached(span, bound, up=up)
        return Proved("a bound that is not taken") if open_end else Undecided(Doubt.NO_METHOD)
    place = draft.notes[0].args[-1] if draft.notes else ""
    if not isinstance(place, str) and is_taken(span, draft.answer, place, up=up):
        return Proved("taken, and no value is beyond it")
    unsure = domain is not None and (domain.low_open or domain.high_open)
    if unsure or (holes(body, name) != [] and to_sympy(body).is_polynomial(sp.Symbol(name))):
        return Undecided(Doubt.NO_METHOD)  # the value may be one that is not taken
    return _greatest(request, body, name, draft.answer)


def _wave(f: Any, x: Any) -> tuple[Any, Any] | None:
    """``(c, R)`` where ``f = c + R·sin(k·x + p)``: where the third derivative is ``-k^2`` times
    the first, ``(f - c)^2 + (f'/k)^2`` is constant."""
    if not f.has(sp.sin, sp.cos) or f.diff(x) == 0:
        return None
    square = sp.simplify(-f.diff(x, 3) / f.diff(x))
    if square.has(x) or not square.is_positive:
        return None
    c = sp.simplify(f + f.diff(x, 2) / square)
    size = sp.simplify((f - c) ** 2 + f.diff(x) ** 2 / square)
    return None if c.has(x) or size.has(x) else (c, sp.sqrt(size))


def _greatest(request: Request, body: t.Expr, name: str, claim: t.Expr | None) -> Verdict:
    """No value is beyond it, and it is taken."""
    if claim is None:
        return Undecided(Doubt.NO_METHOD)
    f, x = _real(body, name)
    sign = 1 if request.topic == topics.MAXIMUM else -1
    best = to_sympy(claim, real=True)
    low, high = -sp.oo, sp.oo
    match request.domain:
        case t.Interval(a, b):
            low, high = to_sympy(a, real=True), to_sympy(b, real=True)
        case None:
            pass
        case _:
            return Undecided(Doubt.NO_METHOD)
    for sample in SAMPLES:
        if not low <= sample <= high:
            continue
        value = sp.N(sign * (f.subs(x, sample) - best), 20)
        if value.is_extended_real and value > sp.Float("1e-12"):
            return Refuted(f"{name} = {sample}", str(f.subs(x, sample)), str(best))
    if request.domain is None and (wave := _wave(f, x)) is not None:
        if sp.simplify(wave[0] + sign * wave[1] - best) == 0:
            return Proved("one wave")
        return Refuted("one wave", str(wave[0] + sign * wave[1]), str(best))
    zeros = _zeros(f.diff(x), x)
    if zeros is None or not f.is_polynomial(x):
        return Supported(len(SAMPLES)) if zeros is not None else Undecided(Doubt.NO_METHOD)
    places = [z for z, _ in zeros if low <= z <= high] + [e for e in (low, high) if e.is_finite]
    values = [sign * f.subs(x, p) for p in places]
    ends = [sign * sp.limit(f, x, e) for e in (low, high) if not e.is_finite]
    if not values:
        return Undecided(Doubt.NO_METHOD)
    top = max(values, key=lambda v: sp.N(v, 25))
    if abs(sp.N(top - sign * best, 25)) > sp.Float("1e-15"):
        return Refuted("largest value", str(sign * top), str(best))
    if any(e > top for e in ends):
        return Refuted("at infinity", str(ends), str(best))
    return Proved("values at the zeros of the derivative")
