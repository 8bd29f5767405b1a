"""Triangles from three of their parts, and right triangles: sine and cosine rule, area.

Names: sides a, b, c, the angles A, B, C opposite to them.  Angles are answered in degrees
where they are a rational number of them, unless the input writes an angle with π.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Rule, Step, Text

COSINE = Rule("triangle.cosine_rule", "Cosine rule", "余弦定理")
COSINE_ANGLE = Rule("triangle.cosine_angle", "Cosine rule for the angle", "余弦定理求角")
SINE = Rule("triangle.sine_rule", "Sine rule", "正弦定理")
ANGLES = Rule("triangle.angle_sum", "The angles add up to 180°", "三角形内角和为 180°")
AREA = Rule("triangle.area", "Area from two sides and their angle", "两边及夹角求面积")
PERIMETER = Rule("triangle.perimeter", "Add the sides", "三边之和")
PYTHAGORAS = Rule("triangle.pythagoras", "Pythagoras' theorem", "勾股定理")
OPPOSITE = {"a": "A", "b": "B", "c": "C"}
SIDES = tuple(OPPOSITE)


@dataclass
class Triangle:
    """What is known, with the steps that found it."""

    known: dict[str, sp.Expr]
    wanted: str
    degrees: bool
    steps: list[Step] = field(default_factory=list)

    def learn(self, name: str, line: t.Expr, value: sp.Expr, how: tuple[Rule, Text]) -> None:
        """A new part: ``name = line = value``."""
        value = sp.simplify(value)
        self.known[name] = value
        after = self.written(name, value)
        if line != after:
            rule, why = how
            step = Step(rule=rule, why=why, before=line, after=after)
            self.steps.append(step)

    def written(self, name: str, value: sp.Expr) -> t.Expr:
        """A value as a formula; an angle in degrees where they are a rational number."""
        turn = sp.simplify(value * 180 / sp.pi)
        if name in OPPOSITE.values() and self.degrees and turn.is_Rational:
            return t.Call("degrees", (from_sympy(turn),))
        return from_sympy(value)

    def tree(self, name: str) -> t.Expr:
        """A known part as a formula."""
        return self.written(name, self.known[name])


def triangle(request: Request) -> Draft | None:
    """All that can be had from the given parts, up to what is wanted."""
    if request.topic not in (topics.TRIANGLE, topics.PYTHAGORAS) or not request.variables:
        return None
    if len(request.words) != len(request.operands):
        return None
    shape = Triangle(
        dict(zip(request.words, (to_sympy(o, real=True) for o in request.operands), strict=True)),
        request.variables[0],
        not any(n == t.Constant(t.ConstantName.PI) for o in request.operands for n in t.walk(o)),
    )
    if request.topic == topics.PYTHAGORAS:
        shape.known.setdefault("C", sp.pi / 2)
    wanted = shape.wanted
    if not _possible(shape.known):
        return None
    if (pair := _opposite_pair(shape)) is not None:
        return _both(shape, *pair)
    if not _find(shape, wanted):
        return None
    answer = shape.written(wanted, shape.known[wanted])
    return Draft(answer=answer, steps=tuple(shape.steps), method="sine and cosine rule")


def _opposite_pair(shape: Triangle) -> tuple[str, str] | None:
    """A side whose angle is known and a longer side, where nothing else is: two triangles may
    have these parts, or one, or none."""
    known = shape.known
    sides, angles = [s for s in SIDES if s in known], [a for a in OPPOSITE.values() if a in known]
    if len(known) != 3 or len(sides) != 2 or len(angles) != 1:
        return None
    side = angles[0].lower()
    other = next(s for s in sides if s != side)
    fits = side in sides and sp.N(known[other] - known[side]) > 0
    return (side, other) if fits else None


def _both(shape: Triangle, side: str, other: str) -> Draft | None:
    """The answer of each of the triangles with two sides and the angle of the shorter one."""
    known, angle, opposite = shape.known, OPPOSITE[side], OPPOSITE[other]
    if sp.sin(known[angle]).has(sp.sin, sp.cos):
        return None  # no roots, and whether values are equal takes too long to show
    sine = sp.simplify(known[other] * sp.sin(known[angle]) / known[side])
    over = sp.simplify(sine - 1)
    written = t.Div(t.mul(shape.tree(other), t.Call("sin", (shape.tree(angle),))), shape.tree(side))
    impossible = sp.N(known[angle] - sp.pi / 2) >= 0 or over.is_positive
    if not impossible and over != 0 and not over.is_negative:
        return None
    sharp = sp.asin(sine)
    values = [] if impossible else [sharp] if over == 0 else [sharp, sp.pi - sharp]
    told = Text("sin {1} = {0}·sin {3} / {2}; {4} triangle(s) have these parts.",
                "sin {1} = {0}·sin {3} / {2}；符合条件的三角形有 {4} 个。",
                (other, opposite, side, angle, str(len(values))))  # fmt: skip
    steps = [Step(rule=SINE, why=told, before=written, after=from_sympy(sine))]
    found: list[t.Expr] = []
    for value in values:
        one = Triangle({**known, opposite: value}, shape.wanted, shape.degrees)
        if not _find(one, shape.wanted):
            return None
        steps += one.steps
        found.append(one.tree(shape.wanted))
    answer: t.Expr = found[0] if len(found) == 1 else t.Collection(t.Bracket.SET, tuple(found))
    if not found:
        answer = t.Constant(t.ConstantName.EMPTY)
    return Draft(answer=answer, steps=tuple(steps), method="sine and cosine rule")


def _possible(known: dict[str, sp.Expr]) -> bool:
    """Positive sides, angles below 180°, and a third side within the triangle inequality."""
    if any(not v.is_number or not v.is_positive for v in known.values()):
        return False
    angles = [known[n] for n in OPPOSITE.values() if n in known]
    if angles and not sp.N(sum(angles)) <= sp.N(sp.pi) + sp.Float("1e-12"):
        return False
    if all(s in known for s in SIDES):
        a, b, c = (known[s] for s in SIDES)
        return bool(sp.N(a + b - c) > 0 and sp.N(b + c - a) > 0 and sp.N(c + a - b) > 0)
    return True


def _find(shape: Triangle, wanted: str) -> bool:
    """Apply the rules until the wanted part is known; ``False`` if none applies."""
    for _ in range(8):
        if wanted in shape.known:
            return True
        if wanted == "area" and _area(shape):
            return True
        if wanted == "perimeter" and all(s in shape.known for s in SIDES):
            line = t.add(*(shape.tree(s) for s in SIDES))
            total = sum(shape.known[s] for s in SIDES)
            why = Text("The three sides together.", "三条边之和。")
            shape.learn("perimeter", line, total, (PERIMETER, why))
            return True
        if not any(rule(shape) for rule in RULES):
            return False
    return False


def _others(side: str) -> tuple[str, str]:
    first, second = (s for s in SIDES if s != side)
    return first, second


def _third_angle(shape: Triangle) -> bool:
    missing = [n for n in OPPOSITE.values() if n not in shape.known]
    if len(missing) != 1:
        return False
    others = [n for n in OPPOSITE.values() if n != missing[0]]
    straight = t.Call("degrees", (t.integer(180),)) if shape.degrees else from_sympy(sp.pi)
    line = t.add(straight, *(t.Neg(shape.tree(n)) for n in others))
    why = Text("{0} is what is left of 180°.", "{0} 等于 180° 减去另两角。", (missing[0],))
    shape.learn(missing[0], line, sp.pi - sum(shape.known[n] for n in others), (ANGLES, why))
    return True


def _third_side(shape: Triangle) -> bool:
    """Two sides and the angle between them; or Pythagoras backwards from a right angle."""
    known = shape.known
    for side, angle in OPPOSITE.items():
        b, c = _others(side)
        if side in known or angle not in known:
            continue
        if b in known and c in known:
            right = sp.simplify(sp.cos(known[angle])) == 0
            squares = [t.Pow(shape.tree(n), t.integer(2)) for n in (b, c)]
            product = t.mul(
                t.integer(2), shape.tree(b), shape.tree(c), t.Call("cos", (shape.tree(angle),))
            )
            inside = t.add(*squares) if right else t.sub(t.add(*squares), product)
            value = sp.sqrt(
                known[b] ** 2 + known[c] ** 2 - 2 * known[b] * known[c] * sp.cos(known[angle])
            )
            how = (
                (
                    PYTHAGORAS,
                    Text(
                        "The angle is right: {0}² = {1}² + {2}².",
                        "直角三角形：{0}² = {1}² + {2}²。",
                        (side, b, c),
                    ),
                )
                if right
                else (
                    COSINE,
                    Text(
                        "{0}² = {1}² + {2}² − 2{1}{2}·cos {3}.",
                        "{0}² = {1}² + {2}² − 2{1}{2}·cos {3}。",
                        (side, b, c, angle),
                    ),
                )
            )
            shape.learn(side, t.Call("sqrt", (inside,)), value, how)
            return True
    return _leg(shape)


def _leg(shape: Triangle) -> bool:
    known = shape.known
    for side, angle in OPPOSITE.items():
        if side not in known or angle not in known or sp.simplify(sp.cos(known[angle])) != 0:
            continue
        b, c = _others(side)
        for leg, other in ((b, c), (c, b)):
            if leg in known or other not in known:
                continue
            squared = known[side] ** 2 - known[other] ** 2
            if not squared.is_positive:
                return False
            inside = t.sub(
                t.Pow(shape.tree(side), t.integer(2)), t.Pow(shape.tree(other), t.integer(2))
            )
            why = Text(
                "The angle is right: {0}² = {1}² − {2}².",
                "直角三角形：{0}² = {1}² − {2}²。",
                (leg, side, other),
            )
            shape.learn(leg, t.Call("sqrt", (inside,)), sp.sqrt(squared), (PYTHAGORAS, why))
            return True
    return False


def _angle_of_sides(shape: Triangle) -> bool:
    known = shape.known
    if not all(s in known for s in SIDES):
        return False
    for side, angle in sorted(OPPOSITE.items(), key=lambda pair: pair[1] != shape.wanted):
        if angle in known:
            continue
        b, c = _others(side)
        top = t.sub(
            t.add(*(t.Pow(shape.tree(n), t.integer(2)) for n in (b, c))),
            t.Pow(shape.tree(side), t.integer(2)),
        )
        quotient = t.Div(top, t.mul(t.integer(2), shape.tree(b), shape.tree(c)))
        cosine = sp.simplify(
            (known[b] ** 2 + known[c] ** 2 - known[side] ** 2) / (2 * known[b] * known[c])
        )
        why = Text(
            "cos {0} = ({1}² + {2}² − {3}²) / (2{1}{2}).",
            "cos {0} = ({1}² + {2}² − {3}²) / (2{1}{2})。",
            (angle, b, c, side),
        )
        shape.learn(angle, t.Call("acos", (quotient,)), sp.acos(cosine), (COSINE_ANGLE, why))
        return True
    return False


def _pairs(known: dict[str, sp.Expr]) -> Iterator[tuple[str, str]]:
    yield from ((s, a) for s, a in OPPOSITE.items() if s in known and a in known)


def _by_sines(shape: Triangle) -> bool:
    """A side from a pair and an angle.  An angle from a pair is ambiguous: only where the
    known side is the longer of the two is there one triangle."""
    known = shape.known
    for side, angle in _pairs(known):
        for other, opposite in OPPOSITE.items():
            if other not in known and opposite in known:
                line = t.Div(
                    t.mul(shape.tree(side), t.Call("sin", (shape.tree(opposite),))),
                    t.Call("sin", (shape.tree(angle),)),
                )
                value = known[side] * sp.sin(known[opposite]) / sp.sin(known[angle])
                why = Text(
                    "{0} / sin {1} = {2} / sin {3}.",
                    "{0} / sin {1} = {2} / sin {3}。",
                    (other, opposite, side, angle),
                )
                shape.learn(other, line, value, (SINE, why))
                return True
            if other in known and opposite not in known and sp.N(known[side] - known[other]) >= 0:
                sine = t.Div(
                    t.mul(shape.tree(other), t.Call("sin", (shape.tree(angle),))), shape.tree(side)
                )
                value = sp.asin(sp.simplify(known[other] * sp.sin(known[angle]) / known[side]))
                why = Text(
                    "sin {1} = {0}·sin {3} / {2}; {1} is acute because {0} is not the longer side.",
                    "sin {1} = {0}·sin {3} / {2}；因 {0} 不大于 {2}，{1} 为锐角。",
                    (other, opposite, side, angle),
                )
                shape.learn(opposite, t.Call("asin", (sine,)), value, (SINE, why))
                return True
    return False


def _area(shape: Triangle) -> bool:
    known = shape.known
    for side, angle in OPPOSITE.items():
        b, c = _others(side)
        if angle in known and b in known and c in known:
            line = t.mul(
                t.Div(t.integer(1), t.integer(2)),
                shape.tree(b),
                shape.tree(c),
                t.Call("sin", (shape.tree(angle),)),
            )
            value = known[b] * known[c] * sp.sin(known[angle]) / 2
            why = Text("½·{0}·{1}·sin {2}.", "½·{0}·{1}·sin {2}。", (b, c, angle))
            shape.learn("area", line, value, (AREA, why))
            return True
    return False


RULES = (_angle_of_sides, _third_angle, _third_side, _by_sines)
