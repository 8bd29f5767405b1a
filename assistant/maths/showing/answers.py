"""Answers as people write them: ``x = 2 or x = 3`` and not a set of two numbers.

The batch contract wants sets; a reader wants statements about the unknown.  Both are
made here from the same answer.
"""

from __future__ import annotations

from assistant.maths import terms as t
from assistant.maths.showing import words
from assistant.maths.showing.notation_calls import COMMAS, ELEMENT
from assistant.maths.showing.plain import plain
from assistant.maths.types import Solution, Step, Task, Text

Line = t.Expr | Text
"""A formula, or a sentence where there is no formula (``no solution``)."""

EMPTY = t.Constant(t.ConstantName.EMPTY)
REALS = t.Constant(t.ConstantName.REALS)
INFINITY = t.Constant(t.ConstantName.INFINITY)
INTEGERS = t.Constant(t.ConstantName.INTEGERS)
SETTLED = {
    EMPTY: words.NO_SOLUTION,
    REALS: words.EVERY_REAL,
    t.Constant(t.ConstantName.COMPLEXES): words.EVERY_COMPLEX,
}


def answer_lines(solution: Solution) -> tuple[Line, ...]:
    """The answer, a line a statement."""
    value, text = solution.answer.value, solution.answer.text
    if solution.answer.said:
        return solution.answer.said
    if text or value is None:
        return (Text("{0}", "{0}", (text,)),)
    match solution.steps:
        case (*_, Step(before=t.Call("integrate", (_, _)), after=t.Add() as all_of_them)) if (
            solution.kind is Task.INTEGRATE
        ):
            return (all_of_them,)  # with the constant of integration
    if solution.kind is Task.SOLVE and solution.variables:
        return set_lines(value, solution.variables)
    return (value,)


def set_lines(value: t.Expr, names: tuple[str, ...]) -> tuple[Line, ...]:
    """The statements that put the unknowns into the set."""
    if isinstance(value, t.Constant) and value in SETTLED:
        return (SETTLED[value],)
    match value:
        case t.Collection(t.Bracket.SET, ()):
            return (words.NO_SOLUTION,)
        case t.Collection(t.Bracket.SET, items) if len(names) > 1:
            return (_points(items, names),)
        case t.Collection(t.Bracket.SET, items):
            return (_either(items, names[0]),)
        case t.Call("intersection", (inner, t.Interval() as cut)) if len(names) == 1:
            if isinstance(inner, t.Call) and (both := _on_part(inner, cut, names)):
                return both
        case t.Call("imageset", (body, index)):
            return _periodic((body,), index, names)
        case t.Call("union", parts) if families := _families(parts):
            bodies, index = families
            return _periodic(bodies, index, names)
        case t.Call("conditionset", (_, condition)):
            return (condition,)
        case t.Relation() | t.Junction():
            return (value,)
    if len(names) == 1:
        return (t.Call(ELEMENT, (t.Symbol(names[0]), value)),)
    return (value,)


def _either(items: tuple[t.Expr, ...], name: str) -> t.Expr:
    roots = tuple(t.equation(t.Symbol(name), item) for item in items)
    return roots[0] if len(roots) == 1 else t.Junction(t.Connective.OR, roots)


def _points(items: tuple[t.Expr, ...], names: tuple[str, ...]) -> t.Expr:
    """``x = 3, y = 2``, or ``(x, y) = (3, 2) or (x, y) = (2, 3)``."""
    if len(items) == 1:
        return _point(items[0], names)
    unknowns = t.Collection(t.Bracket.TUPLE, tuple(map(t.Symbol, names)))
    return t.Junction(t.Connective.OR, tuple(t.equation(unknowns, item) for item in items))


