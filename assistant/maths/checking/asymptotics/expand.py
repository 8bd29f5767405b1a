"""Builds the asymptotic expansion of an expression in ``T``, and reads its limit."""

from __future__ import annotations

import sympy as sp

from assistant.maths.cas.guard import processor_time
from assistant.maths.checking.asymptotics import special
from assistant.maths.checking.asymptotics.phases import by_phases
from assistant.maths.checking.asymptotics.scales import (
    FLAT,
    LOG,
    UNKNOWN_ORDER,
    Context,
    Expansion,
    Growth,
    Oscillates,
    Powers,
    Shallow,
    T,
    Unknown,
    Value,
    add,
    constant,
    dominant,
    enclosure,
    growth_sign,
    multiply,
    real_sign,
    scale,
)

DEPTHS = (4, 9, 16)
PATIENCE = 1.2
"""Seconds; a limit that needs more is left to others."""
MAX_NESTING = 3


class Builder:
    """Expansions of expressions, one precision at a time."""

    def __init__(self, terms: int, nesting: int, deadline: float) -> None:
        self.ctx = Context(terms, {}, deadline)
        self.nesting = nesting
        self.known: dict[Value, Expansion] = {}

    # reading an expansion ------------------------------------------------------

    def sign(self, value: Value) -> int:
        """The sign that a coefficient has in the end (for large ``LOG``)."""
        if value.has(LOG):
            limit = self.slow_limit(value)
            return real_sign(limit if limit != 0 else self.slow_limit(1 / value))
        if waves := value.free_symbols & self.ctx.wave_symbols():
            low, high = enclosure(value, waves)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            raise Unknown("the sign oscillates")
        return real_sign(value)

    def slow_limit(self, value: Value) -> Value:
        """The limit of a coefficient as ``LOG`` grows."""
        if not value.has(LOG):
            return value
        if self.nesting >= MAX_NESTING or value.free_symbols & self.ctx.wave_symbols():
            raise Unknown("scales too deep")
        try:
            return limit_at_zero(value.subs(LOG, 1 / T), self.nesting + 1)
        except Oscillates as none:
            raise Unknown("a slow oscillation") from none

    def lead(self, item: Expansion) -> tuple[Growth, Value, Value]:
        """Growth, exponent and coefficient of the leading term."""
        q = dominant(self.ctx, item, self.sign)
        exponent, coefficient = item[q].terms[0]
        return q, exponent, coefficient

    def limit(self, item: Expansion) -> Value:
        """The limit.  Raises ``Oscillates``, ``Shallow`` or ``Unknown``."""
        if not item:
            return sp.S.Zero
        if vanishing(self, item):
            return sp.S.Zero
        q, exponent, coefficient = self.lead(item)
        waves = coefficient.free_symbols & self.ctx.wave_symbols()
        if waves:
            return self._wave_limit(q, exponent, coefficient)
        if q or exponent < 0:
            return sp.oo * self.sign(coefficient)
        return self.slow_limit(coefficient)

    def _wave_limit(self, q: Growth, exponent: Value, coefficient: Value) -> Value:
        """Two phases of the oscillation give two sequences; they may disagree."""
        free = coefficient.free_symbols - self.ctx.wave_symbols()
        if free:
            raise Unknown("an oscillation with parameters")
        found: list[Value] = []
        grows = bool(q) or exponent < 0
        for values in self._phases():
            value = coefficient.subs(values)
            if not value.is_finite:
                continue
            if grows:
                if value.is_zero:
                    continue
                value = sp.oo * real_sign(value)
            if found and sp.simplify(found[0] - value) != 0:
                raise Oscillates((found[0], value))
            found.append(value)
        raise Unknown("an oscillation")

    def _phases(self) -> list[dict[sp.Symbol, Value]]:
        """Values that the sines and cosines take together; for several waves that are not
        multiples of one another only one is turned and the others must be absent."""
        if len(self.ctx.waves) != 1:
            raise Unknown("several oscillations")
        ((sine, cosine),) = self.ctx.waves.values()
        angles = [sp.pi / 2, -sp.pi / 2, sp.S.Zero, sp.pi, sp.pi / 4, 3 * sp.pi / 4, sp.pi / 6]
        return [{sine: sp.sin(a), cosine: sp.cos(a)} for a in angles]

    # building -------------------------------------------------------------------

    def __call__(self, expr: Value) -> Expansion:
        """The expansion of an expression in ``T``."""
        if expr not in self.known:
            self.known[expr] = self.build(expr)
        return self.known[expr]

    def build(self, expr: Value) -> Expansion:
        """By the form of the expression."""
        if not expr.has(T):
            if expr.has(sp.oo, -sp.oo, sp.zoo, sp.nan, sp.AccumBounds):
                raise Unknown("not a number")
            return constant(expr)
        match expr:
            case _ if expr == T:
                return {FLAT: Powers(((sp.S.One, sp.S.One),))}
            case sp.Add():
                return add(self.ctx, *(self(a) for a in expr.args))
            case sp.Mul():
                out = constant(sp.S.One)
                for factor in expr.args:
                    out = multiply(self.ctx, out, self(factor))
                return out
            case sp.Pow():
                return self.power(expr.base, expr.exp)
            case sp.exp():
                return self.exponential(self(expr.args[0]))
            case sp.log():
                return self.logarithm(self(expr.args[0]))
            case sp.Abs() | sp.sign() | sp.floor() | sp.ceiling():
                return special.jumping(self, expr)
        if len(expr.args) == 1:
            return special.function(self, expr.func, expr.args[0])
        raise Unknown(str(expr.func))

    def power(self, base: Value, exponent: Value) -> Expansion:
        """A power with any exponent."""
        if exponent.has(T):
            if base == sp.E:
                return self.exponential(self(exponent))
            return self.exponential(multiply(self.ctx, self(exponent), self.logarithm(self(base))))
        inner = self(base)
        if exponent.is_Integer and 0 < exponent <= 12:
            out = inner
            for _ in range(int(exponent) - 1):
                out = multiply(self.ctx, out, inner)
            return out
        q, a, c = self.lead(inner)
        if exponent.is_Integer:
            self.away_from_zero(c)
            head = c**exponent
        else:
            if not exponent.is_number:
                raise Unknown("a symbolic power")
            head = self.branch_power(c, exponent, inner)
        rest = self.relative(inner, q, a, c)
        front = {
            tuple((r, k * exponent) for r, k in q): Powers(((a * exponent, head),)),
        }
        tail = self.compose([sp.binomial(exponent, k) for k in range(self.ctx.terms + 1)], rest)
        return multiply(self.ctx, front, tail)

    def away_from_zero(self, c: Value) -> None:
        """A coefficient that may stand in a denominator.  Raises ``Unknown``."""
        if c.free_symbols & self.ctx.wave_symbols():
            self.sign(c)
        elif c.free_symbols - {LOG} and not c.is_nonzero:
            raise Unknown("a parameter that may be 0")

    def branch_power(self, c: Value, exponent: Value, inner: Expansion) -> Value:
        """``c^p`` on the branch from which the expression comes."""
        if (c.is_number and c.is_extended_real is not True) or self.sign(c) < 0:
            return sp.exp(exponent * self.branch_log(c, inner))
        return c**exponent

    def branch_log(self, c: Value, inner: Expansion) -> Value:
        """``ln c``, below the cut where the values come from below it."""
        if c.is_number and c.is_extended_real is not True:
            real, imaginary = c.as_real_imag()
            if not self.ctx.is_zero(imaginary):
                return sp.log(c)
            c = real
        if self.sign(c) > 0:
            return sp.log(c)
        side = 1
        for part in inner.values():
            for _, coefficient in part.terms:
                imaginary = coefficient.as_real_imag()[1]
                if not self.ctx.is_zero(imaginary):
                    side = self.sign(imaginary)
                    return sp.log(-c) + side * sp.I * sp.pi
        if any(p.order is not None for p in inner.values()) and any(
            co.has(sp.I) for p in inner.values() for _, co in p.terms
        ):
            raise Unknown("which side of the cut?")
        return sp.log(-c) + side * sp.I * sp.pi

    def relative(self, item: Expansion, q: Growth, a: Value, c: Value) -> Expansion:
        """``item/(c·t^a·exp(q)) - 1``."""
        front = {tuple((r, -k) for r, k in q): Powers(((-a, 1 / c),))}
        return add(self.ctx, multiply(self.ctx, item, front), constant(-sp.S.One))

    def compose(self, coefficients: list[Value], inner: Expansion) -> Expansion:
        """``Σ c_k·u^k`` for a ``u`` that vanishes, with what is cut off."""
        out = constant(coefficients[0])
        if not inner:
            return out
        if not vanishing(self, inner):
            raise Unknown("does not vanish")
        term = constant(sp.S.One)
        for coefficient in coefficients[1:]:
            term = multiply(self.ctx, term, inner)
            out = add(self.ctx, out, scale(self.ctx, term, coefficient))
        term = multiply(self.ctx, term, inner)
        lost: Expansion = {}
        for q, part in term.items():
            low = part.terms[0][0] if part.terms else part.order
            lost[q] = Powers((), UNKNOWN_ORDER if q else low)
        return add(self.ctx, out, lost)

    def split(self, item: Expansion) -> tuple[list[tuple[Value, Value]], Value, Expansion]:
        """The diverging terms, the constant term, and the rest that vanishes."""
        diverging: list[tuple[Value, Value]] = []
        still, rest = sp.S.Zero, dict(item)
        for q in list(rest):
            if growth_sign(q, self.sign) > 0:
                raise Unknown("an exponential of an exponential")
        flat = rest.pop(FLAT, Powers(()))
        small = []
        for exponent, coefficient in flat.terms:
            if exponent < 0:
                diverging.append((exponent, coefficient))
            elif exponent == 0:
                still = coefficient
            else:
                small.append((exponent, coefficient))
        if flat.order is not None and flat.order <= 0:
            raise Shallow
        if small or flat.order is not None:
            rest[FLAT] = Powers(tuple(small), flat.order)
        return diverging, still, rest

    def exponential(self, item: Expansion) -> Expansion:
        """``exp`` of an expansion."""
        diverging, still, rest = self.split(item)
        out = self.compose([1 / sp.factorial(k) for k in range(self.ctx.terms + 1)], rest)
        growth: list[tuple[Value, Value]] = []
        for exponent, coefficient in diverging:
            real, imaginary = (
                coefficient.as_real_imag() if coefficient.has(sp.I) else (coefficient, 0)
            )
            if real != 0:
                growth.append((-exponent, real))
            if imaginary != 0:
                sine, cosine = self.wave([(exponent, imaginary)])
                out = scale(self.ctx, out, cosine + sp.I * sine)
        still = sp.expand(still)
        power, slow, fixed = sp.S.Zero, sp.S.Zero, sp.S.Zero
        for term in sp.Add.make_args(still):
            ratio = term / LOG
            if not term.has(LOG):
                fixed += term
            elif not ratio.has(LOG):
                power -= ratio
            else:
                slow += term
        if slow != 0:
            if self.slow_limit(slow / LOG) in (sp.oo, -sp.oo):
                growth.append((sp.S.Zero, slow))
                slow = sp.S.Zero
            elif self.slow_limit(slow / LOG) != 0:
                raise Unknown("between the scales")
        if power.has(sp.I):
            raise Unknown("a complex power")
        if power != 0 and not power.is_number:
            raise Unknown("a symbolic power")
        head = sp.exp(fixed) * sp.exp(slow)
        q = tuple(sorted(growth, key=lambda pair: -sp.Float(pair[0])))
        if any(c.free_symbols & self.ctx.wave_symbols() for _, c in q):
            raise Unknown("an oscillating growth")
        return multiply(self.ctx, {q: Powers(((power, sp.powsimp(head)),))}, out)

    def logarithm(self, item: Expansion) -> Expansion:
        """``ln`` of an expansion."""
        if not item:
            raise Unknown("logarithm of zero")
        q, a, c = self.lead(item)
        if c.free_symbols - {LOG} - self.ctx.wave_symbols() and not c.is_positive:
            raise Unknown("a parameter")
        rest = self.relative(item, q, a, c)
        tail = self.compose(
            [sp.S.Zero, *(sp.Rational((-1) ** (k + 1), k) for k in range(1, self.ctx.terms + 1))],
            rest,
        )
        head = constant(self.branch_log(c, item) - a * LOG)
        grown = {FLAT: Powers(tuple((-r, k) for r, k in q))} if q else {}
        return add(self.ctx, head, grown, tail)

    def wave(self, diverging: list[tuple[Value, Value]]) -> tuple[Value, Value]:
        """Sine and cosine of a diverging argument, as symbols."""
        argument = sp.expand(sum(c * T**e for e, c in diverging))
        if argument.has(sp.I) or argument.free_symbols - {T, LOG}:
            raise Unknown("an argument with parameters")
        for base, (sine, cosine) in self.ctx.waves.items():
            ratio = sp.simplify(argument / base)
            if ratio.is_Integer:
                times = abs(int(ratio))
                turned = sp.chebyshevu(times - 1, cosine) * sine
                return (turned if ratio > 0 else -turned), sp.chebyshevt(times, cosine)
        pair = sp.Dummy("s", real=True), sp.Dummy("c", real=True)
        self.ctx.waves[argument] = pair
        return pair


