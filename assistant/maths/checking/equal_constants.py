"""Answers to an indefinite integral: equal up to their constants."""

from __future__ import annotations

import re

from assistant.maths import terms as t
from assistant.maths.checking.answer_parts import read
from assistant.maths.checking.answer_results import different_by, result_of, unknown_by
from assistant.maths.checking.claims import check_equality, derivative
from assistant.maths.checking.numerics.budget import Deadline
from assistant.maths.types import EqualResult

SECONDS = 2.0
CONSTANT = re.compile(r"\+\s*(?:[Cc](?:_?1)?|const(?:ant)?|常数)\s*$")


def with_constants(gold: str, answer: str) -> EqualResult | None:
    """The result where the right answer ends with a constant; else nothing."""
    constants = [CONSTANT.search(x) for x in (gold, answer)]
    if constants[0] and constants[1]:
        sides = [read(x[: c.start()]) for x, c in zip((gold, answer), constants, strict=True) if c]
        if sides[0] is not None and sides[1] is not None:
            return _up_to_constant(sides[0], sides[1])
    if constants[0] and not constants[1]:
        return _without_constant(gold[: constants[0].start()], answer)
    if constants[1] and not constants[0]:  # gold may have another letter for it
        found = _without_constant(answer[: constants[1].start()], gold)
        return found if found.equal else None
    return None


def _without_constant(gold: str, answer: str) -> EqualResult:
    """``x^2 + C`` beside a sum with another letter in it, or with none."""
    one, other = read(gold), read(answer)
    if one is None or other is None:
        return unknown_by("unreadable")
    terms = other.terms if isinstance(other, t.Add) else ()
    own = [s for s in terms if isinstance(s, t.Symbol) and s.name not in t.symbols(one)]
    if len(own) == 1:
        rest = [term for term in terms if term != own[0]]
        return _up_to_constant(one, t.add(*rest))
    if set(t.symbols(other)) <= set(t.symbols(one)):
        return different_by("the constant of integration is missing")
    return unknown_by("perhaps a constant")


def _up_to_constant(one: t.Expr, other: t.Expr) -> EqualResult:
    names = t.symbols(t.sub(one, other))
    name = "x" if "x" in names else names[0] if names else "x"
    slopes = [derivative(e, name) for e in (one, other)]
    if slopes[0] is None or slopes[1] is None:
        return unknown_by("derivative")
    verdict = check_equality(slopes[0], slopes[1], (), Deadline(SECONDS))
    result = result_of(verdict)
    return EqualResult(result.equal, "equal up to a constant" if result.equal else result.method)
