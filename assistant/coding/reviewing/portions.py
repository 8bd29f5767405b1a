"""A diff in portions, each as long as a model can be shown at once.

A portion ends between two changes where it can; a change that is longer than a portion is parted
between its lines, and a line that is longer is cut.  What was cut is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.coding.reviewing.patches import FilePatch, Line

MOST_NAMED = 20
CUT = "… [+{0}]"
"""In place of so many characters of a line."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a file, the first and the last: as they are numbered after the change, those that
    go as before it."""

    file: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Portion:
    """The text that is shown, the lines that it holds, and those of them that were cut."""

    text: str
    spans: tuple[Span, ...]
    cut: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the diff; ``hunk`` counts through all files."""

    file: str
    hunk: int
    line: Line

    @property
    def number(self) -> int:
        return self.line.new or self.line.old

    @property
    def text(self) -> str:
        return f"{self.line.sign} {self.number:>5}  {self.line.text}\n"


class Shown:
    """A diff that is shown from its beginning to its end, portion by portion."""

    def __init__(self, patches: Sequence[FilePatch]) -> None:
        hunks = [(patch.name, hunk) for patch in patches for hunk in patch.hunks]
        self._rows = [
            _Row(name, number, line)
            for number, (name, hunk) in enumerate(hunks)
            for line in hunk.lines
        ]
        self._at = 0

    @property
    def over(self) -> bool:
        """Has all of it been shown?"""
        return self._at >= len(self._rows)

    @property
    def left(self) -> tuple[Span, ...]:
        """What was not shown yet."""
        return spans(self._rows[self._at :])

    def portions(self, most: int) -> int:
        """How many portions of so many characters are left."""
        at, count = self._at, 0
        while at < len(self._rows):
            at, count = self._end(at, most), count + 1
        return count

    def next(self, most: int) -> Portion:
        """The next portion of at most so many characters; ``taken`` has it count as shown."""
        rows = self._rows[self._at : self._end(self._at, most)]
        parts, cut = [], []
        for before, row in zip([None, *rows], rows, strict=False):
            head = _head(before, row)
            room = most - len(head)
            text = row.text
            if len(text) > room:
                cut.append(row)
                kept = max(0, room - len(CUT) - 8)
                text = f"{text[:kept]}{CUT.replace('{0}', str(len(text) - 1 - kept))}\n"
            parts += [head, text]
        return Portion("".join(parts).strip("\n"), spans(rows), spans(cut))

    def taken(self, most: int) -> None:
        """The portion that ``next`` gave was shown."""
        self._at = self._end(self._at, most)

    def _end(self, at: int, most: int) -> int:
        """Behind the last row of the portion that begins at ``at``."""
        size, end, whole = 0, at, at
        rows = self._rows
        while end < len(rows):
            before = rows[end - 1] if end > at else None
            size += len(_head(before, rows[end])) + len(rows[end].text)
            if size > most and end > at:
                return whole if whole > at else end
            end += 1
            if end == len(rows) or rows[end].hunk != rows[end - 1].hunk:
                whole = end
        return end


def _head(before: _Row | None, row: _Row) -> str:
    """What stands before a row: the name of its file, or the gap between two changes."""
    if before is None or before.file != row.file:
        return f"\n{row.file}\n"
    return "" if before.hunk == row.hunk else "\n"


def spans(rows: Iterable[_Row]) -> tuple[Span, ...]:
    """The lines of some rows, one span for each file in a row."""
    found = []
    for file, some in groupby(rows, lambda row: row.file):
        lines = [row.line for row in some]
        numbers = [line.new for line in lines if line.new] or [line.old for line in lines]
        found.append(Span(file, min(numbers), max(numbers)))
    return tuple(found)


def named(some: Sequence[Span]) -> str:
    """Spans as they are told: ``a.py:3-90, b.py:7``."""
    words = [f"{s.file}:{s.first}" + (f"-{s.last}" if s.last > s.first else "") for s in some]
    more = f", … (+{len(words) - MOST_NAMED})" if len(words) > MOST_NAMED else ""
    return ", ".join(words[:MOST_NAMED]) + more
