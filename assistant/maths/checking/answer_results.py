"""What is said of two answers."""

from __future__ import annotations

from assistant.maths.types import EqualResult, Proved, Refuted, Supported, Verdict


def equal_by(method: str) -> EqualResult:
    """They are the same."""
    return EqualResult(equal=True, method=method)


def different_by(method: str) -> EqualResult:
    """They are not the same."""
    return EqualResult(equal=False, method=method)


def unknown_by(method: str) -> EqualResult:
    """It is not known."""
    return EqualResult(equal=None, method=method)


def result_of(verdict: Verdict) -> EqualResult:
    """The verdict on their equality, as the result."""
    match verdict:
        case Proved(method):
            return equal_by(method)
        case Supported(points):
            return equal_by(f"equal at {points} points")
        case Refuted(witness):
            return different_by(f"different at {witness}" if witness else "different values")
        case _:
            return unknown_by("undecided")
