"""``(x-2)(x-3) = 0, so x = 2 or x = 3``: formulas on one line, each said to follow from the one
before, are read as if each stood on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

MOST = 400
"""Characters of a line that is taken apart."""
JOINT = re.compile(
    r"\s*+(?:[,;，；]\s*+)?(?:"
    r"(?<![A-Za-z\\])(?:and\s+)?(?:so|therefore|thus|hence|then|giving|which\s+(?:gives|means|implies|yields))"
    r"(?![A-Za-z])(?:\s+(?:that|we\s+(?:get|have|obtain))(?![A-Za-z]))?"
    r"|所以|因此|从而|于是|解得|可得|故|⇒|⟹|\\(?:Rightarrow|implies)(?![A-Za-z]))\s*[:：,，]?\s*",
    re.IGNORECASE,
)
"""Words and signs between such formulas."""


def chained(text: str, read: Callable[[str], tuple[T, ...] | None]) -> list[tuple[str, T]]:
    """What each part says, with the words before it; nothing where a part is not understood or
    there is only one."""
    if len(text) > MOST:
        return []
    found: list[tuple[str, T]] = []
    at, lead = 0, ""
    for joint in [*JOINT.finditer(text), None]:
        part = text[at : joint.start() if joint else len(text)].strip()
        said = read(part) if part else None
        if said is None:
            return []
        found += [(lead, one) for one in said]
        if joint is not None:
            at, lead = joint.end(), joint[0]
    return found if len(found) > 1 else []
