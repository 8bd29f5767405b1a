"""Antiderivatives for the methods: found with a time limit, or not at all."""

from __future__ import annotations

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from assistant.maths.cas.convert import from_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.types import Link, Rule, Step, Text

INTEGRATED = Rule("ode.integrate_side", "Integrate one side", "对一边积分")
SPECIAL = (sp.Integral, sp.Piecewise, sp.hyper, sp.meijerg, sp.RootSum, sp.li, sp.uppergamma)


def antiderivative(f: sp.Expr, x: sp.Symbol, seconds: float = 2.0) -> sp.Expr | None:
    """A function whose derivative by ``x`` is ``f``, real where ``f`` is, or ``None``."""
    for form in _forms(f, x):
        try:
            with time_limit(seconds):
                value = sp.integrate(form, x)
        except (
            OutOfTime,
            NotImplementedError,
            ValueError,
            TypeError,
            AttributeError,
            ArithmeticError,
        ):
            continue
        value = _generic(value)
        if not value.has(*SPECIAL) and not value.has(sp.I):
            return _real_logs(value, x)
    return None


def integral(f: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """The antiderivative, or the integral itself where there is none in closed form."""
    found = antiderivative(f, x)
    return sp.Integral(f, x) if found is None else found


def _generic(value: sp.Expr) -> sp.Expr:
    """The case of a piecewise antiderivative that holds for all but special parameters."""
    return value.replace(
        lambda e: isinstance(e, sp.Piecewise),
        lambda e: next((v for v, c in e.args if isinstance(c, sp.Ne) or c == True), e),  # noqa: E712
    )


def _forms(f: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """The integrand and its usual rewritings, each once."""
    forms = [f]
    if f.is_rational_function(x):
        forms = [sp.apart(sp.together(f), x)] if not (f.free_symbols - {x}) else [sp.together(f), f]
    elif f.has(TrigonometricFunction):
        forms += [sp.trigsimp(f), f.rewrite(sp.cos)]
    return list(dict.fromkeys([*forms, sp.expand(f)]))


def _real_logs(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """``ln|u|`` for ``ln u``: the same derivative, and defined on both sides of a zero."""
    return value.replace(
        lambda e: isinstance(e, sp.log) and e.has(x) and not e.args[0].is_positive,
        lambda e: sp.log(sp.Abs(e.args[0])) if not isinstance(e.args[0], sp.Abs) else e,
    )


def integration_step(f: sp.Expr, value: sp.Expr, x: sp.Symbol) -> Step:
    """The claim that ``value`` is an antiderivative of ``f``.  Raises ``NotConvertible``."""
    before, after = from_sympy(f), from_sympy(value)
    if value.has(sp.Integral):
        why = Text("This integral has no closed form here.", "此积分没有初等形式。")
        return Step(rule=INTEGRATED, why=why, before=before, after=after, link=Link.FORMULA)
    return Step(
        rule=INTEGRATED,
        why=Text("Integrate {0} with respect to {1}.", "对 {0} 关于 {1} 积分。", (before, x.name)),
        before=before,
        after=after,
        link=Link.ANTIDERIVATIVE,
        variable=x.name,
    )


def plain_logs(value: sp.Expr) -> sp.Expr:
    """``u`` for ``|u|`` inside logarithms and powers, where a free constant takes the sign."""
    return value.replace(sp.Abs, lambda u: u)
