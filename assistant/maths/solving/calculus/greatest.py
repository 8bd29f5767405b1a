"""The largest and the smallest value of a function."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.simplify.fu import TR8

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.curves import (
    VALUES,
    Chart,
    chart,
    derived,
    function,
    value_at,
)
from assistant.maths.solving.calculus.derivative_rules import NoRule
from assistant.maths.solving.calculus.limit_values import candidate
from assistant.maths.solving.calculus.tidy import INFINITY
from assistant.maths.solving.calculus.wording import taken
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Request, Rule, Step, Text

WAVE = Rule("curve.wave", "Write as one wave", "化为一个角的三角函数")
COMPARE = Rule("curve.compare", "Compare the values", "比较函数值")


def greatest(request: Request) -> Draft | None:
    """The largest or smallest value, on an interval or on the whole line."""
    found = function(request)
    if request.topic not in (topics.MAXIMUM, topics.MINIMUM) or found is None:
        return None
    body, name = found
    if t.symbols(body) != (name,):
        return None
    if request.domain is None and (wave := _one_wave(request.topic, body, name)) is not None:
        return wave
    low: t.Expr = t.Neg(INFINITY)
    high: t.Expr = INFINITY
    if request.domain is not None:
        if (
            not isinstance(request.domain, t.Interval)
            or request.domain.low_open
            or request.domain.high_open
        ):
            return None
        low, high = request.domain.low, request.domain.high
    steps: list[Step] = []
    try:
        slope = derived(body, name, steps)
        signs = chart(found, slope, steps, request.domain)
        if signs is None:
            return None
        return _largest(request.topic, (body, name), (low, high), (signs, steps))
    except (NoRule, NotConvertible, ValueError, TypeError):
        return None


def _one_wave(topic: str, body: t.Expr, name: str) -> Draft | None:
    """``c + A·sin(k·x + φ)``: between ``c - |A|`` and ``c + |A|``."""
    x = sp.Symbol(name, real=True)
    try:
        value = to_sympy(body, real=True)
        if not value.has(sp.sin, sp.cos):
            return None
        rest, wave = _merged(value, x).as_independent(x, as_Add=True)
        size, wave = wave.as_independent(x, as_Add=False)
        if not isinstance(wave, sp.sin | sp.cos) or sp.diff(wave.args[0], x, 2) != 0:
            return None
        up = (topic == topics.MAXIMUM) == bool(size.is_positive)
        angle = {(sp.sin, True): sp.pi / 2, (sp.sin, False): -sp.pi / 2, (sp.cos, True): 0}
        wanted = angle.get((wave.func, up), sp.pi)
        (place,) = sp.solve(wave.args[0] - wanted, x)
        best = from_sympy(rest + size if up else rest - size)
        whole = from_sympy(rest + size * wave)
    except (NotConvertible, ValueError, TypeError):
        return None
    why = Text("One sine or cosine of one angle.", "化成一个角的一个三角函数。")
    first = Step(rule=WAVE, why=why, before=body, after=whole, link=Link.EQUAL)
    why = Text("A sine and a cosine are between -1 and 1.", "正弦、余弦的值在 -1 与 1 之间。")
    last = Step(rule=VALUES, why=why, before=whole, after=best, link=Link.FORMULA)
    return Draft(
        answer=best,
        steps=(first, last) if whole != body else (last,),
        method="one wave",
        variables=(name,),
        notes=(taken(name, from_sympy(place)),),
        curves=(body,),
    )


def _merged(value: Any, x: Any) -> Any:
    """``a·sin θ + b·cos θ`` as ``R·cos(θ - φ)``; products of waves as sums first."""
    rest, waves = sp.expand(TR8(sp.expand(value))).as_independent(x, as_Add=True)
    angles = {w.args[0] for w in waves.atoms(sp.sin, sp.cos)}
    if len(angles) != 1:
        return value
    (angle,) = angles
    a, b = waves.coeff(sp.sin(angle)), waves.coeff(sp.cos(angle))
    if sp.simplify(waves - a * sp.sin(angle) - b * sp.cos(angle)) != 0 or (a * b).has(x):
        return value
    if b == 0 or a == 0:
        return rest + waves
    return rest + sp.sqrt(a**2 + b**2) * sp.cos(angle - sp.atan2(a, b))


def _reaches(chart: Chart, place: t.Expr) -> bool:
    """Whether the function has values on the way to an infinite end."""
    end = {INFINITY: -1, t.Neg(INFINITY): 0}.get(place)
    return end is None or chart.signs[end] != 0


def _largest(
    topic: str,
    function: tuple[t.Expr, str],
    ends: tuple[t.Expr, t.Expr],
    work: tuple[Chart, list[Step]],
) -> Draft | None:
    (body, name), (low, high), (chart, steps) = function, ends, work
    bounds = [to_sympy(e, real=True) for e in ends]
    inside = [from_sympy(p) for p in chart.places if bounds[0] < p < bounds[1]]
    values: list[tuple[t.Expr, t.Expr]] = []
    outside: list[Any] = []
    f, x = to_sympy(body, real=True), sp.Symbol(name, real=True)
    for place in (low, *inside, high):
        height = f.subs(x, to_sympy(place))
        if not (height.is_finite and height.is_real) or t.is_infinite(place):
            if not _reaches(chart, place):
                continue
            limits = [candidate(body, (name, place, side)) for side in ("+", "-")]
            if limits == [None, None]:
                return None
            outside += [to_sympy(v) for v in limits if v is not None]
        else:
            values.append((place, value_at(body, name, place, VALUES, steps)))
    sign = 1 if topic == topics.MAXIMUM else -1
    if not values:
        return None
    best = max(values, key=lambda pair: sign * sp.N(to_sympy(pair[1]), 20))
    if any(sign * o > sign * to_sympy(best[1]) for o in outside):
        return None
    why = Text(
        "Compare the values at the zeros of the derivative and at the ends.",
        "比较导数零点与端点处的函数值。",
    )
    listed = t.Collection(t.Bracket.LIST, tuple(v for _, v in values))
    steps.append(Step(rule=COMPARE, why=why, before=listed, after=best[1], link=Link.FORMULA))
    return Draft(
        answer=best[1],
        steps=tuple(steps),
        method="first derivative",
        variables=(name,),
        notes=(taken(name, best[0]),),
        curves=(body,),
    )
