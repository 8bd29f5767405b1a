"""Grades limits against the expected values, by digits.

``und``, ``ind`` and ``zoo`` mean that there is no limit over the reals.  Rows whose source
asked for one side, and which came here as two-sided, cannot be graded.
"""

from __future__ import annotations

import sympy as sp
from scoring import Grade
from sympy.parsing.sympy_parser import parse_expr

NONE = ("und", "ind", "zoo")


def grade(row: dict[str, object], record: dict[str, object]) -> Grade:
    """Right where the value has the expected digits, or both say that there is none."""
    answer = record["answer"]
    if not isinstance(answer, dict):
        return Grade.NONE
    expected, source = str(row["expected"]), str(row["maxima"])
    one_sided = row["dir"] == "+-" and ("'plus" in source or "'minus" in source)
    missing = answer["text"] == "does not exist"
    if expected in NONE or missing:
        if expected in NONE and missing:
            return Grade.RIGHT
        return Grade.UNSURE if one_sided else Grade.WRONG
    got = parse_expr(str(answer["srepr"]))
    wanted = parse_expr(expected, local_dict={"E": sp.E, "I": sp.I})
    if got == wanted:
        return Grade.RIGHT
    names = sorted((got - wanted).free_symbols, key=str)
    values = {s: sp.Rational(7, 5) + n for n, s in enumerate(names)}
    difference = sp.N((got - wanted).subs(values), 30)
    if difference.is_number and abs(difference) < sp.Float("1e-15"):
        return Grade.RIGHT
    return Grade.UNSURE if one_sided else Grade.WRONG
