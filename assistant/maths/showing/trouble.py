"""What could not be read or solved, with a caret under the place."""

from __future__ import annotations

from assistant.maths.showing import words
from assistant.maths.showing.boxes import columns
from assistant.maths.showing.fitting import inline, wrapped
from assistant.maths.showing.look import BOLD, Look, painted
from assistant.maths.showing.notation import Notation
from assistant.maths.types import Lang, Text, Trouble

RED = "31"
ELLIPSIS = "…"


def trouble_text(source: str, trouble: Trouble, look: Look) -> str:
    """The input line, the caret, the message and the suggestion, as lines."""
    width = max(look.width, 20)
    lines: list[str] = []
    if trouble.at is not None and source.strip():
        shown, column = _excerpt(source, trouble.at, width - 4)
        lines += [f"  {shown}", f"  {' ' * column}{painted('^', RED, look)}"]
    first, *rest = wrapped(_say(trouble.message, look), width)
    lines += [painted(first, BOLD, look), *rest]
    if trouble.suggestion is not None:
        colon = "：" if look.lang is Lang.ZH else ": "
        said = f"{_say(words.TRY, look)}{colon}{_say(trouble.suggestion, look)}"
        lines += wrapped(said, width, 2)
    return "\n".join(lines) + "\n"


def _say(text: Text, look: Look) -> str:
    return words.filled(text, look.lang, lambda e: inline(Notation(look.lang)(e)))


def _excerpt(source: str, at: int, width: int) -> tuple[str, int]:
    """The part of the line around an offset that fits, cleaned, and the caret's column.

    Cleaning keeps the count of characters, so the caret stays under the right one.
    """
    at = max(0, min(at, len(source)))
    begin = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    line = words.clean(source[begin : len(source) if end < 0 else end])
    at -= begin
    start, stop = at, at
    while (start > 0 or stop < len(line)) and columns(line[start:stop]) < width - 4:
        start, stop = max(0, start - 1), min(len(line), stop + 1)
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if stop < len(line) else ""
    return before + line[start:stop] + after, columns(before + line[start:at])
