"""What derivatives tell about a curve: tangents, extrema, inflection, monotonicity."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.defined import holes, narrowed_in_silence
from assistant.maths.solving.calculus.derivative_rules import NoRule, derive
from assistant.maths.solving.calculus.derivatives import SIMPLIFY
from assistant.maths.solving.calculus.tidy import INFINITY, plus, shortest, times
from assistant.maths.solving.calculus.wording import SAID, intervals, said_on
from assistant.maths.solving.common import Draft
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

SLOPE = Rule("curve.slope", "Slope at the point", "求切线斜率")
POINT = Rule("curve.point", "Point on the curve", "求切点")
TANGENT = Rule("curve.tangent", "Equation of the tangent", "写出切线方程")
NORMAL = Rule("curve.normal", "Equation of the normal", "写出法线方程")
ZEROS = Rule("curve.zeros", "Where the derivative is 0", "令导数为 0")
SIGNS = Rule("curve.signs", "Sign of the derivative", "判断导数的符号")
VALUES = Rule("curve.values", "Value of the function", "求函数值")
ZERO = t.integer(0)


def function(request: Request) -> tuple[t.Expr, str] | None:
    """The formula of the function and its variable."""
    if not request.operands or not request.variables:
        return None
    body = request.operands[0]
    if isinstance(body, t.Relation):
        if body.op is not t.Comparison.EQ or not isinstance(body.left, t.Symbol | t.Call):
            return None
        body = body.right
    return body, request.variables[0]


def derived(body: t.Expr, name: str, steps: list[Step]) -> t.Expr:
    """The derivative, shortened, with its steps.  Raises ``NoRule``."""
    done = derive(body, name)
    steps.append(done.step)
    short = shortest(done.value)
    if short != done.value:
        steps.append(
            Step(
                rule=SIMPLIFY,
                why=Text("Simplify.", "化简。"),
                before=done.value,
                after=short,
                link=Link.EQUAL,
            )
        )
    return short


def value_at(body: t.Expr, name: str, place: t.Expr, rule: Rule, steps: list[Step]) -> t.Expr:
    """The value at a place, with its step.  Raises ``NotConvertible`` where there is none."""
    placed = t.substitute(body, name, place)
    value = sp.simplify(to_sympy(placed, real=True))
    if value.has(sp.zoo, sp.nan, sp.oo) or value.is_real is False:
        raise NotConvertible("no value")
    after = from_sympy(value)
    why = Text("Put {0} = {1}.", "令 {0} = {1}。", (t.Symbol(name), place))
    if placed != after:
        steps.append(Step(rule=rule, why=why, before=placed, after=after, link=Link.EQUAL))
    return after


def tangent(request: Request) -> Draft | None:
    """The tangent (or normal) of ``y = f(x)`` at a place ``x = a``."""
    found = function(request)
    if request.topic not in (topics.TANGENT, topics.NORMAL) or found is None:
        return None
    if len(request.operands) != 2:
        return None
    body, name = found
    place, given = request.operands[1], None
    if isinstance(place, t.Collection):
        place, given = place.items
    steps: list[Step] = []
    try:
        height = value_at(body, name, place, POINT, steps)
        if given is not None and sp.simplify(to_sympy(t.sub(height, given))) != 0:
            return None  # the point is not on the curve
        slope = value_at(derived(body, name, steps), name, place, SLOPE, steps)
    except (NoRule, NotConvertible):
        return None
    normal = request.topic == topics.NORMAL
    y = t.Symbol("y")
    line = _line(to_sympy(slope), to_sympy(place), to_sympy(height), name, normal=normal)
    point_form = t.equation(
        t.sub(y, height),
        t.mul(t.Neg(t.Div(t.integer(1), slope)) if normal else slope, t.sub(t.Symbol(name), place)),
    )
    told = (
        Text("Perpendicular to the tangent, so the slope is -1/m.", "法线与切线垂直，斜率为 -1/m。")
        if normal
        else Text("y - f(a) = f'(a)·(x - a).", "y - f(a) = f'(a)·(x - a)。")
    )
    rule = NORMAL if normal else TANGENT
    steps.append(Step(rule=rule, why=told, before=point_form, after=line, link=Link.FORMULA))
    curves = (body, line.right) if line.left == y else (body,)
    return Draft(
        answer=line, steps=tuple(steps), method="derivative", variables=(name, "y"), curves=curves
    )


def _line(slope: Any, place: Any, height: Any, name: str, *, normal: bool) -> t.Relation:
    x = sp.Symbol(name)
    if normal and slope == 0:
        return t.equation(t.Symbol(name), from_sympy(place))
    m = sp.simplify(-1 / slope if normal else slope)
    rest = sp.simplify(height - m * place)
    return t.equation(t.Symbol("y"), plus(times(from_sympy(m), t.Symbol(x.name)), from_sympy(rest)))


@dataclass(frozen=True, slots=True)
class Chart:
    """The places where a derivative is 0 (or missing), and its signs between them."""

    places: tuple[Any, ...]
    signs: tuple[int, ...]
    smooth: frozenset[Any] = frozenset()
    """The places where nothing ends: a function that rises on both sides of one rises there."""
    missing: frozenset[Any] = frozenset()
    """The places where the function has no value, as it was written."""

    def intervals(self, sign: int, low: t.Expr, high: t.Expr) -> t.Expr:
        """Where the derivative has this sign, as a union of open intervals."""
        same = [a == b == sign for a, b in itertools.pairwise(self.signs)]
        ends = [low, *map(from_sympy, self.places), high]
        found: list[t.Interval] = []
        for n, (a, b, s) in enumerate(zip(ends, ends[1:], self.signs, strict=False)):
            if n and same[n - 1] and self.places[n - 1] in self.smooth:
                found[-1] = replace(found[-1], high=b)
            elif s == sign:
                found.append(t.Interval(a, b, low_open=True, high_open=True))
        if not found:
            return t.Constant(t.ConstantName.EMPTY)
        return found[0] if len(found) == 1 else t.Call("union", tuple(found))


def _roots(slope: t.Expr, name: str, steps: list[Step], domain: t.Expr | None) -> list[Any] | None:
    """The real zeros of a derivative, by the methods for equations."""
    from assistant.maths.solving.engine import solve_request

    if name not in t.symbols(slope):
        return None if to_sympy(slope) == 0 else []
    value = to_sympy(slope, real=True)
    if value.has(sp.sinh, sp.cosh, sp.tanh):
        value = sp.expand(value.rewrite(sp.exp))
    top, below = sp.fraction(sp.together(value))
    if not below.has(sp.Symbol(name, real=True)) or value.has(sp.Abs, sp.tan):
        top = value if value.has(sp.exp) else to_sympy(slope, real=True)
    equation = t.equation(slope if top == to_sympy(slope, real=True) else from_sympy(top), ZERO)
    solved = solve_request(
        Request(task=Task.SOLVE, operands=(equation,), variables=(name,), domain=domain)
    )
    if not isinstance(solved, Solution) or not isinstance(solved.verdict, Proved):
        return None
    match solved.answer.value:
        case t.Collection(t.Bracket.SET, items):
            roots = [to_sympy(i, real=True) for i in items]
        case t.Constant(t.ConstantName.EMPTY) | t.Truth(value=False):
            roots = []
        case _:
            return None
    steps.append(
        Step(
            rule=ZEROS,
            why=Text("Set the derivative equal to 0 and solve.", "令导数等于 0 并求解。"),
            before=equation,
            after=solved.answer.value,
            link=Link.SOLUTION,
            variable=name,
            substeps=solved.steps,
        )
    )
    return [r for r in roots if r.is_real is not False]


def chart(
    function: tuple[t.Expr, str], slope: t.Expr, steps: list[Step], domain: t.Expr | None = None
) -> Chart | None:
    """Zeros and poles in order, with a test point between neighbours."""
    body, name = function
    zeros = _roots(slope, name, steps, None)
    if zeros is None and domain is not None:
        zeros = _roots(slope, name, steps, domain)
    if zeros is None:
        return None
    x = sp.Symbol(name, real=True)
    whole = to_sympy(slope, real=True), to_sympy(body, real=True)
    ends, missing = _breaks(whole, x), holes(body, name)
    if ends is None or missing is None or narrowed_in_silence(body):
        return None
    places = sorted({*zeros, *ends, *missing}, key=lambda v: sp.N(v, 30))
    signs = []
    for point in _between(places):
        value, height = (sp.N(w.subs(x, point), 20) for w in whole)
        inside = height.is_extended_real and value.is_extended_real
        signs.append(int(sp.sign(value)) if inside else 0)
    smooth = frozenset({*zeros} - {*missing}) if whole[0].is_polynomial(x) else frozenset()
    return Chart(tuple(places), tuple(signs), smooth, frozenset(missing))


def _breaks(whole: tuple[Any, ...], x: Any) -> set[Any] | None:
    """Poles, and ends of the domain of logarithms; ``None`` for what is not looked at."""
    found: set[Any] = set()
    for value in whole:
        if value.has(sp.tan, sp.Abs, sp.asin, sp.acos, sp.sign, sp.floor) or _surd(value, x):
            return None
        below = sp.fraction(sp.together(value))[1]
        for part in (*sp.Mul.make_args(below), *(f.args[0] for f in value.atoms(sp.log))):
            base = part.base if part.is_Pow and part.exp.is_Integer else part
            if base.is_polynomial(x) and base.has(x):
                found |= set(sp.real_roots(sp.Poly(base, x)))
            elif base.has(x) and not base.is_positive:
                return None
    return found


def _surd(value: Any, x: Any) -> bool:
    return any(
        p.base.has(x) and not p.exp.is_Integer and p.base != sp.E
        for p in value.atoms(sp.Pow)
        if not p.exp.has(x)
    )


def _between(places: list[Any]) -> Iterator[sp.Rational]:
    values = [Fraction(str(sp.N(p, 15))) for p in places]
    if not values:
        yield sp.Integer(1)
        return
    points = [values[0] - 1, *((a + b) / 2 for a, b in itertools.pairwise(values)), values[-1] + 1]
    for p in points:
        yield sp.Rational(p.numerator, p.denominator)


def study(request: Request) -> Draft | None:
    """Extrema, critical points, inflection points, monotonicity and convexity."""
    found = function(request)
    second = request.topic in (topics.INFLECTION, topics.CONVEXITY)
    known = (topics.EXTREMA, topics.CRITICAL_POINTS, topics.MONOTONICITY)
    if found is None or not (second or request.topic in known) or request.domain is not None:
        return None
    body, name = found
    if t.symbols(body) != (name,):
        return None
    steps: list[Step] = []
    try:
        slope = derived(body, name, steps)
        if second:
            slope = derived(slope, name, steps)
        signs = chart(found, slope, steps)
        if signs is None:
            return None
        answer, text, said = _told(request.topic, signs, (body, name), steps)
    except (NoRule, NotConvertible, ValueError, TypeError):
        return None
    return Draft(
        answer=answer,
        text=text,
        said=said,
        steps=tuple(steps),
        method="second derivative" if second else "first derivative",
        variables=(name,),
        curves=(body,),
    )


def _told(
    topic: str, chart: Chart, function: tuple[t.Expr, str], steps: list[Step]
) -> tuple[t.Expr, str, tuple[Text, ...]]:
    """The answer as a formula, as plain words, and as it is said to a person."""
    from assistant.maths.showing.plain import plain

    body, name = function
    if topic in (topics.MONOTONICITY, topics.CONVEXITY):
        up, down = (chart.intervals(s, t.Neg(INFINITY), INFINITY) for s in (1, -1))
        words = (
            ("increasing", "decreasing") if topic == topics.MONOTONICITY else ("convex", "concave")
        )
        told = [
            (word, where)
            for word, where in zip(words, (up, down), strict=True)
            if where != t.Constant(t.ConstantName.EMPTY)
        ]
        text = "; ".join(
            f"{word} on {' and '.join(map(plain, intervals(where)))}" for word, where in told
        )
        said = tuple(said_on(word, where) for word, where in told)
        return t.Collection(t.Bracket.LIST, (up, down)), text, said
    kinds, points = [], []
    for n, place in enumerate(chart.places):
        value = to_sympy(body, real=True).subs(sp.Symbol(name, real=True), place)
        if not value.is_finite or not value.is_real or place in chart.missing:
            continue
        before, after = chart.signs[n], chart.signs[n + 1]
        if before * after != -1 and topic != topics.CRITICAL_POINTS:
            continue
        where = from_sympy(place)
        points.append(
            t.Collection(t.Bracket.TUPLE, (where, value_at(body, name, where, VALUES, steps)))
        )
        kinds.append("maximum" if before > 0 else "minimum")
    steps.append(_sign_step(chart, name))
    listed = t.Collection(t.Bracket.LIST, tuple(points))
    if topic == topics.EXTREMA and points:
        text = ", ".join(f"{k} at {plain(p)}" for k, p in zip(kinds, points, strict=True))
        said = tuple(replace(SAID[k], args=(p,)) for k, p in zip(kinds, points, strict=True))
        return listed, text, said
    if not points:
        return listed, "none", (Text("none", "无"),)
    return listed, ", ".join(map(plain, points)), ()


def _sign_step(chart: Chart, name: str) -> Step:
    up = chart.intervals(1, t.Neg(INFINITY), INFINITY)
    down = chart.intervals(-1, t.Neg(INFINITY), INFINITY)
    why = Text(
        "The derivative is positive on {0} and negative on {1}; it changes sign where they meet.",
        "导数在 {0} 上为正，在 {1} 上为负；在交界处变号。",
        (up, down),
    )
    places = t.Collection(t.Bracket.LIST, tuple(map(from_sympy, chart.places)))
    return Step(rule=SIGNS, why=why, before=t.Symbol(name), after=places, link=Link.FORMULA)
