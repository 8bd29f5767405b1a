"""The words of marking: the key, a student's paper, what became of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from assistant.maths.types import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One of the key.  Of ``problem`` and ``answers`` one may be empty; any of the ``answers``
    is right.  ``line`` is where it begins in the key, counted from 1."""

    name: str
    problem: str
    answers: tuple[str, ...]
    points: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """The lines that a student wrote, by the names of the questions.

    ``source`` is the file, or the row of a table.  ``doubts`` are questions whose lines are not
    sure to be theirs, with the reason; ``stray`` are lines that belong to none.
    """

    student: str
    source: str
    answers: Mapping[str, tuple[str, ...]]
    doubts: Mapping[str, Text]
    stray: tuple[str, ...] = ()


class Outcome(Enum):
    """What became of an answer.  Nobody is given or denied a point for an ``OPEN`` one."""

    RIGHT = "right"
    WRONG = "wrong"
    UNFINISHED = "unfinished"
    """What is there holds, but the answer is not."""
    OPEN = "open"
    """A person must look."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """``given`` is the answer as it was read; ``why`` says what the outcome rests on.  ``sure``:
    it is proved; what is ``RIGHT`` without it agrees in numbers.

    ``wrong_line`` is the first line that is wrong, counted from 0, also where the answer is
    right; ``fault`` what is wrong with it, and ``slip`` the mistake that gives it.
    """

    outcome: Outcome
    given: str = ""
    why: Text
    sure: bool = True
    wrong_line: int | None = None
    fault: Text | None = None
    slip: Text | None = None


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """The marks of a paper, in the order of the key."""

    paper: Paper
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class KeyFault:
    """A question of the key that cannot be marked by: nobody gets or loses a point for it."""

    question: Question
    why: Text
    contradicted: bool = False
    """It is wrong itself."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A class: ``papers`` marked by ``questions``, the ``faults`` of the key told."""

    questions: tuple[Question, ...]
    papers: tuple[MarkedPaper, ...]
    faults: tuple[KeyFault, ...]
