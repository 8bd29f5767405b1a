"""Where a thinking whose budget runs out may end without breaking off in the middle of a sentence.

The rule looks only at what stands before, since the engine must decide before the model writes
on.  So a sign with a second meaning does not count: a dot or an exclamation mark behind a digit
(3.14, 5!) or a single letter (e.g., n!), or a dot behind a usual abbreviation.
"""

from __future__ import annotations

import sys

ALWAYS = frozenset("。？?！\n")
"""Signs that mean nothing but an end (the newline: of a line)."""
OFTEN = frozenset(".!．")
CLOSERS = "\"'”’）)」』】]》*_`$ \t"
"""What may stand behind the sign and still belong to its sentence."""
ABBREVIATIONS = frozenset(
    "al approx cf ch co dept dr ed eq eqs etc fig figs inc ltd max min mr mrs ms no nos pp prof "
    "ref sec st thm viz vol vs".split()
)

SHARE, MOST = 8, 128
"""The last eighth of a budget is where a sentence may end it, and so many tokens at most."""
TAIL, BEFORE = 64, 8
"""Bytes of the newest text that are looked at, and tokens from which on they are kept: a sign at
the very beginning of the last part has a word before it, too."""


def ends_sentence(text: str) -> bool:
    """Does a sentence, or a line, end where this text ends?"""
    text = text.rstrip(" \t")
    if not text.endswith("\n"):
        text = text.rstrip(CLOSERS)
    if not text.strip():
        return False
    if text[-1] in ALWAYS:
        return True
    return text[-1] in OFTEN and _ends(text[:-1], dot=text[-1] != "!")


def _ends(before: str, *, dot: bool) -> bool:
    """Is a dot (or an exclamation mark) behind this text the end of a sentence?"""
    if not before:
        return False
    last = before[-1]
    if last in CLOSERS:
        return dot and not last.isspace()  # of “(n-1)!” one cannot tell
    if not last.isalpha():
        return False
    if not last.isascii():
        return True  # there is no abbreviation and no decimal behind a Chinese character
    at = len(before)
    while at and before[at - 1].isascii() and before[at - 1].isalpha():
        at -= 1
    word = before[at:].lower()
    joined = at > 0 and before[at - 1] == "."  # the second dot of “e.g.”, the name behind “math.”
    return len(word) > 1 and not joined and not (dot and word in ABBREVIATIONS)


class Budget:
    """Says when a thinking is to end: with the first sentence that ends in the last part of its
    budget, and at the end of the budget in any case."""

    def __init__(self, tokens: int | None) -> None:
        """``None``: it may go on."""
        self._hard = sys.maxsize if tokens is None else tokens
        self._soft = self._hard - min(self._hard // SHARE, MOST)
        self._tail = b""

    def over(self, spent: int, piece: bytes) -> bool:
        """``spent`` tokens are used, ``piece`` was the last of them: is it to end here?"""
        if spent < self._soft - BEFORE:
            return False  # the way that nearly all tokens go
        if spent >= self._hard:
            return True
        self._tail = (self._tail + piece)[-TAIL:]
        return spent >= self._soft and ends_sentence(_whole(self._tail))


def _whole(tail: bytes) -> str:
    """The text; none where its last character is only half written."""
    start = next((i for i, byte in enumerate(tail) if byte & 0xC0 != 0x80), len(tail))
    try:
        return tail[start:].decode()
    except UnicodeDecodeError:
        return ""
