"""Decides whether a series converges, by tests that the methods do not use.

With exact limits: terms that do not tend to 0; Raabe's test on the sizes, and Gauss's where
it is silent; ``n·(b(n)/b(n+1) - 1) -> ρ > 0`` for alternating terms; Cauchy's condensation
where logarithms hide the answer.  Source: Knopp, *Theory and Application of Infinite
Series*, sections 37 to 39.
"""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.checking.asymptotics.limits import DoesNotExist, approach, exact_limit
from assistant.maths.types import Doubt, Proved, Refuted, Undecided, Verdict

INFINITY = t.Constant(t.ConstantName.INFINITY)


def check_convergence(body: t.Expr, name: str, claim: t.Truth) -> Verdict:
    """Whether the claim, true for "it converges", holds."""
    n = sp.Symbol(name, integer=True, positive=True)
    term = sp.powsimp(to_sympy(body).xreplace({sp.Symbol(name): n}))
    found = _decided(term, n)
    if found is None:
        return Undecided(Doubt.NO_METHOD)
    if found[0] == claim.value:
        return Proved(found[1])
    return Refuted(found[1], "converges" if found[0] else "diverges", str(claim.value))


def _decided(term: sp.Expr, n: sp.Symbol) -> tuple[bool, str] | None:
    sign, size = _parted(term, n)
    if size is None:
        return None
    limit = _limit(size, n)
    if limit is not None and limit != 0:
        return (False, "the terms do not tend to 0") if sign != "wave" else None
    absolutely = _positive(size, n)
    if absolutely or sign == "constant":
        return None if absolutely is None else (absolutely, "comparison or Raabe's test")
    if sign == "alternating" and limit == 0:
        rho = _limit(n * (size / size.subs(n, n + 1) - 1), n)
        if rho is not None and (rho == sp.oo or rho.is_positive):
            return True, "Leibniz's test"
    return None


def _parted(term: sp.Expr, n: sp.Symbol) -> tuple[str, sp.Expr | None]:
    """How the signs go, and a bound for the terms' size."""
    kind, size = "constant", sp.S.One
    for factor in sp.Mul.make_args(term):
        base, exponent = factor.as_base_exp()
        if factor.is_Pow and factor.base.is_number and factor.base.is_negative and factor.has(n):
            size *= (-factor.base) ** factor.exp
            kind = "alternating" if kind == "constant" else "wave"
        elif isinstance(base, sp.sin | sp.cos) and exponent.is_positive and not _small(base, n):
            kind = "wave"
        else:
            size *= factor
    return kind, size


def _small(wave: sp.Expr, n: sp.Symbol) -> bool:
    return _limit(wave.args[0], n) == 0


def _by_powers(size: sp.Expr, n: sp.Symbol) -> bool | None:
    """Against n^(-3/2) and against 1/n."""
    if _limit(size * n ** sp.Rational(3, 2), n) == 0:
        return True
    above = _limit(size * n, n)
    return False if above is not None and above.is_extended_positive else None


def _limit(value: sp.Expr, n: sp.Symbol) -> sp.Expr | None:
    """The exact limit at infinity, or ``None``."""
    try:
        plain = sp.Symbol(n.name)
        body = from_sympy(sp.simplify(sp.combsimp(value)).xreplace({n: plain}))
        return exact_limit(approach(body, n.name, INFINITY, ""))
    except DoesNotExist:
        return None
    except Exception:  # noqa: BLE001 - no limit is no evidence
        return None


def _positive(size: sp.Expr, n: sp.Symbol, *, condensed: bool = False) -> bool | None:
    """Raabe: ``n·(1 - a(n+1)/a(n))`` tends to above 1 or below; at 1 Gauss's form of it.

    Terms with logarithms are condensed first, to ``2^n·a(2^n)``.
    """
    if (found := _by_powers(size, n)) is not None:
        return found
    if size.has(sp.log) and not condensed:
        power = sp.expand_log(size.subs(n, 2**n), force=True)
        return _positive(sp.powsimp(sp.simplify(2**n * power)), n, condensed=True)
    quotient = sp.simplify(sp.combsimp(size.subs(n, n + 1) / size))
    if not all(sp.N(quotient.subs(n, k)) > 0 for k in (40, 41, 60, 61)):
        return None
    rho = _limit(n * (1 - quotient), n)
    if rho is None or rho != 1:
        return None if rho is None else bool(rho > 1)
    rest = _limit(n * (n * (1 / quotient - 1) - 1), n)
    return False if rest is not None and rest.is_finite else None
