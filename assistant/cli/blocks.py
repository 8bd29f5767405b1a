"""The code in an answer, as it can be run."""

from __future__ import annotations

import re

_OPENS = re.compile(r"([ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})")
"""Also within an item of a list; a fence of backticks has none behind it, else it is a span."""


def code_block(answer: str) -> str | None:
    """The first block within fences, without the indent of its fence; ``None`` where there is none.

    A block that is not closed goes to the end.
    """
    found: list[str] | None = None
    indent, fence = 0, ""
    for line in answer.removesuffix("\n").split("\n"):
        if found is not None:
            if _closes(line.strip(), fence):
                break
            blank = len(line) - len(line.lstrip(" \t"))
            found.append(line[min(indent, blank) :])
        elif (opens := _OPENS.match(line)) is not None:
            found, indent, fence = [], len(opens[1]), opens[2]
    return None if found is None else "".join(f"{line}\n" for line in found)


def _closes(line: str, fence: str) -> bool:
    return len(line) >= len(fence) and not line.strip(fence[0])
