"""Right: the expected value, with steps wherever the reference program has some."""

from __future__ import annotations

from typing import Any

from scoring import Grade
from written import answered_value, expected_value, same_value


def grade(row: dict[str, Any], record: dict[str, Any]) -> Grade:
    if not record["answer"] or not record["answer"]["srepr"]:
        return Grade.NONE
    if not same_value(expected_value(row["expected"]), answered_value(record)):
        return Grade.WRONG
    reference = (row.get("mathsteps_head") or {}).get("trace") or []
    return Grade.RIGHT if record["steps"] or not reference else Grade.NONE
