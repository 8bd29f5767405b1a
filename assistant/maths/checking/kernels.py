"""Exponential, logarithmic and similar equations, brought to algebraic ones.

One function of the unknown (``2^x``, ``ln(x)``) stands for a letter with its range; a sum of
logarithms stands for a product; a strictly monotone side has at most one solution.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm

from sympy import factorint

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.cells import Fractions, NotAlgebraic
from assistant.maths.checking.domains import guards
from assistant.maths.checking.numeric import Evaluator, NoValue
from assistant.maths.checking.statements import Claim, all_of, by_cells
from assistant.maths.checking.values import solutions, true_at
from assistant.maths.types import Proved, Refuted, Verdict

ZERO, ONE = t.integer(0), t.integer(1)
LETTER = "w"
E = t.Constant(t.ConstantName.E)
TURNING = ("sin", "cos")


def constant_value(expr: t.Expr) -> Fraction | None:
    """The rational value of a formula without symbols, where it has one."""
    try:
        value = Evaluator({})(expr)
    except (NoValue, TypeError, ValueError, OverflowError):
        return None
    return value if isinstance(value, Fraction) else None


def _one_name(claim: Claim) -> str | None:
    names = set(t.symbols(claim.before) + t.symbols(claim.after))
    return next(iter(names)) if len(names) == 1 else None


# one kernel --------------------------------------------------------------------------


def common_base(values: list[Fraction]) -> tuple[Fraction, list[int]] | None:
    """A base of which all values are whole powers: 4 and 8 are powers of 2."""
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
        return False

    def of(self, value: t.Expr) -> t.Expr:
        """The kernel at a constant, with what cancels taken away."""
        base = E if self.unit == 1 else t.rational(self.unit)
        power = t.Pow(base, t.Mul((t.rational(self.scale), value)))
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
            case t.Call(name, (arg,)) if self.name in t.symbols(expr) and name in (
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
    name = _one_name(claim)
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
    inner = replace(claim, before=sides[0], after=sides[1], names=(LETTER,), given=kernel.range())
    verdict = by_cells(inner)
    match verdict:
        case Proved():
            return Proved("substitution of one function of the unknown")
        case Refuted(witness, left, right) if kernel.onto() and not kernel.powers:
            return Refuted(witness.replace(f"{LETTER} =", f"{kernel.shown()} ="), left, right)
    return None


# logarithms --------------------------------------------------------------------------


def by_logarithms(claim: Claim) -> Verdict | None:
    """Sums of logarithms compared: products of their arguments, where these are positive;
    powers of one base compared: their exponents."""
    name = _one_name(claim)
    if name is None:
        return None
    changed = [_algebraic(s) for s in (claim.before, claim.after)]
    if (changed[0], changed[1]) == (claim.before, claim.after):
        return None
    verdict = by_cells(replace(claim, before=changed[0], after=changed[1], names=(name,)))
    return Proved("the same after taking powers") if isinstance(verdict, Proved) else verdict


def _algebraic(statement: t.Expr) -> t.Expr:
    match statement:
        case t.Junction(op, args):
            return t.Junction(op, tuple(map(_algebraic, args)))
        case t.Relation(op, left, right):
            return _exponents(op, left, right) or _products(op, left, right) or statement
    return statement


def _signed_terms(expr: t.Expr, sign: int = 1) -> list[tuple[Fraction, t.Expr]]:
    match expr:
        case t.Add(parts):
            return [pair for p in parts for pair in _signed_terms(p, sign)]
        case t.Neg(arg):
            return _signed_terms(arg, -sign)
        case t.Mul(factors):
            constants = [constant_value(f) for f in factors]
            rest = [f for f, c in zip(factors, constants, strict=True) if c is None]
            scale = Fraction(sign)
            for c in constants:
                scale *= 1 if c is None else c
            return [(scale, t.mul(*rest))]
        case t.Div(num, den) if value := constant_value(den):
            return [(c / value, e) for c, e in _signed_terms(num, sign)]
    return [(Fraction(sign), expr)]


def _products(op: t.Comparison, left: t.Expr, right: t.Expr) -> t.Expr | None:
    """``log g1 + log g2 = c`` as ``g1*g2 = b^c``, with every argument positive."""
    terms = _signed_terms(t.sub(left, right))
    bases: list[Fraction | None] = []
    for _, term in terms:
        match term:
            case t.Call("ln", _):
                bases.append(None)
            case t.Call("log", (_, base)) if value := constant_value(base):
                bases.append(value)
            case _ if constant_value(term) is None:
                return None
    if not bases or (None in bases and any(b is not None for b in bases)):
        return None
    found = common_base([b for b in bases if b is not None]) if None not in bases else None
    if None not in bases and (found is None or found[0] <= 1):
        return None
    unit, ratios = found or (None, [1] * len(bases))
    queue = iter(ratios)
    parts: list[tuple[Fraction, t.Expr]] = []
    for scale, term in terms:
        if isinstance(term, t.Call) and term.name in ("ln", "log"):
            parts.append((scale / next(queue), term.args[0]))
        elif value := scale * (constant_value(term) or 0):
            if unit is None:
                return None
            parts.append((value, t.rational(unit)))
    return _power_product(op, parts, guards(t.sub(left, right)))


def _power_product(
    op: t.Comparison, parts: list[tuple[Fraction, t.Expr]], conditions: tuple[t.Expr, ...]
) -> t.Expr | None:
    common = lcm(*(c.denominator for c, _ in parts))
    powers = [(int(c * common), g) for c, g in parts]
    if sum(abs(n) for n, _ in powers) > 24:
        return None
    sides = [
        t.mul(*(t.Pow(g, t.integer(abs(n))) for n, g in powers if n * sign > 0)) for sign in (1, -1)
    ]
    return all_of([*conditions, t.Relation(op, sides[0], sides[1])])


def _exponents(op: t.Comparison, left: t.Expr, right: t.Expr) -> t.Expr | None:
    """``b^f = b^g`` as ``f = g``."""
    sides = [_as_power(e) for e in (left, right)]
    if not any(t.symbols(p[1]) for p in sides if p):
        return None
    if sides[0] is None or sides[1] is None:
        return None
    if sides[0][0] is None or sides[1][0] is None:  # base e
        exponents = [e if b is None else ZERO if b == 1 else None for b, e in (sides[0], sides[1])]
        if exponents[0] is None or exponents[1] is None:
            return None
        return t.Relation(op, exponents[0], exponents[1])
    pairs = [(b, e) for b, e in (sides[0], sides[1]) if b is not None]
    found = common_base([b for b, _ in pairs if b != 1])
    if found is None or found[0] <= 1:
        return None
    ratios = iter(found[1])
    new = [ZERO if b == 1 else t.mul(t.integer(next(ratios)), e) for b, e in pairs]
    return t.Relation(op, new[0], new[1])


def _as_power(expr: t.Expr) -> tuple[Fraction | None, t.Expr] | None:
    """A side as base and exponent; ``None`` for the base e."""
    match expr:
        case t.Pow(base, exp) if base == E:
            return None, exp
        case t.Call("exp", (exp,)):
            return None, exp
        case t.Pow(base, exp) if t.symbols(exp):
            value = constant_value(base)
            return (value, exp) if value and value > 0 else None
    value = constant_value(expr)
    return (value, ONE) if value and value > 0 else None


# monotony ----------------------------------------------------------------------------

RISING = frozenset("exp ln sqrt atan asin sinh tanh asinh".split())
FALLING = frozenset(("acos",))


def direction(expr: t.Expr, name: str) -> int | None:
    """1 or -1 where the expression surely rises or falls strictly with the symbol over its
    domain, an interval; 0 where it does not contain it; ``None`` where that is not seen."""
    if name not in t.symbols(expr):
        return 0
    match expr:
        case t.Symbol():
            return 1
        case t.Neg(arg):
            return _times(direction(arg, name), -1)
        case t.Add(parts):
            found = [direction(p, name) for p in parts]
            moving = {d for d in found if d != 0}
            return moving.pop() if len(moving) == 1 else None
        case t.Mul(factors):
            moving_parts = [f for f in factors if name in t.symbols(f)]
            scale = constant_value(t.mul(*(f for f in factors if f not in moving_parts)))
            if len(moving_parts) != 1 or not scale:
                return None
            return _times(direction(moving_parts[0], name), 1 if scale > 0 else -1)
        case t.Div(num, den):
            scale = constant_value(den)
            return _times(direction(num, name), 1 if scale > 0 else -1) if scale else None
        case t.Pow(base, exp) if name not in t.symbols(base):
            value = None if base == E else constant_value(base)
            rises = base == E or (value is not None and value > 1)
            if not rises and not (value is not None and 0 < value < 1):
                return None
            return _times(direction(exp, name), 1 if rises else -1)
        case t.Pow(base, t.Number(n)) if n.denominator == 1 and n % 2 == 1 and n > 0:
            return direction(base, name)
        case t.Call("log", (arg, base)):
            value = constant_value(base)
            if value is None or value <= 0 or value == 1:
                return None
            return _times(direction(arg, name), 1 if value > 1 else -1)
        case t.Call("root", (arg, t.Number())):
            return direction(arg, name)
        case t.Call(function, (arg,)) if function in RISING | FALLING:
            return _times(direction(arg, name), 1 if function in RISING else -1)
    return None


def _times(a: int | None, b: int) -> int | None:
    return None if a is None else a * b


def by_monotony(claim: Claim) -> Verdict | None:
    """An equation with a strictly monotone difference of sides, and its one solution."""
    name = _one_name(claim)
    before = claim.before
    if name is None or not isinstance(before, t.Relation) or claim.given:
        return None
    if before.op is not t.Comparison.EQ or not claim.both_ways:
        return None
    spelled = solutions(claim.after, (name,))
    difference = t.sub(before.left, before.right)
    if not spelled or len(spelled) != 1 or direction(difference, name) not in (1, -1):
        return None
    if not all(_interval(g, name) for g in guards(difference)):
        return None
    verdict = true_at(before, spelled[0], (), claim.deadline)
    return Proved("the sides can meet only once") if isinstance(verdict, Proved) else None


def _interval(guard: t.Expr, name: str) -> bool:
    """Whether a condition ``value > 0`` holds on an interval: its value is monotone."""
    return isinstance(guard, t.Relation) and direction(guard.left, name) in (1, -1)
