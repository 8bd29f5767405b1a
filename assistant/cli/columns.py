"""Columns that stand under each other, also where signs are two cells wide."""

from __future__ import annotations

from collections.abc import Sequence


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


def fitted(line: str, width: int | None) -> str:
    """A line of at most that many cells."""
    from rich.cells import cell_len, set_cell_size

    if width is None or cell_len(line) <= width:
        return line
    return set_cell_size(line, width - 1).rstrip() + "…"
