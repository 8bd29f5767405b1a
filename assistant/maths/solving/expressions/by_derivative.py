"""Inequalities in one letter by the derivative of the difference: ``ln(1 + x) < x`` for x > 0.

The difference rises or falls on the whole interval, or has one turning point: so its least
value is known.  Where the sign of the derivative is not plain, it is found in the same way.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.checking.logic.domains import bounds, guards
from assistant.maths.domains import hull
from assistant.maths.solving.common import Draft
from assistant.maths.solving.expressions.meaning import where_defined
from assistant.maths.types import Link, Request, Rule, Step, Text

DIFFERENCE = Rule("prove.difference", "Look at the difference of the sides", "考察两边之差")
DERIVE = Rule("prove.derivative", "Differentiate it", "求导")
SIGN = Rule("prove.slope_sign", "The sign of the derivative", "导数的符号")
VALUE = Rule("prove.least_value", "The value at the end or turning point", "端点或极值点处的值")
CONCLUDE = Rule("prove.conclude", "So the inequality holds", "所以不等式成立")
ZERO, YES = t.integer(0), t.Truth(value=True)
INEQUALITIES = (t.Comparison.GT, t.Comparison.GE, t.Comparison.LT, t.Comparison.LE)
STRICT = (t.Comparison.GT, t.Comparison.LT)
SIGNS = {
    (True, True): t.Comparison.GE,
    (True, False): t.Comparison.GT,
    (False, True): t.Comparison.LE,
    (False, False): t.Comparison.LT,
}
"""How a derivative is to zero where the function rises (or falls), and whether it may be zero."""
NESTED = 3
TINY = 1e-12
SPREAD = tuple(sp.Rational(n, 24) for n in (1, 2, 4, 6, 9, 12, 15, 18, 20, 22, 23))


@dataclass(frozen=True, slots=True)
class Scene:
    """The letter, the interval, and what it says."""

    name: str
    span: t.Interval
    given: tuple[t.Expr, ...]

    @property
    def x(self) -> sp.Symbol:
        """The letter as a real symbol."""
        return sp.Symbol(self.name, real=True)

    def ends(self) -> tuple[sp.Expr, sp.Expr]:
        """Both ends as numbers."""
        return to_sympy(self.span.low, real=True), to_sympy(self.span.high, real=True)

    def points(self, low: sp.Expr, high: sp.Expr) -> list[sp.Expr]:
        """Some numbers between two ends."""
        if low.is_finite and high.is_finite:
            return [low + (high - low) * p for p in SPREAD]
        spread = [p / (1 - p) for p in SPREAD]
        if low.is_finite or high.is_finite:
            return [low + s if low.is_finite else high - s for s in spread]
        return [*(-s for s in spread), *spread]


def prove_by_derivative(request: Request) -> Draft | None:
    """``f(x) >= g(x)``, where the letter is real or of an interval."""
    statement = request.operands[0] if len(request.operands) == 1 else None
    if not isinstance(statement, t.Relation) or statement.op not in INEQUALITIES:
        return None
    op, left, right = statement.op, statement.left, statement.right
    names = t.symbols(statement)
    if len(names) != 1:
        return None
    up = op in (t.Comparison.GT, t.Comparison.GE)
    gap = t.sub(left, right) if up else t.sub(right, left)
    scene = _scene(request, gap, names[0])
    if scene is None:
        return None
    try:
        steps = _shown(gap, scene, strict=op in STRICT, depth=0)
    except (NotConvertible, TypeError):
        return None
    if steps is None:
        return None
    wanted = t.Relation(t.Comparison.GT if op in STRICT else t.Comparison.GE, gap, ZERO)
    why = Text("Show that {0}.", "只需证明 {0}。", (wanted,))
    first = Step(rule=DIFFERENCE, why=why, before=statement, after=gap, link=Link.FORMULA)
    last = Step(rule=CONCLUDE, why=Text("Put together.", "综上。"), before=statement, after=YES,
                link=Link.EQUIVALENT, variable=names[0], given=scene.given)  # fmt: skip
    conditions = () if request.domain is not None else where_defined(statement)
    return Draft(answer=YES, steps=(first, *steps, last), method="derivative",
                 conditions=conditions, curves=(gap,))  # fmt: skip


def _scene(request: Request, gap: t.Expr, name: str) -> Scene | None:
    """The interval that is named, or the one on which the sides have values."""
    infinite = t.Constant(t.ConstantName.INFINITY)
    span = hull(request.domain)
    if span is None:
        low, high = bounds(guards(gap)).get(name, (None, None))
        span = t.Interval(
            t.Neg(infinite) if low is None else t.rational(low),
            infinite if high is None else t.rational(high),
            low_open=True,
            high_open=True,
        )
    x, given = t.Symbol(name), list[t.Expr]()
    if span.low != t.Neg(infinite):
        given.append(t.Relation(t.Comparison.GT if span.low_open else t.Comparison.GE, x, span.low))
    if span.high != infinite:
        given.append(
            t.Relation(t.Comparison.LT if span.high_open else t.Comparison.LE, x, span.high)
        )
    return Scene(name, span, tuple(given))


def _shown(gap: t.Expr, scene: Scene, *, strict: bool, depth: int) -> list[Step] | None:
    """The steps that a difference is positive (or not negative)."""
    value = to_sympy(gap, real=True)
    slope = sp.factor(sp.together(value.diff(scene.x)))
    if not slope.has(scene.x) and depth:
        return None
    shown = from_sympy(slope)
    derived = Step(rule=DERIVE, why=Text("The derivative.", "求导数。"), before=gap, after=shown,
                   link=Link.DERIVATIVE, variable=scene.name, given=scene.given)  # fmt: skip
    low, high = scene.ends()
    cuts = _turning(slope, scene)
    signs = [_sign(slope, scene, a, b) for a, b in zip([low, *cuts], [*cuts, high], strict=True)]
    if signs in ([1], [-1]):
        rest = _monotone(value, slope, scene, strict=strict, depth=depth)
    elif signs == [-1, 1]:
        rest = _valley(value, (shown, cuts[0]), scene, strict=strict)
    elif signs == [1, -1]:
        rest = _hill(value, (shown, cuts[0]), scene)
    else:
        return None
    return None if rest is None else [derived, *rest]


def _turning(slope: sp.Expr, scene: Scene) -> list[sp.Expr]:
    """The zeros of the derivative inside at which it changes its sign."""
    low, high = scene.ends()
    found: set[sp.Expr] = set()
    for factor in sp.Mul.make_args(sp.numer(slope)):
        if factor.has(scene.x) and sp.count_ops(factor) < 30 and _plain(factor, scene.x):
            with suppress(NotImplementedError):
                found |= {s for s in sp.solve(factor, scene.x) if s.is_real}
        found |= {sp.Integer(c) for c in (0, 1) if factor.subs(scene.x, c) == 0}
    inside = sorted((s for s in found if sp.N(low) < sp.N(s) < sp.N(high)), key=sp.N)
    ends = [low, *inside, high]
    return [
        place
        for before, place, after in zip(ends, inside, ends[2:], strict=False)
        if _sign(slope, scene, before, place) != _sign(slope, scene, place, after)
    ]


def _sign(slope: sp.Expr, scene: Scene, low: sp.Expr, high: sp.Expr) -> int:
    """The sign at points between two ends; 0 where it varies."""
    values = [sp.N(slope.subs(scene.x, p)) for p in scene.points(low, high)]
    signs = {1 if v > 0 else -1 for v in values if abs(v) > 1e-14}
    return signs.pop() if len(signs) == 1 else 0


def _plain(value: sp.Expr, x: sp.Symbol) -> bool:
    """A polynomial, or one function of x with numbers: its sign is seen at once."""
    parts = [f for f in value.atoms(sp.Function) if f.has(x)]
    parts += [p for p in value.atoms(sp.Pow) if p.exp.has(x) or not p.exp.is_Integer]
    if not parts:
        return True
    return len(parts) == 1 and not value.subs(parts[0], sp.Dummy()).has(x)


def _monotone(
    value: sp.Expr, slope: sp.Expr, scene: Scene, *, strict: bool, depth: int
) -> list[Step] | None:
    """It rises (falls) throughout, so that it is more than at the left (right) end."""
    up, span = _sign(slope, scene, *scene.ends()) > 0, scene.span
    end, is_open = (span.low, span.low_open) if up else (span.high, span.high_open)
    place = scene.ends()[0 if up else 1]
    least = value.subs(scene.x, place) if place.is_finite else sp.nan
    if not (least.is_real and least.is_finite):
        return None
    number = sp.N(least)
    if number < -TINY or (strict and not is_open and number < TINY):
        return None
    shown, nested = from_sympy(slope), list[Step]()
    if not all(_plain(f, scene.x) for f in sp.Mul.make_args(sp.numer(slope))):
        target = shown if up else from_sympy(-slope)
        below = _shown(target, scene, strict=False, depth=depth + 1) if depth < NESTED else None
        if below is None:
            return None
        nested = below
    touches = slope.has(sp.sin, sp.cos, sp.tan) or (not is_open and slope.subs(scene.x, place) == 0)
    op = SIGNS[up, bool(touches)]
    why = (
        Text("It rises throughout.", "单调递增。")
        if up
        else Text("It falls throughout.", "单调递减。")
    )
    sign = Step(rule=SIGN, why=why, before=t.Relation(op, shown, ZERO), after=YES,
                link=Link.EQUIVALENT, variable=scene.name, given=scene.given,
                substeps=tuple(nested))  # fmt: skip
    return [sign, _value(value, scene, end, from_sympy(least))]


def _value(value: sp.Expr, scene: Scene, place: t.Expr, least: t.Expr) -> Step:
    put = t.substitute(from_sympy(value), scene.name, place)
    here = t.equation(t.Symbol(scene.name), place)
    why = Text(
        "For {0} it is {1}; elsewhere it is more.", "{0} 时其值为 {1}，别处更大。", (here, least)
    )
    return Step(rule=VALUE, why=why, before=put, after=least)


def _valley(
    value: sp.Expr, turn: tuple[t.Expr, sp.Expr], scene: Scene, *, strict: bool
) -> list[Step] | None:
    """It falls up to the turning point and rises from there."""
    shown, cut = turn
    least = sp.simplify(value.subs(scene.x, cut))
    number = sp.N(least)
    if not number.is_real or number < -TINY or (strict and number < TINY):
        return None
    place = from_sympy(cut)
    why = Text("It falls before {0} and rises behind it.", "在 {0} 之前递减，之后递增。",
               (t.equation(t.Symbol(scene.name), place),))  # fmt: skip
    return [_turn(shown, t.Comparison.GT, place, why, scene),
            _value(value, scene, place, from_sympy(least))]  # fmt: skip


def _turn(shown: t.Expr, op: t.Comparison, place: t.Expr, why: Text, scene: Scene) -> Step:
    rising = t.Relation(t.Comparison.GT, shown, ZERO)
    after = t.Relation(op, t.Symbol(scene.name), place)
    return Step(rule=SIGN, why=why, before=rising, after=after, link=Link.EQUIVALENT,
                variable=scene.name, given=scene.given)  # fmt: skip


def _hill(value: sp.Expr, turn: tuple[t.Expr, sp.Expr], scene: Scene) -> list[Step] | None:
    """It rises up to the turning point and falls from there: it is least at the ends."""
    shown, cut = turn
    ends = scene.ends()
    if not all(end.is_finite for end in ends):
        return None
    place = from_sympy(cut)
    why = Text("It rises before {0} and falls behind it, so it is least at the ends.",
               "在 {0} 之前递增，之后递减，故最小值在端点处。",
               (t.equation(t.Symbol(scene.name), place),))  # fmt: skip
    steps = [_turn(shown, t.Comparison.LT, place, why, scene)]
    for end in ends:
        least = sp.simplify(value.subs(scene.x, end))
        if not (least.is_real and least.is_finite) or sp.N(least) < -TINY:
            return None
        steps.append(_value(value, scene, from_sympy(end), from_sympy(least)))
    return steps
