"""Definite integrals by SymPy, where no antiderivative was found by rules."""

from __future__ import annotations

import sympy as sp

from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.tasks.definite import by_quadrature
from assistant.maths.solving.common import Draft
from assistant.maths.solving.integration.definite import between
from assistant.maths.solving.integration.methods import MACHINE, integrand, variable_of
from assistant.maths.types import Link, Request, Step, Supported, Text

SECONDS = 4.0


def definite_value(request: Request) -> Draft | None:
    """A value that quadrature supports; nothing else is passed on."""
    if len(request.operands) != 3 or (name := variable_of(request)) is None:
        return None
    f, low, high = request.operands
    read = integrand(f, name)
    if read is None:
        return None
    try:
        x = sp.Symbol(name, real=True)
        limits = (x, to_sympy(low, real=True), to_sympy(high, real=True))
        with time_limit(SECONDS):
            value = sp.integrate(to_sympy(f, real=True), limits)
        if value.free_symbols or value.has(sp.Integral, sp.I, sp.oo, sp.nan, sp.zoo):
            return None
        answer = from_sympy(value)
    except (NotConvertible, NotImplementedError, ValueError, OutOfTime):
        return None
    if not isinstance(by_quadrature((f, low, high), answer, name), Supported):
        return None
    why = Text(
        "No school method was found; the value agrees with a numerical integration.",
        "未找到常规解法；该值与数值积分一致。",
    )
    start = between(f, name, low, high)
    step = Step(rule=MACHINE, why=why, before=start, after=answer, link=Link.EQUAL)
    return Draft(
        answer=answer, steps=(step,), method="computer algebra", variables=(name,), notes=(why,)
    )
