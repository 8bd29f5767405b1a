"""Answers that are more than one value: points, and functions with constants of their own."""

from __future__ import annotations

import re
from itertools import permutations

from assistant.maths import terms as t
from assistant.maths.pool import Runner
from assistant.maths.showing.plain import plain
from assistant.maths.types import EqualResult
from assistant.teaching.reading import values_in
from assistant.teaching.setting_up import renamed
from assistant.teaching.types import Lesson, Standing

Point = tuple[t.Expr, ...]
CONSTANT = re.compile(r"C(?:_?\d)?")
"""How the solver names the constants of a general solution."""
MOST_CONSTANTS = 3
MOST_POINTS = 12


def equal(runner: Runner, one: t.Expr, other: t.Expr) -> bool:
    """Whether two values are surely the same."""
    if one == other:
        return True
    result = runner.run("equal", (plain(one), plain(other)))
    return isinstance(result, EqualResult) and result.equal is True


def is_same_family(runner: Runner, line: t.Expr, exact: t.Expr) -> bool:
    """Whether ``y = …`` is a general solution with other letters for its constants: each of them
    is any number, so that only their names may differ."""
    match line, exact:
        case (
            t.Relation(t.Comparison.EQ, t.Symbol(own) | t.Call(own, (t.Symbol(),)), given),
            t.Relation(t.Comparison.EQ, t.Call(name, (t.Symbol(x),)), found),
        ) if own == name:
            constants = [n for n in t.symbols(found) if CONSTANT.fullmatch(n)]
            known = {*t.symbols(found), x} - set(constants)
            letters = [n for n in t.symbols(given) if n not in known]
            if not constants or not len(constants) == len(letters) <= MOST_CONSTANTS:
                return False
            named = (dict(zip(letters, one, strict=True)) for one in permutations(constants))
            return any(equal(runner, renamed(given, called), found) for called in named)
    return False


def points(lesson: Lesson) -> tuple[Point, ...]:
    """The points that the student's lines give, whole or one unknown after the other."""
    found: dict[Point, None] = {}
    begun: dict[str, t.Expr] = {}
    for line in lesson.written:
        if line.formula is None or line.standing is Standing.REFUSED:
            continue
        for point in _whole(line.formula, lesson.names):
            found.setdefault(point)
        for name, value in values_in(line.formula, lesson.names):
            if name in begun and len(begun) == len(lesson.names):
                begun = {}
            begun[name] = value
            if len(begun) == len(lesson.names):
                found.setdefault(tuple(begun[n] for n in lesson.names))
    return tuple(found)[-MOST_POINTS:]


def _whole(line: t.Expr, names: tuple[str, ...]) -> tuple[Point, ...]:
    match line:
        case t.Collection(t.Bracket.TUPLE, items) if len(items) == len(names):
            return (items,)
        case t.Relation(t.Comparison.EQ, t.Collection(), t.Collection() as point):
            return _whole(point, names)
    return ()


def exact_points(lesson: Lesson) -> tuple[Point, ...]:
    """The solutions of a system; nothing where they are no list."""
    match lesson.solution.answer.value:
        case t.Collection(t.Bracket.SET, found):
            whole = [p.items for p in found if isinstance(p, t.Collection)]
            fits = len(whole) == len(found) and all(len(p) == len(lesson.names) for p in whole)
            return tuple(whole) if fits else ()
    return ()
