"""For which values of its letters an answer is the whole answer.

``C1·e^(-a·x) + C2·e^(a·x)`` solves ``y'' = a²·y`` for every a, but with a = 0 it is only one
constant: what the Wronskian of its parts shows.  ``q/p`` asks for p ≠ 0, ``√(-a)`` for a ≤ 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.cas.guard import OutOfTime, processor_limit
from assistant.maths.types import Text

if TYPE_CHECKING:
    from assistant.maths.solving.odes.model import Ode

SECONDS = 1.0
ZERO = t.integer(0)


def notes(ode: Ode, answers: Iterable[sp.Expr]) -> tuple[Text, ...]:
    """What is asked of the other letters of an equation, so that these right sides are all of its
    solutions; nothing where it has no other letters."""
    letters = ode.left.free_symbols - {ode.x, ode.y, *ode.d}
    if not letters:
        return ()
    facts: dict[t.Relation, None] = {}
    for answer in answers:
        try:
            with processor_limit(SECONDS):
                for op, value in _asked(ode, letters, answer):
                    facts[t.Relation(op, from_sympy(value), ZERO)] = None
        except (OutOfTime, NotConvertible, NotImplementedError, sp.PolynomialError):
            continue
    strict = {f.left for f in facts if f.op is t.Comparison.GT}
    kept = [f for f in facts if f.op is t.Comparison.GT or f.left not in strict]
    return tuple(Text("for {0}", "当 {0} 时", (fact,)) for fact in kept)


def _asked(
    ode: Ode, letters: set[sp.Basic], answer: sp.Expr
) -> Iterator[tuple[t.Comparison, sp.Expr]]:
    given = {p.base for p in ode.left.atoms(sp.Pow) if p.exp.is_negative}
    for power in sorted(answer.atoms(sp.Pow), key=sp.default_sort_key):
        base, loose = power.base, power.base.free_symbols <= letters
        if not base.free_symbols & letters:
            continue
        if power.exp.is_Rational and power.exp.q % 2 == 0:
            if loose and not base.is_nonnegative:
                yield (t.Comparison.GT if power.exp < 0 else t.Comparison.GE), base
        elif power.exp.is_negative and base not in given:
            for factor in _factors(base, letters):
                yield t.Comparison.NE, factor
    constants = sorted(answer.free_symbols - ode.left.free_symbols - {ode.x}, key=str)
    if len(constants) == ode.order and all(sp.diff(answer, c, 2) == 0 for c in constants):
        parts = [sp.diff(answer, c) for c in constants]
        for factor in _factors(sp.simplify(sp.wronskian(parts, ode.x)), letters):
            yield t.Comparison.NE, factor


def _factors(value: sp.Expr, letters: set[sp.Basic]) -> Iterator[sp.Expr]:
    """The factors in which such letters stand alone, and which may be zero."""
    for factor in sp.Mul.make_args(sp.factor(value)):
        base, exp = factor.as_base_exp()
        if not base.free_symbols or not base.free_symbols <= letters or exp.is_negative:
            continue
        if base.is_nonzero is not True and not isinstance(factor, sp.exp):
            yield base.args[0] if isinstance(base, sp.Abs) else base
