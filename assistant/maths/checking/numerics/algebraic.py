"""Exact questions about algebraic numbers: is it zero, which sign, is the statement true.

A number written with radicals, with cosines of rational parts of a turn, and with real
roots of integer polynomials is zero as soon as it is smaller than its separation bound:
write it U/L with algebraic integers U and L of a field of degree at most D, all conjugates
of U at most u, |L| at most l; the norm of U is a whole number, so U = 0 or
|U/L| >= 1/(l*u^(D-1)).  The recursion for u and l is that of Burnikel, Funke, Mehlhorn,
Schirra and Schmitt, "A separation bound for real algebraic expressions" (2001).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.numerics.numeric import (
    Evaluator,
    NotNumeric,
    NoValue,
    Pole,
    Unclear,
    Undefined,
    Value,
    mpf,
    small,
)

MAX_WORK_BITS = 40_000
MAX_DEGREE = 4_000
LADDER = (200, 900, 4000)


@dataclass(frozen=True)
class RealRoot:
    """The one real root of an irreducible integer polynomial (highest power first) between
    ``low`` and ``high``, its degree at least 2."""

    poly: tuple[int, ...]
    low: Fraction
    high: Fraction

    def at(self, x: Value) -> Value:
        """The polynomial's value."""
        value: Value = 0
        for c in self.poly:
            value = value * x + c
        return value

    def value(self) -> Value:
        """The root in mpmath's precision in force."""
        low, high = self.low, self.high
        rising = self.at(high) > 0
        for _ in range(24):
            middle = (low + high) / 2
            if (self.at(middle) > 0) == rising:
                high = middle
            else:
                low = middle
        bits = mp.prec
        with mp.workprec(bits + 40):
            a, b = mpf(low), mpf(high)
            x = (a + b) / 2
            for _ in range(bits + 60):
                slope = sum(
                    c * (len(self.poly) - 1 - n) * x ** (len(self.poly) - 2 - n)
                    for n, c in enumerate(self.poly[:-1])
                )
                here = self.at(x)
                if (here > 0) == rising:
                    b = min(b, x)
                else:
                    a = max(a, x)
                new = x - here / slope if slope else (a + b) / 2
                new = new if a < new < b else (a + b) / 2
                if abs(new - x) <= abs(x) * mp.mpf(2) ** (-bits - 20):
                    return new
                x = new
        return x


