"""Builds the asymptotic expansion of an expression in ``T``, and reads its limit."""

from __future__ import annotations

import time
from collections.abc import Callable

import sympy as sp

from assistant.maths.checking.scales import (
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

ENTIRE = (sp.sin, sp.cos, sp.exp, sp.atan, sp.erf, sp.asinh)
LOCAL = (
    *ENTIRE, sp.asin, sp.acos, sp.gamma, sp.loggamma, sp.digamma, sp.erfc, sp.LambertW, sp.atanh,
    sp.acosh, sp.zeta, sp.Si,
)  # fmt: skip
REWRITES: dict[type, Callable[[Value], Value]] = {
    sp.tan: lambda u: sp.sin(u) / sp.cos(u),
    sp.cot: lambda u: sp.cos(u) / sp.sin(u),
    sp.sec: lambda u: 1 / sp.cos(u),
    sp.csc: lambda u: 1 / sp.sin(u),
    sp.sinh: lambda u: (sp.exp(u) - sp.exp(-u)) / 2,
    sp.cosh: lambda u: (sp.exp(u) + sp.exp(-u)) / 2,
    sp.tanh: lambda u: 1 - 2 / (sp.exp(2 * u) + 1),
    sp.coth: lambda u: 1 + 2 / (sp.exp(2 * u) - 1),
    sp.sech: lambda u: 2 / (sp.exp(u) + sp.exp(-u)),
    sp.csch: lambda u: 2 / (sp.exp(u) - sp.exp(-u)),
    sp.acot: lambda u: sp.atan(1 / u),
    sp.factorial: lambda u: sp.gamma(u + 1),
}


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
                return self.jumping(expr)
        if len(expr.args) == 1:
            return self.function(expr.func, expr.args[0])
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

    def function(self, func: type, arg: Value) -> Expansion:
        """A function of one argument."""
        if func in REWRITES:
            return self(REWRITES[func](arg))
        item = self(arg)
        if func in (sp.sin, sp.cos):
            return self.trigonometric(func, item)
        value = self.limit_or_wave(item)
        if value in (sp.oo, -sp.oo):
            return self.far(func, arg, value)
        if func not in LOCAL:
            raise Unknown(str(func))
        if func is sp.gamma and value.is_integer and value <= 0:
            return self(sp.gamma(arg + 1) / arg)
        if func is sp.acos and value == 1:
            return self(2 * sp.asin(sp.sqrt((1 - arg) / 2)))
        if func is sp.asin and value in (1, -1):
            return self(value * (sp.pi / 2 - 2 * sp.asin(sp.sqrt((1 - value * arg) / 2))))
        return self.taylor(func, value, item)

    def limit_or_wave(self, item: Expansion) -> Value:
        """The limit, or a constant term that oscillates or moves slowly."""
        if FLAT in item and item[FLAT].terms:
            exponent, coefficient = item[FLAT].terms[0]
            moving = coefficient.free_symbols & {LOG, *self.ctx.wave_symbols()}
            if moving and exponent == 0 and len(item) == 1:
                return coefficient
        return self.inner_limit(item)

    def inner_limit(self, item: Expansion) -> Value:
        """The limit of a part; that a part has none says nothing about the whole."""
        try:
            return self.limit(item)
        except Oscillates as none:
            raise Unknown("a part oscillates") from none

    def taylor(self, func: type, value: Value, item: Expansion) -> Expansion:
        """At a point where the function is analytic (asked of SymPy's derivatives)."""
        if value.free_symbols & {LOG, *self.ctx.wave_symbols()} and func not in ENTIRE:
            raise Unknown("singular for some phases?")
        if func in (sp.asin, sp.acos, sp.atanh) and not _inside(value):
            raise Unknown("a branch")
        if func is sp.acosh and not (value.is_real and value > 1):
            raise Unknown("a branch")
        if func is sp.LambertW and not (value.is_real and value > -sp.exp(-1)):
            raise Unknown("a branch")
        rest = add(self.ctx, item, constant(-value))
        u = sp.Dummy("u")
        body, coefficients = func(u), []
        for k in range(self.ctx.terms + 1):
            at = body.subs(u, value)
            if (not at.is_finite and at.is_finite is not None) or at.has(sp.nan, sp.zoo):
                raise Unknown("singular")
            coefficients.append(at / sp.factorial(k))
            body = body.diff(u)
            if not rest:
                break
        return self.compose(coefficients, rest)

    def trigonometric(self, func: type, item: Expansion) -> Expansion:
        """Sine and cosine, at infinity too."""
        diverging, still, rest = self.split(item)
        if still.has(LOG):
            terms = sp.Add.make_args(sp.expand(still))
            diverging = [*diverging, *((sp.S.Zero, s) for s in terms if s.has(LOG))]
            still = sp.Add(*(s for s in terms if not s.has(LOG)))
        shifted = add(self.ctx, constant(still), rest)
        if not diverging:
            return self.taylor(func, still, shifted)
        if still.free_symbols & self.ctx.wave_symbols():
            raise Unknown("an oscillating phase")
        sine, cosine = self.wave(diverging)
        small_sine, small_cosine = (self.taylor(f, still, shifted) for f in (sp.sin, sp.cos))
        pairs = ((sine, small_cosine), (cosine, small_sine))
        if func is sp.cos:
            pairs = ((cosine, small_cosine), (-sine, small_sine))
        return add(self.ctx, *(scale(self.ctx, item, c) for c, item in pairs))

    def far(self, func: type, arg: Value, value: Value) -> Expansion:
        """Functions at infinity."""
        if func is sp.atan:
            side = sp.sign(value) * sp.pi / 2
            return add(self.ctx, constant(side), self(-sp.atan(1 / arg)))
        if func is sp.asinh:
            sign = sp.sign(value)
            return self(sign * sp.log(sign * arg + sp.sqrt(arg**2 + 1)))
        if func is sp.acosh and value == sp.oo:
            return self(sp.log(arg + sp.sqrt(arg**2 - 1)))
        if func in (sp.gamma, sp.loggamma) and value == sp.oo:
            return self.stirling(func, arg)
        if func is sp.erf:
            return add(
                self.ctx,
                constant(sp.sign(value)),
                scale(self.ctx, self.tail(sp.sign(value) * arg), -sp.sign(value)),
            )
        if func is sp.erfc and value == sp.oo:
            return self.tail(arg)
        raise Unknown(f"{func} at infinity")

    def stirling(self, func: type, arg: Value) -> Expansion:
        """``ln Γ(z) ~ (z - 1/2) ln z - z + ln(2π)/2 + Σ B_2k/(2k(2k-1)z^(2k-1))``
        (Whittaker and Watson 12.33); cut off after as many terms as wanted."""
        count = self.ctx.terms // 2 + 1
        formula = (arg - sp.Rational(1, 2)) * sp.log(arg) - arg + sp.log(2 * sp.pi) / 2
        formula += sum(
            sp.bernoulli(2 * k) / (2 * k * (2 * k - 1) * arg ** (2 * k - 1))
            for k in range(1, count + 1)
        )
        cut = self(arg ** (-2 * count - 1))
        lost = {
            q: Powers((), p.terms[0][0] if p.terms and not q else UNKNOWN_ORDER)
            for q, p in cut.items()
        }
        logarithm = add(self.ctx, self(formula), lost)
        return self.exponential(logarithm) if func is sp.gamma else logarithm

    def tail(self, arg: Value) -> Expansion:
        """``erfc(z) ~ exp(-z^2)/(z·sqrt(π))·Σ (-1)^k (2k-1)!!/(2z^2)^k``
        (Abramowitz and Stegun 7.1.23)."""
        count = self.ctx.terms
        front = self(sp.exp(-(arg**2)) / (arg * sp.sqrt(sp.pi)))
        total = self(
            sum(sp.factorial2(2 * k - 1) * (-1) ** k / (2 * arg**2) ** k for k in range(1, count))
            + sp.S.One
        )
        cut = {
            q: Powers((), p.terms[0][0] if p.terms and not q else UNKNOWN_ORDER)
            for q, p in self(arg ** (-2 * count)).items()
        }
        return multiply(self.ctx, front, add(self.ctx, total, cut))

    def jumping(self, expr: Value) -> Expansion:
        """Absolute value, sign, floor and ceiling."""
        item = self(expr.args[0])
        if isinstance(expr, sp.floor | sp.ceiling):
            value = self.limit_or_wave(item)
            if waves := value.free_symbols & self.ctx.wave_symbols():
                low, high = (expr.func(end) for end in enclosure(value, waves))
                apart = add(self.ctx, item, constant(-value))
                if low == high and not apart:
                    return constant(low)
            if not value.is_number or not value.is_finite:
                raise Unknown("floor of no number")
            if not value.is_integer:
                return constant(expr.func(value))
            apart = add(self.ctx, item, constant(-value))
            side = self.sign(self.lead(apart)[2]) if apart else 0
            shift = -1 if isinstance(expr, sp.floor) and side < 0 else 0
            shift = 1 if isinstance(expr, sp.ceiling) and side > 0 else shift
            return constant(value + shift)
        q, a, c = self.lead(item)
        if isinstance(expr, sp.Abs) and c.free_symbols & self.ctx.wave_symbols():
            exact = len(item) == 1 and len(item[q].terms) == 1 and item[q].order is None
            if exact:
                return {q: Powers(((a, sp.Abs(c)),))}
        if c.has(sp.I):
            raise Unknown("complex")
        if isinstance(expr, sp.sign) and c.free_symbols & self.ctx.wave_symbols():
            raise Unknown("sign of an oscillation")
        side = self.sign(c)
        return (
            constant(sp.Integer(side))
            if isinstance(expr, sp.sign)
            else scale(self.ctx, item, sp.Integer(side))
        )


def _inside(value: Value) -> bool:
    """Not on the branch cuts of the inverse sine."""
    if value.is_extended_real:
        return bool(abs(value) < 1)
    return value.is_number and bool(value.is_extended_real is False)


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
    start = time.monotonic()
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
        by_phases(expr)
    raise Unknown(str(expr))


ANGLES = tuple(sp.pi * sp.Rational(n, d) for n, d in ((1, 2), (-1, 2), (1, 4), (3, 4), (0, 1)))
WAVES = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)


