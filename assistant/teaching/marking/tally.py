"""What a class came to: points, and each question as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from assistant.maths.types import Text
from assistant.teaching.marking.types import Marked, MarkedPaper, Outcome, Question

COMMON = 3
"""Wrong answers and mistakes of a question that are named, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Score:
    """``points`` are certain, ``open`` those of the answers that a person must look at."""

    points: Decimal
    open: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """One question over the class; ``wrong`` answers, and the ``slips`` behind them, with how
    many wrote them."""

    question: Question
    outcomes: Counter[Outcome]
    wrong: tuple[tuple[str, int], ...]
    slips: tuple[tuple[Text, int], ...]


def score(marked: MarkedPaper, questions: tuple[Question, ...]) -> Score:
    """The points of a paper."""
    points = open_ = Decimal(0)
    for question, mark in zip(questions, marked.marks, strict=True):
        if mark.outcome is Outcome.RIGHT:
            points += question.points
        elif mark.outcome in (Outcome.OPEN, Outcome.UNFINISHED):
            open_ += question.points
    return Score(points, open_)


def total(questions: tuple[Question, ...]) -> Decimal:
    """The most that can be had."""
    return sum((question.points for question in questions), Decimal(0))


def accounts(marked: Marked) -> tuple[Account, ...]:
    """Each question, in the order of the key."""
    found = []
    for n, question in enumerate(marked.questions):
        marks = [paper.marks[n] for paper in marked.papers]
        wrong = Counter(m.given for m in marks if m.outcome is Outcome.WRONG)
        slips = Counter(m.slip for m in marks if m.slip is not None)
        outcomes = Counter(m.outcome for m in marks)
        found.append(
            Account(
                question,
                outcomes,
                tuple(wrong.most_common(COMMON)),
                tuple(slips.most_common(COMMON)),
            )
        )
    return tuple(found)
