"""Text as it can be stored, and as it can be shown on one line."""

from __future__ import annotations

import re
import unicodedata

from assistant.maths.showing.boxes import columns

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_WANTED = "\n\t\u200c\u200d"
"""Lines, tabs, and the joiners of emoji and scripts."""
_LEADING = "#>*-`|~ "
_LONGEST = 4096
"""Characters of a text that are looked at for a title."""
TITLE_COLUMNS = 60


def storable(text: str) -> str:
    """The text, character by character, with ``�`` for what no database can hold or find: half
    a pair of surrogates, and NUL, at which SQLite's own functions stop."""
    return _UNSTORABLE.sub("�", text)


def one_line(text: str) -> str:
    """Nothing that a terminal would obey, and no end of line; as many characters as before."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c) in _UNSEEN or c.isspace() else c for c in text)


def title_of(text: str, width: int = TITLE_COLUMNS) -> str:
    """A title from a question: its first words, on one line of at most ``width`` columns.

    A line is cut between words; where words are not parted by spaces (Chinese), or one is
    longer than half the line, between characters.
    """
    words = " ".join(one_line(text[:_LONGEST]).split()).lstrip(_LEADING)
    if columns(words) <= width:
        return words
    taken = room = 0
    for taken, char in enumerate(words):  # noqa: B007 - the place where it ended
        room += columns(char)
        if room > width - 1:
            break
    head = words[:taken]
    space = head.rfind(" ")
    if words[taken] != " " and columns(head[: max(space, 0)]) > width // 2:
        head = head[:space]
    return head.rstrip() + "…"


def seen(text: str) -> str:
    """A text of several lines with ``�`` for all that cannot be seen, or that turns the
    direction of what follows."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c in _WANTED or unicodedata.category(c) not in _UNSEEN else "�" for c in text
    )