def by_phases(expr: Value) -> None:
    """Two sequences along which a diverging angle has a fixed phase, with other limits.

    The angle is continuous and diverges, so it takes each phase again and again.  Raises
    ``Oscillates`` where the limits differ; returns where nothing was shown.
    """
    angles = []
    if expr.free_symbols != {T}:
        return
    for wave in expr.atoms(*WAVES):
        arg = wave.args[0]
        try:
            diverges = abs(limit_at_zero(arg, 1)) == sp.oo
        except (Unknown, Oscillates):
            continue
        if diverges:
            angles.append(arg)
    if not angles:
        return
    base = min(angles, key=sp.count_ops)
    ratios = [sp.simplify(a / base) for a in angles]
    if not all(r.is_Integer for r in ratios):
        return
    found: list[Value] = []
    poles = False
    for angle in ANGLES:
        phases = {f(a): f(r * angle) for a, r in zip(angles, ratios, strict=True) for f in WAVES}
        fixed = expr.xreplace(phases)
        if fixed == sp.zoo:  # a pole at every such phase: no limit if another one is finite
            poles = True
        if fixed.has(sp.zoo, sp.nan, sp.oo):
            continue
        try:
            value = limit_at_zero(fixed, 1)
        except (Unknown, Oscillates):
            continue
        if found and not _surely_equal(value, found[0]):
            raise Oscillates((found[0], value))
        found.append(value)
    if poles and found and found[0].is_finite:
        raise Oscillates((found[0], sp.oo))


def _surely_equal(left: Value, right: Value) -> bool:
    """Not told apart by their values (equal infinities are equal)."""
    if left == right:
        return True
    if sp.oo in (abs(left), abs(right)):
        return False
    return bool(abs(sp.N(left - right, 30)) < sp.Float("1e-15"))
