"""Quotients in ``e^x``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths.solving.integration import tools
from assistant.maths.solving.integration.plan import Plan
from assistant.maths.solving.integration.substitution import changed

if TYPE_CHECKING:
    from assistant.maths.solving.integration.engine import Integrator


def exponential_fraction(ctx: Integrator, f: sp.Expr, x: sp.Symbol) -> Plan | None:
    """A rational function of ``e^(kx)``: ``u = e^(kx)``, ``dx = du/(k·u)``."""
    powers = [g for g in f.atoms(sp.exp) if g.has(x)]
    slopes = [tools.linear(g.exp, x) for g in powers]
    if not powers or any(s is None or not s[0].is_Rational for s in slopes):
        return None
    k = sp.gcd_list([abs(s[0]) for s in slopes if s is not None])
    u = ctx.fresh(f, x, positive=True)
    new = f
    for g, s in zip(powers, slopes, strict=True):
        assert s is not None
        new = new.subs(g, u ** (s[0] / k) * sp.exp(s[1]))
    if new.has(x) or not new.is_rational_function(u):
        return None
    sub = ctx.solve(sp.factor_terms(sp.cancel(new / (k * u))), u)
    if sub is None or sub.value is None:
        return None
    return changed(f, x, u, sp.exp(k * x), sub)
