"""What a version of a user's file is against the file as it is."""

from __future__ import annotations

from enum import StrEnum

from assistant.coding.alone import RAN
from assistant.coding.types import CodeReport, Failed, Passed, Undecided


class Gain(StrEnum):
    """What a version is against the user's file."""

    NONE = "none"
    UNKNOWN = "unknown"
    """It may be what was asked for; nothing that was run says so."""
    BETTER = "better"
    """More tests pass, or as many where something else was asked for."""


def gain(first: CodeReport, later: CodeReport) -> Gain:
    """What a later version is against the user's file."""
    if later.rank < first.rank:
        return Gain.NONE
    match first.verdict, later.verdict:
        case Failed(_, total, _), Undecided(why):
            # what broke off runs to its end now; where a test failed, that is not enough
            return Gain.UNKNOWN if not total and why == RAN else Gain.NONE
        case Undecided(), Undecided():
            return Gain.UNKNOWN
        case Failed(before, _, _), Failed(after, _, _):
            return Gain.BETTER if after > before else Gain.NONE
        case _, Passed():
            return Gain.BETTER
        case _:
            return Gain.NONE
