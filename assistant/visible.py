"""Text from outside without what nobody would see, and a terminal would obey."""

from __future__ import annotations

import unicodedata

KEPT = "\n\t\u200c\u200d"
"""Invisible signs that a text needs: lines, tabs, and the joiners of emoji and scripts."""
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def visible(text: str) -> str:
    """The text with ``�`` in the place of each such sign."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in KEPT or unicodedata.category(c) not in _HIDDEN else "�" for c in text)
