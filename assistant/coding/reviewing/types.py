"""What is found out about a change without a model: facts, each with how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.reviewing.outline import Outline
from assistant.coding.reviewing.patches import FilePatch
from assistant.coding.trial import TestReport, TestResult
from assistant.coding.types import Finding, FindingKind
from runtimes.texts import Text


class Aspect(StrEnum):
    """In what two versions of a function differ on an input."""

    RESULT = "result"
    EXCEPTION = "exception"
    """One raises what the other does not raise."""
    ARGUMENTS = "arguments"
    """What becomes of the arguments that are handed in."""
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Difference:
    """The smallest input found on which two versions differ.  All of it is from outside.

    ``call`` is written as code; ``before`` and ``after`` are what came of it in ``aspect``, or
    begin with ``raised``.
    """

    call: str
    aspect: Aspect
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A function before and after the change, on ``tried`` made-up inputs.

    Without a ``difference`` and a ``why`` none was found, which is no proof of anything; ``raised``
    counts the inputs on which both raised the same.  ``why``: it could not be compared, or what
    was seen decides nothing.  ``reached``: it was not changed itself, but uses what was.
    """

    function: str
    shapes: tuple[str, ...] = ()
    tried: int = 0
    raised: int = 0
    difference: Difference | None = None
    why: Text | None = None
    reached: bool = False
    guessed: bool = False
    """What it takes was only guessed from names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReview:
    """What is known of one file of a diff.

    ``why`` says why only the lines of the diff are known; ``note`` what was taken for granted.
    ``findings`` are those that the change brings in; ``unlooked`` are kinds that could not be
    looked for on both sides.  ``outline`` is there for Python that both sides can be read as.
    ``broken``: it cannot be run after the change, and could before (or was not there).
    """

    patch: FilePatch
    places: tuple[str, ...] = ()
    """For each hunk, the definitions it touches; empty where none, or where nobody knows."""
    why: Text | None = None
    note: Text | None = None
    findings: tuple[Finding, ...] = ()
    unlooked: tuple[FindingKind, ...] = ()
    broken: bool = False
    outline: Outline | None = None
    comparisons: tuple[Comparison, ...] = ()
    uncompared: int = 0
    """Functions that were not compared, for there are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsReview:
    """The user's tests before and after the change; ``None`` where they were not run there.

    ``newly`` fail after the change, and did not before.  ``why``: they were not run at all.
    """

    __test__ = False
    file: str = ""
    before: TestReport | None = None
    after: TestReport | None = None
    newly: tuple[TestResult, ...] = ()
    why: Text | None = None
    isolation: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the diff: ``sign`` as there, ``line`` after the change (before it, for a line
    that goes)."""

    file: str
    line: int
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of a model's review.  ``places`` are the lines that it names or quotes;
    ``strange`` what it names that is not in the diff."""

    text: str
    places: tuple[Place, ...] = ()
    strange: tuple[str, ...] = ()
