"""Values and one-sided limits of an antiderivative at the ends of an interval."""

from __future__ import annotations

from dataclasses import dataclass

import mpmath
import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.checking.asymptotics.limits import DoesNotExist, approach, exact_limit
from assistant.maths.checking.asymptotics.scales import Unknown


@dataclass(frozen=True)
class Ends:
    """``F`` at both ends; ``plain`` says where it is a value and no limit."""

    left: sp.Expr
    right: sp.Expr
    plain: tuple[bool, bool]

    def difference(self) -> sp.Expr | None:
        """``F(b) − F(a)``, ``oo``, ``−oo``, or ``None`` where there is none."""
        if self.left is sp.nan or self.right is sp.nan:
            return None
        total = self.right - self.left
        return None if total is sp.nan else total

    def line(self, big: t.Expr, name: str, low: t.Expr, high: t.Expr) -> t.Expr:
        """``F(b) − F(a)`` as it is written before anything is worked out."""
        right = _at(big, name, high, plain=self.plain[1], side="limit_left")
        left = _at(big, name, low, plain=self.plain[0], side="limit_right")
        return t.sub(right, left)

    def values(self) -> t.Expr | None:
        """The same with the values worked out; ``None`` where one is not finite."""
        try:
            if not (self.left.is_finite and self.right.is_finite):
                return None
            return t.sub(from_sympy(self.right), from_sympy(self.left))
        except NotConvertible:
            return None

    def where(self, low: t.Expr, high: t.Expr) -> t.Expr:
        """The end without a finite limit."""
        return low if not self.left.is_finite else high


def _at(big: t.Expr, name: str, point: t.Expr, *, plain: bool, side: str) -> t.Expr:
    if plain:
        return t.substitute(big, name, point)
    infinite = any(n == t.Constant(t.ConstantName.INFINITY) for n in t.walk(point))
    return t.Call("limit" if infinite else side, (big, t.Symbol(name), point))


def end_value(
    value: sp.Expr, x: sp.Symbol, point: sp.Expr, side: str, *, plain: bool
) -> sp.Expr | None:
    """``F`` at an end: the value where ``F`` is continuous, else the limit from inside.

    ``None`` where it is not known; ``nan`` where there is no limit.  SymPy's limit is used
    only where numbers near the end agree with it.
    """
    if plain:
        at = value.subs(x, point)
        return None if at.has(sp.nan, sp.zoo, sp.oo) or at.is_real is False else at
    try:
        return exact_limit(approach(from_sympy(value), x.name, from_sympy(point), side))
    except DoesNotExist:
        return sp.nan
    except (Unknown, NotConvertible):
        pass
    try:
        found = sp.limit(value, x, point, side if point.is_finite else ("-" if point > 0 else "+"))
    except (NotImplementedError, ValueError, TypeError, RecursionError):
        return None
    if isinstance(found, sp.AccumBounds):
        return sp.nan
    if found.has(sp.nan, sp.zoo, sp.Limit, sp.I):
        return None
    return found if _agrees(value, x, point, (side, found)) else None


def _agrees(value: sp.Expr, x: sp.Symbol, point: sp.Expr, claim: tuple[str, sp.Expr]) -> bool:
    side, found = claim
    if value.free_symbols != {x}:
        return True
    near = []
    with mpmath.workdps(40):
        for k in (4, 6, 8):
            step = mpmath.mpf(10) ** (-k)
            if point.is_finite:
                at = sp.N(point, 40) + (1 if side == "+" else -1) * step
            else:
                at = (1 if point > 0 else -1) / step**0.5
            near.append(sp.N(value.subs(x, at), 25))
    if any(not n.is_number or n.has(sp.I, sp.nan) for n in near):
        return False
    if found in (sp.oo, -sp.oo):
        sign = 1 if found == sp.oo else -1
        return bool(sign * (near[1] - near[0]) > 0 and sign * (near[2] - near[1]) > 0)
    gaps = [abs(n - sp.N(found, 25)) for n in near]
    return bool(gaps[2] < 0.02 and (gaps[2] <= gaps[0] or gaps[0] < 1e-9))
