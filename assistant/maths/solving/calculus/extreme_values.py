"""The largest and smallest value, and the range, on intervals of any kind.

Where a value can be extreme: at zeros of the derivative, at kinks of absolute values, and at the
ends that belong to the domain.  What is approached at an open end is compared with those: nothing
is reached there, and then there may be no largest or smallest value.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.calculus.curves import function
from assistant.maths.solving.calculus.wording import taken
from assistant.maths.solving.common import Draft
from assistant.maths.solving.functions.images import ends, intervals, value_at_end
from assistant.maths.solving.functions.ranges import domain_set
from assistant.maths.types import Link, Proved, Request, Rule, Solution, Step, Task, Text

PLACES = Rule("extreme.places", "Where it can be extreme", "可能取得最值的点")
COMPARE = Rule("extreme.compare", "Compare the values", "比较函数值")
PLACES_WHY = Text(
    "The zeros of the derivative and the kinks within the domain.",
    "定义域内导数的零点与不可导点。",
)
COMPARE_WHY = Text(
    "Their values, and the values or limits at the ends.",
    "比较这些点处的函数值与区间端点处的函数值或极限。",
)
MAX_SIZES = 4
DIGITS = 30
NEAR = sp.Float("1e-20", DIGITS)
STEP = sp.Rational(1, 10**4)
ASKED = (topics.MAXIMUM, topics.MINIMUM, topics.RANGE)


@dataclass(frozen=True, slots=True)
class Bound:
    """What all values are on one side of, and where it is taken (``None``: nowhere)."""

    value: sp.Expr
    place: sp.Expr | None


@dataclass(frozen=True, slots=True)
class Scene:
    """A function with its places inside, the values there and at the ends."""

    f: sp.Expr
    x: sp.Symbol
    inside: tuple[sp.Expr, ...]
    values: tuple[Bound, ...]

    def bound(self, *, up: bool) -> Bound:
        """The largest or the smallest of the values; one that is taken goes first."""
        sign = 1 if up else -1
        best = max(self.values, key=lambda b: sp.N(sign * b.value, DIGITS))
        same = (b for b in self.values if b.value == best.value or _near(b.value, best.value))
        return max(same, key=lambda b: b.place is not None)

    def turns(self, *, up: bool) -> bool:
        """Whether there is a local extreme value of this kind, which may be meant."""
        sign = 1 if up else -1
        for place in self.inside:
            here, *beside = (sp.N(self.f.subs(self.x, place + d), DIGITS) for d in (0, -STEP, STEP))
            if not all(b.is_real and sign * (b - here) > 0 for b in beside):
                return True
        return False


def _near(a: sp.Expr, b: sp.Expr) -> bool:
    return bool(a.is_finite and b.is_finite and abs(sp.N(a - b, DIGITS)) < NEAR)


def extreme_value(request: Request) -> Draft | None:
    """The largest or smallest value, or the range, of a function of one variable."""
    found = function(request)
    if request.topic not in ASKED or found is None or t.symbols(found[0]) != (found[1],):
        return None
    body, name = found
    try:
        scene = _scene(body, name, request)
    except (NotConvertible, ValueError, TypeError):
        return None
    if scene is None:
        return None
    if request.topic == topics.RANGE:
        return _range(scene, body)
    up = request.topic == topics.MAXIMUM
    best = scene.bound(up=up)
    if best.place is None and scene.turns(up=up):
        return None
    value, steps = from_sympy(best.value), _steps(scene, body, best)
    if best.place is None:
        return Draft(
            answer=t.Constant(t.ConstantName.EMPTY), text="none", said=(_none(best.value, up=up),),
            steps=steps, method="first derivative", variables=(name,), curves=(body,),
        )  # fmt: skip
    return Draft(
        answer=value, steps=steps, method="first derivative", variables=(name,),
        notes=(taken(scene.x.name, from_sympy(best.place)),), curves=(body,),
    )  # fmt: skip


def _none(value: sp.Expr, *, up: bool) -> Text:
    word, zh = ("largest", "最大值") if up else ("smallest", "最小值")
    if value.is_infinite:
        return Text(f"no {word} value: the values go to {{0}}", f"没有{zh}：函数值趋于 {{0}}",
                    (from_sympy(value),))  # fmt: skip
    return Text(
        f"no {word} value: the values come as near to {{0}} as you like and never reach it",
        f"没有{zh}：函数值可以任意接近 {{0}}，但取不到",
        (from_sympy(value),),
    )


def _steps(scene: Scene, body: t.Expr, *bounds: Bound) -> tuple[Step, ...]:
    places = t.Collection(t.Bracket.LIST, tuple(map(from_sympy, scene.inside)))
    heights = t.Collection(t.Bracket.LIST, tuple(from_sympy(b.value) for b in scene.values))
    found = [from_sympy(b.value) for b in bounds]
    last = found[0] if len(found) == 1 else t.Collection(t.Bracket.LIST, tuple(found))
    first = Step(rule=PLACES, why=PLACES_WHY, before=body, after=places, link=Link.FORMULA)
    second = Step(rule=COMPARE, why=COMPARE_WHY, before=heights, after=last, link=Link.FORMULA)
    return (first, second) if scene.inside else (second,)


def _range(scene: Scene, body: t.Expr) -> Draft | None:
    low, high = (scene.bound(up=up) for up in (False, True))
    if low.value == high.value:
        return None
    answer = t.Interval(
        from_sympy(low.value), from_sympy(high.value), low.place is None, high.place is None
    )
    return Draft(
        answer=answer, steps=_steps(scene, body, low, high), method="range",
        variables=(scene.x.name,), curves=(body,),
        notes=tuple(
            taken(scene.x.name, from_sympy(b.place)) for b in (low, high) if b.place is not None
        ),
    )  # fmt: skip


def _scene(body: t.Expr, name: str, request: Request) -> Scene | None:
    given = request.domain if isinstance(request.domain, t.Interval) else None
    where = domain_set(body, name, given)
    parts = None if where is None else intervals(where)
    f, x = to_sympy(body, real=True), sp.Symbol(name, real=True)
    if not parts or (request.topic == topics.RANGE and len(parts) > 1):
        return None
    inside: list[sp.Expr] = []
    values: list[Bound] = []
    for part in parts:
        low, high, low_open, high_open = ends(part)
        places = _places(f, x, part)
        if places is None:
            return None
        for place, side, is_open in ((low, "+", low_open), (high, "-", high_open)):
            met = value_at_end(f, x, place, side)
            if met is None:
                return None
            values.append(Bound(met[0], None if is_open or met[1] else place))
        if not places and values[-1].value == values[-2].value:  # by Rolle it does not move at all
            places = [_middle(part)]
        inside += places
        values += [Bound(sp.simplify(f.subs(x, p)), p) for p in places]
    return Scene(f, x, tuple(inside), tuple(values))


def _middle(part: sp.Set) -> sp.Expr:
    low, high, *_ = ends(part)
    if low.is_finite and high.is_finite:
        return (low + high) / 2
    return low + 1 if low.is_finite else high - 1 if high.is_finite else sp.S.Zero


def _places(f: sp.Expr, x: sp.Symbol, part: sp.Set) -> list[sp.Expr] | None:
    """Zeros of the derivative and kinks in the open interval; some may be neither."""
    low, high, *_ = ends(part)
    sizes = sorted((s for s in f.atoms(sp.Abs) if s.has(x)), key=sp.count_ops, reverse=True)
    if len(sizes) > MAX_SIZES:
        return None
    wanted = [s.args[0] for s in sizes]
    for signs in itertools.product((1, -1), repeat=len(sizes)):
        smooth = f
        for size, sign in zip(sizes, signs, strict=True):
            smooth = smooth.xreplace({size: sign * size.args[0]})
        slope = sp.fraction(sp.factor(sp.diff(smooth, x)))[0]
        wanted += [slope] if slope.has(x) else []
    found: set[sp.Expr] = set()
    for expr in dict.fromkeys(wanted):
        zeros = _zeros(expr, x.name, part)
        if zeros is None:
            return None
        found |= {z for z in zeros if bool(low < z) and bool(z < high)}
    return sorted(found, key=lambda z: sp.N(z, DIGITS))


def _zeros(expr: sp.Expr, name: str, part: sp.Set) -> set[sp.Expr] | None:
    """All of them where they are finitely many, else those in the interval."""
    from assistant.maths.solving.engine import solve_request

    equation = t.equation(from_sympy(expr), t.integer(0))
    whole = part == sp.Interval(-sp.oo, sp.oo)
    for domain in (None,) if whole else (None, from_sympy(part)):
        asked = Request(task=Task.SOLVE, operands=(equation,), variables=(name,), domain=domain)
        found = solve_request(asked)
        if not isinstance(found, Solution) or not isinstance(found.verdict, Proved):
            continue
        values = None if found.answer.value is None else to_sympy(found.answer.value, real=True)
        if values is sp.S.EmptySet:
            return set()
        if isinstance(values, sp.FiniteSet):
            return set(values)
    return None
