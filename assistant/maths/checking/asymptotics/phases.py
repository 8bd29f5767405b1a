"""A proof that a limit does not exist: two phases of an oscillation with other limits."""

from __future__ import annotations

from collections.abc import Callable

import sympy as sp

from assistant.maths.checking.asymptotics.scales import Oscillates, T, Unknown, Value

ANGLES = tuple(sp.pi * sp.Rational(n, d) for n, d in ((1, 2), (-1, 2), (1, 4), (3, 4), (0, 1)))
WAVES = (sp.sin, sp.cos, sp.tan, sp.cot, sp.sec, sp.csc)


def by_phases(expr: Value, limit: Callable[[Value], Value]) -> None:
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
            diverges = abs(limit(arg)) == sp.oo
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
            value = limit(fixed)
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
