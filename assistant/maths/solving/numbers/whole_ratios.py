"""Inequalities between products of powers, factorials and polynomials, by the growth of both
sides: ``n! > 2^n`` from 4 on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import from_sympy
from assistant.maths.types import Link, Rule, Step, Text

START = Rule("whole.list", "Put the numbers in", "逐个代入")
GROWTH = Rule("whole.growth", "How much a side grows", "每一步增大的倍数")
INDUCTION = Rule("whole.induction", "From one number to the next", "归纳递推")
DEGREE = 20
SHOWN = 12
READABLE = 10**12


@dataclass(frozen=True, slots=True)
class Growth:
    """The sides of ``more > less``, and by what they are multiplied from n to n + 1."""

    letter: sp.Symbol
    more: sp.Expr
    less: sp.Expr
    up: sp.Expr
    down: sp.Expr
    start: int
    """From this number on the first grows at least as fast as the second."""


def growth(more: sp.Expr, less: sp.Expr, letter: sp.Symbol, low: int) -> Growth | None:
    """How both sides grow, where the first grows at least as fast from a number on."""
    up, down = _ratio(more, letter), _ratio(less, letter)
    if up is None or down is None:
        return None
    polys = [_fraction(ratio, letter) for ratio in (up, down, up - down)]
    flat = [poly for pair in polys for poly in pair]
    if any(poly.degree() > DEGREE for poly in flat):
        return None
    (top, below), *positive = reversed(polys)
    if top.LC() * below.LC() < 0 or any(a.LC() * b.LC() <= 0 for a, b in positive):
        return None
    ends = [end for poly in flat if not poly.is_zero for (_, end), _ in poly.intervals()]
    start = max([low, *(int(sp.floor(end)) + 1 for end in ends)])
    return Growth(letter, more, less, up, down, start)


def _fraction(ratio: sp.Expr, letter: sp.Symbol) -> tuple[sp.Poly, sp.Poly]:
    top, below = sp.fraction(sp.together(ratio))
    return sp.Poly(top, letter, domain=sp.QQ), sp.Poly(below, letter, domain=sp.QQ)


def _ratio(side: sp.Expr, letter: sp.Symbol) -> sp.Expr | None:
    if not side.has(letter):
        return sp.S.One
    found = sp.hypersimp(side, letter)
    return None if found is None or not found.is_rational_function(letter) else sp.factor(found)


def told(found: Growth, claim: t.Relation, low: int) -> list[Step]:
    """The first numbers, then why each next one follows."""
    n, name = found.letter, t.Symbol(found.letter.name)
    steps = [_formula(START, _first(found, claim, low), claim, claim)]
    for side, ratio in ((found.more, found.up), (found.less, found.down)):
        before = t.Div(from_sympy(side.subs(n, n + 1)), from_sympy(side))
        why = Text(
            "From {0} to {0} + 1 it is multiplied by {1}.",
            "从 {0} 到 {0} + 1，它乘以 {1}。",
            (name, from_sympy(ratio)),
        )
        steps.append(_formula(GROWTH, why, from_sympy(side), t.equation(before, from_sympy(ratio))))
    faster = t.Relation(t.Comparison.GE, from_sympy(found.up), from_sympy(found.down))
    where = t.Relation(t.Comparison.GE, name, t.integer(found.start))
    follows = Text(
        "{0} for {1}, and both sides are positive: if it holds for {2}, then for {2} + 1 too.",
        "当 {1} 时 {0}，且两边为正：所以若命题对 {2} 成立，则对 {2} + 1 也成立。",
        (faster, where, name),
    )
    steps.append(_formula(INDUCTION, follows, faster, claim))
    return steps


def _first(found: Growth, claim: t.Relation, low: int) -> Text:
    """The values at the first numbers, where they can be read."""
    name = t.Symbol(found.letter.name)
    shown = list(range(low, found.start + 1))
    values = [[side.subs(found.letter, k) for k in shown] for side in _sides(found, claim)]
    if len(shown) > SHOWN or any(max(abs(v.p), v.q) > READABLE for side in values for v in side):
        return Text(
            "Every {0} from {1} to {2} was put in.",
            "{0} 从 {1} 到 {2} 已逐个代入。",
            (name, t.integer(low), t.integer(found.start)),
        )
    return Text(
        "For {0} = {1} the sides are {2} and {3}.",
        "{0} = {1} 时，左边依次为 {2}，右边依次为 {3}。",
        (name, _listed(shown), *map(_listed, values)),
    )


def _sides(found: Growth, claim: t.Relation) -> tuple[sp.Expr, sp.Expr]:
    """In the order in which they were written."""
    rising = claim.op in (t.Comparison.GT, t.Comparison.GE)
    return (found.more, found.less) if rising else (found.less, found.more)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _formula(rule: Rule, why: Text, before: t.Expr, after: t.Expr) -> Step:
    return Step(rule=rule, why=why, before=before, after=after, link=Link.FORMULA)
