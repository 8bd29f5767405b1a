"""Integrals within integrals: the inner one proved for every value of the outer variable.

A line names an antiderivative of the innermost integrand.  Where both are continuous for all
real values of their letters, by their form, the fundamental theorem gives the inner integral
whatever the outer variable is; and the order of integration may be changed over one and the
same region (Fubini).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.logic.domains import guards, implied, poles, positive
from assistant.maths.checking.logic.equivalence import check_equal
from assistant.maths.checking.logic.rising import relation_holds
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.constants import truth
from assistant.maths.checking.numerics.numeric import Evaluator, NoValue
from assistant.maths.checking.tasks.integrals import line_derivative
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Request, Step, Supported, Undecided, Verdict

SECONDS = 2.5
SMOOTH = frozenset("exp sin cos sinh cosh tanh atan".split())
"""Functions that are continuous everywhere."""
UNKNOWN = Undecided(Doubt.NO_METHOD, "an inner integral")
SURELY = 2
NEAR = 1e-8


def is_nested(expr: t.Expr) -> bool:
    """Whether it is a definite integral of a definite integral."""
    match expr:
        case t.Call("integrate", (body, t.Symbol(), _, _)):
            return any(_is_integral(n) for n in t.walk(body))
    return False


def _is_integral(node: t.Expr) -> bool:
    return isinstance(node, t.Call) and node.name == "integrate" and len(node.args) == 4


def innermost(expr: t.Expr) -> t.Call:
    """The integral within, whose integrand has none."""
    match expr:
        case t.Call("integrate", (body, *_)) if _is_integral(body):
            return innermost(body)
        case t.Call() as found:
            return found
    raise TypeError("no integral")


def is_smooth(expr: t.Expr) -> bool:
    """Whether a formula is continuous for all real values of its letters, by its form."""
    match expr:
        case t.Number() | t.Symbol() | t.Constant(t.ConstantName.PI | t.ConstantName.E):
            return True
        case t.Add() | t.Mul() | t.Neg():
            return all(map(is_smooth, t.children(expr)))
        case t.Div(num, den):
            return is_smooth(num) and _is_apart(den) and is_smooth(den)
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and n >= 0:
            return is_smooth(base)
        case t.Pow(base, exp):
            return is_smooth(base) and is_smooth(exp) and positive(base) == SURELY
        case t.Call("sqrt" | "ln", (arg,)):
            return is_smooth(arg) and positive(arg) == SURELY
        case t.Call("abs", (arg,)):
            return is_smooth(arg)
        case t.Call(name, (arg,)):
            return name in SMOOTH and is_smooth(arg)
    return False


def _is_apart(den: t.Expr) -> bool:
    """Whether a denominator is never zero."""
    if positive(den) == SURELY:
        return True
    try:
        return not t.symbols(den) and Evaluator({})(den) != 0
    except NoValue:
        return False


def check_inner(step: Step, deadline: Deadline) -> Verdict:
    """A line in which the innermost integral is replaced by its value, or the order changed."""
    if _is_swap(step.before, step.after):
        return Proved("the same region in another order")
    inner = innermost(step.before)
    value = _replaced(step.before, step.after, inner)
    big = next(
        (g.right for g in step.given if isinstance(g, t.Relation) and isinstance(g.left, t.Call)),
        None,
    )
    if value is None or big is None:
        return UNKNOWN
    f, letter, low, high = inner.args
    assert isinstance(letter, t.Symbol)
    spans = _spans(step.before)
    if not (
        is_smooth(f) and is_smooth(big) and _has_values(low, spans) and _has_values(high, spans)
    ):
        return UNKNOWN
    slope = line_derivative(big, letter.name)
    if slope is None or not isinstance(check_equal(f, slope, (), deadline), Proved):
        return UNKNOWN
    ends = (t.substitute(big, letter.name, end) for end in (high, low))
    verdict = check_equal(t.sub(*ends), value, (), deadline)
    return Proved("fundamental theorem") if isinstance(verdict, Proved) else verdict


def _spans(expr: t.Expr) -> dict[str, tuple[t.Expr, ...]]:
    """Between which ends each of the outer variables runs."""
    match expr:
        case t.Call("integrate", (body, t.Symbol(name) as x, low, high)) if _is_integral(body):
            within = (t.Relation(t.Comparison.GE, x, low), t.Relation(t.Comparison.LE, x, high))
            return {name: within, **_spans(body)}
    return {}


def _has_values(end: t.Expr, spans: dict[str, tuple[t.Expr, ...]]) -> bool:
    """Whether an end of an inner integral is a number for all values of the outer variables."""
    if is_smooth(end):
        return True
    names = t.symbols(end)
    if len(names) != 1 or poles(end) or names[0] not in spans:
        return False
    within = spans[names[0]]
    return all(implied(within, guard) for guard in guards(end)) and all(
        t.symbols(bound) == names for bound in within
    )


def _replaced(before: t.Expr, after: t.Expr, inner: t.Expr) -> t.Expr | None:
    """What stands in the one line where the other has the innermost integral."""
    if before == inner:
        return after
    match before, after:
        case t.Call("integrate", (one, *rest)), t.Call("integrate", (other, *same)) if rest == same:
            return _replaced(one, other, inner)
    return None


def _is_swap(before: t.Expr, after: t.Expr) -> bool:
    """Whether two iterated integrals of one continuous function go over the same region, between
    straight lines: regions that have the same corners."""
    match before, after:
        case (
            t.Call("integrate", (t.Call("integrate", (f, x, *_)), y, *_)),
            t.Call("integrate", (t.Call("integrate", (g, u, *_)), v, *_)),
        ) if f == g and (x, y) == (v, u) and is_smooth(f):
            one, other = _corners(before), _corners(after)
            return one is not None and other is not None and one == {(b, a) for a, b in other}
    return False


def _corners(expr: t.Expr) -> set[tuple[sp.Expr, sp.Expr]] | None:
    """The corners (inner, outer) of a region whose inner ends are linear in the outer variable,
    the lower never above the upper."""
    match expr:
        case t.Call("integrate", (t.Call("integrate", (_, _, a, b)), t.Symbol(name), c, d)):
            pass
        case _:
            return None
    try:
        x = sp.Symbol(name, real=True)
        low, high, first, last = (to_sympy(e, real=True) for e in (a, b, c, d))
    except NotConvertible:
        return None
    if {*low.free_symbols, *high.free_symbols} - {x} or first.free_symbols | last.free_symbols:
        return None
    if not (first.is_Rational and last.is_Rational and first < last):
        return None
    if any(not e.is_polynomial(x) or sp.degree(e, x) > 1 for e in (low, high)):
        return None
    ends = [(e.subs(x, p), p) for p in (first, last) for e in (low, high)]
    if not all(place.is_Rational for place, _ in ends):
        return None
    heights = [ends[1][0] - ends[0][0], ends[3][0] - ends[2][0]]
    return {*ends} if min(heights) >= 0 and max(heights) > 0 else None


def check_iterated(request: Request, draft: Draft, name: str) -> Verdict:
    """Each inner integral is replaced by a line that is proved; the last one is checked itself."""
    from assistant.maths.checking.tasks.definite import check_value

    body, low, high = request.operands
    whole: t.Expr = t.Call("integrate", (body, t.Symbol(name), low, high))
    current, rest = whole, list(draft.steps)
    while rest and is_nested(current) and rest[0].before == current:
        step = rest.pop(0)
        if not isinstance(check_inner(step, Deadline(SECONDS)), Proved):
            return _by_numbers(whole, draft)
        current = step.after
    match current:
        case t.Call("integrate", (f, t.Symbol(last), a, b)) if not is_nested(current):
            return check_value((f, a, b), replace(draft, steps=tuple(rest)), last)
    return UNKNOWN


def check_region(request: Request, draft: Draft) -> Verdict:
    """The iterated integral, after no lower bound of the region lies above the upper one."""
    if len(request.operands) != 5 or len(request.variables) != 2:
        return UNKNOWN
    body, low, high, first, last = request.operands
    inner, outer = request.variables
    deadline = Deadline(SECONDS)
    ordered = t.Relation(t.Comparison.LE, low, high)
    across = t.Relation(t.Comparison.LT, first, last)
    span = t.Interval(first, last, low_open=True, high_open=True)
    if truth(across, deadline) is not True:
        return UNKNOWN
    if t.symbols(ordered):
        if not relation_holds(ordered, outer, (span, deadline)):
            return UNKNOWN
    elif truth(ordered, deadline) is not True:
        return UNKNOWN
    nested = t.Call("integrate", (body, t.Symbol(inner), low, high))
    asked = replace(request, topic="", operands=(nested, first, last), variables=(outer,))
    return check_iterated(asked, replace(draft, steps=draft.steps[1:]), outer)


def _by_numbers(whole: t.Expr, draft: Draft) -> Verdict:
    """Supported where a double quadrature agrees; never refuted, for it may be far off."""
    match whole:
        case t.Call("integrate", (t.Call("integrate", (f, t.Symbol(inner), *ends)),
                                  t.Symbol(outer), *sides)) if not _is_integral(f):  # fmt: skip
            pass
        case _:
            return UNKNOWN
    if draft.answer is None:
        return UNKNOWN
    x, y = sp.Symbol(outer, real=True), sp.Symbol(inner, real=True)
    try:
        value, low, high, first, last = (to_sympy(e, real=True) for e in (f, *ends, *sides))
        wanted = mp.mpmathify(sp.N(to_sympy(draft.answer, real=True), 20))
        g = sp.lambdify((x, y), value, "mpmath")
        a, b = (sp.lambdify(x, e, "mpmath") for e in (low, high))
        stops = [mp.mpmathify(sp.N(e, 20)) for e in (first, last)]
        with mp.workdps(12):
            found = mp.quad(lambda u: mp.quad(lambda v: g(u, v), [_real(a(u)), _real(b(u))]), stops)
    except (NotConvertible, ArithmeticError, ValueError, TypeError, NameError):
        return UNKNOWN
    return Supported(1) if abs(found - wanted) < NEAR * (1 + abs(wanted)) else UNKNOWN


def _real(value: Any) -> Any:
    """A real number.  Raises ``TypeError`` for any other."""
    if isinstance(value, mp.mpc):
        raise TypeError("an end that is not real")
    return value
