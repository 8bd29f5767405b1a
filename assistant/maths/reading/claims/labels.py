r"""Words in a formula: ``\text{Distance} = 60 \times 2.5 = 150 \text{ miles}``."""

from __future__ import annotations

import re

from assistant.maths.reading.claims.sides import BENDING
from assistant.maths.reading.claims.units import MULTIPLIERS

_SIGN = re.compile(r"[=＝≈<>≤≥≠]|\\(?:leq?|geq?|approx|neq?|equiv)(?![a-z])")
_NOUN = re.compile(r"[A-Za-z]{1,20}|[\u4e00-\u9fff]{1,4}")
_CHANGES = frozenset(
    "dozen dozens percent percentage half halves third thirds quarter quarters pair pairs each per"
    " of times more less than not no or and if mod remainder base undefined double twice triple"
    " degrees radians rad deg 打 半 双 倍 万 亿 余".split()
)
"""Words that are no name of what is counted."""


def labels_are_clear(row: str, label: re.Pattern[str]) -> bool:
    """Whether the words of a row change nothing in its numbers: the name alone on the left, and
    what is counted, of one kind, behind the result."""
    first = _SIGN.search(row)
    head = row[: first.start()].strip() if first is not None else ""
    rest = row[first.end() :] if first is not None and label.fullmatch(head) else row
    counted = {words.strip(" .").lower() for words in label.findall(rest)}
    if not counted:
        return True
    last = _SIGN.split(rest)[-1]
    return len(counted) == 1 and label.search(last) is not None and all(map(_is_noun, counted))


def _is_noun(words: str) -> bool:
    known = words in _CHANGES or words in MULTIPLIERS or BENDING.search(words) is not None
    return _NOUN.fullmatch(words) is not None and not known
