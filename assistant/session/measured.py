"""The unit of a final answer, which the comparison with the exact answer leaves aside."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths.reading.claims_units import unit_at_start
from assistant.maths.types import AnswerMark, Doubt, Proved, Supported, Text, Undecided

UNIT_OPEN = Text("the number agrees; its unit was not checked", "数值一致；未检查其单位")
_LABEL = re.compile(r"\\(?:text|mathrm|mbox|textrm)\s*\{\s*([^{}]{1,40}?)\s*\}")


def with_unit(answer: str, mark: AnswerMark) -> AnswerMark:
    """The mark of an answer; undecided where it has a unit: 150 hours are not 150 minutes."""
    units = (unit_at_start(word) for word in _LABEL.findall(answer))
    measured = any(unit is not None and unit.dimension for unit in units)
    if measured and isinstance(mark.verdict, Proved | Supported):
        return replace(mark, verdict=Undecided(Doubt.NO_METHOD), why=UNIT_OPEN)
    return mark
