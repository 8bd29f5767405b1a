"""Comparing numbers: bigger, sorted, nearest, true or false."""

from __future__ import annotations

import itertools
from functools import cmp_to_key

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import NotConvertible, from_sympy, to_sympy
from assistant.maths.solving.common import Draft
from assistant.maths.solving.numbers.divisors import worked_out
from assistant.maths.solving.numbers.quantities import rational, sign_of_difference, written
from assistant.maths.types import Link, Request, Rule, Step, Text

ORDER = Rule("compare.order", "Put them in order", "排列大小")
DISTANCE = Rule("compare.distance", "Work out the distances", "求距离")
DIFFERENCE = Rule("compare.difference", "Compare by the difference", "作差比较")
VALUES = Rule("compare.values", "Work both sides out", "分别求值")
MATCH = Rule("compare.match", "Compare with each option", "与各选项比较")
RELATIONS = {-1: t.Comparison.LT, 0: t.Comparison.EQ, 1: t.Comparison.GT}
HOLDS = {
    t.Comparison.LT: (-1,), t.Comparison.LE: (-1, 0), t.Comparison.GT: (1,),
    t.Comparison.GE: (0, 1), t.Comparison.EQ: (0,), t.Comparison.NE: (-1, 1),
}  # fmt: skip


class _Unclear(Exception):  # noqa: N818 - "cannot tell" is a value here
    """Two numbers whose order is not certain."""


def _ascending(values: tuple[t.Expr, ...]) -> list[int] | None:
    """The places of the values from small to big; ``None`` if an order is not certain."""
    if any(map(t.symbols, values)):
        return None  # the values of letters are not known, be they the same letter twice

    def compare(i: int, j: int) -> int:
        sign = sign_of_difference(values[i], values[j])
        if sign is None:
            raise _Unclear
        return sign

    try:
        return sorted(range(len(values)), key=cmp_to_key(compare))
    except _Unclear:
        return None


def _chain(values: tuple[t.Expr, ...], places: list[int]) -> Step:
    """``-4 < 0 = 0 < 3`` as a true statement."""
    links = []
    for i, j in itertools.pairwise(places):
        sign = sign_of_difference(values[i], values[j])
        links.append(t.Relation(RELATIONS[sign or 0], values[i], values[j]))
    whole = links[0] if len(links) == 1 else t.Junction(t.Connective.AND, tuple(links))
    return Step(
        rule=ORDER,
        why=Text("From the smallest to the biggest.", "从小到大排列。"),
        before=whole,
        after=t.Truth(value=True),
        link=Link.EQUIVALENT,
    )


def rank(request: Request) -> Draft | None:
    """The k-th biggest or smallest, and sorted lists, in the spelling of the question."""
    ordered = (topics.BIGGEST, topics.SMALLEST, topics.ASCENDING, topics.DESCENDING)
    if request.topic not in ordered or len(request.words) != len(request.operands):
        return None
    places = _ascending(request.operands)
    if places is None:
        return None
    steps = (*worked_out(request.operands), _chain(request.operands, places))
    chosen = places if request.topic in (topics.SMALLEST, topics.ASCENDING) else places[::-1]
    if request.topic in (topics.ASCENDING, topics.DESCENDING):
        return Draft(
            answer=t.Collection(t.Bracket.LIST, tuple(request.operands[i] for i in chosen)),
            text=_with_signs(request, chosen)
            if request.direction == "<"
            else ", ".join(request.words[i] for i in chosen),
            steps=steps,
            method="order",
        )
    k = request.order or 1
    if k > len(chosen) or _tied(request.operands, chosen, k - 1):
        return None
    return _picked(request, chosen[k - 1], request.operands, steps)


def _with_signs(request: Request, places: list[int]) -> str:
    """``3^60 < 2^100``, in the spelling of the question."""
    text = request.words[places[0]]
    for i, j in itertools.pairwise(places):
        sign = sign_of_difference(request.operands[i], request.operands[j])
        text += f" {'<' if sign else '='} {request.words[j]}"
    return text


def _tied(values: tuple[t.Expr, ...], places: list[int], k: int) -> bool:
    """Whether the value at a rank stands at another rank too."""
    return any(
        n != k and sign_of_difference(values[places[n]], values[places[k]]) == 0
        for n in range(len(places))
    )


def _picked(
    request: Request, place: int, values: tuple[t.Expr, ...], steps: tuple[Step, ...]
) -> Draft:
    return Draft(answer=values[place], text=request.words[place], steps=steps, method="order")


def nearest(request: Request) -> Draft | None:
    """The value with the smallest distance to a target."""
    if request.topic not in (topics.NEAREST, topics.FARTHEST):
        return None
    target, *rest = request.operands
    values = tuple(rest)
    if len(values) != len(request.words):
        return None
    gaps = tuple(t.Call("abs", (t.Add((v, t.Neg(target))),)) for v in values)
    distances = tuple(g if (d := rational(g)) is None else written(d, decimal=True) for g in gaps)
    places = _ascending(distances)
    if places is None:
        return None
    chosen = places if request.topic == topics.NEAREST else places[::-1]
    if len(chosen) > 1 and sign_of_difference(distances[chosen[0]], distances[chosen[1]]) == 0:
        return None
    steps = tuple(
        Step(
            rule=DISTANCE,
            why=Text("The distance from {0}.", "到 {0} 的距离。", (target,)),
            before=g,
            after=d,
        )
        for g, d in zip(gaps, distances, strict=True)
    )
    steps = (*worked_out(request.operands), *steps, _chain(distances, places))
    return _picked(request, chosen[0], values, steps)


