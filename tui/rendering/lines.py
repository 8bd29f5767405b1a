"""A sentence with formulas in it on one line, its formulas drawn."""

from __future__ import annotations

from assistant.maths.showing.tex.typeset import inline
from tui.rendering.marks import ending, opening
from tui.words import one_line

CUT = (("$`", "`$"), ("\\(", "\\)"), ("\\[", "\\]"))
"""Marks around a formula of which one may be cut off; a dollar sign alone may be money."""
MOST = 2_000
"""Characters that are looked at; the rest of a longer line stays as it is."""


def formulas_drawn(text: str) -> str:
    """``so $x = \\frac{1}{2}$`` as ``so x = 1/2``, and the same where the marks are gone.

    The text of a model, not yet made harmless.
    """
    if "\\" not in text and "$" not in text:
        return text
    head, tail = text[:MOST], text[MOST:]
    out: list[str] = []
    at = begun = 0
    while at < len(head):
        opened = opening(head, at) if head[at] in "$\\" else None
        ended = None if opened is None else ending(head, opened)
        if opened is None or ended is None:
            at += 1
            continue
        out += [_bare(head[begun:at]), inline(head[opened.inside : ended.inside])]
        at = begun = ended.after
    return "".join([*out, _bare(head[begun:]), tail])


def excerpt_drawn(text: str) -> str:
    """A piece of a text; it may begin, or end, within a formula whose other mark is not in it."""
    for opens, closes in CUT:
        first, last = text.find(closes), text.rfind(opens)
        if first >= 0 and opens not in text[:first]:
            text, last = opens + text, last if last < 0 else last + len(opens)
        if last >= 0 and closes not in text[last + len(opens) :]:
            text += closes
    return formulas_drawn(text)


def _bare(text: str) -> str:
    """Words with commands of LaTeX in them; a command goes as far as its braces."""
    if "\\" not in text:
        return text
    out: list[str] = []
    held = ""
    for word in text.split(" "):
        held = f"{held} {word}" if held else word
        if held.count("{") <= held.count("}"):
            out.append(inline(held) if "\\" in held else held)
            held = ""
    return " ".join([*out, held] if held else out)


def step_line(text: str, limit: int = 200) -> str:
    """A step for its row: harmless, on one line."""
    return one_line(formulas_drawn(text), limit)
