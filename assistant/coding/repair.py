"""A task for code, worked on until its tests pass or the patience ends.

``work`` is one stream of events for every front end: what the model writes, then what running
it has shown, attempt after attempt.  All attempts are in the stream; the best one is the last
event.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from assistant.coding.sandbox.types import SourceFile
from assistant.coding.types import Brief, CodeReport, Effort, Refused
from assistant.events import TurnEnd, TurnEvent
from runtimes.errors import RuntimeFailure
from runtimes.texts import Lang
from runtimes.types import Message, ModelSpec

REPAIRS = 3
"""How often a failure goes back to the model, where nobody says otherwise."""


class Writer(Protocol):
    """Has a model write one answer."""

    @property
    def spec(self) -> ModelSpec:
        """Who writes.  The model is loaded for it; raises ``RuntimeFailure``."""

    def write(self, messages: tuple[Message, ...]) -> Generator[TurnEvent, None, Written]:
        """The events of one answer as it is written; raises ``RuntimeFailure``."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer and how it ended: ``ANSWERED``, ``LENGTH`` or ``CANCELLED``."""

    text: str
    end: TurnEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTask:
    """What is to be done.

    ``original`` is a file of the user's that is to be mended; without it code is written anew.
    ``run`` false: nothing is run, and nothing is repaired.  ``ask_tests``: where nobody else has
    given a test, the model writes some before the code.
    """

    text: str
    brief: Brief
    lang: Lang
    original: SourceFile | None = None
    repairs: int = REPAIRS
    run: bool = True
    ask_tests: bool = True
    effort: Effort = field(default_factory=Effort)


@dataclass(frozen=True, slots=True)
class TestsWritten:
    """The model's own tests, before there is any code."""

    __test__ = False
    tests: str
    count: int


@dataclass(frozen=True, slots=True)
class AttemptBegun:
    """The model writes: for the ``number``-th time (from 1) of at most ``most``.  0: its tests."""

    number: int
    most: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an attempt; number 0 is the user's own file before any change."""

    number: int
    result: CodeReport | Refused


class CodeEnd(StrEnum):
    """How the work ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    """Nothing was run, or nothing is decided by what was run."""
    NO_CODE = "no code"
    CANCELLED = "cancelled"
    BROKEN = "broken"
    """The engine failed; what was found before is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFinished:
    """The last event.  ``best`` is the version to keep, of attempt ``number``; ``change`` the
    unified diff from the user's file to it, empty where there is none."""

    end: CodeEnd
    best: CodeReport | None
    number: int
    attempts: int
    change: str = ""
    failure: RuntimeFailure | None = None


CodeEvent = TestsWritten | AttemptBegun | Judged | TurnEvent | CodeFinished
