"""Proofs that two expressions are equal, by algorithms that are sound over the reals.

Symbols are real.  SymPy's ``simplify`` comes last and only after numbers agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, to_sympy
from assistant.maths.checking.numerics.algebraic import is_zero
from assistant.maths.checking.numerics.budget import OutOfTime, alarm
from assistant.maths.checking.numerics.numeric import NoValue

TRIGONOMETRIC = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)
HYPERBOLIC = (sp.sinh, sp.cosh, sp.tanh, sp.coth, sp.sech, sp.csch)
JUMPS = (sp.floor, sp.ceiling, sp.Mod, sp.sign, sp.Heaviside, sp.Piecewise)
SIMPLIFIED = "simplification"
FACTORIALS = "laws of factorials"
WITH_POINTS = (SIMPLIFIED, FACTORIALS)
"""Routes that are believed only together with many points: SymPy's own, and one that holds where
every factorial has a value."""
MAX_STEPS = 60
"""So far apart may factorials be."""
LARGE = 120
"""Operations above which ``simplify`` is not tried."""


def difference(before: t.Expr, after: t.Expr, positive: frozenset[str] = frozenset()) -> sp.Expr:
    """``before - after`` for SymPy with real symbols, those of ``positive`` positive.

    Raises ``NotConvertible``.
    """
    value = to_sympy(t.sub(before, after), real=True)
    value = value.xreplace(
        {s: sp.Symbol(s.name, positive=True) for s in value.free_symbols if s.name in positive}
    )
    if value.has(sp.Integral, sp.Limit):
        return value
    if value.has(sp.Derivative, sp.Sum, sp.Product):
        value = value.doit()
    return value


def rational_zero(value: sp.Expr) -> bool:
    """Whether it is zero as a fraction of polynomials in whatever stands in it."""
    if value == 0 or sp.expand(value) == 0:
        return True
    if not any(p.is_Pow and p.exp.is_negative for p in sp.preorder_traversal(value)):
        return False
    top = sp.fraction(sp.together(value))[0]
    return bool(sp.expand(top) == 0)


def split_logarithms(value: sp.Expr) -> sp.Expr:
    """Each ``log(g)`` as a sum of logarithms of the absolute values of irreducible factors.

    True where g is positive, which is where the real logarithm has a value.
    """

    def split(argument: sp.Expr) -> sp.Expr:
        inner = argument.args[0] if isinstance(argument, sp.Abs) else argument
        if isinstance(inner, sp.Pow) and inner.exp.is_Rational:
            return inner.exp * split(inner.base)
        if inner.is_Rational:
            pairs = {**sp.factorint(abs(inner.p)), 1: 0}
            for prime, power in sp.factorint(inner.q).items():
                pairs[prime] = pairs.get(prime, 0) - power
            return sp.Add(*(n * sp.log(p) for p, n in pairs.items() if p != 1))
        num, den = sp.fraction(sp.together(inner))
        if den != 1:
            return split(num) - split(den)
        if isinstance(inner, sp.exp):
            return inner.args[0]
        constant, factors = sp.factor_list(inner)
        if len(factors) == 1 and constant == 1 and factors[0][1] == 1:
            base = factors[0][0]
            if base.is_Mul or (base.is_Pow and base.exp.is_Rational):
                return sp.Add(*(split(f) for f in sp.Mul.make_args(base)))
            return sp.log(sp.Abs(base))
        return sp.Add(split(constant), *(n * split(f) for f, n in factors))

    def safe(argument: sp.Expr) -> sp.Expr:
        try:
            if argument.is_zero is not False and argument.is_number and argument == 0:
                return sp.log(argument)
            return split(argument)
        except (sp.PolynomialError, RecursionError, ValueError):
            return sp.log(argument)

    return value.replace(sp.log, safe)


def _reduce_squares(top: sp.Expr) -> sp.Expr:
    """Replace ``sin^2`` by ``1 - cos^2`` until none is left (a normal form)."""
    for sine in sorted(top.atoms(sp.sin), key=sp.default_sort_key):
        s, c = sp.Dummy("s"), sp.cos(sine.args[0])
        poly = sp.Poly(top.xreplace({sine: s}), s)
        total = sp.Integer(0)
        for (power,), coefficient in poly.terms():
            total += coefficient * (1 - c**2) ** (power // 2) * s ** (power % 2)
        top = sp.expand(total.xreplace({s: sine}))
    return top


def _to_sines(value: sp.Expr) -> sp.Expr:
    for function, change in {
        sp.tan: lambda a: sp.sin(a) / sp.cos(a),
        sp.cot: lambda a: sp.cos(a) / sp.sin(a),
        sp.sec: lambda a: 1 / sp.cos(a),
        sp.csc: lambda a: 1 / sp.sin(a),
    }.items():
        value = value.replace(function, change)
    return value


def _common_angles(value: sp.Expr) -> sp.Expr:
    """Multiply each symbol so that every angle is a whole combination of the same parts."""
    parts: dict[sp.Expr, list[int]] = {}
    for node in value.atoms(sp.sin, sp.cos, sp.exp):
        for term in sp.Add.make_args(sp.expand(node.args[0])):
            coefficient, rest = term.as_coeff_Mul()
            if coefficient.is_Rational and rest.free_symbols:
                parts.setdefault(rest, []).append(int(coefficient.q))
    change = {r: sp.ilcm(*q) for r, q in parts.items() if sp.ilcm(*q) != 1 and r.is_Symbol}
    return value.xreplace({r: n * r for r, n in change.items()})


def trigonometric_zero(value: sp.Expr) -> bool:
    """Whether it is zero by the addition theorems and ``sin^2 + cos^2 = 1``."""
    value = _common_angles(_to_sines(value))
    value = sp.expand_trig(value.replace(sp.sin, lambda a: sp.sin(sp.expand(a))).replace(
        sp.cos, lambda a: sp.cos(sp.expand(a))
    ))  # fmt: skip
    top = sp.expand(sp.fraction(sp.together(value))[0])
    try:
        return bool(_reduce_squares(top) == 0)
    except sp.PolynomialError:
        return False


def exponential_zero(value: sp.Expr) -> bool:
    """Whether it is zero after powers with sums in the exponent are split."""
    if value.has(*HYPERBOLIC):
        value = value.rewrite(sp.exp)
    value = value.replace(
        lambda p: p.is_Pow and p.base.is_positive and p.exp.free_symbols and p.base.is_Rational,
        lambda p: sp.Mul(
            *(sp.Pow(f, n * p.exp) for f, n in sp.factorint(p.base.p).items()),
            *(sp.Pow(f, -n * p.exp) for f, n in sp.factorint(p.base.q).items()),
        ),
    )
    value = sp.expand(value, power_exp=True, power_base=True)
    return rational_zero(sp.powsimp(value)) or rational_zero(value)


def split_absolutes(value: sp.Expr) -> sp.Expr:
    """Each ``|g|`` as a product of absolute values of irreducible factors, even powers bare."""

    def split(argument: sp.Expr) -> sp.Expr:
        num, den = (sp.factor_list(part) for part in sp.fraction(sp.together(argument)))
        parts = [sp.Abs(num[0] / den[0])]
        for sign, (_, factors) in ((1, num), (-1, den)):
            parts += [(f if n % 2 == 0 else sp.Abs(_headed(f))) ** (sign * n) for f, n in factors]
        return sp.Mul(*parts)

    def safe(argument: sp.Expr) -> sp.Expr:
        try:
            return split(argument)
        except (sp.PolynomialError, RecursionError):
            return sp.Abs(argument)

    return value.replace(sp.Abs, safe)


def _headed(factor: sp.Expr) -> sp.Expr:
    """Of a factor and its opposite always the same one."""
    return -factor if factor.could_extract_minus_sign() else factor


def level_factorials(value: sp.Expr) -> sp.Expr:
    """Factorials of numbers that are whole steps apart by the lowest of them:
    ``(n + 2)! = (n + 2) (n + 1) n!``.  True wherever all of them have a value."""
    value = value.replace(
        sp.binomial, lambda n, k: sp.factorial(n) / (sp.factorial(k) * sp.factorial(n - k))
    )
    groups: dict[sp.Expr, list[sp.Integer]] = {}
    for call in value.atoms(sp.factorial):
        shift, rest = sp.expand(call.args[0]).as_coeff_Add()
        if shift.is_Integer and rest != 0:
            groups.setdefault(rest, []).append(shift)

    def level(argument: sp.Expr) -> sp.Expr:
        shift, rest = sp.expand(argument).as_coeff_Add()
        low = min(groups.get(rest, [shift]))
        if rest == 0 or not shift.is_Integer or shift - low > MAX_STEPS:
            return sp.factorial(argument)
        steps = (rest + low + n for n in range(1, int(shift - low) + 1))
        return sp.Mul(sp.factorial(rest + low), *steps)

    return value.replace(sp.factorial, level)


def _routes(value: sp.Expr) -> Iterator[tuple[str, Callable[[sp.Expr], bool]]]:
    yield "rational identity", rational_zero
    if value.has(sp.log) and not value.has(sp.I):
        yield "laws of logarithms", lambda v: rational_zero(split_logarithms(v))
    if value.has(*TRIGONOMETRIC):
        yield "trigonometric identity", trigonometric_zero
        if value.has(sp.log) and not value.has(sp.I):
            yield (
                "laws of logarithms",
                lambda v: rational_zero(split_logarithms(sp.together(_to_sines(v)))),
            )
    if value.has(sp.exp, *HYPERBOLIC) or any(
        p.is_Pow and p.exp.free_symbols for p in sp.preorder_traversal(value)
    ):
        yield "laws of powers", exponential_zero
    if value.has(sp.Abs):
        yield "absolute values of factors", lambda v: rational_zero(split_absolutes(v))
    if value.has(sp.factorial, sp.binomial):
        yield FACTORIALS, lambda v: rational_zero(level_factorials(v))
    if any(p.is_Pow and p.exp.is_Rational and not p.exp.is_Integer for p in value.atoms(sp.Pow)):
        yield "radicals", lambda v: bool(sp.radsimp(sp.powdenest(v)) == 0)
    if not value.has(*JUMPS) and sp.count_ops(value) <= LARGE:
        yield SIMPLIFIED, lambda v: bool(sp.simplify(v) == 0)


def _succeeds(route: Callable[[sp.Expr], bool], value: sp.Expr) -> bool:
    try:
        return route(value)
    except OutOfTime:
        raise
    except Exception:  # noqa: BLE001 - SymPy raises many things; then it is one route less
        return False


def prove_equal(
    before: t.Expr, after: t.Expr, positive: frozenset[str] = frozenset(), seconds: float = 1.0
) -> str | None:
    """The method by which the difference is exactly zero, or ``None``.

    To be asked only when numbers agree already.  Raises ``OutOfTime``.
    """
    whole = t.sub(before, after)
    if any(isinstance(n, t.Collection | t.Interval | t.Matrix) for n in t.walk(whole)):
        return None
    if not t.symbols(whole):
        try:
            if is_zero(whole, {}, complex_values=True):
                return "exact arithmetic of algebraic numbers"
        except NoValue:
            pass
    try:
        with alarm(seconds):
            value = difference(before, after, positive)
            if value.has(sp.Integral, sp.Limit, sp.nan, sp.zoo, sp.oo):
                return None
            for name, route in _routes(value):
                if _succeeds(route, value):
                    return name
    except NotConvertible:
        return None
    return None
