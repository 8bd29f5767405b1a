"""Text from outside, made safe to show."""

from __future__ import annotations


def printable(text: str, limit: int = 80) -> str:
    """Text for quoting in a message: one line, nothing that a terminal would obey.

    Control, escape, bidirectional and other invisible characters are shown by their number,
    ``⟨U+202E⟩``; what is longer than ``limit`` ends in ``…``.
    """
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(
        c if c.isprintable() else " " if c in "\u00a0\u3000" else f"⟨U+{ord(c):04X}⟩" for c in shown
    )
