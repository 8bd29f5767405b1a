"""Answers that compare: every pair, and every option, looked at anew."""

from __future__ import annotations

import itertools
import re
from math import prod

import sympy as sp

from assistant.maths import terms as t
from assistant.maths import topics
from assistant.maths.cas.convert import to_sympy
from assistant.maths.checking.tasks.quantities import PLACES, UNKNOWN, settled, value_of
from assistant.maths.checking.tasks.setups import check_setup
from assistant.maths.solving.common import Draft
from assistant.maths.types import Request, Verdict

SIGNS = re.compile(r" [<=] ")

# comparing -----------------------------------------------------------------------------


def _sign(left: t.Expr, right: t.Expr) -> int | None:
    """The sign of left - right: exact for rational numbers, else by digits."""
    a, b = value_of(left), value_of(right)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    sides = to_sympy(left), to_sympy(right)
    if not all(isinstance(side, sp.Expr) for side in sides):
        return None
    gap = (sides[0] - sides[1]).evalf(PLACES)
    if not gap.is_real or abs(gap) < sp.Float(10) ** (-PLACES // 2):
        return None
    return 1 if gap > 0 else -1


def check_compare(request: Request, draft: Draft) -> Verdict:
    """Every pair compared anew."""
    values = list(request.operands)
    match request.topic:
        case topics.IS_TRUE:
            return _check_truth(values[0], draft)
        case topics.BIGGEST | topics.SMALLEST:
            return _check_rank(request, draft, values)
        case topics.ASCENDING | topics.DESCENDING:
            return _check_sorted(request, draft)
        case topics.NEAREST | topics.FARTHEST:
            return _check_nearest(request, draft, values)
        case topics.MATCH | topics.SELECT:
            return _check_option(request, draft, values)
        case topics.SETUP:
            return check_setup(request, draft)
    return UNKNOWN


def _check_truth(statement: t.Expr, draft: Draft) -> Verdict:
    if not isinstance(draft.answer, t.Truth) or draft.text != str(draft.answer.value):
        return UNKNOWN
    holds = _holds(statement)
    return settled(None if holds is None else holds == draft.answer.value, "comparison")


def _holds(statement: t.Expr) -> bool | None:
    match statement:
        case t.Relation(t.Comparison.EQ, left, right) if t.symbols(statement):
            return _identical(left, right)
        case t.Relation(op, left, right):
            sign = _sign(left, right)
            if sign is None:
                return _equal(left, right, op)
            return {
                t.Comparison.EQ: sign == 0, t.Comparison.NE: sign != 0,
                t.Comparison.LT: sign < 0, t.Comparison.LE: sign <= 0,
                t.Comparison.GT: sign > 0, t.Comparison.GE: sign >= 0,
            }[op]  # fmt: skip
        case t.Call(kind, (value,)):
            return _of_kind(kind, value)
        case t.Junction(op, args):
            parts = [_holds(a) for a in args]
            if None in parts:
                return None
            return all(parts) if op is t.Connective.AND else any(parts)
    return None


def _identical(left: t.Expr, right: t.Expr) -> bool | None:
    """An identity of rational expressions: at enough exact points to fix both sides."""
    gap = sp.together(to_sympy(left) - to_sympy(right))
    names = sorted(gap.free_symbols, key=str) or sorted(to_sympy(left).free_symbols, key=str)
    top = sp.numer(gap)
    if not gap.is_rational_function(*names) or len(names) > 4:
        return None
    if not names or top.is_number:
        return bool(top == 0)
    degrees = [sp.Poly(top, n).degree() if top.has(n) else 0 for n in names]
    if prod(d + 1 for d in degrees) > 3000:
        return None
    grid = itertools.product(*(range(2, d + 3) for d in degrees))
    return all(sp.expand(top.subs(list(zip(names, spot, strict=True)))) == 0 for spot in grid)


def _of_kind(kind: str, value: t.Expr) -> bool | None:
    exact = value_of(value)
    if exact is None:
        known = to_sympy(value).is_irrational
        if not known:
            return None
        sign = _sign(value, t.integer(0))
        return {"irrational": True, "rational": False, "integer": False,
                "positive": sign == 1, "negative": sign == -1}.get(kind)  # fmt: skip
    return {"irrational": False, "rational": True, "integer": exact.denominator == 1,
            "positive": exact > 0, "negative": exact < 0}.get(kind)  # fmt: skip


def _equal(left: t.Expr, right: t.Expr, op: t.Comparison) -> bool | None:
    """Irrational numbers that agree in all digits looked at: equal only by proof."""
    if not all(isinstance(to_sympy(side), sp.Expr) for side in (left, right)):
        return None
    if sp.simplify(sp.radsimp(to_sympy(left) - to_sympy(right))) != 0:
        return None
    return op in (t.Comparison.EQ, t.Comparison.LE, t.Comparison.GE)


def _place(request: Request, draft: Draft) -> int | None:
    """Where the answer's word stands among the words, if it stands there once."""
    return request.words.index(draft.text) if request.words.count(draft.text) == 1 else None


def _check_rank(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    if place is None:
        return UNKNOWN
    signs = [_sign(v, values[place]) for n, v in enumerate(values) if n != place]
    if None in signs or 0 in signs:
        return UNKNOWN
    ahead = 1 if request.topic == topics.BIGGEST else -1
    return settled(signs.count(ahead) == (request.order or 1) - 1, "each pair compared")


def _check_sorted(request: Request, draft: Draft) -> Verdict:
    if not isinstance(draft.answer, t.Collection):
        return UNKNOWN
    signed = request.direction == "<"
    words = SIGNS.split(draft.text) if signed else draft.text.split(", ")
    if sorted(words) != sorted(request.words):
        return UNKNOWN
    by_word = dict(zip(request.words, request.operands, strict=True))
    values = [by_word[w] for w in words]
    step = -1 if request.topic == topics.ASCENDING else 1
    signs = [_sign(a, b) for a, b in itertools.pairwise(values)]
    if None in signs:
        return UNKNOWN
    if signed:
        told = [-1 if sign == " < " else 0 for sign in SIGNS.findall(draft.text)]
        return settled(signs == told, "neighbours compared")
    return settled(all(s in (step, 0) for s in signs), "neighbours compared")


def _check_nearest(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    target = value_of(values[0])
    numbers = [value_of(v) for v in values[1:]]
    if place is None or target is None or None in numbers:
        return UNKNOWN
    squares = [(v - target) ** 2 for v in numbers if v is not None]
    own = squares[place]
    others = squares[:place] + squares[place + 1 :]
    better = (
        all(own < o for o in others)
        if request.topic == topics.NEAREST
        else all(own > o for o in others)
    )
    return settled(better, "squares of the distances")


def _check_option(request: Request, draft: Draft, values: list[t.Expr]) -> Verdict:
    place = _place(request, draft)
    if place is None:
        return UNKNOWN
    if request.topic == topics.SELECT:
        truths = [_holds(v) for v in values]
    else:
        lone = values[0]
        if isinstance(lone, t.Collection) and len(lone.items) == 1:
            lone = lone.items[0]
        truths = [_holds(t.equation(lone, v)) for v in values[1:]]
    if None in truths:
        return UNKNOWN
    holding = [n for n, h in enumerate(truths) if h]
    if len(holding) > 1 and request.topic == topics.MATCH:
        holding = [n for n in holding if values[1:][n] == draft.answer == values[0]]
    return settled(holding == [place], "each option compared")
