"""Grades questions in school English against the value that the set expects."""

from __future__ import annotations

import re
from typing import Any

import sympy as sp
from scoring import Grade

PLAIN = re.compile(r"[\d\s()+\-*/.a-z]*(?:sqrt[\d\s()+\-*/.a-z]*)*")


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    """Right if the text or, for formulas, the value is the expected one."""
    if record["error"] or not record["answer"]:
        return Grade.NONE
    got, expected = record["answer"]["text"].strip(), str(row["expected"]).strip()
    if got == expected:
        return Grade.RIGHT
    if row["module"].startswith("algebra__") and "," in expected:
        same = _values(got) == _values(expected)
        return Grade.RIGHT if same and same is not None else Grade.WRONG
    if "," in expected or re.search(r"[AP]M|True|False|base", expected + row["module"]):
        return Grade.WRONG
    return _same_value(row, record, expected)


def _values(text: str) -> set[sp.Basic] | None:
    try:
        return {sp.sympify(part) for part in text.split(",")}
    except (sp.SympifyError, SyntaxError, TypeError):
        return None


def _same_value(row: dict[str, Any], record: dict[str, Any], expected: str) -> Grade:
    names = {c: sp.Symbol(c) for c in "abcdefghijklmnopqrstuvwxyz"}
    try:
        want = sp.sympify(expected, locals=names, rational=True)
        have = sp.sympify(record["answer"]["srepr"])
    except (sp.SympifyError, SyntaxError, TypeError, ValueError):
        return Grade.WRONG
    if isinstance(have, sp.FiniteSet) and len(have) == 1:
        have = next(iter(have))
    if not isinstance(have, sp.Expr):
        return Grade.WRONG
    if "Factor" in row["input"] and sp.expand(have - want) == 0:
        return Grade.RIGHT if have == want or sp.factor(have) == have else Grade.WRONG
    positive = {s: sp.Symbol(s.name, positive=True) for s in have.free_symbols | want.free_symbols}
    gap = (have - want).subs(positive)
    return Grade.RIGHT if sp.simplify(gap) == 0 else Grade.WRONG
