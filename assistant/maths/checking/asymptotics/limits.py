"""Checks limits: by an expansion of its own, else by numbers that close in on the point.

An expansion that ends in a leading term is a proof (``asymptotics.expand`` does it);
numbers at points that approach along several sequences only support.  A limit that does not
exist is proved by two sequences, or two sides, with other limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.asymptotics.expand import limit_at_zero
from assistant.maths.checking.asymptotics.scales import Oscillates, T, Unknown
from assistant.maths.checking.numerics.budget import alarm
from assistant.maths.checking.numerics.numeric import NoValue, Undefined, Value, evaluate, mpf
from assistant.maths.checking.numerics.sampling import turning_symbols
from assistant.maths.solving.common import Draft
from assistant.maths.types import (
    Doubt,
    Proved,
    Refuted,
    Request,
    Supported,
    Undecided,
    Verdict,
)

UNDEFINED = t.Constant(t.ConstantName.UNDEFINED)
INFINITY = t.Constant(t.ConstantName.INFINITY)
UNIT = t.Constant(t.ConstantName.I)
OPERATORS = {"limit": "", "limit_right": "+", "limit_left": "-"}
WAVES = frozenset("sin cos tan cot sec csc floor ceiling sign mod".split())
BITS = 400
FAR, PERIOD, ALIKE = 10**6, 24, mp.mpf(1) / 1000
"""Whole numbers far out, so many one after another, and how near their values are."""
SECONDS = 3.5
PARAMETERS = (Fraction(7, 5), Fraction(-12, 7), Fraction(19, 8))


@dataclass(frozen=True, slots=True)
class Approach:
    """``body`` as ``name`` goes to ``point``; ``sides`` are the signs from which."""

    body: t.Expr
    name: str
    point: t.Expr
    sides: tuple[int, ...]

    @property
    def infinite(self) -> int:
        """1 or -1 where the point is an infinity, else 0."""
        return {INFINITY: 1, t.Neg(INFINITY): -1}.get(self.point, 0)

    def at(self, distance: Value, side: int) -> Value:
        """The body's value at a distance (an infinite point: at its reciprocal)."""
        complex_values = any(node == UNIT for node in t.walk(self.body))
        if self.infinite:
            place: Value = self.infinite / distance
        else:
            base = evaluate(self.point, {}, bits=BITS)
            place = (
                base + side * distance
                if isinstance(base, Fraction)
                else mpf(base) + side * mpf(distance)
            )
        return evaluate(self.body, {self.name: place}, bits=BITS, complex_values=complex_values)

    def shifted(self, side: int) -> sp.Expr:
        """The body with the variable written in ``T``, which goes to 0 from above."""
        body = to_sympy(self.body, real=True)
        place = self.infinite / T if self.infinite else to_sympy(self.point, real=True) + side * T
        return body.subs(sp.Symbol(self.name, real=True), place)


def approach(body: t.Expr, name: str, point: t.Expr, direction: str) -> Approach:
    """The sides that count: the ones asked for where the body has values there."""
    both = {"+": (1,), "-": (-1,)}.get(direction, (1, -1))
    whole = Approach(body, name, point, both)
    if whole.infinite:
        return Approach(body, name, point, (1,))
    inside = tuple(side for side in both if _has_values(whole, side))
    return Approach(body, name, point, inside)


def _has_values(way: Approach, side: int) -> bool:
    """Whether the body is defined near the point on one side; in doubt yes."""
    tries = []
    for k in (11, 23, 37, 51, 80):
        try:
            with mp.workprec(BITS):
                way.at(mp.sqrt(2) / 2**k, side)  # irrational: (-1)^(1/3) must not look real
        except Undefined:
            tries.append(False)
        except NoValue:
            return True
        else:
            return True
    return any(tries)


def counts(way: Approach) -> bool:
    """Whether whole numbers may be meant, where the values are all alike: ``sin(pi n)``."""
    if way.infinite != 1 or way.name not in turning_symbols(way.body):
        return False
    try:
        values = [mpf(way.at(Fraction(1, FAR + k), 1)) for k in range(PERIOD)]
        return bool(max(values) - min(values) < ALIKE)
    except (NoValue, TypeError):
        return True


class DoesNotExist(Exception):  # noqa: N818 - a value
    """Proved: there is no limit; ``values`` are two that sequences tend to."""

    def __init__(self, values: tuple[sp.Expr, sp.Expr] | None) -> None:
        super().__init__(str(values))
        self.values = values


