"""What a function is held against on made-up examples, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.coding.sandbox.types import Outcome
from assistant.coding.trial import Verdict
from runtimes.texts import Text


class Law(StrEnum):
    """What must hold of ``f`` for every input."""

    IDEMPOTENT = "idempotent"
    """``f(f(x)) == f(x)``."""
    SAME_ITEMS = "same items"
    """The result has the items of the first argument, as often."""
    SAME_LENGTH = "same length"
    SORTED = "sorted"
    """The result never falls."""
    NO_ERROR = "no error"
    """It raises nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The same answers as another function.

    ``name`` is of the language (``sorted``), or of ``text``: Python of the user's, which runs in
    the tests' world and is believed.  Where it raises, the example counts for nothing.
    """

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """``back(f(x)) == x`` with another function of the code."""

    back: str


Oracle = Law | Reference | RoundTrip


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest example that was found to fail: the call, what it gave (or raised), and what
    was expected.  ``shrunk``: was it made smaller from the first one?"""

    call: str
    gave: str
    expected: str
    shrunk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyReport:
    """A function against an oracle.  ``PASSED`` says that ``tried`` examples did not fail, never
    that it is correct; ``discarded`` counted for nothing."""

    verdict: Verdict
    function: str
    oracle: Oracle
    shapes: tuple[str, ...]
    """What each argument was made of, as an annotation: ``list[int]``."""
    tried: int
    discarded: int
    outcome: Outcome
    failing: Counterexample | None = None
    why: Text | None = None
