"""Second-order linear equations whose solutions are named functions.

``y = u·exp(-½∫p)`` turns ``y'' + p·y' + q·y = 0`` into its normal form ``u'' + I·u = 0``
with ``I = q - p'/2 - p²/4``; the shape of I names the equation.  Sources: Abramowitz and
Stegun 9.1.51 (Bessel), 13.1.31 (Whittaker), 19.2 (parabolic cylinder), 15.5.1
(hypergeometric); Kamke, part C, 2.162 and 2.273.
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.guard import time_limit
from assistant.maths.solving.odes.first_order import form_step, slope, solution_step
from assistant.maths.solving.odes.model import Branch, Ode
from assistant.maths.solving.odes.quadrature import antiderivative, plain_logs
from assistant.maths.solving.odes.second_order import coefficients, general
from assistant.maths.types import Link, Rule, Step, Text

NORMAL_FORM = Rule("ode.normal_form_second", "Remove the first derivative", "化为标准形式")
RICCATI_LINEAR = Rule(
    "ode.riccati_linear", "Riccati: linear of second order", "黎卡提方程化为二阶线性方程"
)
SECONDS = 3.0
Pair = tuple[sp.Expr, sp.Expr]


def special_functions(ode: Ode) -> list[Branch] | None:
    """Bessel, Airy, Whittaker, Weber and Gauss's equations, and what a power makes of them."""
    parts = coefficients(ode)
    if parts is None or ode.order != 2:
        return None
    a, g = parts
    with time_limit(SECONDS):
        found = basis(ode.x, sp.cancel(a[1] / a[2]), sp.cancel(a[0] / a[2]))
    if found is None:
        return None
    pair, normal, name = found
    why = Text(
        "Put y = u·exp(-½∫p dx): then u'' + ({0})·u = 0, {1} equation; its solutions are known.",
        "令 y = u·exp(-½∫p dx)，则 u'' + ({0})u = 0，为{1}方程，其解已知。",
        (ode.tree(normal), name),
    )
    step = Step(
        rule=NORMAL_FORM,
        why=why,
        before=ode.given,
        after=t.Collection(t.Bracket.SET, tuple(map(ode.tree, pair))),
        link=Link.FORMULA,
    )
    return general(ode, a, g, list(pair), (step,))


def riccati_special(ode: Ode) -> list[Branch] | None:
    """``y' = P + Q·y + R·y²``: with ``y = -u'/(R·u)`` u solves a linear equation."""
    f = slope(ode)
    if f is None or not (f := sp.expand(f)).is_polynomial(ode.y) or sp.degree(f, ode.y) != 2:
        return None
    x = ode.x
    big_p, big_q, big_r = (sp.simplify(f.coeff(ode.y, n)) for n in range(3))
    p = sp.simplify(-big_q - sp.diff(big_r, x) / big_r)
    q = sp.simplify(big_p * big_r)
    with time_limit(SECONDS):
        found = basis(x, p, q)
    if found is None:
        return None
    (first, second), _, _ = found
    u = ode.constant() * first + second
    value, lone = (_two_orders(-sp.diff(w, x) / (big_r * w)) for w in (u, first))
    why = Text(
        "Put y = -u'/(({0})·u): then u'' + ({1})·u' + ({2})·u = 0, which {3} and {4} solve.",
        "令 y = -u'/(({0})u)，则 u'' + ({1})u' + ({2})u = 0，其解为 {3} 与 {4}。",
        tuple(map(ode.tree, (big_r, p, q, first, second))),
    )
    last_why = Text("The case of {0} alone.", "仅取 {0} 的情形。", (ode.tree(first),))
    return [
        Branch(
            ode.y,
            value,
            (form_step(ode, f), solution_step(ode, RICCATI_LINEAR, why, (ode.y, value))),
        ),
        Branch(ode.y, lone, (solution_step(ode, RICCATI_LINEAR, last_why, (ode.y, lone)),)),
    ]


