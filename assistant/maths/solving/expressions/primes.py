"""Whole numbers as products of primes."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.numbers import chain
from assistant.maths.types import Rule, Step, Text

PRIME_FACTORS = Rule("factor.primes", "Divide by primes", "分解质因数")


def prime_factors(expr: t.Expr) -> Draft | None:
    """``360 = 2^3*3^2*5`` by dividing by the smallest prime again and again."""
    try:
        value = to_sympy(expr)
    except NotConvertible:
        return None
    if not value.is_Integer or abs(value) > 10**40:
        return None
    primes = sorted(sp.factorint(abs(int(value))).items()) if abs(value) > 1 else []
    if not primes or (len(primes) == 1 and primes[0][1] == 1):
        note = Text("{0} is a prime number.", "{0} 是质数。", (expr,))
        return Draft(
            answer=from_sympy(value), method="primes", notes=(note,) if primes and value > 0 else ()
        )
    shown = [t.Pow(t.integer(p), t.integer(n)) if n > 1 else t.integer(p) for p, n in primes]
    answer = t.mul(*shown)
    ladder = _ladder(abs(int(value)), primes)
    before: t.Expr = t.integer(abs(int(value)))
    why = Text("Divide by the smallest prime as long as it goes.", "从最小的质数开始，依次去除。")
    steps = _ladder_steps(before, ladder, why)
    if ladder[-1] != answer:
        steps += chain(
            [
                (ladder[-1], PRIME_FACTORS, why),
                (
                    answer,
                    PRIME_FACTORS,
                    Text("Write equal factors as powers.", "相同的因数写成乘方。"),
                ),
            ]
        )
    if value < 0:
        answer = t.Neg(answer)
        steps = tuple(_negative(s) for s in steps)
    return Draft(answer=answer, steps=steps, method="primes")


def _negative(step: Step) -> Step:
    return Step(rule=step.rule, why=step.why, before=t.Neg(step.before), after=t.Neg(step.after))


def _ladder(value: int, primes: Sequence[tuple[int, int]]) -> list[t.Expr]:
    """``360``, ``2*180``, ``2*2*90``, …"""
    lines: list[t.Expr] = [t.integer(value)]
    taken: list[t.Expr] = []
    for prime, count in primes:
        for _ in range(count):
            value //= prime
            taken.append(t.integer(prime))
            rest = [t.integer(value)] if value > 1 else []
            lines.append(t.mul(*taken, *rest))
    return lines[:-1] if len(lines) > 1 and lines[-1] == lines[-2] else lines


def _ladder_steps(before: t.Expr, ladder: list[t.Expr], why: Text) -> tuple[Step, ...]:
    return chain(
        [(before, PRIME_FACTORS, why), *[(line, PRIME_FACTORS, why) for line in ladder[1:]]]
    )
