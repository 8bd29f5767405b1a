"""Grades Chinese school problems against the value that the set expects."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp
from scoring import Grade

from assistant.maths.reading.formulas.formula import read_statements
from assistant.maths.reading.formulas.tokens import ReadingError
from assistant.maths.terms import Bracket, Call, Collection, Expr, Interval, Junction, Relation

ERRATA = {"cnms-060": "2/3"}
"""Where the set's own value is wrong: of the 12 pairs from 1 to 4, 8 have an odd sum."""


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    """A letter must be the letter; else every expected value must be among the answers."""
    if record["error"] or not record["answer"]:
        return Grade.NONE
    got = record["answer"]["text"].strip()
    if row["id"] in ERRATA:
        return Grade.RIGHT if got == ERRATA[row["id"]] else Grade.WRONG
    if row["expected"]:
        return Grade.RIGHT if got == row["expected"] else Grade.WRONG
    if got == row["expected_value"]:
        return Grade.RIGHT
    try:
        have, want = _values(got), _values(row["expected_value"])
    except ReadingError:
        return Grade.UNSURE
    if len(have) == 1 and _statements(want):
        match have[0]:
            case Collection(Bracket.TUPLE, (low, high)):
                return _same_set(Interval(low, high, low_open=True, high_open=True), want)
            case Interval() | Call():
                return _same_set(have[0], want)
    if len(have) != len(want):
        return Grade.UNSURE
    same = [_same(a, b) for a, b in zip(have, want, strict=True)]
    return Grade.RIGHT if all(same) else Grade.UNSURE if None in same else Grade.WRONG


def _values(text: str) -> tuple[Expr, ...]:
    text = text.replace("\neq", "\\neq")  # JSON took the backslash for a line end
    text = re.sub(r"[（(]([^()]*)[)）]\s*(?:m|元|人)$", r"\1", text)
    text = re.sub(r"(?<![A-Za-z])[A-Z]\s*(?=\([^()]*,)", "", text)
    return read_statements(text)


def _statements(want: tuple[Expr, ...]) -> bool:
    return all(isinstance(w, Relation | Junction) for w in want)


def _same_set(have: Expr, want: tuple[Expr, ...]) -> Grade:
    """An interval against the inequalities that describe it."""
    from assistant.maths.cas.convert import NotConvertible, to_sympy

    try:
        conditions = sp.And(*(to_sympy(w) for w in want))
        x = next(iter(conditions.free_symbols))
        real = sp.Symbol("x", real=True)
        expected = conditions.subs(x, real).as_set()
        return Grade.RIGHT if to_sympy(have) == expected else Grade.WRONG
    except (NotConvertible, NotImplementedError):
        return Grade.UNSURE


def _same(a: Expr, b: Expr) -> bool | None:
    from assistant.maths.cas.convert import NotConvertible, to_sympy

    if isinstance(a, Relation) != isinstance(b, Relation):
        a = a.right if isinstance(a, Relation) else a
        b = b.right if isinstance(b, Relation) else b
    try:
        left, right = to_sympy(a), to_sympy(b)
    except NotConvertible:
        return None
    if isinstance(left, sp.Expr) and isinstance(right, sp.Expr):
        return bool(sp.simplify(left - right) == 0)
    return True if left == right else None
