"""Pictures whose cells are private characters, which text from outside never has."""

from __future__ import annotations

import re
import weakref
from bisect import bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.maths.showing.raster import Ink

FIRST, LAST = 0x100000, 0x10FFFD
"""Plane 16 for private use; ``tui.words.harmless`` lets none of it through."""
CELLS = re.compile(f"[{chr(FIRST)}-{chr(LAST)}]+")
MOST_COLUMNS, MOST_ROWS = 256, 80


@dataclass(frozen=True, slots=True)
class Cell:
    """The size of a cell of the terminal in pixels."""

    width: int
    height: int


@dataclass(eq=False)
class Picture:
    """``cover`` has a byte for each pixel of all its cells; ``source`` is what copying gives."""

    first: int
    columns: int
    rows: int
    cell: Cell
    cover: bytes
    source: str

    @property
    def width(self) -> int:
        """In pixels."""
        return self.columns * self.cell.width

    @property
    def height(self) -> int:
        """In pixels."""
        return self.rows * self.cell.height

    def lines(self) -> tuple[str, ...]:
        """Its cells as text."""
        starts = range(self.first, self.first + self.rows * self.columns, self.columns)
        return tuple("".join(map(chr, range(at, at + self.columns))) for at in starts)


@dataclass(frozen=True, slots=True)
class Run:
    """Cells of one row of a picture that stand side by side."""

    picture: Picture
    row: int
    column: int
    count: int


@dataclass
class Shelf:
    """The pictures that somebody still holds.  For the thread of the screen alone."""

    gone: list[int] = field(default_factory=list)
    """First characters of pictures that nobody holds any more; whoever draws takes them away."""
    _firsts: list[int] = field(default_factory=list)
    _held: dict[int, weakref.ref[Picture]] = field(default_factory=dict)
    _next: int = FIRST

    def place(self, ink: Ink, cell: Cell, source: str) -> Picture | None:
        """A new picture; ``None`` where it is too large, or there are too many."""
        columns, rows = -(-ink.width // cell.width), -(-ink.height // cell.height)
        if not (0 < columns <= MOST_COLUMNS and 0 < rows <= MOST_ROWS):
            return None
        first = self._free(columns * rows)
        if first is None:
            return None
        picture = Picture(first, columns, rows, cell, _padded(ink, columns, rows, cell), source)
        self._held[first] = weakref.ref(picture)
        insort(self._firsts, first)
        self._next = first + columns * rows
        weakref.finalize(picture, self._let_go, first).atexit = False
        return picture

    def _free(self, count: int) -> int | None:
        """So many characters in a row that no picture has, the least lately used first."""
        for start in (self._next, FIRST):
            at = start
            for first in self._firsts[bisect_right(self._firsts, start - 1) :]:
                picture = self._held[first]()
                if first - at >= count:
                    return at
                if picture is not None:
                    at = first + picture.columns * picture.rows
            if LAST + 1 - at >= count:
                return at
        return None

    def _let_go(self, first: int) -> None:
        del self._held[first]
        self._firsts.remove(first)
        self.gone.append(first)

    def _at(self, code: int) -> Picture | None:
        found = bisect_right(self._firsts, code) - 1
        picture = self._held[self._firsts[found]]() if found >= 0 else None
        if picture is None or code >= picture.first + picture.columns * picture.rows:
            return None
        return picture

    def runs(self, text: str) -> Iterator[Run | str]:
        """Private characters as runs of cells; those of no picture as they are."""
        at = 0
        while at < len(text):
            code = ord(text[at])
            picture = self._at(code)
            if picture is None:
                yield text[at]
                at += 1
                continue
            row, column = divmod(code - picture.first, picture.columns)
            count = 1
            while (
                column + count < picture.columns
                and at + count < len(text)
                and ord(text[at + count]) == code + count
            ):
                count += 1
            yield Run(picture, row, column, count)
            at += count


def _padded(ink: Ink, columns: int, rows: int, cell: Cell) -> bytes:
    """The ink at the left of whole cells, in the middle of their height."""
    width, height = columns * cell.width, rows * cell.height
    top = (height - ink.height) // 2
    right = bytes(width - ink.width)
    lines = (
        ink.cover[at : at + ink.width] + right for at in range(0, ink.width * ink.height, ink.width)
    )
    below = height - top - ink.height
    return b"".join([bytes(width * top), *lines, bytes(width * below)])
