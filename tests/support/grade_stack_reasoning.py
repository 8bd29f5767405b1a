"""STACK's marks of equivalence reasoning, and its Maxima spelling turned into ours."""

from __future__ import annotations

import re
from typing import Any

from assistant.maths.types import Proved, Refuted, Supported, WorkReport

SPELLING = (
    (r"#pm#", "±"), (r"%pi", "pi"), (r"%i", "i"), (r"%e", "e"), (r"\bnounor\b", "or"),
    (r"\bnounand\b", "and"), (r"\bnoundiff\b", "diff"), (r"\bnounint\b", "integrate"),
    (r"\blg\((.*?),(\d)\)", r"log_\2(\1)"),
    (r"\blog\(", "ln("), (r"^all$", "all real numbers"), (r"^none$", "no solution"),
    (r"^true$", "all real numbers"), (r"^false$", "no solution"), (r"^\{\}$", "no solution"),
    (r"\bx_i\b", "x_i"),
)  # fmt: skip
OTHER_RULES = {
    "stack-equiv-078": "over the complex numbers; here the reals are meant",
    "stack-equiv-128": "STACK cannot tell; the implication holds",
}  # fmt: skip
HOLD = {"EQUIVCHAR", "EQUIVCHARREAL", "CHECKMARK", "SAMEROOTS", "IMPLIESCHAR", "EQUIVLOG"}
FAIL = {"QMCHAR", "IMPLIEDCHAR"}


def ours(text: str) -> str:
    """One line in the product's spelling."""
    if match := re.fullmatch(r"stackeq\((.*)\)", text):
        return "= " + ours(match[1])
    for pattern, plain in SPELLING:
        text = re.sub(pattern, plain, text)
    return text


def pose(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Problem and lines; what is assumed is said in words."""
    words = "Assume that all variables are positive." if row["assume_pos"] else ""
    return words, [ours(s) for s in row["input"]]


def grade(row: dict[str, Any], report: WorkReport) -> str:
    """``right`` where every decided mark agrees, ``none`` where none was decided,
    ``wrong-proved`` and ``wrong-refuted`` else."""
    if row["id"] in OTHER_RULES:
        return "other-rules"
    agree = total = 0
    for wanted, mark in list(zip(row["expected"]["marks"], report.marks, strict=False))[1:]:
        ok = isinstance(mark.verdict, Proved | Supported)
        bad = isinstance(mark.verdict, Refuted)
        if (wanted in HOLD and bad) or (wanted.startswith(("DIFF", "INT")) and bad):
            return "wrong-refuted"
        if wanted in FAIL and ok:
            return "wrong-proved"
        agree += ok or bad
        total += 1
    return "right" if agree == total else "partly" if agree else "none"
