"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from runtimes.errors import RuntimeFailure
from runtimes.texts import Text


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing is wrong."""
    WARNING = "warning"
    """It works, but worse than it could."""
    PROBLEM = "problem"
    """Something that a user needs does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.  ``topic`` is a word of ours, for scripts too."""

    topic: str
    level: Level
    text: Text
    remedy: Text | None = None


Check = Callable[[], Iterator[Finding]]
"""Looks at one part of the set-up."""


def found(failure: RuntimeFailure, topic: str, level: Level = Level.PROBLEM) -> Finding:
    """A failure as a finding."""
    return Finding(topic, level, failure.message, failure.remedy)
