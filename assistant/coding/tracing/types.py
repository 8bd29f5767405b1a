"""A run told line by line: what each line changed, as the code's own world saw it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.sandbox.types import Outcome
from runtimes.texts import Text


class Ended(StrEnum):
    """How a line was left, where it was not simply the next line that followed."""

    NEXT = "next"
    RETURNED = "returned"
    YIELDED = "yielded"
    RAISED = "raised"
    RUNNING = "running"
    """The record ends in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A variable that has a new value.  ``value`` is capped, and never the code's own ``repr``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One line that was run.

    ``depth`` is 0 in the frame where the record begins.  ``given`` are the arguments, where the
    line is the first of a call.  ``value`` is what was returned or raised.
    """

    line: int
    source: str
    function: str
    depth: int
    given: tuple[Change, ...] = ()
    changes: tuple[Change, ...] = ()
    ended: Ended = Ended.NEXT
    value: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Rounds of the loop in ``line`` that are left out between the first and the last."""

    line: int
    rounds: int
    depth: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One level of a traceback: a line of the file, and the variables as they were there."""

    line: int
    source: str
    function: str
    variables: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that left the program.  ``frames`` are those of the file, outermost first."""

    kind: str
    text: str
    frames: tuple[Frame, ...]
    builtin: str = ""
    """The nearest exception of the language that it derives from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A traced run.  It is recorded in the code's own world, which could make it say anything:
    it shows how honest code ran, and proves nothing.

    ``value`` is what the call gave, where a call was traced and it returned.  ``cut`` says why
    the record ends before the run, where it does.
    """

    steps: tuple[TraceStep | Folded, ...]
    outcome: Outcome
    value: str | None = None
    raised: Raised | None = None
    cut: Text | None = None
