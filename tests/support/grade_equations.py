"""Equations are right when the answer is the expected one, by exact or close numbers."""

from __future__ import annotations

from typing import Any

import sympy as sp
from scoring import Grade

BAD_KIND = "none"


def value_of(record: dict[str, Any]) -> sp.Basic:
    return sp.sympify(record["answer"]["srepr"])


def close(left: sp.Expr, right: sp.Expr, digits: float) -> bool:
    if left.free_symbols or right.free_symbols:
        return bool(sp.simplify(left - right) == 0)
    gap = abs(sp.N(left - right, 30))
    return bool(gap <= digits * max(1, abs(sp.N(right, 30))))


def same_values(got: list[sp.Expr], wanted: list[sp.Expr], digits: float) -> bool:
    return all(any(close(g, w, digits) for w in wanted) for g in got) and all(
        any(close(g, w, digits) for g in got) for w in wanted
    )


def expected_values(row: dict[str, Any]) -> list[sp.Expr]:
    texts = row.get("solutions") or [row["expected"]]
    return [sp.sympify(s, rational=True) for s in dict.fromkeys(texts)]


def tolerance(row: dict[str, Any]) -> float:
    return 1e-4 if any("." in s for s in row.get("solutions", ())) else 1e-9


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    if record["answer"] is None or not record["answer"]["srepr"]:
        return Grade.NONE
    got = value_of(record)
    kind = row.get("expected_kind", "")
    if kind == "truth":
        wanted = row["expected"] == "STATEMENT_IS_TRUE"
        yes = got in (sp.true, sp.S.Reals)
        no = got in (sp.false, sp.S.EmptySet)
        return Grade.RIGHT if (yes if wanted else no) else Grade.WRONG
    if kind == BAD_KIND or (kind and "solutions" not in row):
        return by_substitution(row, got)
    values = expected_values(row)
    if row.get("relation", "=") != "=":
        return inequality(row, got, values[0])
    if not isinstance(got, sp.FiniteSet):
        return Grade.WRONG
    return Grade.RIGHT if same_values(list(got), values, tolerance(row)) else Grade.WRONG


def inequality(row: dict[str, Any], got: sp.Basic, bound: sp.Expr) -> Grade:
    if not isinstance(got, sp.Interval):
        return Grade.WRONG
    sign = row["relation"]
    end, other = (got.end, got.start) if sign[0] == "<" else (got.start, got.end)
    closed = not (got.right_open if sign[0] == "<" else got.left_open)
    fits = close(end, bound, tolerance(row)) and abs(other) == sp.oo
    return Grade.RIGHT if fits and closed == (len(sign) == 2) else Grade.WRONG


def by_substitution(row: dict[str, Any], got: sp.Basic) -> Grade:
    """Rows that only give a reformulation: SymPy's own set is the measure."""
    sides = row["input"].replace("^", "**").split("=")
    try:
        left, right = (sp.parse_expr(s, transformations="all") for s in sides)
    except (SyntaxError, TypeError, ValueError):
        return Grade.UNSURE
    names = sorted((left - right).free_symbols, key=str)
    if len(names) != 1:
        return Grade.UNSURE
    wanted = sp.solveset(left - right, names[0], sp.S.Reals)
    return Grade.RIGHT if got == wanted else Grade.WRONG
