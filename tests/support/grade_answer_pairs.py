"""Grades ``equal`` on pairs of answers."""

from __future__ import annotations

from typing import Any

from scoring import Grade

from assistant.maths.types import EqualResult


def grade(row: dict[str, Any], result: EqualResult) -> Grade:
    if row["expected"] is None:
        return Grade.UNSURE
    if result.equal is None:
        return Grade.NONE
    return Grade.RIGHT if result.equal == row["expected"] else Grade.WRONG
