"""How the time of a function grows with the size of what it is given, as it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from runtimes.texts import Text


class Order(StrEnum):
    """Candidate classes, slowest growth first."""

    CONSTANT = "1"
    LOG = "log n"
    ROOT = "sqrt n"
    LINEAR = "n"
    LINEAR_LOG = "n log n"
    QUADRATIC = "n^2"
    CUBIC = "n^3"
    EXPONENTIAL = "2^n"
    """Of any base: a constant factor for each step of the size."""


class Agreement(StrEnum):
    """Does what was measured fit what was asked for?  None of them is a proof."""

    AGREES = "agrees"
    """It grows no faster, as far as it was measured."""
    DISAGREES = "does not agree"
    UNDECIDED = "undecided"
    """Too fast to measure, too slow, too noisy, or between two classes; ``why`` says which."""
    NOT_ASKED = "not asked"


class Kind(StrEnum):
    """How the inputs of one row of measurements are made."""

    RANDOM = "random"
    SORTED = "sorted"
    REVERSED = "reversed"
    EQUAL = "equal"
    """All elements the same."""
    ABSENT = "absent"
    """Sorted, and what is looked for is not there."""
    SIZE = "size"
    """The argument itself is the size."""
    PRIME = "prime"
    """The same, the next prime below."""


@dataclass(frozen=True, slots=True)
class Point:
    """The least CPU seconds of one call at one size, of several repetitions."""

    size: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Measurements with one kind of input.  ``ended`` says why it has no larger sizes."""

    kind: Kind
    points: tuple[Point, ...]
    ended: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What was measured of one function.

    ``order`` fits the worst series best, ``None`` where nothing can be said; ``plausible`` are
    all classes that cannot be told from it, slowest first.  ``asked`` is what was asked for.
    """

    function: str
    worst: Series | None
    series: tuple[Series, ...]
    order: Order | None
    plausible: tuple[Order, ...]
    asked: Order | None
    agreement: Agreement
    why: Text | None = None