def _point(item: t.Expr, names: tuple[str, ...]) -> t.Expr:
    """``x = 3, y = 2``; an unknown that stays free is left out."""
    if not isinstance(item, t.Collection) or len(item.items) != len(names):
        return item
    pairs = tuple(
        t.equation(t.Symbol(name), value)
        for name, value in zip(names, item.items, strict=True)
        if value != t.Symbol(name)
    )
    return t.Call(COMMAS, pairs) if len(pairs) > 1 else (pairs[0] if pairs else item)


def _families(parts: tuple[t.Expr, ...]) -> tuple[tuple[t.Expr, ...], t.Expr] | None:
    """The bodies of a union of image sets over the integers, under one index."""
    bodies: list[t.Expr] = []
    first: t.Expr | None = None
    for part in parts:
        match part:
            case t.Call("imageset", (body, t.Symbol(name) as index)):
                first = first or index
                assert isinstance(first, t.Symbol)
                bodies.append(t.substitute(body, name, first))
            case _:
                return None
    return (tuple(bodies), first) if first is not None else None


def _periodic(
    bodies: tuple[t.Expr, ...], index: t.Expr, names: tuple[str, ...]
) -> tuple[Line, ...]:
    """``x = π/6 + 2πk or x = 5π/6 + 2πk, k ∈ ℤ``."""
    unknown: t.Expr = t.Symbol(names[0])
    if len(names) > 1:
        unknown = t.Collection(t.Bracket.TUPLE, tuple(map(t.Symbol, names)))
    integer = t.Call(ELEMENT, (index, INTEGERS))
    lines = tuple(_member(unknown, body) for body in bodies)
    either = lines[0] if len(lines) == 1 else t.Junction(t.Connective.OR, lines)
    return (t.Call(COMMAS, (either, integer)),)


def _on_part(inner: t.Call, cut: t.Interval, names: tuple[str, ...]) -> tuple[Line, ...] | None:
    """``x = π/6 + 2πk, k ∈ ℤ, x > 0``: the families with the bound that cuts them off."""
    match set_lines(inner, names):
        case (t.Call(name, parts),) if name == COMMAS:
            return (t.Call(COMMAS, (*parts, _bound(t.Symbol(names[0]), cut))),)
    return None


def _bound(unknown: t.Expr, cut: t.Interval) -> t.Expr:
    """``x > 0`` for the interval of all positive numbers."""
    if cut.high == INFINITY:
        return t.Relation(t.Comparison.GT if cut.low_open else t.Comparison.GE, unknown, cut.low)
    if cut.low == t.Neg(INFINITY):
        return t.Relation(t.Comparison.LT if cut.high_open else t.Comparison.LE, unknown, cut.high)
    return _member(unknown, cut)


def _member(unknown: t.Expr, body: t.Expr) -> t.Expr:
    if not isinstance(body, t.Interval):
        return t.equation(unknown, body)
    signs = (body.low_open, body.high_open)
    low, high = (t.Comparison.LT if opened else t.Comparison.LE for opened in signs)
    parts = (t.Relation(low, body.low, unknown), t.Relation(high, unknown, body.high))
    return t.Junction(t.Connective.AND, parts)


def answer_parts(solution: Solution) -> tuple[t.Expr, ...]:
    """The answer as the batch contract lists it: the roots of one unknown as values, one
    point of several unknowns as equations, anything else as it is."""
    match solution.answer.value:
        case None:
            return ()
        case t.Collection(t.Bracket.SET, items) if (
            solution.kind is Task.SOLVE and items and len(solution.variables) == 1
        ):
            return items
        case t.Collection(t.Bracket.SET, (t.Collection(t.Bracket.TUPLE, items),)) if (
            solution.kind is Task.SOLVE and len(items) == len(solution.variables)
        ):
            pairs = zip(solution.variables, items, strict=True)
            return tuple(t.equation(t.Symbol(name), item) for name, item in pairs)
        case value:
            return (value,)


def answer_text(solution: Solution) -> str:
    """The plain answer of the batch contract: a text that the reader accepts again."""
    if solution.answer.text:
        return words.clean(solution.answer.text)
    return ", ".join(map(plain, answer_parts(solution)))
