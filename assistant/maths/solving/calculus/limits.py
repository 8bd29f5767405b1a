"""Limits with the steps of a first course; a limit that does not exist is an answer."""

from __future__ import annotations

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.checking.asymptotics.limits import (
    INFINITY,
    UNDEFINED,
    DoesNotExist,
    approach,
    counts,
    exact_limit,
)
from assistant.maths.checking.asymptotics.scales import Unknown
from assistant.maths.solving.calculus.limit_algebra import without_factorials
from assistant.maths.solving.calculus.limit_moves import next_move
from assistant.maths.solving.calculus.limit_scene import LAWS, OPERATORS, Scene
from assistant.maths.solving.calculus.limit_values import formula, sides
from assistant.maths.solving.common import Draft, Trail
from assistant.maths.types import Link, Request, Rule, Step, Text

SIDES = Rule("limit.sides", "Compare the sides", "比较左右极限")
OSCILLATION = Rule("limit.oscillation", "Two sequences", "取两个数列")
SIMPLIFY = Rule("limit.simplify", "Simplify", "化简")
NO_VALUES = Rule("limit.no_values", "No values near the point", "在该点附近无定义")

NONE_EN, NONE_ZH = "does not exist", "不存在"
LONGEST = 8
STORY_SECONDS = 3.0

Place = tuple[str, t.Expr, str]


def limit(request: Request) -> Draft | None:
    """The limit, from both sides where none is asked for."""
    asked = _asked(request)
    if asked is None:
        return None
    body, place = asked
    if any(node == INFINITY for node in t.walk(body)):
        return _outside(body, place)
    try:
        way, values = sides(without_factorials(body), place)
    except NotConvertible:
        return None
    if not values:
        return _outside(body, place)
    if any(v is sp.nan for v in values):
        return _oscillating(body, place)
    if any(v is None for v in values):
        return None
    found = [formula(v) for v in values]
    if any(f is None for f in found):
        return None
    if len(found) == 2 and found[0] != found[1] and sp.simplify(values[0] - values[1]) != 0:
        return _two_sided(body, place, (found[0], found[1]))
    value = found[0]
    assert value is not None
    one_sided = len(way.sides) == 1 and not way.infinite and not place[2]
    if one_sided:
        place = (place[0], place[1], "+" if way.sides[0] == 1 else "-")
    return Draft(
        answer=value,
        steps=tuple(story(Scene(body, place, value))),
        method="limit",
        variables=(place[0],),
        conditions=_one_sided_note(place) if one_sided else (),
        curves=(body,),
    )


def by_expansion(request: Request) -> Draft | None:
    """Where SymPy's value is missing or was refuted: the leading term of an expansion."""
    asked = _asked(request)
    if asked is None:
        return None
    body, place = asked
    try:
        with time_limit(STORY_SECONDS):
            value = formula(exact_limit(approach(body, *place)))
    except DoesNotExist:
        return _oscillating(body, place)
    except (Unknown, NotConvertible, OutOfTime):
        return None
    if value is None:
        return None
    return Draft(
        answer=value,
        steps=tuple(story(Scene(body, place, value))),
        method="expansion",
        variables=(place[0],),
        curves=(body,),
    )


def _asked(request: Request) -> tuple[t.Expr, Place] | None:
    """The body and the place; an operand that is the operator itself is taken apart."""
    match request.operands:
        case (t.Call(name, (body, t.Symbol(variable), point)),) if name in OPERATORS.values():
            direction = next(d for d, n in OPERATORS.items() if n == name)
            return body, (variable, point, direction)
        case (body, point) if request.variables:
            direction = request.direction if request.direction in ("+", "-") else ""
            if t.is_infinite(point):
                direction = ""
            return body, (request.variables[0], point, direction)
    return None


def _one_sided_note(place: Place) -> tuple[Text, ...]:
    side = (">", "<")[place[2] == "-"]
    return (
        Text(
            f"the function has real values only for {{0}} {side} {{1}} near the point",
            f"在该点附近函数只在 {{0}} {side} {{1}} 时有实数值",
            (t.Symbol(place[0]), place[1]),
        ),
    )