def exact_limit(way: Approach) -> sp.Expr:
    """The limit, proved by expansion on each side.

    Raises ``DoesNotExist`` or ``Unknown``.
    """
    if not way.sides:
        raise DoesNotExist(None)
    values = []
    for side in way.sides:
        try:
            values.append(limit_at_zero(way.shifted(side)))
        except Oscillates as none:
            raise DoesNotExist(none.limits) from none
        except NotConvertible as unknown:
            raise Unknown(str(unknown)) from unknown
    if len(values) == 2 and _same(values[0], values[1]) is not True:
        if _same(values[0], values[1]) is False:
            raise DoesNotExist((values[0], values[1]))
        raise Unknown("the two sides")
    return values[0]


def _same(left: sp.Expr, right: sp.Expr) -> bool | None:
    """Whether two exact values are equal: proved, disproved by digits, or unknown."""
    if left == right:
        return True
    if left.has(sp.oo, sp.zoo, sp.nan) or right.has(sp.oo, sp.zoo, sp.nan):
        return False
    difference = sp.expand(left - right)
    if difference == 0:
        return True
    if not difference.free_symbols:
        number = sp.N(difference, 30)
        if number.is_number and abs(number) > sp.Float("1e-18"):
            return False
    return True if sp.simplify(difference) == 0 else None


def check_limit(request: Request, draft: Draft) -> Verdict:
    """The verdict on the answer to a limit."""
    match request:
        case Request(operands=(body, point), variables=(name, *_)) if draft.answer is not None:
            with alarm(SECONDS):
                return check_value(body, (name, point, request.direction), draft.answer)
    return Undecided(Doubt.NO_METHOD)


def check_value(body: t.Expr, where: tuple[str, t.Expr, str], claim: t.Expr) -> Verdict:
    """Whether ``claim`` is the limit of ``body``; ``where``: variable, point, direction."""
    name, point, direction = where
    if any(node == INFINITY for node in t.walk(body)):
        return Proved("no values") if claim == UNDEFINED else Undecided(Doubt.NO_METHOD)
    calls = [node for node in t.walk(body) if isinstance(node, t.Call)]
    if any(c.name in ("gcd", "lcm") and name in t.symbols(c) for c in calls):
        return Undecided(Doubt.NO_METHOD)  # SymPy takes them as those of polynomials
    if any(c.name == "sum" for c in calls):
        from assistant.maths.checking.tasks.sums import (
            check_limit_of_sum,  # it builds on this module
        )

        at_infinity = point == INFINITY
        return check_limit_of_sum(body, name, claim) if at_infinity else Undecided(Doubt.NO_METHOD)
    free = tuple(n for n in t.symbols(body) + t.symbols(point) if n != name)
    way = (
        approach(body, name, point, direction)
        if not free
        else Approach(body, name, point, {"+": (1,), "-": (-1,)}.get(direction, (1, -1)))
    )
    try:
        value = exact_limit(way)
    except DoesNotExist as none:
        if counts(way):
            return Undecided(Doubt.NO_METHOD, "a letter that may count")
        if claim == UNDEFINED:
            return Proved("two sequences with different limits" if none.values else "empty domain")
        shown = [str(v) for v in none.values or ("none", "none")]
        return Refuted(f"{name} -> {point!r}"[:60], shown[0], shown[1])
    except Unknown:
        return _with_numbers(way, free, claim)
    if claim == UNDEFINED:
        return Refuted("expansion", str(value), "undefined")
    try:
        same = _same(value, to_sympy(claim, real=True))
    except NotConvertible:
        return Undecided(Doubt.NO_METHOD)
    if same:
        return Proved("asymptotic expansion")
    if same is False:
        return Refuted("expansion", str(value), str(to_sympy(claim)))
    return _with_numbers(way, free, claim)


def _with_numbers(way: Approach, free: tuple[str, ...], claim: t.Expr) -> Verdict:
    """Numbers: for parameters at a few of their values."""
    if not free:
        return by_numbers(way, claim)
    points = 0
    for value in PARAMETERS:
        fixed, point, wanted = way.body, way.point, claim
        for n, name in enumerate(dict.fromkeys(free)):
            number = t.rational(value + Fraction(n, 3))
            fixed, point, wanted = (t.substitute(e, name, number) for e in (fixed, point, wanted))
        verdict = check_value(fixed, (way.name, point, ""), wanted)
        if not isinstance(verdict, Proved | Supported):
            return verdict if isinstance(verdict, Undecided) else Undecided(Doubt.NO_METHOD)
        points += 1
    return Supported(points)


# numbers --------------------------------------------------------------------------


