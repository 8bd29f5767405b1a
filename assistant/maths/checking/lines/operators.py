"""Integrals, limits and sums that a line gives a value: wrong where they have another.

Such a line is no equation to be solved: nothing in it is unknown.  The letters of an
indefinite integral are its variable and the constant of integration, a derivative is worked
out where a derivative is what the problem wants.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.maths import terms as t
from assistant.maths.checking.lines.arithmetic import WRONG, in_degrees
from assistant.maths.checking.lines.course import Course
from assistant.maths.checking.lines.expressions import APART
from assistant.maths.checking.lines.marks import Finding, linked, undecided
from assistant.maths.reading.claims.line import Claim, Line
from assistant.maths.types import Link, Refuted, Text

LIMITS = frozenset({"limit", "limit_left", "limit_right"})
SUMS = frozenset({"sum", "product", "integrate"})
CONSTANT = re.compile(r"[Cc](?:_?\d)?|K")
PI = t.Constant(t.ConstantName.PI)
NO_CONSTANT = undecided(
    "one antiderivative; the constant of integration is missing",
    "这是一个原函数，但缺少积分常数",
)
SLOPES = Text(
    "the two sides do not have the same derivative: for {0} the derivatives are {1} and {2}",
    "两边的导数不相同：当 {0} 时，导数分别为 {1} 和 {2}",
)


def wrong_value(course: Course, claim: Claim, line: Line) -> Finding | None:
    """The finding on a chain in which one of these has another value than the side beside it."""
    loose = line.supposed or line.denied or line.negated or line.rounded or not claim.sure
    if loose or set(claim.signs) != {"="} or None in claim.sides:
        return None
    sides = [side for side in claim.sides if side is not None]
    if any(isinstance(s, t.Relation | t.Junction | t.Collection | t.Matrix) for s in sides):
        return None
    for one, other in pairwise(sides):
        if (found := _wrong(course, one, other)) is not None:
            return found
    return None


def _wrong(course: Course, one: t.Expr, other: t.Expr) -> Finding | None:
    kinds = {_kind(n) for side in (one, other) for n in t.walk(side)} - {""}
    if len(kinds) != 1 or any(map(_is_rounded, (one, other))):
        return None
    (kind,) = kinds
    free = {n for side in (one, other) for n in _free(side)}
    names = _letters(course, kind, free, (one, other))
    if names is None:
        return None
    verdict = linked(one, other, Link.EQUAL, names)
    if not isinstance(verdict, Refuted) or "undefined" in (verdict.left, verdict.right):
        return None
    first, second = (t.transform(side, bare_degrees) for side in (one, other))
    changed = (first, second) != (one, other)
    if changed and not isinstance(linked(first, second, Link.EQUAL, names), Refuted):
        return None  # right for angles in degrees, perhaps
    if names:
        why = SLOPES if kind == "antiderivative" else APART
        args = (verdict.witness, verdict.left, verdict.right)
        return Finding(verdict, Text(why.en, why.zh, args))
    formula = t.equation(one, other)
    return Finding(verdict, Text(WRONG.en, WRONG.zh, (formula, verdict.left, verdict.right)))


def fixed_pairs(claim: Claim) -> list[tuple[t.Expr, t.Expr]]:
    """Neighbours in a chain with an indefinite integral that have neither the integral nor a
    constant of integration: these are no longer equal but for a constant."""
    sides = [side for side in claim.sides if side is not None]
    if not any(map(_is_open, sides)):
        return []
    return [
        (one, other)
        for one, other in pairwise(sides)
        if not any(_is_open(s) or any(map(CONSTANT.fullmatch, _free(s))) for s in (one, other))
    ]


def lacks_constant(claim: Claim) -> bool:
    """Whether a side of a chain that begins with an indefinite integral has neither an integral
    nor a constant of integration: it is one of many."""
    first, *others = (side for side in claim.sides if side is not None)
    if not _is_open(first):
        return False
    own = _free(first)
    closed = (_free(side) for side in others if not _is_open(side))
    return any(free <= own and not any(map(CONSTANT.fullmatch, free)) for free in closed)


def _is_open(side: t.Expr) -> bool:
    return any(_kind(n) == "antiderivative" for n in t.walk(side))


def _kind(node: t.Expr) -> str:
    match node:
        case t.Call("integrate", (_, _)):
            return "antiderivative"
        case t.Call("diff", (body, *_)) if not _is_name(body):
            return "derivative"
        case t.Call("diff"):
            return "name"
        case t.Call(name) if name in LIMITS | SUMS:
            return "value"
    return ""


def _is_name(body: t.Expr) -> bool:
    """``f(x)`` of a function that is not written out."""
    return any(isinstance(n, t.Call) and len(n.name) == 1 for n in t.walk(body))


def _is_rounded(side: t.Expr) -> bool:
    return any(isinstance(n, t.Number) and n.decimals for n in t.walk(side))


def _letters(
    course: Course, kind: str, free: set[str], sides: tuple[t.Expr, t.Expr]
) -> tuple[str, ...] | None:
    """The letters for which both sides must agree; ``None`` where something may be unknown."""
    match kind:
        case "value":
            return None if free else ()
        case "antiderivative":
            by = {
                n.args[1].name
                for side in sides
                for n in t.walk(side)
                if _kind(n) == kind and isinstance(n, t.Call) and isinstance(n.args[1], t.Symbol)
            }
            constants = {n for n in free if CONSTANT.fullmatch(n)}
            return tuple(by) if len(by) == 1 and free - constants <= by else None
        case "derivative" if t.integer(0) in sides:
            return None  # where is it zero?
        case "derivative" if isinstance(course.asked, t.Call) and course.asked.name == "diff":
            wanted = set(t.symbols(course.asked))
            return tuple(free) if len(free) == 1 and free <= wanted else None
    return None


def _free(expr: t.Expr) -> set[str]:
    """The letters of a formula that its operators do not bind."""
    match expr:
        case t.Symbol(name):
            return {name}
        case t.Call(name, (body, t.Symbol(letter), *rest)) if name in LIMITS | SUMS and rest:
            return (_free(body) - {letter}).union(*map(_free, rest))
    return {name for child in t.children(expr) for name in _free(child)}


def bare_degrees(node: t.Expr) -> t.Expr:
    """An angle without a sign, in degrees, as a number of radians."""
    match in_degrees(node), node:
        case t.Call(name, (t.Call("degrees", (angle,)),)), t.Call(_, (bare,)) if angle == bare:
            return t.Call(name, (t.Div(t.Mul((angle, PI)), t.integer(180)),))
    return node
