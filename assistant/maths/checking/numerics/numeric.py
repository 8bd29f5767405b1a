"""The value of a formula at a point, exact where it is rational, else to many digits.

Works on our own tree and not on SymPy's, so that nothing has been simplified before it is
looked at: ``x/x`` has no value at 0.  The reals are meant unless ``complex_values``: the
root of a negative number then has no value.  Near a jump or a pole rounding could decide,
so the value there is ``Unclear``, which neither supports nor refutes.

The bits that may be lost to cancellation are counted: where too few are left nothing is decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import comb, factorial, gcd, lcm

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.numerics.reals import (
    FUNCTIONS,
    POLES,
    Ambiguous,
    NotNumeric,
    NoValue,
    Pole,
    Unclear,
    Undefined,
    Value,
    compare,
    jump,
    magnitude,
    mpf,
    near_odd_fraction,
    rational_root,
    real,
    small,
)

__all__ = [
    "Evaluator",
    "NoValue",
    "NotNumeric",
    "Pole",
    "Unclear",
    "Undefined",
    "Value",
    "compare",
    "evaluate",
    "holds",
    "mpf",
    "real",
    "small",
]

MAX_BITS, LARGEST_EXPONENT = 1 << 17, 10**9
MAX_TERMS = 5000
IRRATIONAL = {t.ConstantName.PI: "pi", t.ConstantName.E: "e", t.ConstantName.EULER_GAMMA: "euler"}


class Evaluator:
    """Values of formulas at one point; ``point`` gives the symbols."""

    def __init__(self, point: Mapping[str, Value], *, complex_values: bool = False) -> None:
        self.point = dict(point)
        self.complex = complex_values
        self.lost = 0

    def lose(self, bits: int) -> None:
        """Count bits that the value at hand may have wrong from here on."""
        self.lost += max(bits, 0)

    def sure(self) -> None:
        """Raises ``Unclear`` where too few bits are left to decide anything."""
        if self.lost > mp.prec // 4:
            raise Unclear("cancellation")

    def __call__(self, expr: t.Expr) -> Value:
        """The value.  Raises ``Undefined``, ``Unclear`` or ``NotNumeric``."""
        match expr:
            case t.Number(value):
                return value
            case t.Symbol(name):
                if name not in self.point:
                    raise NotNumeric(name)
                return self.point[name]
            case t.Constant(name):
                return self.constant(name)
            case t.Add(parts):
                return self.total(parts)
            case t.Mul(parts):
                product: Value = Fraction(1)
                for part in parts:
                    product = self.join(product, self(part), times=True)
                return product
            case t.Neg(arg):
                return -self(arg)
            case t.Div(num, den):
                return self.divide(self(num), self(den))
            case t.Pow(base, exp):
                return self.power(base, exp)
            case t.Call(name, args):
                return self.call(name, args)
            case _:
                raise NotNumeric(type(expr).__name__)

    def constant(self, name: t.ConstantName) -> Value:
        """Pi, e, and i where complex values are meant."""
        if name in IRRATIONAL:
            return +getattr(mp, IRRATIONAL[name])
        if name is t.ConstantName.I and self.complex:
            return mp.mpc(0, 1)
        if name in (t.ConstantName.I, t.ConstantName.UNDEFINED):
            raise Undefined(name)
        raise NotNumeric(name)

    def total(self, parts: tuple[t.Expr, ...]) -> Value:
        """The sum of the parts."""
        value: Value = Fraction(0)
        for part in parts:
            value = self.join(value, self(part))
        return value

    def join(self, a: Value, b: Value, *, times: bool = False) -> Value:
        """A sum or product, exact while both are fractions of a bearable size."""
        if isinstance(a, Fraction) and isinstance(b, Fraction):
            value = a * b if times else a + b
            size = value.numerator.bit_length() + value.denominator.bit_length()
            return value if size < MAX_BITS else mpf(value)
        if times:
            return mpf(a) * mpf(b)
        value = mpf(a) + mpf(b)
        largest = max(magnitude(a), magnitude(b))
        self.lose(largest - magnitude(value) if value else mp.prec if largest > -mp.prec else 0)
        return value

    def divide(self, num: Value, den: Value) -> Value:
        """A quotient."""
        if isinstance(den, Fraction):
            if den == 0:
                raise Pole("division by zero")
            return num / den if isinstance(num, Fraction) else num / mpf(den)
        if small(den):
            raise Unclear("division by nearly zero")
        return mpf(num) / den

    def power(self, base: t.Expr, exponent: t.Expr) -> Value:
        """A power; a negative base with a broken exponent has no real value."""
        exp = self(exponent)
        if base == t.Constant(t.ConstantName.E):
            return self.exponential(exp)
        value = self(base)
        if isinstance(exp, Fraction) and exp.denominator == 1:
            return self.integer_power(value, int(exp))
        if real(value) and (value == 0 or small(value)):
            if value != 0:
                raise Unclear("a power of nearly zero")
            if real(exp) and exp > 0:
                return Fraction(0)
            raise Pole("zero to a power")
        if real(value) and value < 0 and not self.complex:
            if near_odd_fraction(exp):
                exact = isinstance(exp, Fraction)
                raise (Ambiguous if exact else Unclear)("an odd root written as a power")
            self.sure()
            raise Undefined("a broken power of a negative number")
        if isinstance(value, Fraction) and isinstance(exp, Fraction) and value > 0:
            root = rational_root(value, exp.denominator)
            if root is not None:
                return self.integer_power(root, exp.numerator)
        if abs(exp) > LARGEST_EXPONENT:  # of a whole one it would take a step for every bit
            raise Unclear("a very large exponent")
        size = magnitude(mp.log(mpf(value))) if real(value) and value > 0 else 0
        self.lose(magnitude(exp) + size)
        return mp.power(mpf(value), mpf(exp))

    def exponential(self, exp: Value) -> Value:
        """``e^exp``."""
        if exp == 0:
            return Fraction(1)
        if abs(exp) > 10**6:
            raise Unclear("a very large exponent")
        self.lose(magnitude(exp))
        return mp.exp(mpf(exp))

    def integer_power(self, value: Value, exp: int) -> Value:
        """A whole power, exact where that is not too long."""
        if (exp <= 0 and small(value)) or abs(exp) > LARGEST_EXPONENT:
            exact_zero = isinstance(value, Fraction) and value == 0
            raise (Pole if exact_zero else Unclear)("a power of zero")
        if isinstance(value, Fraction):
            size = value.numerator.bit_length() + value.denominator.bit_length()
            if size * abs(exp) < MAX_BITS:
                return value**exp
        self.lose(abs(exp).bit_length() - 1)
        return mpf(value) ** exp

    def root(self, value: Value, degree: Value) -> Value:
        """The school's root: of a negative number real where the index is odd."""
        if not (isinstance(degree, Fraction) and degree.denominator == 1 and degree > 0):
            if not real(value) or value <= 0 or small(degree):
                raise Undefined("a root")
            return mp.power(mpf(value), 1 / mpf(degree))
        n = int(degree)
        if not real(value):
            return mp.root(value, n)
        if value < 0:
            if n % 2:
                return -self.root(-value, degree)
            if self.complex:
                return mp.root(mp.mpc(mpf(value)), n)
            if not isinstance(value, Fraction) and small(value):
                raise Unclear("the root of nearly zero")
            self.sure()
            raise Undefined("an even root of a negative number")
        if isinstance(value, Fraction):
            exact = rational_root(value, n)
            if exact is not None:
                return exact
        return mp.root(mpf(value), n)

    def log(self, value: Value) -> Value:
        """The natural logarithm."""
        if value == 1 and isinstance(value, Fraction):
            return value - 1
        if small(value):
            raise (Pole if isinstance(value, Fraction) else Unclear)("the logarithm of zero")
        if real(value) and value < 0 and not self.complex:
            self.sure()
            raise Undefined("the logarithm of a negative number")
        result = mp.log(mpf(value))
        self.lose(-magnitude(result))
        return result

    def call(self, name: str, args: tuple[t.Expr, ...]) -> Value:
        """A function applied."""
        match name:
            case "sum" | "product":
                return self.series(name, args)
            case "piecewise":
                return self.piecewise(args)
        values = [self(a) for a in args]
        match name, values:
            case "sqrt", [x]:
                return self.root(x, Fraction(2))
            case "root", [x, n]:
                return self.root(x, n)
            case "abs", [x]:
                return abs(x)
            case "ln", [x]:
                return self.log(x)
            case "log", [x, base]:
                return self.divide(self.log(x), self.log(base))
            case "exp", [x]:
                return self.exponential(x)
            case "percent", [x]:
                return x / 100
            case "degrees", [x]:
                return mpf(x) * mp.pi / 180
            case "mixed", [whole, num, den]:
                return self.join(whole, self.divide(num, den))
            case (("max" | "min"), _):
                return (max if name == "max" else min)(values, key=mpf)
            case (("re" | "im" | "conjugate" | "arg"), [x]):
                return getattr(mp, "conj" if name == "conjugate" else name)(mpf(x))
        return self.special(name, values)

    def special(self, name: str, values: list[Value]) -> Value:
        """Functions of whole numbers, functions with jumps, and those that mpmath knows."""
        whole = all(isinstance(v, Fraction) and v.denominator == 1 for v in values)
        match name, values:
            case "factorial", [n] if whole:
                if not 0 <= n <= MAX_TERMS:
                    raise Pole("a factorial") if n < 0 else Unclear("a large factorial")
                return Fraction(factorial(int(n)))
            case "binomial", [n, k] if whole and 0 <= n <= MAX_TERMS:
                return Fraction(comb(int(n), int(k))) if k >= 0 else Fraction(0)
            case (("gcd" | "lcm"), _) if whole and values:
                return Fraction((gcd if name == "gcd" else lcm)(*map(int, values)))
            case "factorial", [n]:
                return mp.gamma(mpf(n) + 1)
            case (("floor" | "ceiling" | "sign" | "Heaviside" | "mod"), _):
                return self.jump(name, values)
        if name not in FUNCTIONS or len(values) != 1:
            raise NotNumeric(name)
        return self.known(name, values[0])

    def known(self, name: str, x: Value) -> Value:
        """One of mpmath's functions, where it is real."""
        try:
            value = FUNCTIONS[name](mpf(x))
        except (ZeroDivisionError, ValueError, OverflowError) as wrong:
            raise Undefined(name) from wrong
        if value == 0 and isinstance(x, Fraction):
            return Fraction(0)
        if name in POLES and (abs(value) > mp.mpf(2) ** (mp.prec // 3) or small(x)):
            raise Unclear(name)
        if not mp.isfinite(value) or (not self.complex and not real(value)):
            self.sure()
            raise (Unclear if small(abs(x) - 1) and not isinstance(x, Fraction) else Undefined)(
                name
            )
        steep = max(magnitude(value), 0) if name in POLES else 0
        self.lose(
            max(magnitude(x), 0) + 2 * max(min(magnitude(x), 0) - magnitude(value), 0) + steep
        )
        return value

    def jump(self, name: str, values: list[Value]) -> Value:
        """Functions that jump; an inexact value next to the jump is ``Unclear``."""
        self.sure()
        return jump(name, values)

    def series(self, name: str, args: tuple[t.Expr, ...]) -> Value:
        """A finite sum or product, term by term."""
        if len(args) != 4 or not isinstance(args[1], t.Symbol):
            raise NotNumeric(name)
        low, high = self(args[2]), self(args[3])
        ends = [v for v in (low, high) if isinstance(v, Fraction) and v.denominator == 1]
        if len(ends) < 2 or high - low > MAX_TERMS:
            raise NotNumeric(name)
        value: Value = Fraction(int(name == "product"))
        for k in range(int(low), int(high) + 1):
            inner = Evaluator(
                {**self.point, args[1].name: Fraction(k)}, complex_values=self.complex
            )
            value = self.join(value, inner(args[0]), times=name == "product")
            self.lose(inner.lost)
        return value

    def piecewise(self, args: tuple[t.Expr, ...]) -> Value:
        """The value of the first branch whose condition holds."""
        for value, condition in zip(args[::2], args[1::2], strict=True):
            if self.holds(condition):
                return self(value)
        raise Undefined("no branch")

    def inside(self, value: t.Expr, span: t.Interval) -> bool:
        """Whether a number lies in an interval."""
        infinite = t.Constant(t.ConstantName.INFINITY)
        low = t.Comparison.GT if span.low_open else t.Comparison.GE
        high = t.Comparison.LT if span.high_open else t.Comparison.LE
        return (span.low == t.Neg(infinite) or self.holds(t.Relation(low, value, span.low))) and (
            span.high == infinite or self.holds(t.Relation(high, value, span.high))
        )

    def compared(self, op: t.Comparison, left: Value, right: Value) -> bool:
        """Whether a comparison holds.  Raises ``Unclear``."""
        if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
            self.sure()
        return compare(op, left, right)

    def holds(self, statement: t.Expr) -> bool:
        """Whether a statement is true here; one without a value is false.

        Raises ``Unclear`` where rounding would decide, ``NotNumeric`` where it is no statement.
        """
        match statement:
            case t.Truth(value):
                return value
            case t.Junction(t.Connective.AND, args):
                return all(self.holds(a) for a in args)
            case t.Junction(t.Connective.OR, args):
                return any(self.holds(a) for a in args)
            case t.Relation(op, left, right):
                try:
                    return self.compared(op, self(left), self(right))
                except Undefined:
                    return False
            case t.Call("in", (value, t.Interval() as span)):
                return self.inside(value, span)
            case t.Call("in", (value, t.Constant(t.ConstantName.INTEGERS))):
                number = self(value)
                return isinstance(number, Fraction) and number.denominator == 1
            case t.Call("not", (inner,)):
                return not self.holds(inner)
            case _:
                raise NotNumeric(type(statement).__name__)


def evaluate(
    expr: t.Expr, point: Mapping[str, Value], *, bits: int = 160, complex_values: bool = False
) -> Value:
    """The value of an expression.  Raises ``NoValue``."""
    with mp.workprec(bits):
        try:
            return Evaluator(point, complex_values=complex_values)(expr)
        except (OverflowError, ZeroDivisionError, ValueError, TypeError) as wrong:
            raise Unclear(str(wrong)) from wrong


def holds(
    statement: t.Expr, point: Mapping[str, Value], *, bits: int = 160, complex_values: bool = False
) -> bool:
    """Whether a statement holds at a point.  Raises ``NoValue``."""
    with mp.workprec(bits):
        try:
            return Evaluator(point, complex_values=complex_values).holds(statement)
        except (OverflowError, ZeroDivisionError, ValueError, TypeError) as wrong:
            raise Unclear(str(wrong)) from wrong
