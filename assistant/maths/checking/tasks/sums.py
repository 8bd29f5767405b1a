"""Checks sums and Taylor polynomials without the code that found them.

A closed form ``S(n)`` is proved by induction: ``S(low) = a(low)`` and
``S(n) - S(n-1) = a(n)``.  An infinite sum is proved through the limit of a closed form that
was proved so; else it is supported by numbers.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.checking.asymptotics.limits import check_value
from assistant.maths.checking.logic.equivalence import check_equal, worst
from assistant.maths.checking.numerics.budget import Deadline, alarm
from assistant.maths.checking.numerics.numeric import NoValue, evaluate, mpf
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Supported,
    Task,
    Undecided,
    Verdict,
)

SECONDS = 3.0
LONGEST = 20000
INFINITY = t.Constant(t.ConstantName.INFINITY)


def check_sum(request: Request, draft: Draft) -> Verdict:
    """The verdict on a sum or product."""
    match request.operands:
        case (t.Call("sum" | "product", (body, t.Symbol(name), low, high)),):
            pass
        case (body, low, high) if request.variables:
            name = request.variables[0]
        case _:
            return Undecided(Doubt.NO_METHOD)
    if draft.answer is None:
        return Undecided(Doubt.NO_METHOD)
    if isinstance(draft.answer, t.Truth):
        from assistant.maths.checking.tasks.convergence import check_convergence

        with alarm(SECONDS):
            return check_convergence(body, name, draft.answer)
    with alarm(SECONDS):
        return check_bounds(
            (body, name, low, high), draft.answer, times=request.task is Task.PRODUCT
        )


def check_bounds(
    given: tuple[t.Expr, str, t.Expr, t.Expr], claim: t.Expr, *, times: bool
) -> Verdict:
    """Whether ``claim`` is the sum (product) of ``body`` from ``low`` to ``high``."""
    body, name, low, high = given
    if high == INFINITY:
        return Undecided(Doubt.NO_METHOD) if times else _infinite(body, name, low, claim)
    if isinstance(high, t.Symbol) and high.name not in t.symbols(body) + t.symbols(low):
        return by_induction(given, claim, times=times)
    return _by_adding(given, claim, times=times)


def by_induction(
    given: tuple[t.Expr, str, t.Expr, t.Expr], claim: t.Expr, *, times: bool
) -> Verdict:
    """First value and step; the step with the upper bound one above a natural number."""
    body, name, low, high = given
    assert isinstance(high, t.Symbol)
    deadline = Deadline(SECONDS)
    first = t.substitute(claim, high.name, low), t.substitute(body, name, low)
    before = t.substitute(claim, high.name, t.sub(high, t.integer(1)))
    term = t.substitute(body, name, high)
    step = (claim, t.mul(before, term)) if times else (t.sub(claim, before), term)
    base = check_equal(*first, (), deadline)
    if not isinstance(base, Proved | Supported):
        return base
    inductive = _step(step, high.name, deadline)
    verdict = worst([base, inductive])
    return Proved("induction") if isinstance(verdict, Proved) else verdict


def _step(step: tuple[t.Expr, t.Expr], name: str, deadline: Deadline) -> Verdict:
    """The inductive step, for a natural number."""
    n = sp.Symbol(name, integer=True, positive=True)
    left, right = (to_sympy(e).xreplace({sp.Symbol(name): n}) for e in step)
    difference = left - right
    for simplify in (
        sp.expand,
        sp.simplify,
        lambda e: sp.simplify(sp.gammasimp(e)),
        _trigonometric,
    ):
        if simplify(difference) == 0:
            return Proved("identity")
        deadline.check()
    return check_equal(*step, (), deadline)


def _trigonometric(value: Any) -> Any:
    return sp.simplify(sp.expand(value.rewrite(sp.exp)))


def _by_adding(given: tuple[t.Expr, str, t.Expr, t.Expr], claim: t.Expr, *, times: bool) -> Verdict:
    """Numbers as bounds: every term."""
    body, name, low, high = given
    try:
        ends = evaluate(low, {}), evaluate(high, {})
        if not all(isinstance(e, Fraction) and e.denominator == 1 for e in ends):
            return Undecided(Doubt.NO_METHOD)
        if ends[1] - ends[0] > LONGEST:
            return Undecided(Doubt.TIME)
        if [s for s in t.symbols(body) if s != name]:
            return _symbolic(body, name, (int(ends[0]), int(ends[1])), claim, times=times)
        total: Any = Fraction(1 if times else 0)
        for k in range(int(ends[0]), int(ends[1]) + 1):
            value = evaluate(body, {name: Fraction(k)})
            exact = isinstance(value, Fraction) and isinstance(total, Fraction)
            pair = (total, value) if exact else (mpf(total), mpf(value))
            total = pair[0] * pair[1] if times else pair[0] + pair[1]
        wanted = evaluate(claim, {})
    except NoValue as none:
        return Undecided(Doubt.NO_POINTS, str(none))
    if isinstance(total, Fraction) and isinstance(wanted, Fraction):
        if total == wanted:
            return Proved("every term added")
        return Refuted("", str(total), str(wanted))
    apart = abs(mpf(total) - mpf(wanted))
    if apart < mp.mpf(10) ** -25 * max(1, abs(mpf(wanted))):
        return Supported(1)
    return Refuted("", str(mp.nstr(mpf(total), 12)), str(mp.nstr(mpf(wanted), 12)))


def _symbolic(
    body: t.Expr, name: str, ends: tuple[int, int], claim: t.Expr, *, times: bool
) -> Verdict:
    if ends[1] - ends[0] > 60:
        return Undecided(Doubt.TIME)
    terms = [t.substitute(body, name, t.integer(k)) for k in range(ends[0], ends[1] + 1)]
    whole = t.mul(*terms) if times else t.add(*terms)
    return check_equal(whole, claim, (), Deadline(SECONDS))


def _infinite(body: t.Expr, name: str, low: t.Expr, claim: t.Expr) -> Verdict:
    """Through a proved closed form of the partial sums, else by numbers."""
    high = t.Symbol("n" if name != "n" and "n" not in t.symbols(body) else "m_")
    k = sp.Symbol(name, integer=True)
    n = sp.Symbol(high.name, integer=True, positive=True)
    ratio = None
    term = to_sympy(body).xreplace({sp.Symbol(name): k})
    if not _rational_series(term, k):
        ratio = sp.simplify(term.subs(k, k + 1) / term)
    if ratio is not None and not ratio.has(k):
        return _geometric(term, k, low, (ratio, claim))
    if _rational_series(term, k) and not [s for s in t.symbols(body) if s != name]:
        num, den = sp.fraction(sp.together(term))
        if sp.degree(den, k) - sp.degree(num, k) <= 1:
            sign = sp.LC(num, k) * sp.LC(den, k)
            infinite = INFINITY if sign > 0 else t.Neg(INFINITY)
            if claim == infinite:
                return Proved("comparison with 1/k")
            return Refuted("comparison with 1/k", "divergent", "convergent")
        partial = sp.summation(term, (k, to_sympy(low), n))
        if not partial.has(sp.Sum, sp.harmonic, sp.polygamma, sp.zeta):
            form = from_sympy(partial)
            induction = by_induction((body, name, low, high), form, times=False)
            if isinstance(induction, Proved):
                return check_value(form, (high.name, INFINITY, ""), claim)
    return _numbers_of_series(body, name, low, claim)


def _rational_series(term: Any, k: Any) -> bool:
    return bool(term.is_rational_function(k))


def _geometric(term: Any, k: Any, low: t.Expr, told: tuple[Any, t.Expr]) -> Verdict:
    """``a/(1 - r)`` where ``r`` is below 1 in size."""
    ratio, claim = told
    first = term.subs(k, to_sympy(low))
    if not ratio.is_number or not bool(abs(ratio) < 1):
        return Undecided(Doubt.NO_METHOD)
    if sp.simplify(first / (1 - ratio) - to_sympy(claim)) == 0:
        return Proved("geometric series")
    return Refuted("geometric series", str(first / (1 - ratio)), str(to_sympy(claim)))


def _numbers_of_series(body: t.Expr, name: str, low: t.Expr, claim: t.Expr) -> Verdict:
    """Partial sums, extrapolated (mpmath's ``nsum``), against the claim."""
    if t.is_infinite(claim) or len(t.symbols(body)) > 1:
        return Undecided(Doubt.NO_METHOD)
    try:
        start = evaluate(low, {})
        with mp.workdps(30):
            total = mp.nsum(
                lambda k: mpf(evaluate(body, {name: Fraction(int(k))}, bits=160)),
                [int(start), mp.inf],
            )
            wanted = mpf(evaluate(claim, {}))
            if abs(total - wanted) < mp.mpf(10) ** -15 * max(1, abs(wanted)):
                return Supported(1)
    except (NoValue, ValueError, ZeroDivisionError, mp.NoConvergence):
        pass
    return Undecided(Doubt.NO_POINTS)


def check_limit_of_sum(body: t.Expr, name: str, claim: t.Expr) -> Verdict:
    """The limit of a formula with a finite sum in it, as ``name`` grows: values at 50, 100,
    …, 1600, whose errors must halve, and their extrapolation (Richardson)."""
    match body:
        case t.Call("sum", (inner, t.Symbol(index), low, t.Symbol(high))) if high == name:
            if name not in t.symbols(inner):
                return check_bounds((inner, index, low, INFINITY), claim, times=False)
    try:
        with mp.workdps(30):
            wanted = mpf(evaluate(claim, {}))
            values = [mpf(evaluate(body, {name: Fraction(50 * 2**k)})) for k in range(6)]
    except NoValue as none:
        return Undecided(Doubt.NO_POINTS, str(none))
    table = values
    for order in range(1, len(values)):
        factor = 2**order
        table = [(factor * b - a) / (factor - 1) for a, b in pairwise(table)]
    close = abs(table[0] - wanted) < mp.mpf(10) ** -9 * max(1, abs(wanted))
    errors = [abs(v - wanted) for v in values]
    if close and all(b <= a for a, b in pairwise(errors)):
        return Supported(len(values))
    return Undecided(Doubt.NO_POINTS)


def check_series(request: Request, draft: Draft) -> Verdict:
    """A Taylor polynomial: its derivatives at the point are those of the function."""
    match request.operands:
        case (body, point) if request.variables and draft.answer is not None:
            pass
        case _:
            return Undecided(Doubt.NO_METHOD)
    x = sp.Symbol(request.variables[0], real=True)
    function, claim = to_sympy(body, real=True), to_sympy(draft.answer, real=True)
    place = to_sympy(point, real=True)
    degree = sp.degree(sp.expand(claim), x) if claim.has(x) else 0
    order = request.order if request.order is not None else int(degree)
    if not claim.is_polynomial(x) or degree > order:
        return Undecided(Doubt.NO_METHOD)
    with alarm(SECONDS):
        for count in range(order + 1):
            left, right = (f.diff(x, count).subs(x, place) for f in (function, claim))
            apart = sp.simplify(left - right)
            if apart == 0:
                continue
            if apart.is_number and abs(sp.N(apart)) > 1e-12:
                return Refuted(f"derivative {count}", str(left), str(right))
            return Undecided(Doubt.NO_METHOD)
    return Proved("equal derivatives")
