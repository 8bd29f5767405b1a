"""What an exception means, in plain words and with the values that were there."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coding.sandbox.types import SourceFile
from assistant.coding.tracing.types import Raised
from runtimes.texts import Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """``where`` names the line, ``meaning`` says what the exception means in general, ``here``
    what it means with these values, where that is known."""

    where: Text
    meaning: Text
    here: Text | None = None


def explain(raised: Raised) -> Explanation:
    """An exception of a traced run, or one that was ``located``, in words."""
    raise NotImplementedError


def located(stderr: str, file: SourceFile) -> Raised | None:
    """The exception at the end of a traceback that Python printed, with its lines in ``file``.

    ``None`` where there is none.  It has no variables: they are known only to a traced run.
    """
    raise NotImplementedError
