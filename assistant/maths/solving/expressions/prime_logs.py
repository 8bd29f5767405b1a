"""Logarithms of numbers by those of their prime factors: ``log 12 = 2 log 2 + log 3``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.expressions.logs import log_parts, make_log
from assistant.maths.solving.expressions.shape import EULER

LARGEST = 10**12
"""No larger number is taken apart."""


@dataclass
class PrimeLogs:
    """The logarithms of some formulas: a symbol for that of each prime, and the bases met."""

    letters: dict[int, sp.Symbol] = field(default_factory=dict)
    bases: list[t.Expr] = field(default_factory=list)

    def of(self, expr: t.Expr) -> sp.Expr:
        """The formula with these symbols; other letters stay.  Raises ``NotConvertible``."""
        parts = log_parts(expr)
        if parts is not None:
            arg, base = parts
            if base not in self.bases:
                self.bases.append(base)
            return self.size(arg) / self.size(base)
        match expr:
            case t.Add(terms):
                return sp.Add(*map(self.of, terms))
            case t.Mul(factors):
                return sp.Mul(*map(self.of, factors))
            case t.Neg(arg):
                return -self.of(arg)
            case t.Div(num, den):
                return self.of(num) / self.of(den)
            case t.Pow(base, t.Number(value)) if value.denominator == 1 and 0 < abs(value) <= 9:
                return self.of(base) ** int(value)
            case t.Number() | t.Symbol():
                return to_sympy(expr)
        raise NotConvertible("no sum of logarithms")

    def size(self, arg: t.Expr) -> sp.Expr:
        """The logarithm of a positive number of primes.  Raises ``NotConvertible``."""
        if arg == EULER:
            return sp.S.One
        value = sp.powdenest(to_sympy(arg), force=True)
        found = sp.S.Zero
        for factor in sp.Mul.make_args(value):
            base, power = factor.as_base_exp()
            if not (base.is_Rational and power.is_Rational and base > 0):
                raise NotConvertible("no number of primes")
            if max(base.p, base.q) > LARGEST:
                raise NotConvertible("too large")
            for prime, often in sp.factorrat(base).items():
                found += often * power * self.letters.setdefault(prime, sp.Symbol(f"L_{prime}"))
        return found

    def one_base(self) -> t.Expr | None:
        """The base, where all logarithms have the same."""
        return self.bases[0] if len(self.bases) == 1 else None

    def measured(self, value: sp.Expr, base: t.Expr) -> sp.Expr:
        """The value for this base: one of its own primes follows from the others."""
        unit = self.size(base) - 1
        free = sorted(unit.free_symbols, key=lambda s: int(s.name[2:]))
        return value.subs(free[-1], sp.solve(unit, free[-1])[0]) if free else value

    def written(self, value: sp.Expr, base: t.Expr) -> t.Expr:
        """The symbols as logarithms to a base again."""
        names = {s.name: p for p, s in self.letters.items()}

        def put(node: t.Expr) -> t.Expr:
            if isinstance(node, t.Symbol) and node.name in names:
                return make_log(t.integer(names[node.name]), base)
            return node

        return t.transform(from_sympy(value), put)


def in_primes(expr: t.Expr) -> t.Expr | None:
    """A number with logarithms to one base, collected: ``lg 25 + lg 2 lg 50 + (lg 2)^2 = 2``."""
    return _collected(expr, sp.expand) if not t.symbols(expr) else None


def _collected(expr: t.Expr, collect: Callable[[sp.Expr], sp.Expr]) -> t.Expr | None:
    logs = PrimeLogs()
    try:
        value = logs.of(expr)
        base = logs.one_base()
        if base is None:
            return None
        return logs.written(collect(sp.cancel(logs.measured(value, base))), base)
    except (NotConvertible, ValueError, TypeError, IndexError):
        return None