def is_true(request: Request) -> Draft | None:
    """Whether a relation between numbers holds."""
    if request.topic != topics.IS_TRUE or len(request.operands) != 1:
        return None
    statement = request.operands[0]
    holds = truth(statement)
    if holds is None:
        return None
    step = Step(
        rule=DIFFERENCE,
        why=Text("Compare the two sides.", "比较两边的大小。"),
        before=statement,
        after=t.Truth(holds),
        link=Link.EQUIVALENT,
    )
    return Draft(answer=t.Truth(holds), text=str(holds), steps=(step,), method="comparison")


def truth(statement: t.Expr) -> bool | None:
    """Whether a statement about numbers holds; ``None`` if that is not certain."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, right) if t.symbols(statement):
            return identity(left, right)
        case t.Relation(op, left, right):
            sign = sign_of_difference(left, right)
            return None if sign is None else sign in HOLDS[op]
        case t.Junction(op, args):
            parts = [truth(a) for a in args]
            if None in parts:
                return None
            return all(parts) if op is t.Connective.AND else any(parts)
        case t.Call(kind, (value,)):
            return of_kind(kind, value)
    return None


def identity(left: t.Expr, right: t.Expr) -> bool | None:
    """Whether two rational expressions are the same for every value of their letters."""
    try:
        gap = sp.together(to_sympy(left) - to_sympy(right))
    except NotConvertible:
        return None
    if not gap.is_rational_function(*gap.free_symbols):
        return None
    return bool(sp.expand(sp.numer(gap)) == 0)


def of_kind(kind: str, value: t.Expr) -> bool | None:
    """Whether a number is rational, an integer, negative, …; ``None`` if that is not certain."""
    exact = rational(value)
    if exact is None:
        known = to_sympy(value).is_rational
        if known is None:
            return None
        exact_kinds = {"rational": bool(known), "irrational": not known, "integer": False}
        if kind in exact_kinds:
            return exact_kinds[kind] if not (kind == "integer" and known) else None
        sign = sign_of_difference(value, t.integer(0))
        return None if sign is None else sign == (1 if kind == "positive" else -1)
    return {
        "rational": True,
        "irrational": False,
        "integer": exact.denominator == 1,
        "negative": exact < 0,
        "positive": exact > 0,
    }.get(kind)


def match(request: Request) -> Draft | None:
    """The one option that has the value of the answer."""
    if request.topic != topics.MATCH or len(request.operands) != len(request.words) + 1:
        return None
    value, *rest = request.operands
    value = _lone(value)
    signs = [sign_of_difference(value, option) for option in rest]
    if None in signs or 0 not in signs:
        return None
    places = [n for n, sign in enumerate(signs) if sign == 0]
    if len(places) > 1:  # 27*10^8 and 2.7*10^9: the form counts too
        places = [n for n in places if rest[n] == value]
    if len(places) != 1:
        return None
    place = places[0]
    step = Step(
        rule=MATCH,
        why=Text("Option {0} is {1}.", "选项 {0} 是 {1}。", (request.words[place], rest[place])),
        before=value,
        after=rest[place],
    )
    return Draft(answer=rest[place], text=request.words[place], steps=(step,), method="options")


def _lone(value: t.Expr) -> t.Expr:
    if isinstance(value, t.Collection) and len(value.items) == 1:
        return value.items[0]
    return value


def select(request: Request) -> Draft | None:
    """The one option that is a true statement."""
    if request.topic != topics.SELECT or len(request.operands) != len(request.words):
        return None
    truths = [truth(o) for o in request.operands]
    if None in truths or truths.count(True) != 1:
        return None
    place = truths.index(True)
    steps = tuple(
        _option(w, o, holds=bool(h))
        for w, o, h in zip(request.words, request.operands, truths, strict=True)
    )
    return Draft(
        answer=request.operands[place], text=request.words[place], steps=steps, method="options"
    )


def _option(word: str, statement: t.Expr, *, holds: bool) -> Step:
    """Why an option is true or not: an identity by its left side worked out."""
    match statement:
        case t.Relation(t.Comparison.EQ, left, _) if t.symbols(statement):
            why = Text("Option {0}: {1}.", "选项 {0}：{1}。", (word, statement))
            return Step(rule=VALUES, why=why, before=left, after=from_sympy(to_sympy(left)))
        case t.Call(kind, (value,)):
            why = Text(
                "Option {0}: {1}.", "选项 {0}：{1}。", (word, f"{kind}: {str(holds).lower()}")
            )
            return Step(rule=VALUES, why=why, before=value, after=value, link=Link.FORMULA)
    return Step(
        rule=VALUES,
        why=Text("Option {0}.", "选项 {0}。", (word,)),
        before=statement,
        after=t.Truth(holds),
        link=Link.EQUIVALENT,
    )
