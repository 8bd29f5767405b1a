"""A pupil's step is graded by the label: equivalent steps are accepted, others located."""

from __future__ import annotations

from typing import Any

from assistant.maths.types import Proved, Supported, WorkReport


def pose(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Problem and lines."""
    return row["problem"], row["input"]


def grade(row: dict[str, Any], report: WorkReport) -> str:
    """``right``, ``none`` (undecided), ``wrong``: a false alarm or a missed mistake."""
    found = report.first_wrong
    if row["expected"]:
        if found is not None:
            return "wrong-alarm"
        return "right" if isinstance(report.marks[-1].verdict, Proved | Supported) else "none"
    if found is None:
        return "wrong-missed" if isinstance(report.marks[-1].verdict, Proved) else "none"
    return "right" if found == row["first_wrong_step"] else "wrong-place"
