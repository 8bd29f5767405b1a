"""Grades ``equal`` on STACK's AlgEquiv tests, their Maxima spelling translated.

Left out are rows that ask Maxima itself to do something (``taylor``, ``declare``), rows about
units and function definitions, and those that STACK itself calls an error.
"""

from __future__ import annotations

import re
from typing import Any

from scoring import Grade

from assistant.maths.types import EqualResult

NOT_OURS = re.compile(
    r"integerp|lowesttermsp|assume|declare|taylor|round|significantfigures|scientific|makelist|"
    r"stackeq|stack_|stackunits|NULLNUM|:=|trigeval|ratsimp|map\(|algebraic_equivalence|noundiff|"
    r'"|x\[1\]|epsilon|binomial\(x,\[|implies|xnor|diff\(diff|minf|%union\(\{|^x\^2 \| $|not|'
    r"\b[ABC] and|and [BC]\b|sin\(\[|\ball\b|\bnone\b"
)
WORDS = (
    (r"%pi", "pi"), (r"%e\b", "e"), (r"%i\b", "i"),
    (r"%union\(([^()]*\([^()]*\)),(.*)\)$", r"\1 ∪ \2"),
    (r"%intersection\((.*)\)$", r"intersection(\1)"), (r"#pm#", "±"), (r"#", "≠"),
    (r"\bnounor\b", "or"), (r"\bnounand\b", "and"), (r"'root", "root"), (r"\binf\b", "oo"),
    (r"cosech", "csch"), (r"cosec", "csc"), (r"\blg\(([^(),]*),", r"log(\1,"),
    (r"\blg\(([^,]*),", r"log(\1,"), (r"(?<![a-z])oc\(([^()]*)\)", r"(\1]"),
    (r"(?<![a-z])co\(([^()]*)\)", r"[\1)"), (r"(?<![a-z])oo\(([^()]*)\)", r"(\1)"),
    (r"matrix\((.*)\)$", r"[\1]"), (r"root\(([^,()]*)\)", r"sqrt(\1)"),
    (r"root\(2\*x/10\+1\)", "sqrt(2*x/10+1)"), (r"root\(x\^2\)", "sqrt(x^2)"),
)  # fmt: skip


def translated(text: str) -> str:
    """Maxima's spelling in ours."""
    for pattern, replacement in WORDS:
        text = re.sub(pattern, replacement, text)
    return text


def pair(row: dict[str, Any]) -> tuple[str, str] | None:
    """What is compared, or nothing for a row that is not about equality of answers."""
    student, teacher = row["input"]["student"], row["input"]["teacher"]
    if row["task"] != "answer_test:AlgEquiv" or row["expected"] is None or not student:
        return None
    if NOT_OURS.search(f"{student} | {teacher}"):
        return None
    return translated(teacher), translated(student)


FORM = {
    "0031": "a float beside an integer",
    "0199": "braces around statements: STACK a set, here a system",
    "0209": "different only where a power has no real value",
    "0213": "sets are compared there by form",
    "0225": "a value beside an equation",
    "0245": "a factor that is never zero over the reals",
    "0259": "the same solutions, not the same multiplicity",
    "0270": "the same solutions, not the same multiplicity",
    "0315": "an interval beside an inequality",
    "0316": "an interval beside an inequality",
    "0431": "sets are compared there by form",
}
"""Rows by number where STACK looks at the form or type and ``equal`` at the value."""


def grade(row: dict[str, Any], result: EqualResult) -> Grade:
    if row["id"].rsplit("-", 1)[1] in FORM:
        return Grade.UNSURE
    if result.equal is None:
        return Grade.NONE
    return Grade.RIGHT if result.equal == row["expected"] else Grade.WRONG
