"""Columns that stand under each other, also where signs are two cells wide."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

LEAST_LAST = 24
"""Cells that the free column should have before others are left out for it."""


def columns(rows: Sequence[Sequence[str]], width: int | None = None) -> list[str]:
    """One line a row, each column as wide as its widest cell, the last one free.

    ``width`` (in cells) cuts the lines, with ``…`` at the end; ``None`` leaves them whole.
    """
    from rich.cells import cell_len

    if not rows:
        return []
    widest = [max(cell_len(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        padded = [
            cell + " " * (room - cell_len(cell)) for cell, room in zip(row, widest, strict=False)
        ]
        lines.append(fitted("  ".join([*padded, row[-1]]).rstrip(), width))
    return lines


def without(rows: Sequence[Sequence[str]], spare: Sequence[int], width: int | None) -> list[str]:
    """The lines, without as many of the ``spare`` columns (the first one first) as it takes to
    leave the last column its words, or at least some."""
    from rich.cells import cell_len

    kept = list(range(len(rows[0]) if rows else 0))
    wanted = min(max((cell_len(row[-1]) for row in rows), default=0), LEAST_LAST)
    for column in spare:
        others = sum(max(cell_len(row[at]) for row in rows) + 2 for at in kept[:-1])
        if width is None or others + wanted <= width:
            break
        kept.remove(column)
    return columns([[row[at] for at in kept] for row in rows], width)


def terminal_width() -> int | None:
    """Cells of a line on a terminal; a pipe takes any."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None


def hanging(text: str, indent: int, width: int | None) -> list[str]:
    """A sentence that begins after an indent and keeps to it on the lines that follow."""
    from assistant.maths.showing.fitting import wrapped

    space = " " * indent
    if width is None or width < 2 * indent:
        return [space + text]
    return [space + line for line in wrapped(text, width - indent)]


def fitted(line: str, width: int | None) -> str:
    """A line of at most that many cells."""
    from rich.cells import cell_len, set_cell_size

    if width is None or cell_len(line) <= width:
        return line
    return set_cell_size(line, width - 1).rstrip() + "…"
