"""Is a value the largest or smallest one of a function, taken or only approached?

No value lies beyond it: as a statement that no number fulfils, else by the sign of the derivative
on either side of the place where it is taken.  It is taken where the formula has that value, and
approached where it has that limit.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.asymptotics.limits import check_value
from assistant.maths.checking.logic.domains import guards
from assistant.maths.checking.logic.links import check_link
from assistant.maths.checking.logic.statements import all_of, membership, negation
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.tasks.defined import holes, missing_at, odd_power, poles_apart
from assistant.maths.types import Link, Proved, Request, Solution, Task

INFINITY = t.Constant(t.ConstantName.INFINITY)
NOTHING = t.Constant(t.ConstantName.EMPTY)
DIGITS = 30
CLEAR = sp.Float("1e-15", DIGITS)
"""A slope that is nearer to zero has no sign for sure."""
SECONDS = 1.0
"""For one statement."""
SMOOTH = frozenset("sin cos exp ln log sqrt atan sinh cosh tanh".split())
"""Functions with a derivative wherever their guards hold strictly."""
CONTINUOUS = SMOOTH | {"abs"}


@dataclass(frozen=True, slots=True)
class Span:
    """A function of ``name`` on an interval, or wherever it has values."""

    body: t.Expr
    name: str
    domain: t.Interval | None

    def statement(self, *more: t.Expr) -> t.Expr:
        """``more``, of numbers in the domain."""
        where = None if self.domain is None else membership(self.domain, (self.name,))
        return all_of([*more, *([] if where is None else [where])])

    def never(self, *parts: t.Expr) -> bool:
        """Whether surely no number of the domain fulfils all of this."""
        whole = self.statement(*map(_lean, parts))
        verdict = check_link(whole, NOTHING, Link.SOLUTION, (self.name,), Deadline(SECONDS))
        return isinstance(verdict, Proved)

    def contains(self, place: t.Expr) -> bool:
        """Whether a number surely is in the domain."""
        if self.domain is None:
            return True
        low, at, high = (to_sympy(e, real=True) for e in (self.domain.low, place, self.domain.high))
        inside = sp.Interval(low, high, self.domain.low_open, self.domain.high_open)
        return bool(inside.contains(at) == sp.true)

    def ambiguous(self) -> bool:
        """An odd root of a negative number has a real value for some writers only."""
        return t.transform(self.body, odd_power) != self.body


def _lean(part: t.Expr) -> t.Expr:
    """A comparison without the factors that are positive wherever they have a value."""
    if not isinstance(part, t.Relation):
        return part
    try:
        value = sp.factor(to_sympy(t.sub(part.left, part.right), real=True))
        factors = [f for f in sp.Mul.make_args(value) if not isinstance(f, sp.exp)]
        whole = len(factors) == len(sp.Mul.make_args(value))
        return part if whole else t.Relation(part.op, from_sympy(sp.Mul(*factors)), t.integer(0))
    except (NotConvertible, sp.PolynomialError):
        return part


def is_taken(span: Span, value: t.Expr, place: t.Expr, *, up: bool) -> bool:
    """Whether ``value`` surely is the largest (``up``) or the smallest, taken at ``place``."""
    if t.symbols(value) or t.symbols(place) or span.ambiguous():
        return False
    if missing_at(span.body, {span.name: place}) or not span.contains(place):
        return False
    missing, at = holes(span.body, span.name), to_sympy(place, real=True)
    if missing is None or not at.is_finite or any(sp.simplify(at - m) == 0 for m in missing):
        return False
    there = to_sympy(span.body, real=True).subs(sp.Symbol(span.name, real=True), at)
    if sp.simplify(there - to_sympy(value, real=True)) != 0:
        return False
    op = t.Comparison.GT if up else t.Comparison.LT
    return span.never(t.Relation(op, span.body, value)) or _turns(span, place, up=up)


def _turns(span: Span, place: t.Expr, *, up: bool) -> bool:
    """Whether the function surely never falls up to the place and never rises behind it, or the
    reverse: its derivative keeps its sign between neighbouring zeros."""
    if not _is(span, SMOOTH):
        return False
    zeros, inside = level_places(span), _real_domain(span)
    if zeros is None or inside is None:
        return False
    slope, x = _slope(span)
    at = to_sympy(place, real=True)
    marks = sorted({*zeros, at, inside.start, inside.end}, key=lambda m: sp.N(m, DIGITS))
    for low, high in itertools.pairwise(marks):
        if not (bool(low >= inside.start) and bool(high <= inside.end)):
            continue
        value = sp.N(slope.subs(x, _middle(low, high)), DIGITS)
        rising = (low < at) == up
        if not value.is_real or abs(value) < CLEAR or bool(value > 0) != bool(rising):
            return False
    return True


def level_places(span: Span) -> tuple[sp.Expr, ...] | None:
    """All zeros of the derivative; ``None`` where they are not known for sure."""
    from assistant.maths.solving.engine import solve_request

    slope, _ = _slope(span)
    above = [f for f in sp.Mul.make_args(sp.fraction(slope)[0]) if not isinstance(f, sp.exp)]
    equation = t.equation(from_sympy(sp.Mul(*above)), t.integer(0))
    found = solve_request(Request(task=Task.SOLVE, operands=(equation,), variables=(span.name,)))
    if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
        return None
    values = None if found.answer.value is None else to_sympy(found.answer.value, real=True)
    if values is sp.S.EmptySet:
        return ()
    return tuple(values) if isinstance(values, sp.FiniteSet) else None


def _slope(span: Span) -> tuple[sp.Expr, sp.Symbol]:
    x = sp.Symbol(span.name, real=True)
    return sp.factor(sp.diff(to_sympy(span.body, real=True), x)), x


def _real_domain(span: Span) -> sp.Interval | None:
    """The domain; where none is told, that of the half lines that ``_is`` has found."""
    if span.domain is not None:
        found: sp.Set = to_sympy(span.domain)
    else:
        found, x = sp.S.Reals, sp.Symbol(span.name, real=True)
        for guard in _half_lines(span):
            (root,) = sp.roots(sp.Poly(to_sympy(guard.left, real=True), x))
            is_open = guard.op is t.Comparison.GT
            rises = sp.diff(to_sympy(guard.left, real=True), x) > 0
            ends = (root, sp.oo) if rises else (-sp.oo, root)
            found &= sp.Interval(*ends, is_open, is_open)
    if found == sp.S.Reals:
        return sp.Interval(-sp.oo, sp.oo)
    return found if isinstance(found, sp.Interval) else None


def _middle(low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """A number between two marks."""
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    if low.is_finite:
        return low + 1
    return high - 1 if high.is_finite else sp.S.Zero


def is_connected(span: Span) -> bool:
    """Whether the function surely is continuous on a whole interval: its values are one, too."""
    return _is(span, CONTINUOUS)


def _is(span: Span, names: frozenset[str]) -> bool:
    """Only such functions, on a whole interval.

    Where no domain is told, half lines cut it out.  Where a polynomial under a root is zero there
    are single points without a derivative, which the function passes without a jump.
    """
    if span.ambiguous() or any(
        isinstance(n, t.Call) and n.name not in names for n in t.walk(span.body)
    ):
        return False
    held = _half_lines(span)
    rest = [g for g in guards(span.body) if g not in held]
    if "abs" not in names:
        rest = [g if _degree(g, span.name) else _strict(g) for g in rest]
    return all(span.never(negation(guard), *held) for guard in (*rest, *poles_apart(span.body)))


def _half_lines(span: Span) -> tuple[t.Relation, ...]:
    """The guards that cut a half line out of the numbers, where no domain is told."""
    return tuple(
        g
        for g in guards(span.body)
        if isinstance(g, t.Relation) and span.domain is None and _degree(g, span.name) == 1
    )


def _strict(guard: t.Expr) -> t.Expr:
    match guard:
        case t.Relation(t.Comparison.GE, left, right):
            return t.Relation(t.Comparison.GT, left, right)
    return guard


def _degree(guard: t.Expr, name: str) -> int:
    """Of the polynomial that is compared with zero; 0 where it is none."""
    x = sp.Symbol(name, real=True)
    left = to_sympy(guard.left, real=True) if isinstance(guard, t.Relation) else sp.S.Zero
    left = sp.expand(left)
    return int(sp.degree(left, x)) if left.is_polynomial(x) and left.has(x) else 0


def is_approached(span: Span, value: t.Expr, *, up: bool) -> bool:
    """Whether ``value`` surely is the bound of all values, and none of them."""
    if t.symbols(value) or span.ambiguous():
        return False
    op = t.Comparison.GE if up else t.Comparison.LE
    endless = value == (INFINITY if up else t.Neg(INFINITY))
    if not endless and not span.never(t.Relation(op, span.body, value)):
        return False
    return any(
        isinstance(check_value(span.body, (span.name, point, side), value), Proved)
        for point, side in _edges(span)
    )


def _edges(span: Span) -> list[tuple[t.Expr, str]]:
    """The ends of the domain, each with the side on which it lies, and the gaps within."""
    low: t.Expr = t.Neg(INFINITY) if span.domain is None else span.domain.low
    high: t.Expr = INFINITY if span.domain is None else span.domain.high
    try:
        gaps = [from_sympy(h) for h in holes(span.body, span.name) or []]
    except NotConvertible:
        gaps = []
    inside = [g for g in gaps if _between(low, g, high)]
    return [(low, "+"), (high, "-"), *((g, side) for g in inside for side in "+-")]


def _between(low: t.Expr, place: t.Expr, high: t.Expr) -> bool:
    a, b, c = (to_sympy(e, real=True) for e in (low, place, high))
    return bool(a < b) and bool(b < c)