@dataclass
class Bound:
    """What the recursion has met; ``degree`` counts each radical once."""

    point: Mapping[str, Value | RealRoot]
    complex: bool = False
    radicals: dict[t.Expr, int] = field(default_factory=dict)
    turn: int = 1

    def degree(self) -> int:
        """A bound for the degree of the field."""
        value = math.prod(self.radicals.values())
        if self.turn > 1:
            value *= self.turn  # of the roots of unity of that order: at most so many
        for root in self.point.values():
            if isinstance(root, RealRoot):
                value *= len(root.poly) - 1
        return value

    def sizes(self, expr: t.Expr) -> tuple[float, float]:
        """Base-2 logarithms of u and l.  Raises ``NotNumeric`` for what is not algebraic."""
        match expr:
            case t.Number(value):
                return _size(value)
            case t.Symbol(name):
                return self.symbol(name)
            case t.Neg(arg):
                return self.sizes(arg)
            case t.Call("abs", (arg,)) if not self.complex:
                return self.sizes(arg)  # the number or its opposite
            case t.Add(parts):
                return _sum([self.sizes(p) for p in parts])
            case t.Mul(parts):
                pairs = [self.sizes(p) for p in parts]
                return sum(u for u, _ in pairs), sum(low for _, low in pairs)
            case t.Div(num, den):
                (u1, l1), (u2, l2) = self.sizes(num), self.sizes(den)
                return u1 + l2, l1 + u2
            case t.Pow(base, exp):
                return self.power(base, exp)
            case t.Constant(t.ConstantName.I):
                self.turn = math.lcm(self.turn, 4)
                return 0.0, 0.0
            case t.Call(name, args):
                return self.call(expr, name, args)
            case _:
                raise NotNumeric("not algebraic")

    def symbol(self, name: str) -> tuple[float, float]:
        """A symbol stands for a fraction or a root."""
        value = self.point.get(name)
        if isinstance(value, Fraction):
            return _size(value)
        if isinstance(value, RealRoot):
            lead = abs(value.poly[0])
            largest = lead + max(abs(c) for c in value.poly[1:])  # Cauchy's bound times lead
            return math.log2(largest) + 0.01, math.log2(lead) + 0.01
        raise NotNumeric(name)

    def power(self, base: t.Expr, exp: t.Expr) -> tuple[float, float]:
        """A power with a rational exponent."""
        exponent = Evaluator({})(exp)
        if not isinstance(exponent, Fraction) or base == t.Constant(t.ConstantName.E):
            raise NotNumeric("not algebraic")
        key = t.Pow(base, t.rational(Fraction(1, exponent.denominator)))
        u, low = self.root(key, base, exponent.denominator)
        n = abs(exponent.numerator)
        return (n * u, n * low) if exponent >= 0 else (n * low, n * u)

    def root(self, expr: t.Expr, base: t.Expr, degree: int) -> tuple[float, float]:
        """A root of whole degree."""
        u, low = self.sizes(base)
        if degree == 1:
            return u, low
        self.radicals[expr] = degree
        return (u + (degree - 1) * low) / degree, low

    def call(self, expr: t.Expr, name: str, args: tuple[t.Expr, ...]) -> tuple[float, float]:
        """Roots, and trigonometric functions of a rational part of a turn."""
        match name, args:
            case "sqrt", (x,):
                return self.root(expr, x, 2)
            case "root", (x, n):
                degree = Evaluator({})(n)
                if isinstance(degree, Fraction) and degree.denominator == 1 and degree > 0:
                    return self.root(expr, x, int(degree))
            case "mixed", (whole, num, den):
                return self.sizes(t.add(whole, t.Div(num, den)))
            case "percent", (x,):
                return self.sizes(t.Div(x, t.integer(100)))
            case (("sin" | "cos" | "tan" | "cot" | "sec" | "csc"), (x,)):
                part = turn_part(x)
                if part is not None:
                    self.turn = math.lcm(self.turn, 4 * part.denominator)
                    return 1.0, 1.0  # 2cos and 2sin are integers with conjugates within 2
            case (("factorial" | "binomial"), _):
                value = Evaluator({})(expr)
                if isinstance(value, Fraction):
                    return _size(value)
        raise NotNumeric(name)


def _size(value: Fraction) -> tuple[float, float]:
    return (
        math.log2(max(1, abs(value.numerator))) + 0.01,
        math.log2(value.denominator) + 0.01,
    )


