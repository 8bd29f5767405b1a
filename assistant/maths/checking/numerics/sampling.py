"""Looks for a point where two formulas differ, and is sure of it when it finds one.

Points are rational.  Two values differ for certain when they are different fractions, or
when their difference stays the same, far above its own error, at three precisions.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import (
    NotNumeric,
    NoValue,
    Pole,
    Unclear,
    Undefined,
    Value,
    evaluate,
    holds,
    mpf,
)
from assistant.maths.checking.numerics.reals import Ambiguous
from assistant.maths.types import Doubt, Refuted, Supported, Undecided, Verdict

PRECISIONS = (110, 420, 900, 1900)
WANTED = 40
TRIED = 130

SPREAD = tuple(
    Fraction(n, d)
    for n, d in (
        (3, 7), (-5, 3), (7, 2), (-2, 9), (11, 5), (-13, 4), (17, 11), (1, 13), (-1, 2), (23, 3),
        (-31, 6), (2, 1), (-3, 1), (5, 1), (41, 8), (-47, 5), (101, 9), (-107, 12), (1, 37),
        (-1, 29), (211, 2), (-223, 3), (0, 1), (1, 1), (-1, 1), (1009, 4), (22, 7), (-11, 7),
    )
)  # fmt: skip


DENSE = tuple(
    sign * Fraction(2 * n + 1, size) for n in range(12) for size in (24, 5) for sign in (1, -1)
)
"""For narrow domains."""


def whole_symbols(*exprs: t.Expr) -> frozenset[str]:
    """Symbols that can only be natural numbers: in factorials, bounds, powers of -1."""
    found: set[str] = set()
    for expr in exprs:
        for node in t.walk(expr):
            match node:
                case t.Call("factorial" | "binomial", args):
                    found.update(n for a in args for n in t.symbols(a))
                case t.Call("sum" | "product", (_, index, low, high)):
                    found.update(t.symbols(low) + t.symbols(high))
                    found.update(t.symbols(index))
                case t.Pow(t.Neg(), exp):
                    found.update(t.symbols(exp))
                case t.Call("in", (inner, t.Constant(t.ConstantName.INTEGERS))):
                    found.update(t.symbols(inner))
    return frozenset(found)


def turning_symbols(*exprs: t.Expr) -> frozenset[str]:
    """Symbols that count whole turns, as ``k`` in ``2*k*pi``: their being whole may be meant."""
    found: set[str] = set()
    for expr in exprs:
        for node in t.walk(expr):
            if isinstance(node, t.Mul | t.Div) and any(
                p in (t.Constant(t.ConstantName.PI), t.Constant(t.ConstantName.I))
                for p in t.walk(node)
            ):
                found.update(n for n in t.symbols(node) if n in ("k", "n", "m", "l"))
    return frozenset(found)


def exponent_symbols(*exprs: t.Expr) -> frozenset[str]:
    """Symbols in the exponents of powers whose bases have symbols too, and in indices of roots:
    for a negative base their being whole is meant."""
    found: set[str] = set()
    for node in (n for e in exprs for n in t.walk(e)):
        match node:
            case t.Pow(base, exp) | t.Call("root", (base, exp)) if t.symbols(base):
                found.update(t.symbols(exp))
    return frozenset(found)


def _bound(expr: t.Expr) -> Iterator[str]:
    for node in t.walk(expr):
        match node:
            case t.Call("sum" | "product" | "integrate", (_, t.Symbol(name), _, _)):
                yield name


def free_symbols(*exprs: t.Expr) -> tuple[str, ...]:
    """The symbols that need a value."""
    names = dict.fromkeys(n for e in exprs for n in t.symbols(e))
    bound = {n for e in exprs for n in _bound(e)}
    return tuple(n for n in names if n not in bound)


def _near_numbers(exprs: Iterable[t.Expr]) -> list[Fraction]:
    """Points beside the numbers that occur, so that a narrow domain is not missed."""
    numbers = {n.value for e in exprs for n in t.walk(e) if isinstance(n, t.Number)}
    few = sorted(numbers, key=lambda v: (v.denominator, abs(v)))[:6]
    return [s * n + d for n in few for s in (1, -1) for d in (Fraction(1, 3), Fraction(-1, 7))]


def points(names: tuple[str, ...], exprs: tuple[t.Expr, ...]) -> Iterator[dict[str, Value]]:
    """Points to try, spread over the line, the same in every run."""
    if not names:
        yield {}
        return
    whole = whole_symbols(*exprs)
    chance = random.Random(len(names))  # noqa: S311 - a fixed sequence, no secret
    dense = DENSE if len(names) == 1 else ()
    pool = (*SPREAD[:12], *_near_numbers(exprs), *SPREAD[12:], *dense)
    order = [SPREAD[(5 * n) % len(SPREAD)] for n in range(len(SPREAD))]
    line = itertools.chain(pool if len(names) == 1 else order)
    for first in itertools.islice(itertools.chain(line, itertools.cycle(pool)), TRIED):
        point: dict[str, Value] = {}
        for place, name in enumerate(names):
            if name in whole:
                point[name] = Fraction(chance.randint(0, 9))
            else:
                point[name] = first if place == 0 else chance.choice(pool)
        yield point


def certainly_different(
    left: t.Expr, right: t.Expr, point: dict[str, Value], *, complex_values: bool = False
) -> tuple[bool, Value, Value]:
    """Whether the values differ at a point, and the values.  Raises ``NoValue``."""
    errors: list[Value] = []
    last: tuple[Value, Value] | None = None
    for bits in PRECISIONS:
        lhs = evaluate(left, point, bits=bits, complex_values=complex_values)
        rhs = evaluate(right, point, bits=bits, complex_values=complex_values)
        if isinstance(lhs, Fraction) and isinstance(rhs, Fraction):
            return lhs != rhs, lhs, rhs
        with mp.workprec(bits):
            lhs, rhs = mpf(lhs), mpf(rhs)
            distance = abs(lhs - rhs)
            if last is not None:
                error = abs(lhs - last[0]) + abs(rhs - last[1])
                errors.append(distance > error * 2**20)
                if errors[-2:] == [True, True]:
                    return True, lhs, rhs
                size = max(abs(lhs), abs(rhs), mp.mpf(1))
                same = distance <= size * mp.mpf(2) ** (-bits * 85 // 100)
                if not errors[-1] and same and (point or bits > 800):
                    return False, lhs, rhs
            last = lhs, rhs
    raise Unclear("rounding hides the difference")


def show_value(value: Value) -> str:
    """A value for a reader: a fraction, or some digits."""
    if isinstance(value, Fraction):
        short = value.numerator.bit_length() + value.denominator.bit_length() < 80
        return str(value) if short else str(mp.nstr(mpf(value), 12))
    return str(mp.nstr(value, 12))


def show_point(point: dict[str, Value]) -> str:
    """``x = 2, y = 1/3``."""
    return ", ".join(f"{name} = {show_value(value)}" for name, value in point.items())


def satisfying(given: tuple[t.Expr, ...], point: dict[str, Value], *, complex_values: bool) -> bool:
    """Whether the point obeys what is given; where that cannot be told it does not count."""
    for statement in given:
        try:
            if not holds(statement, point, complex_values=complex_values):
                return False
        except NotNumeric:
            continue  # a condition in words of its own: no reason to leave the point out
        except NoValue:
            return False
    return True


def needs_complex(*exprs: t.Expr) -> bool:
    """Whether the imaginary unit occurs."""
    unit = t.Constant(t.ConstantName.I)
    return any(node == unit for e in exprs for node in t.walk(e))


def compare_numbers(
    before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...] = (), wanted: int = WANTED
) -> Verdict:
    """Supported where the values agree at all points tried, refuted by one where they differ.

    A point counts where ``before`` has a value and ``given`` holds.  ``after`` without a
    value at several such points is refuted too: a domain was lost.  Poles are single points
    and do not count, unless they are met as often as not (as of ``1/(x - |x|)``).
    """
    exprs = (before, after, *given)
    names = free_symbols(before, after)
    complex_values = needs_complex(before, after)
    turning = turning_symbols(before, after) - whole_symbols(*exprs)
    powers = exponent_symbols(before, after)
    agreed, lost, holes, blurred = 0, 0, 0, 0
    first_lost: tuple[dict[str, Value], Value] | None = None
    for point in points(names, exprs):
        if not satisfying(given, point, complex_values=complex_values):
            continue
        try:
            value = evaluate(before, point, complex_values=complex_values)
            different, left, right = certainly_different(
                before, after, point, complex_values=complex_values
            )
        except NotNumeric as wrong:
            return Undecided(Doubt.NO_METHOD, str(wrong))
        except Undefined as wrong:
            if not _has_value(before, point, complex_values=complex_values):
                continue
            if isinstance(wrong, Pole):
                holes += 1
            elif not _is_broken(point, powers):
                lost += 1
                first_lost = first_lost or (point, value)
            continue
        except Ambiguous:
            continue
        except NoValue:
            blurred += _has_value(before, point, complex_values=complex_values)
            continue
        if different:
            if any(point[n].denominator != 1 for n in turning if n in point):
                continue
            if _is_broken(point, powers):
                blurred += 1
                continue
            return Refuted(show_point(point), show_value(left), show_value(right))
        agreed += 1
        if agreed >= wanted:
            break
    if lost >= 2 and first_lost is not None:
        return Refuted(show_point(first_lost[0]), show_value(first_lost[1]), "undefined")
    if holes > max(2, agreed // 2) and not whole_symbols(*exprs):
        return Undecided(Doubt.NO_POINTS, "poles are more than single points")
    if blurred > max(3, agreed // 2):
        return Undecided(Doubt.NO_METHOD, "too few points could be compared")
    if agreed and turning:
        return Undecided(Doubt.NO_METHOD, "a letter that may count whole turns")
    return Supported(agreed) if agreed else Undecided(Doubt.NO_POINTS)


def _is_broken(point: dict[str, Value], powers: frozenset[str]) -> bool:
    """Whether an exponent is a fraction where another letter is negative: ``(x^2)^n`` is
    ``x^(2n)`` for positive x, and for whole n."""
    others = (value for name, value in point.items() if name not in powers)
    broken = any(point[n].denominator != 1 for n in powers if n in point)
    return broken and any(value < 0 for value in others)


def narrowed(before: t.Expr, after: t.Expr, given: tuple[t.Expr, ...] = ()) -> bool:
    """Whether ``after`` has no value at several points where ``before`` has one, poles apart:
    ``ln x`` is an antiderivative of ``1/x`` for positive x only."""
    exprs = (before, after, *given)
    complex_values = needs_complex(before, after)
    missing = shared = 0
    for point in points(free_symbols(before, after), exprs):
        if missing > 1 or shared >= WANTED:
            break
        if not satisfying(given, point, complex_values=complex_values):
            continue
        try:
            evaluate(before, point, complex_values=complex_values)
        except NoValue:
            continue
        try:
            evaluate(after, point, complex_values=complex_values)
        except Undefined as wrong:
            missing += not isinstance(wrong, Pole)
        except NoValue:
            continue
        else:
            shared += 1
    return missing > 1


def _has_value(expr: t.Expr, point: dict[str, Value], *, complex_values: bool) -> bool:
    try:
        evaluate(expr, point, complex_values=complex_values)
    except NoValue:
        return False
    return True
