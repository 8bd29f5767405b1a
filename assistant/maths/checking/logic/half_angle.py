"""Every solution of a trigonometric equation in one period, found exactly.

With u the common angle, sines and cosines are fractions in t = tan(u/2), so the statement is
algebraic in t; its cells give every solution in one period but u = pi, which is tried by
itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb, gcd, lcm

import sympy as sp
from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic, truth_table
from assistant.maths.checking.logic.values import true_at
from assistant.maths.checking.numerics.algebraic import RealRoot, turn_part
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.checking.numerics.numeric import Value, mpf
from assistant.maths.types import Proved, Refuted

FUNCTIONS = ("sin", "cos", "tan", "cot", "sec", "csc")
PI = t.Constant(t.ConstantName.PI)
LETTER = t.Symbol("t")
BITS = 200
MAX_MULTIPLE = 8
ONE = t.integer(1)


def _angles(expr: t.Expr, name: str) -> Iterator[t.Call]:
    """The trigonometric functions of the unknown; nothing else may hold it."""
    if name not in t.symbols(expr):
        return
    match expr:
        case t.Call(function, (_,)) if function in FUNCTIONS:
            yield expr
        case t.Symbol():
            raise NotAlgebraic("the unknown outside of an angle")
        case t.Pow(_, exp) if name in t.symbols(exp):
            raise NotAlgebraic("exponent")
        case t.Call(function, _) if function not in ("abs", "sqrt", "root", "not"):
            raise NotAlgebraic(function)
        case _:
            for part in t.children(expr):
                yield from _angles(part, name)


def _slope(angle: t.Expr, name: str) -> tuple[Fraction, Fraction]:
    """An angle ``m*x + c*pi`` as (m, c).  Raises ``NotAlgebraic``."""
    parts = angle.terms if isinstance(angle, t.Add) else (angle,)
    slope = shift = Fraction(0)
    for part in parts:
        if name in t.symbols(part):
            num, den = Fractions(name)(part)
            if len(den) != 1 or len(num) > 2:
                raise NotAlgebraic("angle")
            slope += num[0] / den[0] if len(num) == 2 else 0
            if num[-1] and len(num) == 2:
                raise NotAlgebraic("angle")
        else:
            turn = turn_part(part)
            if turn is None:
                raise NotAlgebraic("angle")
            shift += turn
    return slope, shift


class HalfAngle:
    """Writes a statement about x as one about ``t = tan(u/2)`` with ``x = u*stretch``."""

    def __init__(self, statement: t.Expr, name: str) -> None:
        self.name = name
        calls = list(_angles(statement, name))
        if not calls:
            raise NotAlgebraic("no angle")
        slopes = [_slope(c.args[0], name)[0] for c in calls]
        unit = Fraction(gcd(*(s.numerator for s in slopes)), lcm(*(s.denominator for s in slopes)))
        if unit == 0 or max(abs(s / unit) for s in slopes) > MAX_MULTIPLE:
            raise NotAlgebraic("multiples")
        self.stretch = 1 / unit
        square = t.Pow(LETTER, t.integer(2))
        self.den = t.add(ONE, square)
        self.cos, self.sin = t.sub(ONE, square), t.Mul((t.integer(2), LETTER))

    def __call__(self, expr: t.Expr) -> t.Expr:
        """The formula in t."""
        match expr:
            case t.Call(function, (angle,)) if function in FUNCTIONS and self.name in t.symbols(
                angle
            ):
                return self.function(function, angle)
        parts = t.children(expr)
        return t.rebuild(expr, tuple(map(self, parts))) if parts else expr

    def function(self, function: str, angle: t.Expr) -> t.Expr:
        """One trigonometric function of an angle."""
        slope, shift = _slope(angle, self.name)
        sine, cosine, den = self.sine_cosine(int(slope * self.stretch), shift)
        match function:
            case "sin":
                return t.Div(sine, den)
            case "cos":
                return t.Div(cosine, den)
            case "tan":
                return t.Div(sine, cosine)
            case "cot":
                return t.Div(cosine, sine)
            case "sec":
                return t.Div(den, cosine)
            case _:
                return t.Div(den, sine)

    def sine_cosine(self, multiple: int, shift: Fraction) -> tuple[t.Expr, t.Expr, t.Expr]:
        """Numerators of the sine and cosine of ``multiple*u + shift*pi``, and the denominator
        that they share (De Moivre's formula and the addition theorem)."""
        n = abs(multiple)
        parts: tuple[list[t.Expr], list[t.Expr]] = ([], [])
        for k in range(n + 1):
            powers = (t.Pow(self.cos, t.integer(n - k)), t.Pow(self.sin, t.integer(k)))
            term = t.mul(t.integer(comb(n, k)), *(p for p in powers if p.exp != t.integer(0)))
            parts[k % 2].append(t.Neg(term) if k % 4 >= 2 else term)
        cosine, sine = t.add(*parts[0]), t.add(*parts[1])
        if multiple < 0:
            sine = t.Neg(sine)
        den = t.Pow(self.den, t.integer(n))
        if shift % 2 == 0:
            return sine, cosine, den
        c, s = _exact_cosine(shift), _exact_cosine(shift - Fraction(1, 2))
        return (
            t.add(t.mul(sine, c), t.mul(cosine, s)),
            t.sub(t.mul(cosine, c), t.mul(sine, s)),
            den,
        )


def _exact_cosine(part: Fraction) -> t.Expr:
    """``cos(part*pi)`` with radicals."""
    value = sp.cos(sp.pi * sp.Rational(part.numerator, part.denominator))
    if value.has(sp.cos, sp.sin):
        raise NotAlgebraic("angle")
    return from_sympy(value)


@dataclass(frozen=True, slots=True)
class Zeros:
    """The solutions in one period: numbers in [0, period), and the period as a part of pi."""

    values: tuple[Value, ...]
    period: Fraction


def zeros(statement: t.Expr, name: str) -> Zeros:
    """Every solution in one period.  Raises ``NotAlgebraic`` (also for whole intervals of
    solutions) and ``NoValue``."""
    half = HalfAngle(statement, name)
    inner = half(statement)
    found: list[Value] = []
    table = truth_table([inner], LETTER.name)
    with mp.workprec(BITS):
        for n, (cell, (true,)) in enumerate(table):
            if true and (n % 2 == 0 or len(table) == 1):
                raise NotAlgebraic("an interval of solutions")
            if true:
                u = 2 * mp.atan(mpf(cell.value() if isinstance(cell, RealRoot) else cell))
                found.append(u if u >= 0 else u + 2 * mp.pi)
        across = t.mul(t.rational(half.stretch), PI)
        match true_at(statement, ((name, across),), (), Deadline(1)):
            case Proved():
                found.append(+mp.pi)
            case Refuted():
                pass
            case _:
                raise NotAlgebraic("half a turn")
        values = tuple(sorted(u * mpf(abs(half.stretch)) for u in found))
        if half.stretch < 0:
            raise NotAlgebraic("orientation")
    return Zeros(values, 2 * half.stretch)