def _sum(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    low = sum(l for _, l in pairs)
    return max(u + low - l for u, l in pairs) + math.log2(len(pairs)) + 0.01, low


def turn_part(angle: t.Expr) -> Fraction | None:
    """``angle / pi`` where that is rational by its form."""
    match angle:
        case t.Constant(t.ConstantName.PI):
            return Fraction(1)
        case t.Number(value) if value == 0:
            return Fraction(0)
        case t.Neg(arg):
            part = turn_part(arg)
            return None if part is None else -part
        case t.Call("degrees", (arg,)):
            return None if (amount := _rational(arg)) is None else amount / 180
        case t.Add(parts):
            found = [turn_part(p) for p in parts]
            return None if None in found else sum((f for f in found if f), Fraction(0))
        case t.Div(num, den):
            top, bottom = turn_part(num), _rational(den)
            return top / bottom if top is not None and bottom else None
        case t.Mul(factors):
            return _turn_product(factors)
    return None


def _turn_product(factors: tuple[t.Expr, ...]) -> Fraction | None:
    part: Fraction | None = None
    scale = Fraction(1)
    for factor in factors:
        value = _rational(factor)
        if value is not None:
            scale *= value
        elif part is None and (part := turn_part(factor)) is not None:
            continue
        else:
            return None
    return None if part is None else part * scale


def _rational(expr: t.Expr) -> Fraction | None:
    try:
        value = Evaluator({})(expr)
    except (NoValue, ValueError, TypeError, OverflowError):
        return None
    return value if isinstance(value, Fraction) else None


def is_zero(
    expr: t.Expr, point: Mapping[str, Value | RealRoot], *, complex_values: bool = False
) -> bool | None:
    """Whether an algebraic number is zero; ``None`` where it is none, or too large.

    The numbers in it must have values (no division by zero).
    """
    if (part := turn_part(expr)) is not None:
        return part == 0  # a rational multiple of pi
    unit = t.Constant(t.ConstantName.I)
    bound = Bound(point, complex=any(node == unit for node in t.walk(expr)))
    try:
        u, low = bound.sizes(expr)
    except NoValue:
        return None
    degree = bound.degree()
    gap = (degree - 1) * u + low
    if degree > MAX_DEGREE or gap > MAX_WORK_BITS:
        return None
    bits = int(gap + 4 * (u + low)) + 200
    with mp.workprec(bits):
        value = abs(mpf(ExactEvaluator(point, complex_values=complex_values, plain=expr)(expr)))
        if value < mp.mpf(2) ** -int(gap + 8):
            return True
        return False if value > mp.mpf(2) ** -int(gap + 2) else None


class ExactEvaluator(Evaluator):
    """Finds the exact zero of a sum that is nearly zero, so that nothing is unclear for
    algebraic numbers.  ``plain`` is the sum that is being asked about itself."""

    def __init__(
        self,
        point: Mapping[str, Value | RealRoot],
        *,
        complex_values: bool = False,
        plain: t.Expr | None = None,
    ) -> None:
        numbers = {n: v.value() if isinstance(v, RealRoot) else v for n, v in point.items()}
        super().__init__(numbers, complex_values=complex_values)
        self.exact = point
        self.plain = plain

    def __call__(self, expr: t.Expr) -> Value:
        """The value, exactly zero where it is zero."""
        lost = self.lost
        value = super().__call__(expr)
        if expr is self.plain or isinstance(value, Fraction):
            return value
        if (small(value) or self.lost - lost > mp.prec // 8) and self.vanishes(expr):
            self.lost = lost
            return Fraction(0)
        return value

    def call(self, name: str, args: tuple[t.Expr, ...]) -> Value:
        """A function applied; the poles of the tangent and its like are known exactly."""
        if name in ("tan", "sec", "cot", "csc") and (part := turn_part(args[0])) is not None:
            offset = part - Fraction(1, 2) if name in ("tan", "sec") else part
            if offset.denominator == 1:
                raise Pole(name)
        return super().call(name, args)

    def vanishes(self, expr: t.Expr) -> bool:
        """Whether a nearly zero part is zero."""
        return bool(is_zero(expr, self.exact, complex_values=self.complex))

    def holds(self, statement: t.Expr) -> bool:
        """Whether a statement is true; comparisons are of the difference with zero."""
        if isinstance(statement, t.Relation):
            left, right = self.defined(statement.left), self.defined(statement.right)
            if left is None or right is None:
                return False
            if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
                left, right = self(t.sub(statement.left, statement.right)), Fraction(0)
            return self.compared(statement.op, left, right)
        return super().holds(statement)

    def defined(self, expr: t.Expr) -> Value | None:
        """The value or nothing.  Raises ``Unclear`` and ``NotNumeric``."""
        try:
            return self(expr)
        except Undefined:
            return None


def exact_holds(
    statement: t.Expr,
    point: Mapping[str, Value | RealRoot] | None = None,
    *,
    complex_values: bool = False,
) -> bool:
    """Whether a statement holds, exactly.  Raises ``NoValue`` where that is not known."""
    for bits in LADDER:
        with mp.workprec(bits):
            try:
                return ExactEvaluator(point or {}, complex_values=complex_values).holds(statement)
            except (OverflowError, ZeroDivisionError, ValueError, TypeError) as wrong:
                raise Unclear(str(wrong)) from wrong
            except Unclear:
                if bits == LADDER[-1]:
                    raise
    raise Unclear("the precisions are used up")