def story(scene: Scene) -> list[Step]:
    """The lines from the limit to its value."""
    trail = Trail(scene.sign(scene.body))
    used: dict[Rule, int] = {}
    wraps = []
    first = scene.value
    for _ in range(LONGEST):
        try:
            with time_limit(STORY_SECONDS):
                move = next_move(scene, used)
        except OutOfTime:
            break
        wraps.append(move.wrap)
        if move.body is None:
            for n, line in enumerate(move.lines):
                trail.to(
                    _around(wraps, line),
                    move.rule,
                    move.why,
                    substeps=move.substeps if n == 0 else (),
                )
            break
        inner = scene.other(move.body)
        if inner is None:
            break
        scene = Scene(move.body, scene.place, inner)
        trail.to(_around(wraps, scene.sign(move.body)), move.rule, move.why, substeps=move.substeps)
    if trail.line != first:
        whole = not any(
            isinstance(n, t.Call) and n.name in OPERATORS.values() for n in t.walk(trail.line)
        )
        why = (
            Text("Simplify.", "化简。")
            if whole
            else Text("The limit of what is left.", "求余下部分的极限。")
        )
        trail.to(first, SIMPLIFY if whole else LAWS, why)
    return trail.steps


def _around(wraps: list, inner: t.Expr) -> t.Expr:  # type: ignore[type-arg]
    for wrap in reversed(wraps):
        inner = wrap(inner)
    return inner


def _two_sided(body: t.Expr, place: Place, values: tuple[t.Expr | None, t.Expr | None]) -> Draft:
    """Both one-sided limits, which differ."""
    name, point, _ = place
    steps: list[Step] = []
    signs = []
    for direction, value in zip(("+", "-"), values, strict=True):
        assert value is not None
        scene = Scene(body, (name, point, direction), value)
        steps += story(scene)
        signs.append(t.Relation(t.Comparison.EQ, scene.sign(body), value))
    whole = t.Call("limit", (body, t.Symbol(name), point))
    steps.append(
        Step(
            rule=SIDES,
            why=Text(
                "From the right {0}, from the left {1}: they differ, so there is no limit.",
                "右极限为 {0}，左极限为 {1}，两者不等，极限不存在。",
                (values[0] or UNDEFINED, values[1] or UNDEFINED),
            ),
            before=whole,
            after=UNDEFINED,
            link=Link.FORMULA,
        )
    )
    return _none(place, tuple(steps), body)


def _none(place: Place, steps: tuple[Step, ...], body: t.Expr) -> Draft:
    return Draft(
        answer=UNDEFINED,
        text=NONE_EN,
        said=(Text(NONE_EN, NONE_ZH),),
        steps=steps,
        method="limit",
        variables=(place[0],),
        curves=(body,),
    )


def _outside(body: t.Expr, place: Place) -> Draft:
    """The function has no real values near the point."""
    scene = Scene(body, place, UNDEFINED)
    why = Text(
        "Near the point, on the side asked for, the function has no real values.",
        "在该点附近（所求的一侧）函数没有实数值。",
    )
    step = Step(
        rule=NO_VALUES, why=why, before=scene.sign(body), after=UNDEFINED, link=Link.FORMULA
    )
    return _none(place, (step,), body)


def _oscillating(body: t.Expr, place: Place) -> Draft | None:
    """Two sequences, or two sides, with other limits; nothing without them."""
    way = approach(body, *place)
    try:
        with time_limit(STORY_SECONDS):
            value = exact_limit(way)
    except DoesNotExist as none:
        if counts(way):
            return None
        if none.values is None:
            return _outside(body, place)
        shown = [formula(v) for v in none.values]
    except (Unknown, OutOfTime):
        return None
    else:
        found = formula(value)
        if found is None:
            return None
        steps = tuple(story(Scene(body, place, found)))
        return Draft(
            answer=found, steps=steps, method="limit", variables=(place[0],), curves=(body,)
        )
    if any(s is None for s in shown):
        return None
    why = Text(
        "Along one sequence the values go to {0}, along another to {1}: there is no limit.",
        "沿一个数列函数值趋于 {0}，沿另一个趋于 {1}，所以极限不存在。",
        (shown[0] or UNDEFINED, shown[1] or UNDEFINED),
    )
    scene = Scene(body, place, UNDEFINED)
    step = Step(
        rule=OSCILLATION, why=why, before=scene.sign(body), after=UNDEFINED, link=Link.FORMULA
    )
    return _none(place, (step,), body)
