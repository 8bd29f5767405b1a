"""Congruences in one whole number: their truth repeats, so that one period decides them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from assistant.maths import terms as t
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic
from assistant.maths.checking.numerics.numeric import Evaluator, NoValue
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict

MOST = 200_000
"""So many remainders are looked at."""
UNKNOWN = Undecided(Doubt.NO_METHOD, "a congruence")
Test = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Congruence:
    """A polynomial with whole coefficients (highest power first) has a remainder."""

    coefficients: tuple[int, ...]
    modulus: int
    remainder: int

    def holds(self, n: int) -> bool:
        """Whether it is true of a whole number."""
        value = 0
        for c in self.coefficients:
            value = (value * n + c) % self.modulus
        return value == self.remainder


def read_congruence(statement: t.Expr, name: str) -> Congruence | None:
    """``mod(3x, 7) = mod(4, 7)`` or ``mod(3x, 7) = 4``."""
    match statement:
        case t.Relation(
            t.Comparison.EQ, t.Call("mod", (left, one)), t.Call("mod", (right, other))
        ) if one == other:
            return _read(t.sub(left, right), one, 0, name)
        case t.Relation(t.Comparison.EQ, t.Call("mod", (left, modulus)), rest) | t.Relation(
            t.Comparison.EQ, rest, t.Call("mod", (left, modulus))
        ) if not t.symbols(rest):
            remainder = _whole(rest)
            return None if remainder is None else _read(left, modulus, remainder, name)
    return None


def _read(value: t.Expr, modulus: t.Expr, remainder: int, name: str) -> Congruence | None:
    size = _whole(modulus)
    if size is None or size < 1 or set(t.symbols(value)) - {name}:
        return None
    try:
        num, den = Fractions(name)(value)
    except NotAlgebraic:
        return None
    if len(den) != 1:
        return None
    found = [c / den[0] for c in num]
    if any(c.denominator != 1 for c in found):
        return None
    return Congruence(tuple(int(c) for c in found), size, remainder)


def _whole(expr: t.Expr) -> int | None:
    try:
        value = Evaluator({})(expr)
    except NoValue:
        return None
    whole = isinstance(value, Fraction) and value.denominator == 1
    return int(value) if whole else None


def congruences(statement: t.Expr, name: str) -> list[Congruence] | None:
    """All of them, where a statement is nothing but congruences that hold together."""
    match statement:
        case t.Junction(t.Connective.AND, parts):
            found = [read_congruence(p, name) for p in parts]
        case _:
            found = [read_congruence(statement, name)]
    known = [c for c in found if c is not None]
    return known if known and len(known) == len(found) else None


def are_congruences(statement: t.Expr, name: str) -> bool:
    """Whether a statement is made of congruences, so that whole numbers are meant."""
    remainders = any(isinstance(n, t.Call) and n.name == "mod" for n in t.walk(statement))
    return remainders and _test(statement, name) is not None


def check_congruences(before: t.Expr, after: t.Expr, name: str, *, both_ways: bool) -> Verdict:
    """Two statements about a whole number, or one and its set of solutions."""
    one, other = _test(before, name), _test(after, name)
    if one is None or other is None:
        return UNKNOWN
    period = lcm(one[0], other[0])
    if period > MOST:
        return _by_remainder_theorem(before, after, name)
    for n in range(period):
        first, second = one[1](n), other[1](n)
        if first != second and (first or both_ways):
            words = ("true", "false") if first else ("false", "true")
            return Refuted(f"{name} = {n}", *words)
    return Proved("every remainder")


def check_least(request: Request, draft: Draft) -> Verdict:
    """The answer fulfils all congruences and no smaller number that is allowed does: each is
    tried.  That there is none shows in one period."""
    asked = t.Junction(t.Connective.AND, request.operands)
    found = _test(asked, request.variables[0])
    if found is None or draft.answer is None:
        return UNKNOWN
    (period, holds), low = found, int(request.words[0])
    if draft.answer == t.Constant(t.ConstantName.EMPTY):
        if period > MOST:
            return UNKNOWN
        first = next((n for n in range(low, low + period) if holds(n)), None)
        return Proved("every remainder") if first is None else _broken(first)
    answer = _whole(draft.answer)
    if answer is None or answer - low > MOST:
        return UNKNOWN
    if answer < low or not holds(answer):
        return Refuted(str(answer), "false", "true")
    smaller = next((n for n in range(low, answer) if holds(n)), None)
    return Proved("every smaller number") if smaller is None else _broken(smaller)


def _broken(number: int) -> Refuted:
    return Refuted(str(number), "true", "false")


def _by_remainder_theorem(before: t.Expr, after: t.Expr, name: str) -> Verdict:
    """Linear congruences whose coefficients are prime to the moduli have one class of solutions
    modulo the least common multiple of these, or none."""
    found, family = congruences(before, name), _class(after, name)
    if found is None or family is None:
        return UNKNOWN
    linear = all(len(c.coefficients) == 2 and gcd(c.coefficients[0], c.modulus) == 1 for c in found)
    if not linear:
        return UNKNOWN
    start, step = family
    for n in (start, start + step):
        if not all(c.holds(n) for c in found):
            return Refuted(f"{name} = {n}", "false", "true")
    whole = lcm(*(c.modulus for c in found))
    return Proved("the Chinese remainder theorem") if step == whole else UNKNOWN


def _class(after: t.Expr, name: str) -> tuple[int, int] | None:
    """One class of remainders, as a set or as ``mod(x, 7) = 6``: its start and its step."""
    match after:
        case t.Call("imageset", (body, t.Symbol(index))):
            return _start_and_step(body, index)
    one = read_congruence(after, name)
    if one is None or len(one.coefficients) != 2 or one.coefficients[0] != 1:
        return None
    if not 0 <= one.remainder < one.modulus:
        return None  # never so
    return one.remainder - one.coefficients[1], one.modulus


def _test(statement: t.Expr, name: str) -> tuple[int, Test] | None:
    """After how many whole numbers it repeats, and whether it is true of one."""
    match statement:
        case t.Truth(value) if not value:
            return 1, lambda _: False
        case t.Constant(t.ConstantName.EMPTY):
            return 1, lambda _: False
        case t.Constant(t.ConstantName.INTEGERS) | t.Truth():
            return 1, lambda _: True
        case t.Call("imageset", (body, t.Symbol(index))):
            return _family(body, index)
        case t.Call("union", parts) | t.Junction(t.Connective.OR, parts):
            return _joined([_test(p, name) for p in parts], any)
        case t.Junction(t.Connective.AND, parts):
            return _joined([_test(p, name) for p in parts], all)
    found = read_congruence(statement, name)
    return None if found is None else (found.modulus, found.holds)


def _joined(
    tests: list[tuple[int, Test] | None], how: Callable[[list[bool]], bool]
) -> tuple[int, Test] | None:
    known = [test for test in tests if test is not None]
    if len(known) != len(tests):
        return None
    return lcm(*(period for period, _ in known)), lambda n: how([test(n) for _, test in known])


def _family(body: t.Expr, index: str) -> tuple[int, Test] | None:
    """``6 + 7k`` for all whole k."""
    found = _start_and_step(body, index)
    if found is None:
        return None
    first, size = found
    return size, lambda n: (n - first) % size == 0


def _start_and_step(body: t.Expr, index: str) -> tuple[int, int] | None:
    if set(t.symbols(body)) - {index}:
        return None
    try:
        num, den = Fractions(index)(body)
    except NotAlgebraic:
        return None
    if len(den) != 1 or len(num) != 2:
        return None
    step, start = (c / den[0] for c in num)
    if step.denominator != 1 or start.denominator != 1:
        return None
    return int(start), abs(int(step))
