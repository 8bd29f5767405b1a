"""Exponents that are whole or fractions without being written so: ``x^(ln e)`` is ``x``.

Where a power is defined depends on its exponent: ``x^1`` everywhere, ``x^sqrt(2)`` for positive
x only.  So such an exponent is written out before anything is asked about the power.
"""

from __future__ import annotations

from fractions import Fraction

from mpmath import mp

from assistant.maths import terms as t
from assistant.maths.checking.numerics.algebraic import is_zero
from assistant.maths.checking.numerics.numeric import NoValue, evaluate

LARGEST = 99
"""Denominators of the fractions that are tried."""
NEAR = mp.mpf(2) ** -100


class Hidden(Exception):  # noqa: N818 - "not known" as a value
    """An exponent that may be a fraction, which is not known."""


def settled(expr: t.Expr) -> t.Expr:
    """The formula with such exponents as fractions.  Raises ``Hidden``."""
    powers = (n for n in t.walk(expr) if isinstance(n, t.Pow))
    return t.transform(expr, _settled) if any(map(_suspect, powers)) else expr


def _suspect(power: t.Pow) -> bool:
    """Whether the exponent is a number that hides behind functions or roots."""
    if not t.symbols(power.base) or t.symbols(power.exp):
        return False
    return any(isinstance(n, t.Call | t.Pow | t.Constant) for n in t.walk(power.exp))


def _settled(node: t.Expr) -> t.Expr:
    if not isinstance(node, t.Pow) or not _suspect(node):
        return node
    try:
        value = evaluate(node.exp, {})
    except NoValue as wrong:
        raise Hidden from wrong
    if isinstance(value, Fraction):
        return t.Pow(node.base, t.rational(value))
    if isinstance(value, mp.mpc) or not mp.isfinite(value):
        raise Hidden
    near = _near(mp.mpf(value))
    if near is None:
        return node
    same = is_zero(t.sub(node.exp, t.rational(near)), {})
    if same is None:
        raise Hidden
    return t.Pow(node.base, t.rational(near)) if same else node


def _near(value: mp.mpf) -> Fraction | None:
    """The fraction with a small denominator that a number may be."""
    if abs(value) > mp.mpf(10) ** 9:
        raise Hidden
    scaled = Fraction(int(mp.floor(value * 2**120 + mp.mpf(1) / 2)), 2**120)
    fraction = scaled.limit_denominator(LARGEST)
    apart = abs(value - mp.mpf(fraction.numerator) / fraction.denominator)
    return fraction if apart < NEAR else None
