"""Right: the value of the input, in as many irreducible factors as SymPy finds, with steps."""

from __future__ import annotations

from typing import Any

import sympy as sp
from scoring import Grade
from written import expected_value, same_value


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    if not record["answer"] or not record["answer"]["text"]:
        return Grade.NONE
    asked, written = expected_value(row["input"]), expected_value(record["answer"]["text"])
    if not same_value(asked, written):
        return Grade.WRONG
    factored = sp.factor(asked)
    pieces = factored.as_ordered_factors()
    changed = len(pieces) > 1 or (factored.is_Pow and not asked.is_Pow)
    if not changed or not asked.is_polynomial():
        return Grade.RIGHT
    if not all(_irreducible(p) for p in written.as_ordered_factors()):
        return Grade.WRONG
    return Grade.RIGHT if record["steps"] or factored == asked else Grade.NONE


def _irreducible(piece: Any) -> bool:
    base = piece.as_base_exp()[0]
    if base.is_number or base.is_Symbol:
        return True
    _, parts = sp.factor_list(base)
    return bool(sum(n for _, n in parts) == 1)
