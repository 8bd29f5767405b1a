"""Answers about data, by the properties that define them."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Doubt, Proved, Refuted, Request, Undecided, Verdict


def check_statistics(request: Request, draft: Draft) -> Verdict:
    """The answer against the definition of what was asked."""
    if draft.answer is None:
        return Undecided(Doubt.NO_METHOD)
    operands = [to_sympy(o, real=True) for o in request.operands]
    if request.topic in (topics.REGRESSION, topics.CORRELATION):
        holds = _least_squares(request.topic, operands, draft.answer)
    else:
        holds = _describes(request.topic, list(operands[0]), draft.answer)
    if holds is None:
        return Undecided(Doubt.NO_METHOD)
    return Proved("the defining property") if holds else Refuted("definition", "", "")


def _zero(value: sp.Expr) -> bool:
    return bool(sp.simplify(value) == 0)


def _describes(topic: str, data: list[sp.Expr], answer: t.Expr) -> bool | None:
    value = to_sympy(answer, real=True)
    n = len(data)
    second = sum(x**2 for x in data) - sp.Rational(1, n) * sum(data) ** 2
    match topic:
        case topics.MEAN:
            return _zero(n * value - sum(data))
        case topics.MEDIAN:
            return _halves(data, value)
        case topics.MODE:
            modes = set(value) if isinstance(value, sp.FiniteSet) else {value}
            counts = {x: data.count(x) for x in data}
            return modes == {x for x, c in counts.items() if c == max(counts.values())}
        case topics.SPREAD:
            return _zero(sp.Max(*data) - sp.Min(*data) - value)
        case topics.VARIANCE:
            return _zero(n * value - second)
        case topics.SAMPLE_VARIANCE:
            return _zero((n - 1) * value - second)
        case topics.STANDARD_DEVIATION:
            return _zero(n * value**2 - second) and bool(value >= 0)
        case topics.SAMPLE_DEVIATION:
            return _zero((n - 1) * value**2 - second) and bool(value >= 0)
        case topics.INTERQUARTILE:
            ordered, half = sorted(data), n // 2
            low, high = (sp.Rational(1, 2) * (p[(half - 1) // 2] + p[half // 2])
                         for p in (ordered[:half], ordered[n - half :]))  # fmt: skip
            return _zero(high - low - value)
        case topics.QUARTILES:
            ordered, half = sorted(data), n // 2
            parts = (ordered[:half], data, ordered[n - half :])
            return all(_halves(p, q) for p, q in zip(parts, value, strict=True))
    return None


def _halves(data: list[sp.Expr], value: sp.Expr) -> bool:
    """At most half the data below and above; between two middle values half way."""
    below = sum(1 for x in data if x < value)
    above = sum(1 for x in data if x > value)
    if 2 * max(below, above) > len(data):
        return False
    if value in data:
        return True
    low = max(x for x in data if x < value)
    high = min(x for x in data if x > value)
    return _zero(2 * value - low - high)


def _least_squares(topic: str, operands: list[sp.Basic], answer: t.Expr) -> bool | None:
    """The residuals are at right angles to 1 and to x (Gauss's normal equations)."""
    points = list(operands[0]) if len(operands) == 1 else list(zip(*operands, strict=True))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if topic == topics.REGRESSION:
        if not isinstance(answer, t.Relation):
            return None
        line = to_sympy(answer.right, real=True)
        x = sp.Symbol("x", real=True)
        gaps = [y - line.subs(x, a) for a, y in zip(xs, ys, strict=True)]
        return _zero(sum(gaps)) and _zero(sum(g * a for g, a in zip(gaps, xs, strict=True)))
    n, r = len(points), to_sympy(answer, real=True)
    cross = n * sum(a * b for a, b in zip(xs, ys, strict=True)) - sum(xs) * sum(ys)
    spreads = [n * sum(v**2 for v in vs) - sum(vs) ** 2 for vs in (xs, ys)]
    return _zero(r**2 * spreads[0] * spreads[1] - cross**2) and bool(r * cross >= 0)