def _two_orders(value: sp.Expr) -> sp.Expr:
    """Bessel functions of one order more than the others written by those below (A&S 9.1.27)."""
    signs = {sp.besselj: (1, -1), sp.bessely: (1, -1), sp.besseli: (-1, 1), sp.besselk: (1, 1)}
    for f in value.atoms(*signs):
        order, z = f.args
        kind, (middle, below) = type(f), signs[type(f)]
        if value.has(kind(order - 1, z)) and value.has(kind(order - 2, z)):
            lower = middle * 2 * (order - 1) / z * kind(order - 1, z) + below * kind(order - 2, z)
            value = value.subs(f, lower)
    return sp.cancel(sp.together(value)) if value.has(*signs) else value


def basis(x: sp.Symbol, p: sp.Expr, q: sp.Expr) -> tuple[Pair, sp.Expr, str] | None:
    """Two solutions of ``y'' + p·y' + q·y = 0``, its normal form and the equation's name."""
    damping = antiderivative(p / 2, x)
    if damping is None:
        return None
    normal = sp.together(sp.expand(q - sp.diff(p, x) / 2 - p**2 / 4))
    factor = sp.simplify(sp.exp(-sp.expand_log(plain_logs(damping), force=True)))
    for way, name in (
        (_bessel, "Bessel"),
        (_weber, "Weber"),
        (_whittaker, "Whittaker"),
        (_gauss, "Gauss"),
    ):
        pair = way(normal, x)
        if pair is not None:
            first, second = (_without_constant(factor * u, x) for u in pair)
            return (first, second), normal, name
    return None


