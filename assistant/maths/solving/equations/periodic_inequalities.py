"""``sin x > 1/2`` on the whole line: solved in one period, and repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp

from assistant.maths import terms as t
from assistant.maths.cas.convert import NotConvertible, from_sympy
from assistant.maths.cas.guard import OutOfTime, time_limit
from assistant.maths.solving.common import Draft
from assistant.maths.solving.equations.found import real, real_symbol
from assistant.maths.solving.equations.inequalities import INEQUALITIES, solve_statement
from assistant.maths.solving.equations.one_unknown import bounds_of
from assistant.maths.solving.equations.solution_sets import K, Piece, pieces_tree, union
from assistant.maths.solving.equations.trigonometric import CIRCULAR, common_angle
from assistant.maths.solving.equations.unknowns import choose_unknowns, statements
from assistant.maths.types import Link, Request, Rule, Step, Text

PERIOD = Rule("inequality.period", "Look at one period", "先看一个周期")
REPEAT = Rule("inequality.repeat", "Repeat it in every period", "推广到每个周期")
INTEGER = Text("{0} is any integer.", "{0} 为任意整数。", (t.Symbol(K.name),))


@dataclass(frozen=True, slots=True)
class Turn:
    """An inequality that repeats after a period, and the one period that is looked at."""

    relation: t.Relation
    name: str
    period: sp.Expr
    window: Piece


def repeated(request: Request) -> Draft | None:
    """One inequality whose unknown stands in sines, cosines and tangents alone."""
    given, names = statements(request), choose_unknowns(request)
    if request.domain not in (None, t.Constant(t.ConstantName.REALS)) or len(given) != 1:
        return None
    relation = given[0]
    if not isinstance(relation, t.Relation) or relation.op not in INEQUALITIES:
        return None
    if len(names) != 1 or t.symbols(relation) != names:
        return None
    try:
        turn = _turn(relation, names[0])
        solved = None if turn is None else solve_statement(relation, turn.name, turn.window)
    except (ArithmeticError, NotConvertible):
        return None
    if turn is None or solved is None:
        return None
    steps, pieces = solved
    answer = _everywhere(turn, pieces)
    return Draft(
        answer=answer,
        steps=(*_first(turn), *steps, _last(turn, answer)),
        method="inequality",
        variables=names,
        notes=(INTEGER,) if pieces and answer != pieces_tree([Piece(-sp.oo, sp.oo)]) else (),
        curves=(relation.left, relation.right),
    )


def _turn(relation: t.Relation, name: str) -> Turn | None:
    x = real_symbol(name)
    value = real(relation.left) - real(relation.right)
    angle = common_angle(value, x)
    marks = {node: sp.Dummy() for node in value.atoms(*CIRCULAR)}
    if angle is None or value.xreplace(marks).has(x):
        return None
    period = 2 * sp.pi / abs(angle.coeff(x, 1))
    if not (period / sp.pi).is_Rational:
        return None
    half = sp.expand(value.subs(x, x + period / 2), trig=True)
    try:
        with time_limit(1.0):
            if sp.simplify(half - sp.expand(value, trig=True)) == 0:
                period = period / 2
    except OutOfTime:
        pass  # the longer period is one too
    start = -period / 2 if value.has(sp.tan, sp.sec) else sp.Integer(0)
    return Turn(relation, name, period, Piece(start, start + period, low_open=False))


def _first(turn: Turn) -> tuple[Step, ...]:
    why = Text(
        "Both sides repeat after {0}: look at one period.",
        "两边都以 {0} 为周期，先看一个周期。",
        (from_sympy(turn.period),),
    )
    both = t.Junction(t.Connective.AND, (turn.relation, *bounds_of(turn.name, turn.window)))
    return (Step(rule=PERIOD, why=why, before=turn.relation, after=both, link=Link.FORMULA),)


def _last(turn: Turn, answer: t.Expr) -> Step:
    why = Text(
        "It is so in every period: add multiples of {0}.",
        "每个周期都如此，加上 {0} 的整数倍。",
        (from_sympy(turn.period),),
    )
    return Step(
        rule=REPEAT, why=why, before=turn.relation, after=answer, link=Link.SOLUTION,
        variable=turn.name,
    )  # fmt: skip


def _everywhere(turn: Turn, pieces: Sequence[Piece]) -> t.Expr:
    """The pieces of one period in all periods; those that meet at its ends become one."""
    low, high = turn.window.low, turn.window.high
    whole = [Piece(low, high, low_open=False)]
    if not pieces or list(pieces) == whole:
        return pieces_tree([Piece(-sp.oo, sp.oo)] if pieces else [])
    parts = list(pieces)
    first, last = parts[0], parts[-1]
    if first.low == low and not first.low_open and last.high == high:
        parts = parts[1:-1] if len(parts) > 1 else []
        parts.insert(0, Piece(last.low - turn.period, first.high, last.low_open, first.high_open))
    return union([_family(turn, p) for p in parts])


def _family(turn: Turn, piece: Piece) -> t.Expr:
    low, high = (from_sympy(sp.expand(e + turn.period * K)) for e in (piece.low, piece.high))
    if piece.low == piece.high:
        body: t.Expr = low
    else:
        body = t.Interval(low, high, piece.low_open, piece.high_open)
    return t.Call("imageset", (body, t.Symbol(K.name)))
