"""The volume of a region between two curves that is turned about an axis: discs with holes about
the x-axis, shells about the y-axis (for curves x = … the other way round)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.tasks.continuity import Unknown, turns, zeros
from assistant.maths.checking.tasks.definite import is_real
from assistant.maths.solving.common import Draft, TooLarge
from assistant.maths.solving.integration.definite import between, definite
from assistant.maths.types import Link, Request, Rule, Step, Task, Text

MEET = Rule("volume.intersections", "Where the curves meet", "求交点")
SETUP = Rule("volume.integral", "Set up the integral", "列出体积的积分")
PI = t.Constant(t.ConstantName.PI)
DISCS = Text("Discs: V = π ∫ |{0}² − {1}²| d{2}.", "圆盘法：V = π ∫ |{0}² − {1}²| d{2}。")
SHELLS = Text("Shells: V = 2π ∫ {2}·|{0} − {1}| d{2}.", "柱壳法：V = 2π ∫ {2}·|{0} − {1}| d{2}。")
HALF = Text(
    "The region is symmetric about the {0}-axis: one half of it makes the whole solid.",
    "图形关于 {0} 轴对称：一半旋转即得整个立体。",
)
CROSSED = Text(
    "the region lies on both sides of the axis, so that parts of the solid overlap",
    "图形位于旋转轴的两侧，旋转体有重叠部分",
)


@dataclass(frozen=True, slots=True)
class _Region:
    """Between ``f`` and ``g`` from ``low`` to ``high``; ``points``: where they meet."""

    f: sp.Expr
    g: sp.Expr
    x: sp.Symbol
    low: sp.Expr
    high: sp.Expr
    points: tuple[sp.Expr, ...]

    @property
    def symmetric(self) -> bool:
        mirrored = [sp.simplify(u.subs(self.x, -self.x) - u) == 0 for u in (self.f, self.g)]
        return all(mirrored) and sp.simplify(self.low + self.high) == 0

    def samples(self, *walls: sp.Expr) -> list[sp.Expr]:
        """A place between each two neighbours of the ends and where some functions turn."""
        cuts = {self.low, self.high, *self.points}
        for wall in walls:
            cuts |= {*turns(sp.factor(wall), self.x, self.low, self.high)}
        low, high = sp.N(self.low, 30), sp.N(self.high, 30)
        ordered = sorted((c for c in cuts if low <= sp.N(c, 30) <= high), key=lambda p: sp.N(p, 30))
        return [(a + b) / 2 for a, b in pairwise(ordered) if a != b]

    def signs(self, value: sp.Expr, *walls: sp.Expr) -> set[int]:
        """The signs of a value that changes its sign only there."""
        found = (sp.N(value.subs(self.x, place), 30) for place in self.samples(*walls))
        return {0 if abs(v) < sp.Float("1e-20") else int(sp.sign(v)) for v in found}


def volume(request: Request) -> Draft | None:
    """About the axis that the topic names.  Raises ``TooLarge`` where the region crosses it."""
    if request.topic not in (topics.VOLUME_X, topics.VOLUME_Y) or len(request.operands) < 2:
        return None
    try:
        region = _region(request)
        if region is None:
            return None
        about_y = request.topic == topics.VOLUME_Y
        steps, body, region = (_shells if about_y else _discs)(request, region)
    except (NotConvertible, Unknown, NotImplementedError, sp.PolynomialError, TypeError):
        return None
    low, high = from_sympy(region.low), from_sympy(region.high)
    name = region.x.name
    inner = definite(Request(task=Task.INTEGRATE, operands=(body, low, high), variables=(name,)))
    if inner is None or inner.answer is None or inner.text:
        return None
    whole = between(body, name, low, high)
    last = Step(rule=SETUP, why=Text("From {0} to {1}.", "从 {0} 到 {1}。", (low, high)),
                before=t.Symbol("V"), after=whole, link=Link.FORMULA)  # fmt: skip
    return replace(
        inner,
        steps=(*steps, last, *inner.steps),
        method="shells" if about_y else "discs",
        curves=request.operands[:2],
        variables=(name,),
    )


def _region(request: Request) -> _Region | None:
    f, g = request.operands[:2]
    names = request.variables or t.symbols(t.sub(f, g))
    if len(names) != 1:
        return None
    x = sp.Symbol(names[0], real=True)
    one, other = to_sympy(f, real=True), to_sympy(g, real=True)
    ends = [to_sympy(e, real=True) for e in request.operands[2:]]
    limits = ends if len(ends) == 2 else [-sp.oo, sp.oo]
    found = set(zeros(sp.expand(one - other), x, *limits))
    points = sorted(found, key=lambda p: sp.N(p, 30))
    if len(ends) == 1:
        if len(points) != 1 or points[0] == ends[0]:
            return None
        ends = sorted([points[0], ends[0]], key=lambda p: sp.N(p, 30))
    elif not ends:
        if len(points) < 2:
            return None
        ends = [points[0], points[-1]]
    if not sp.N(ends[0]) < sp.N(ends[1]):
        return None
    if not all(is_real(curve, x, ends[0], ends[1]) for curve in (one, other)):
        return None
    return _Region(one, other, x, ends[0], ends[1], tuple(points))


Setup = tuple[list[Step], t.Expr, _Region]


def _discs(request: Request, region: _Region) -> Setup:
    if {*region.signs(region.f * region.g, region.f, region.g)} - {0, 1}:
        raise TooLarge(CROSSED)
    steps = [_met(request, region)]
    gap = sp.expand(region.f**2 - region.g**2)
    size = _without_bars(region, gap, region.f, region.g)
    name = t.Symbol(region.x.name)
    law = Text(DISCS.en, DISCS.zh, (*request.operands[:2], name))
    body = t.mul(PI, size)
    steps.append(Step(rule=SETUP, why=law, before=t.Symbol("V"), after=body, link=Link.FORMULA))
    return steps, body, region


def _shells(request: Request, region: _Region) -> Setup:
    steps = [_met(request, region)]
    low, high = (sp.sign(sp.N(e)) for e in (region.low, region.high))
    if low < 0 < high:
        if not region.symmetric:
            raise TooLarge(CROSSED)
        region = replace(region, low=sp.Integer(0))
        half = t.Relation(t.Comparison.GE, t.Symbol(region.x.name), t.integer(0))
        why = Text(HALF.en, HALF.zh, (t.Symbol("x" if region.x.name == "y" else "y"),))
        steps.append(Step(rule=SETUP, why=why, before=half, after=half, link=Link.FORMULA))
        low = sp.Integer(0)
    gap = sp.expand(region.x * (region.f - region.g) * (1 if low >= 0 else -1))
    size = _without_bars(region, gap)
    law = Text(SHELLS.en, SHELLS.zh, (*request.operands[:2], t.Symbol(region.x.name)))
    body = t.mul(t.integer(2), PI, size)
    steps.append(Step(rule=SETUP, why=law, before=t.Symbol("V"), after=body, link=Link.FORMULA))
    return steps, body, region


def _without_bars(region: _Region, gap: sp.Expr, *walls: sp.Expr) -> t.Expr:
    """``|gap|``, without bars where it has one sign; it is 0 where the curves meet, and at most
    where the walls are."""
    signs = region.signs(gap, *walls)
    if signs <= {0, 1}:
        return from_sympy(gap)
    return from_sympy(sp.expand(-gap)) if signs <= {0, -1} else t.Call("abs", (from_sympy(gap),))


def _met(request: Request, region: _Region) -> Step:
    spelled = t.Collection(t.Bracket.SET, tuple(map(from_sympy, region.points)))
    why = Text("The curves meet where both are equal.", "令两函数相等，求交点的横坐标。")
    return Step(rule=MEET, why=why, before=t.equation(*request.operands[:2]), after=spelled,
                link=Link.FORMULA, variable=region.x.name)  # fmt: skip
