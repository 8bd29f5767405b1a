"""Model solutions with one labelled wrong step: refuted lines before it are false alarms."""

from __future__ import annotations

from typing import Any

from assistant.maths.types import WorkReport


def pose(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Problem and lines."""
    return row["problem"], row["steps"]


def grade(row: dict[str, Any], report: WorkReport) -> str:
    """``right``: located; ``none``: not noticed; ``wrong-early``: a line before the labelled
    one was refuted; ``later``: one behind it."""
    found, label = report.first_wrong, row["first_wrong_step"]
    kind = " (calculation)" if row.get("error_category", "").startswith("Calculation") else ""
    if found is None:
        return "none" + kind
    if label is None or found < label:
        return "wrong-early" + kind
    return ("right" if found == label else "later") + kind