def vanishing(build: Builder, item: Expansion) -> bool:
    """Whether every part goes to 0, whatever the oscillations do."""
    waves = build.ctx.wave_symbols()
    for q, part in item.items():
        sign = growth_sign(q, build.sign)
        if sign > 0:
            return False
        if sign == 0:
            low = part.terms[0][0] if part.terms else part.order
            if low is None or (low <= 0 and part.terms):
                return False
            if low <= 0:
                raise Shallow
        for _, coefficient in part.terms:
            if found := coefficient.free_symbols & waves:
                enclosure(coefficient.subs({LOG: 2, sp.I: 1}), found)
    return True


def limit_at_zero(expr: Value, nesting: int = 0) -> Value:
    """The limit of an expression in ``T`` as ``T`` goes to 0 from above, proved.

    Raises ``Oscillates`` where there is none, ``Unknown`` where it is not found.
    """
    start = processor_time()
    for terms in DEPTHS:
        build = Builder(terms, nesting, start + PATIENCE)
        try:
            return build.limit(build(expr))
        except Shallow:
            continue
        except Unknown:
            break
        except (RecursionError, NotImplementedError, TypeError, ZeroDivisionError) as wrong:
            raise Unknown(str(wrong)) from wrong
    if nesting == 0:
        by_phases(expr, lambda part: limit_at_zero(part, 1))
    raise Unknown(str(expr))
