"""The unit of a final answer, which the comparison with the exact answer leaves aside."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.maths.answers.clean import clean
from assistant.maths.reading.claims.units import unit_at_start
from assistant.maths.types import AnswerMark, Doubt, Proved, Supported, Text, Undecided

UNIT_OPEN = Text("the number agrees; its unit was not checked", "数值一致；未检查其单位")
_LABEL = re.compile(r"\\(?:text|mathrm|mbox|textrm)\s*\{\s*([^{}]{1,40}?)\s*\}")
_MONEY = {
    "dollar": (re.compile(r"\$\s?\d|dollar", re.IGNORECASE), re.compile("cent|¢", re.IGNORECASE)),
    "yuan": (re.compile(r"[元块¥￥]|yuan", re.IGNORECASE), re.compile("[角毛分]|jiao|fen")),
}
"""The words of a question for a money, and those for its smaller coins."""


def with_unit(question: str, answer: str, mark: AnswerMark) -> AnswerMark:
    """The mark of an answer; undecided where it has a unit: 150 hours are not 150 minutes."""
    if isinstance(mark.verdict, Proved | Supported) and _is_measured(question, answer):
        return replace(mark, verdict=Undecided(Doubt.NO_METHOD), why=UNIT_OPEN)
    return mark


def _is_measured(question: str, answer: str) -> bool:
    unit = clean(answer).unit
    if unit == "degree":  # what is asked for has no other unit that could agree with it
        return False
    if unit in _MONEY:
        money, coins = _MONEY[unit]
        return not money.search(question) or bool(coins.search(question))
    labels = (unit_at_start(word) for word in _LABEL.findall(answer))
    return bool(unit) or any(label is not None and label.dimension for label in labels)
