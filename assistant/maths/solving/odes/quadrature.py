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
    factor, bars = f.as_independent(x, as_Add=False)
    rate = sp.diff(bars.args[0], x) if isinstance(bars, sp.Abs) else x
    if rate.is_nonzero and not rate.has(x):
        return factor * bars.args[0] * bars / (2 * rate)
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
        value = _generic(value, x)
        if not value.has(*SPECIAL) and not value.has(sp.I):
            return _real_logs(value, f, x)
    return None


def integral(f: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """The antiderivative, or the integral itself where there is none in closed form."""
    found = antiderivative(f, x)
    return sp.Integral(f, x) if found is None else found


def _generic(value: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """The case of a piecewise antiderivative that holds for all but special parameters; cases
    of ``x`` itself stay, as each of them holds for some x only."""
    return value.replace(
        lambda e: isinstance(e, sp.Piecewise) and not any(c.has(x) for _, c in e.args),
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


def _real_logs(value: sp.Expr, f: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """``ln|u|`` for ``ln u``: the same derivative, and defined on both sides of a zero.

    A logarithm that stands in the integrand stays: its domain is the integrand's own.
    """
    given = f.atoms(sp.log)
    return value.replace(
        lambda e: (
            isinstance(e, sp.log)
            and e.has(x)
            and e not in given
            and not isinstance(e.args[0], sp.Abs)
            and not e.args[0].is_positive
        ),
        lambda e: sp.log(sp.Abs(e.args[0])),
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
    """``u`` for ``|u|`` inside logarithms and powers, where a free constant takes the sign;
    ``-u`` where u is nowhere positive, so that roots of it stay real."""
    return value.replace(sp.Abs, lambda u: -u if _negative(u) else u)


def _negative(u: sp.Expr) -> bool:
    """Whether a function of one variable is negative wherever it is looked at."""
    if len(u.free_symbols) != 1 or u.is_polynomial():
        return bool(u.is_nonpositive)
    (x,) = u.free_symbols
    values = [sp.N(u.subs(x, sp.Rational(n, 3)), 15) for n in (-11, -7, -4, -2, 1, 2, 5, 8, 13)]
    return all(v.is_real and v < 0 for v in values)