def _without_constant(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """A product of powers and one named function; what is constant in the powers goes."""
    value = sp.powsimp(sp.powdenest(sp.factor_terms(value), force=True))
    named = [f for f in sp.Mul.make_args(value) if f.has(sp.Function) and not f.has(sp.exp)]
    rest = value / sp.Mul(*named)
    if sp.simplify(sp.diff(rest, x)) == 0:
        return sp.Mul(*named)
    return value


def _bessel(normal: sp.Expr, x: sp.Symbol) -> Pair | None:
    """``I = A/x² + B·x^m`` about some point: ``√x·Z_p(b·x^c)``."""
    for h in _centres(normal, x):
        moved = sp.expand(sp.powsimp(sp.expand(sp.simplify(normal.subs(x, x + h)))))
        powers = _powers(moved, x)
        if powers is None:
            continue
        a = powers.pop(sp.Integer(-2), sp.S.Zero)
        if len(powers) != 1:
            continue
        ((m, b2),) = powers.items()
        c = (m + 2) / 2
        order = _root(a) / (2 * c)
        if order.is_real is False or sp.simplify(c) == 0:
            continue
        order = -order if order.could_extract_minus_sign() else order
        if m == 1 and a == 0:
            k = sp.real_root(-b2, 3) if b2.is_number else -sp.cbrt(b2)
            return tuple(f(k * (x - h)) for f in (sp.airyai, sp.airybi))
        sign = -1 if b2.could_extract_minus_sign() else 1
        inner = sp.sqrt(sign * b2) / sp.Abs(c) if c.is_number else sp.sqrt(sign * b2) / c
        at = inner * (x - h) ** c
        kinds = (sp.besselj, sp.bessely) if sign == 1 else (sp.besseli, sp.besselk)
        half = (2 * order).is_Integer and (2 * order) % 2 == 1
        pair = tuple(sp.sqrt(x - h) * k(order, at) for k in kinds)
        return tuple(sp.simplify(sp.expand_func(u)) for u in pair) if half else pair
    return None


def _centres(normal: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """0, the only pole, or the zero of a linear I."""
    centres: list[sp.Expr] = [sp.S.Zero]
    num, den = sp.fraction(normal)
    for part in (num, den):
        if part.is_polynomial(x):
            roots = sp.roots(part, x)
            centres += [r for r in roots if len(roots) == 1]
    return list(dict.fromkeys(centres))


def _powers(value: sp.Expr, x: sp.Symbol) -> dict[sp.Expr, sp.Expr] | None:
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(value):
        coefficient, power = sp.powsimp(term).as_independent(x, as_Add=False)
        base, exponent = power.as_base_exp()
        if power != 1 and (base != x or exponent.has(x)):
            return None
        exponent = exponent if power != 1 else sp.S.Zero
        found[exponent] = found.get(exponent, sp.S.Zero) + coefficient
    return {e: sp.factor(c) for e, c in found.items() if sp.simplify(c) != 0}


def _weber(normal: sp.Expr, x: sp.Symbol) -> Pair | None:
    """``I = c - k²(x - h)²``."""
    if not normal.is_polynomial(x) or sp.degree(normal, x) != 2:
        return None
    lead = sp.Poly(normal, x).LC()
    k = sp.sqrt(-lead)
    if k.is_real is False or lead.is_positive:
        return None
    h = -sp.Poly(normal, x).nth(1) / (2 * lead)
    c = sp.simplify(normal.subs(x, h))
    z, alpha = k * (x - h) ** 2, sp.simplify(sp.Rational(1, 4) - c / (4 * k))
    half = sp.Rational(1, 2)
    head = sp.exp(-z / 2)
    return (
        head * sp.hyper([alpha], [half], z),
        head * (x - h) * sp.hyper([alpha + half], [3 * half], z),
    )


def _whittaker(normal: sp.Expr, x: sp.Symbol) -> Pair | None:
    """``I = C + B/x + A/x²`` with C < 0."""
    powers = _powers(sp.expand(normal), x)
    if powers is None or not set(powers) <= {0, -1, -2} or 0 not in powers:
        return None
    c, b, a = (powers.get(sp.Integer(n), sp.S.Zero) for n in (0, -1, -2))
    k = sp.sqrt(-4 * c)
    if c.is_positive or (c.is_number and c > 0):
        return None
    mu = _root(a) / 2
    if mu.is_real is False or (2 * mu).is_integer:
        return None
    kappa = sp.simplify(b / k)
    half = sp.Rational(1, 2)
    return tuple(
        sp.exp(-k * x / 2)
        * x ** (half + m)
        * sp.hyper([sp.simplify(half + m - kappa)], [1 + 2 * m], k * x)
        for m in (mu, -mu)
    )


def _gauss(normal: sp.Expr, x: sp.Symbol) -> Pair | None:
    """``I`` with poles of second order at two points: Riemann's equation."""
    num, den = sp.fraction(normal)
    if not (num.is_polynomial(x) and den.is_polynomial(x)):
        return None
    poles = list(sp.roots(den, x))
    if len(poles) != 2 or any(pole.is_real is False for pole in poles):
        return None
    for low, high in (poles, poles[::-1]):
        z = (x - low) / (high - low)
        w = sp.Dummy("w")
        scaled = sp.factor(normal.subs(x, low + (high - low) * w) * (high - low) ** 2)
        numerator = sp.cancel(scaled * w**2 * (1 - w) ** 2)
        if not numerator.is_polynomial(w) or sp.degree(numerator, w) > 2:
            return None
        for pair in _riemann(numerator, w):
            return tuple(u.subs(w, z) for u in pair)
    return None


def _riemann(numerator: sp.Expr, w: sp.Symbol) -> Iterator[Pair]:
    """Two solutions about ``w = 0`` where its exponents do not differ by an integer, else the
    regular ones about 0 and about 1, unless those are the same polynomial."""
    mu, nu = _root(numerator.subs(w, 0)), _root(numerator.subs(w, 1))
    lam = _root(sp.Poly(numerator, w).nth(2))
    if any(e.is_real is False for e in (mu, nu, lam)):
        return

    def series(m: sp.Expr, n: sp.Expr, z: sp.Expr) -> sp.Expr:
        above = [sp.simplify((1 + m + n + sign * lam) / 2) for sign in (1, -1)]
        return z ** ((1 + m) / 2) * (1 - z) ** ((1 + n) / 2) * sp.hyper(above, [1 + m], z)

    if not mu.is_integer:
        yield series(mu, nu, w), series(-mu, nu, w)
    elif nu.is_integer and not sp.simplify((1 + mu + nu + lam) / 2).is_integer:
        yield series(mu, nu, w), series(nu, mu, 1 - w)


def _root(value: sp.Expr) -> sp.Expr:
    """``√(1 - 4·value)``, either sign of it: the difference of the exponents at a pole."""
    found = sp.powdenest(sp.sqrt(sp.factor(1 - 4 * value)), force=True)
    return found.replace(sp.Abs, lambda inner: inner)
