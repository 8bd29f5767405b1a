"""Definite integrals without an elementary antiderivative whose value has a closed form.

Bose's and Fermi's integrals (Abramowitz and Stegun 23.2.7 and 23.2.8), and Euler's integral
of ln sin x (Apostol, Mathematical Analysis, exercise 10.9).
"""

from __future__ import annotations

import sympy as sp

from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.definite import between
from assistant.maths.solving.integration.methods import variable_of
from assistant.maths.types import Request, Rule, Step, Text

SERIES = Rule("integral.geometric_series", "Expand in a geometric series", "展开成几何级数")
SYMMETRY = Rule("integral.symmetry", "Use the symmetry of sine and cosine", "利用对称性")


def famous(request: Request) -> Draft | None:
    """``x^n/(e^(a·x) ∓ 1)`` from 0 to infinity; ``ln sin x``, ``ln cos x`` up to a right angle."""
    if len(request.operands) != 3 or (name := variable_of(request)) is None:
        return None
    f, low, high = request.operands
    x = sp.Symbol(name, real=True)
    try:
        value, ends = to_sympy(f, real=True), (to_sympy(low), to_sympy(high))
        found = _thermal(value, x, ends) or _log_wave(value, x, ends)
        if found is None:
            return None
        rule, why, result = found
        answer = from_sympy(result)
    except NotConvertible:
        return None
    step = Step(rule=rule, why=why, before=between(f, name, low, high), after=answer)
    return Draft(answer=answer, steps=(step,), method="closed form", variables=(name,))


def _thermal(
    f: sp.Expr, x: sp.Symbol, ends: tuple[sp.Expr, sp.Expr]
) -> tuple[Rule, Text, sp.Expr] | None:
    """``Γ(s)·ζ(s)/a^s``, with the alternating zeta for the sign +."""
    a, s, c = (sp.Wild(n, exclude=[x]) for n in "asc")
    if ends != (sp.S.Zero, sp.oo):
        return None
    for sign in (-1, 1):
        found = f.match(c * x**s / (sp.exp(a * x) + sign))
        if found is None or not found[a].is_positive or not found[s].is_Rational:
            continue
        n = found[s] + 1
        if n <= (1 if sign < 0 else 0) or n == 1:
            continue
        factor = sp.S.One if sign < 0 else 1 - 2 ** (1 - n)
        why = Text(
            "1/(e^u ∓ 1) is a geometric series in e^(-u); term by term each integral is a Gamma "
            "function, and the sum of 1/k^{0} is a zeta value.",
            "1/(e^u ∓ 1) 可按 e^(-u) 展开成几何级数；逐项积分得 Γ 函数，1/k^{0} 之和为 ζ 值。",
            (from_sympy(n),),
        )
        return SERIES, why, found[c] * factor * sp.gamma(n) * sp.zeta(n) / found[a] ** n
    return None


def _log_wave(
    f: sp.Expr, x: sp.Symbol, ends: tuple[sp.Expr, sp.Expr]
) -> tuple[Rule, Text, sp.Expr] | None:
    """``∫ ln sin x`` over a right angle is ``-π/2·ln 2``; over two for the sine twice that."""
    scale, wave = f.as_independent(x, as_Add=False)
    spans = {sp.log(sp.sin(x)): (1, 2), sp.log(sp.cos(x)): (1,)}
    quarter = ends[1] / (sp.pi / 2)
    if ends[0] != 0 or wave not in spans or quarter not in spans[wave]:
        return None
    why = Text(
        "ln sin x and ln cos x have the same integral I over a right angle, and "
        "sin x·cos x = (sin 2x)/2 gives 2·I = I - (π/2)·ln 2.",
        "ln sin x 与 ln cos x 在直角区间上积分相同，记为 I；由 sin x·cos x = (sin 2x)/2 得 "
        "2I = I - (π/2)·ln 2。",
    )
    return SYMMETRY, why, -scale * quarter * sp.pi / 2 * sp.log(2)