def _sequence(way: Approach, side: int, factor: Fraction) -> Iterator[Value]:
    """Values at points closer and closer, until one has none."""
    for k in (2, 4, 7, 11, 16, 24, 40, 64, 100):
        try:
            yield mpf(way.at(factor / 2**k, side))
        except (NoValue, MemoryError):
            return


def _pi() -> Fraction:
    with mp.workprec(BITS):
        return Fraction(int(mp.floor(mp.pi * 2**BITS)), 2**BITS)


def by_numbers(way: Approach, claim: t.Expr) -> Verdict:
    """Supported where every sequence closes in on the claim."""
    waves = any(isinstance(n, t.Call) and n.name in WAVES for n in t.walk(way.body))
    infinite = t.is_infinite(claim)
    if claim == UNDEFINED or (not infinite and any(n == INFINITY for n in t.walk(claim))):
        return Undecided(Doubt.NO_METHOD)
    with mp.workprec(BITS):
        points = 0
        for side in way.sides:
            for factor in (Fraction(1), Fraction(5, 7), 1 / _pi(), 2 / _pi() / 3):
                values = list(_sequence(way, side, factor))
                if len(values) < 4 or not _closes_in(values, claim, strict=waves):
                    return Undecided(Doubt.NO_POINTS)
                points += len(values)
    return Supported(points) if points else Undecided(Doubt.NO_POINTS)


def _closes_in(values: list[Value], claim: t.Expr, *, strict: bool) -> bool:
    """Whether the last values come closer at each point, and close enough."""
    last = values[-3:]
    infinite = {INFINITY: 1, t.Neg(INFINITY): -1}.get(claim, 0)
    if infinite:
        if any(hasattr(v, "_mpc_") for v in last):
            return False
        sizes = [v * infinite for v in last]
        rising = all(a < b for a, b in pairwise(sizes))
        return bool(rising and sizes[-1] > (1e9 if strict else 50))
    target = mpf(evaluate(claim, {}, bits=BITS, complex_values=True))
    errors = [abs(v - target) for v in last]
    scale = max(1, abs(target))
    shrinking = all(b < a or b < scale * mp.mpf(10) ** -60 for a, b in pairwise(errors))
    return bool(
        shrinking and errors[-1] < scale * (mp.mpf(10) ** -12 if strict else mp.mpf(10) ** -5)
    )


# steps -----------------------------------------------------------------------------


def has_limits(before: t.Expr, after: t.Expr) -> bool:
    """Whether two lines are about limits and can be checked here."""
    return any(
        isinstance(n, t.Call) and n.name in OPERATORS for e in (before, after) for n in t.walk(e)
    )


def check_lines(before: t.Expr, after: t.Expr) -> Verdict:
    """Both lines have the same value, each limit in them found by expansion."""
    try:
        left, right = (_line_value(line) for line in (before, after))
    except DoesNotExist:
        return Undecided(Doubt.NO_METHOD)
    except (Unknown, NotConvertible):
        return _simple_line(before, after)
    match _same(left, right):
        case True:
            return Proved("asymptotic expansion")
        case False:
            return Refuted("expansion", str(left), str(right))
    return Undecided(Doubt.NO_METHOD)


def _line_value(line: t.Expr) -> sp.Expr:
    """The exact value of a line with limits in it."""
    found: dict[t.Expr, sp.Expr] = {}

    def change(node: t.Expr) -> t.Expr:
        if isinstance(node, t.Call) and node.name in OPERATORS:
            body, variable, point = node.args
            assert isinstance(variable, t.Symbol)
            value = exact_limit(approach(body, variable.name, point, OPERATORS[node.name]))
            name = t.Symbol(f"limit_{len(found)}")
            found[name] = value
            return name
        return node

    outer = t.transform(line, change)
    if len(found) == 1 and outer in found:
        return found[outer]
    value = to_sympy(outer, real=True)
    value = value.subs(
        {sp.Symbol(n.name, real=True): v for n, v in found.items() if isinstance(n, t.Symbol)}
    )
    if value.has(sp.nan, sp.zoo, sp.Sum, sp.Product, sp.Integral, sp.Derivative):
        raise Unknown("indeterminate")
    return value


def _simple_line(before: t.Expr, after: t.Expr) -> Verdict:
    """One limit that is given a value: by numbers."""
    match before:
        case t.Call(name, (body, t.Symbol(variable), point)) if name in OPERATORS:
            if not any(isinstance(n, t.Call) and n.name in OPERATORS for n in t.walk(after)):
                return check_value(body, (variable, point, OPERATORS[name]), after)
    return Undecided(Doubt.NO_METHOD)
