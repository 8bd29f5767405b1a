"""Exponential, logarithmic and similar equations, brought to algebraic ones.

One function of the unknown (``2^x``, ``ln(x)``) stands for a letter with its range.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm

from sympy import factorint

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.cells import Fractions, NotAlgebraic
from assistant.maths.checking.logic.domains import guards, poles, positive
from assistant.maths.checking.logic.statements import Claim, by_cells
from assistant.maths.checking.numerics.numeric import Evaluator, NoValue, evaluate
from assistant.maths.types import Proved, Refuted, Verdict

ZERO, ONE = t.integer(0), t.integer(1)
LETTER = "w"
E = t.Constant(t.ConstantName.E)
LT, LE, NE = t.Comparison.LT, t.Comparison.LE, t.Comparison.NE
TURNING = ("sin", "cos")
TOTAL = (*TURNING, "atan", "sinh", "cosh", "tanh")
"""Functions with a value everywhere."""


def constant_value(expr: t.Expr) -> Fraction | None:
    """The rational value of a formula without symbols, where it has one."""
    try:
        value = Evaluator({})(expr)
    except (NoValue, TypeError, ValueError, OverflowError):
        return None
    return value if isinstance(value, Fraction) else None


def one_name(claim: Claim) -> str | None:
    """The only symbol of both statements."""
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    return next(iter(names)) if len(names) == 1 else None


# one kernel --------------------------------------------------------------------------


def common_base(values: list[Fraction]) -> tuple[Fraction, list[int]] | None:
    """A base above 1 of which all values are whole powers: 4 and 1/8 are powers of 2."""
    found: list[dict[int, int]] = []
    for value in values:
        if value <= 0 or value == 1 or max(value.numerator, value.denominator) > 10**9:
            return None
        parts = dict(factorint(value.numerator))
        for prime, power in factorint(value.denominator).items():
            parts[prime] = -power
        found.append(parts)
    primes = sorted({p for parts in found for p in parts})
    shape = [found[0].get(p, 0) for p in primes]
    share = gcd(*shape)
    unit = [n // share for n in shape]
    powers = []
    for parts in found:
        vector = [parts.get(p, 0) for p in primes]
        scale = next(v // u for v, u in zip(vector, unit, strict=True) if u)
        if vector != [scale * u for u in unit]:
            return None
        powers.append(scale)
    whole = gcd(*powers)
    base = Fraction(1)
    for prime, power in zip(primes, unit, strict=True):
        base *= Fraction(prime) ** (power * whole)
    if base < 1:  # a base above 1, whose powers rise
        base, whole = 1 / base, -whole
    return base, [p // whole for p in powers]


class Kernel:
    """Replaces the one function of the unknown in a statement by a letter."""

    def __init__(self, name: str, statements: tuple[t.Expr, ...]) -> None:
        self.name = name
        self.functions: set[t.Expr] = set()
        self.powers: dict[t.Expr, tuple[t.Expr, Fraction, Fraction]] = {}
        self.direct = False
        for statement in statements:
            self._collect(statement)
        self.scale = Fraction(1)
        self.unit = Fraction(1)
        self.exponents: dict[t.Expr, int] = {}
        if self.powers and not self.functions:
            self._exponential()
        elif self.powers or len(self.functions) != 1:
            raise NotAlgebraic("several kernels")
        if self.direct and not self._rising():
            raise NotAlgebraic("the kernel has no inverse")

    def _compared(self, expr: t.Expr) -> tuple[t.Comparison, t.Expr] | None:
        """The constant with which the bare unknown is compared."""
        match expr:
            case t.Relation(op, t.Symbol(name), value) if name == self.name:
                return None if t.symbols(value) else (op, value)
        return None

    def _rising(self) -> bool:
        """Whether the kernel rises with the unknown over all reals, so has an inverse."""
        if self.powers:
            return self.unit > 1 or all(b == E for b, _, _ in self.powers.values())
        return self._logarithm() is not None

    def _logarithm(self) -> t.Call | None:
        """The natural logarithm of the bare unknown, or one to a base above 1."""
        if len(self.functions) != 1:
            return None
        match next(iter(self.functions)):
            case t.Call("ln", (t.Symbol(),)) as found:
                return found
            case t.Call("log", (t.Symbol(), base)) as found if (constant_value(base) or 0) > 1:
                return found
        return None

    def of(self, value: t.Expr) -> t.Expr:
        """The kernel at a constant, with what cancels taken away."""
        try:
            evaluate(value, {})
        except NoValue:
            raise NotAlgebraic("constant") from None
        logarithm = self._logarithm()
        if logarithm is not None:
            if positive(value) != 2:
                raise NotAlgebraic("no logarithm")
            power: t.Expr = t.rebuild(logarithm, (value, *logarithm.args[1:]))
            return self._plain(power)
        base = E if self.unit == 1 else t.rational(self.unit)
        return self._plain(t.Pow(base, t.Mul((t.rational(self.scale), value))))

    @staticmethod
    def _plain(power: t.Expr) -> t.Expr:
        try:
            return from_sympy(to_sympy(power, real=True))
        except NotConvertible:
            raise NotAlgebraic("constant") from None

    def _collect(self, expr: t.Expr) -> None:
        if self._compared(expr) is not None:
            self.direct = True
            return
        match expr:
            case t.Symbol(name) if name == self.name:
                raise NotAlgebraic("bare unknown")
            case t.Pow(base, exp) if self.name in t.symbols(exp):
                if self.name in t.symbols(base):
                    raise NotAlgebraic("power of unknown")
                self._power(expr, base, exp)
            case t.Call("exp", (exp,)) if self.name in t.symbols(exp):
                self._power(expr, E, exp)
            case t.Call(name, (_,)) if self.name in t.symbols(expr) and name in (
                "ln", *TURNING, "tan", "atan", "asin", "acos", "sinh", "cosh", "tanh",
            ):  # fmt: skip
                self.functions.add(expr)
            case t.Call("log", (_, base)) if not t.symbols(base) and t.symbols(expr):
                self.functions.add(expr)
            case _:
                for part in t.children(expr):
                    self._collect(part)

    def _power(self, node: t.Expr, base: t.Expr, exp: t.Expr) -> None:
        num, den = Fractions(self.name)(exp)
        if len(den) != 1 or len(num) != 2:
            raise NotAlgebraic("exponent")
        self.powers[node] = (base, num[0] / den[0], num[1] / den[0])

    def _exponential(self) -> None:
        bases = [b for b, _, _ in self.powers.values()]
        if all(b == E for b in bases):
            ratios = [1] * len(bases)
            if any(shift for _, _, shift in self.powers.values()):
                raise NotAlgebraic("shift")
        else:
            values = [constant_value(b) for b in bases]
            if any(v is None for v in values):
                raise NotAlgebraic("bases")
            found = common_base([v for v in values if v is not None])
            if found is None:
                raise NotAlgebraic("bases")
            self.unit, ratios = found
        rates = [
            slope * ratio for (_, slope, _), ratio in zip(self.powers.values(), ratios, strict=True)
        ]
        self.scale = Fraction(
            gcd(*(abs(r.numerator) for r in rates)), lcm(*(r.denominator for r in rates))
        )
        for (node, (base, _, shift)), rate in zip(self.powers.items(), rates, strict=True):
            self.exponents[node] = int(rate / self.scale)
            value = constant_value(base)
            if shift and (value is None or shift.denominator != 1):
                raise NotAlgebraic("shift")

    def __call__(self, expr: t.Expr) -> t.Expr:
        """The statement in the letter."""
        letter = t.Symbol(LETTER)
        if (compared := self._compared(expr)) is not None:
            if self.functions and compared[0] in (LT, LE, NE):
                raise NotAlgebraic("below zero there is no logarithm")
            return t.Relation(compared[0], letter, self.of(compared[1]))
        if expr in self.functions:
            return letter
        if expr in self.powers:
            base, _, shift = self.powers[expr]
            power: t.Expr = t.Pow(letter, t.integer(self.exponents[expr]))
            return power if not shift else t.Mul((t.Pow(base, t.rational(shift)), power))
        parts = t.children(expr)
        return t.rebuild(expr, tuple(map(self, parts))) if parts else expr

    def range(self) -> tuple[t.Expr, ...]:
        """Which values the letter takes."""
        letter = t.Symbol(LETTER)
        if self.powers:
            return (t.Relation(t.Comparison.GT, letter, ZERO),)
        function = next(iter(self.functions))
        assert isinstance(function, t.Call)
        low, high = {
            "sin": (-1, 1), "cos": (-1, 1), "cosh": (1, None),
        }.get(function.name, (None, None))  # fmt: skip
        found: list[t.Expr] = []
        if low is not None:
            found.append(t.Relation(t.Comparison.GE, letter, t.integer(low)))
        if high is not None:
            found.append(t.Relation(t.Comparison.LE, letter, t.integer(high)))
        return tuple(found)

    def total(self) -> bool:
        """Whether the kernel has a value for every real number."""
        function = next(iter(self.functions), None)
        if not isinstance(function, t.Call):
            return True
        return function.name in TOTAL and not poles(function) and not guards(function)

    def without(self, statement: t.Expr) -> bool | None:
        """The truth of a statement where the kernel has no value; ``None``: not known."""
        match statement:
            case t.Truth(value):
                return value
            case t.Relation(t.Comparison.EQ, t.Symbol(), value) if (
                self._logarithm() is not None and positive(value) == 2
            ):
                return False  # the logarithm is missing only at zero and below
            case t.Relation():
                return False if self.functions & {*t.walk(statement)} else None
            case t.Call("not", (inner,)):
                truth = self.without(inner)
                return None if truth is None else not truth
            case t.Junction(op, args):
                truths = [self.without(a) for a in args]
                if None in truths:
                    return None
                return all(truths) if op is t.Connective.AND else any(truths)
        return None

    def onto(self) -> bool:
        """Whether every value of the range is taken."""
        if self.powers:
            return True
        function = next(iter(self.functions))
        assert isinstance(function, t.Call)
        argument = function.args[0]
        return function.name in ("ln", "log", *TURNING, "tan", "sinh", "cosh") and (
            argument == t.Symbol(self.name)
        )

    def shown(self) -> str:
        """The kernel in words of a witness."""
        from assistant.maths.showing.plain import plain

        return plain(next(iter(self.powers or self.functions)))


def by_kernel(claim: Claim) -> Verdict | None:
    """Both statements speak of the unknown through one function only."""
    name = one_name(claim)
    if name is None or claim.given:
        return None
    try:
        kernel = Kernel(name, (claim.before, claim.after))
    except NotAlgebraic:
        return None
    try:
        sides = [kernel(s) for s in (claim.before, claim.after)]
    except NotAlgebraic:
        return None
    if not kernel.total():
        outside = [kernel.without(s) for s in (claim.before, claim.after)]
        if None in outside or outside[0] != outside[1]:
            return None
    inner = replace(claim, before=sides[0], after=sides[1], names=(LETTER,), given=kernel.range())
    verdict = by_cells(inner)
    match verdict:
        case Proved():
            return Proved("substitution of one function of the unknown")
        case Refuted(witness, left, right) if kernel.onto() and not kernel.powers:
            return Refuted(witness.replace(f"{LETTER} =", f"{kernel.shown()} ="), left, right)
    return None
