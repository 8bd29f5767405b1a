"""Tables of an answer, drawn whole: no cell is left out or cut off, in no script.

Textual gives a column at least the room of its longest word, and takes that from the others: a
sentence in Chinese is one word, and leaves nothing to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar

from markdown_it.token import Token
from rich.segment import Segment
from textual.content import EMPTY_CONTENT, Content
from textual.strip import Strip
from textual.widgets import Markdown
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownTD,
    MarkdownTH,
    MarkdownTR,
)

from tui.widgets.lined import Lined, Span, place_of, source_of
from tui.widgets.sentences import RULES, SourceSelection

BETWEEN = " | "
"""Between the cells of a row that is copied."""
NARROW = 4
"""Columns of a cell below which it has no room beside its words,"""
LEAST = 3
"""and below which each cell has a line of its own."""


class Head(SourceSelection, MarkdownTH):
    """A cell of the first row."""


class Cell(SourceSelection, MarkdownTD):
    """A cell of another one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table is laid out: the room for the words of each column, and beside them."""

    rooms: Sequence[int]
    pad: int


class Table(Lined):
    """A table with lines between its cells, as wide as there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head", "rule"}
    SCOPED_CSS = False
    DEFAULT_CSS = """
    Table { margin-bottom: 1; }
    Table:light { background: white 30%; }
    Table > .head { color: $primary; }
    Table > .rule { color: $foreground 50%; }
    """

    def __init__(self, markdown: Markdown, token: Token) -> None:
        self._flat = bool(getattr(markdown, "flat", False))
        self._cells: list[list[SourceSelection]] = []
        self._laid: tuple[int, Columns | None] = 0, None
        super().__init__(markdown, token)

    def compose(self) -> Iterator[MarkdownBlock]:
        """No widgets."""
        self._read()
        yield from ()

    @property
    def rows(self) -> list[list[SourceSelection]]:
        """The cells, the head's first."""
        self._read()
        return self._cells

    def take(self, other: Table) -> None:
        """Show the cells of another one."""
        self._copy_context(other)
        self._cells, self._laid = other.rows, (0, None)
        self.changed_lines()

    @property
    def count(self) -> int:
        """The rows."""
        return len(self.rows)

    def heights(self, width: int) -> list[int]:
        """Each row with the rule below it, and the first with the one above."""
        columns = self._columns(width)
        return [self._height(at, width, columns) for at in range(self.count)]

    def plain(self, at: int) -> str:
        """The cells side by side."""
        return BETWEEN.join(cell.words.plain for cell in self.rows[at])

    def copied(self, at: int, start: int, end: int) -> str:
        """The same; formulas as they were written."""
        out: list[str] = []
        for first, cell in self._placed(at):
            last = first + len(cell.words.plain)
            if start <= last and end >= first:
                out.append(source_of(cell, 0, max(start - first, 0), min(end, last) - first))
        return BETWEEN.join(out)

    def restyle(self, style: Callable[[Content], Content]) -> bool:
        """The words of its cells."""
        found = [cell.restyle(style) for row in self.rows for cell in row]
        self.changed_lines()
        return any(found)

    def strips(self, at: int, width: int, span: Span) -> list[Strip]:
        """A row."""
        columns = self._columns(width)
        if columns is None:
            return self._records(at, width, span)
        cells: list[list[Strip]] = []
        for (place, cell), room in zip(self._placed(at), columns.rooms, strict=False):
            cells.append(self._cell(at, place, cell, room, span))
        height = max(map(len, cells), default=1)
        top = [] if at or self._flat else [self._rule("┌┬┐", columns)]
        lines = [self._beside(cells, columns, n, height, head=not at) for n in range(height)]
        last = at == self.count - 1
        below = [] if self._flat else [self._rule("└┴┘" if last else "├┼┤", columns)]
        return [*top, *lines, *below]

    def _read(self) -> None:
        """Take the cells out of the blocks that were read."""
        if not self._blocks:
            return
        rows = (
            [one for one in row._blocks if isinstance(one, SourceSelection)]  # noqa: SLF001
            for part in self._blocks
            for row in part._blocks  # noqa: SLF001
            if isinstance(row, MarkdownTR)
        )
        self._cells = [row for row in rows if row]
        self._blocks.clear()

    def _placed(self, at: int) -> Iterator[tuple[int, SourceSelection]]:
        """The cells of a row, and the sign of it at which each begins."""
        place = 0
        for cell in self.rows[at]:
            yield place, cell
            place += len(cell.words.plain) + len(BETWEEN)

    def _columns(self, width: int) -> Columns | None:
        """The room for each; ``None`` where there is none to speak of."""
        if self._laid[0] != width:
            rows = self.rows
            wanted = [
                max((row[n].words.cell_length for row in rows if n < len(row)), default=0)
                for n in range(max(map(len, rows), default=0))
            ]
            self._laid = width, _columns(wanted, width)
        return self._laid[1]

    def _height(self, at: int, width: int, columns: Columns | None) -> int:
        texts = [cell.words for cell in self.rows[at]]
        if columns is None:
            return sum(text.get_height(RULES, width) for text in self._told(at)) + 1
        rooms = zip(texts, columns.rooms, strict=False)
        height = max((text.get_height(RULES, room) for text, room in rooms if text), default=1)
        return height + (0 if self._flat else 1 + (not at))

    def _cell(
        self, at: int, place: int, cell: SourceSelection, room: int, span: Span
    ) -> list[Strip]:
        text = cell.words
        if span is not None:
            end = len(text.plain) if span[1] < 0 else min(span[1] - place, len(text.plain))
            text = self.chosen(text, (span[0] - place, max(end, 0)))
        if not at:
            text = text.stylize_before(".head")
        return [
            strip.apply_offsets(place + place_of(strip), at) for strip in self.drawn(text, room)
        ]

    def _beside(
        self, cells: list[list[Strip]], columns: Columns, n: int, height: int, *, head: bool
    ) -> Strip:
        """One line of the screen; the words of the head stand at the bottom."""
        bar = self._marks(" " if self._flat else "│")
        pad = Strip([Segment(" " * columns.pad, self.visual_style.rich_style)], columns.pad)
        out = [bar]
        for number, room in enumerate(columns.rooms):
            strips = cells[number] if number < len(cells) else []
            k = n - (height - len(strips) if head else 0)
            strip = strips[k] if 0 <= k < len(strips) else Strip([])
            filled = strip.adjust_cell_length(room, self.visual_style.rich_style)
            out += [pad, filled, pad, bar]
        return Strip.join(out)

    def _rule(self, marks: str, columns: Columns) -> Strip:
        parts = ["─" * (room + 2 * columns.pad) for room in columns.rooms]
        return self._marks(marks[0] + marks[1].join(parts) + marks[2])

    def _marks(self, marks: str) -> Strip:
        style = self.visual_style + self.get_visual_style("rule", partial=True)
        return Strip([Segment(marks, style.rich_style)])

    def _told(self, at: int) -> list[Content]:
        """A row as lines, where there are more columns than fit: what each cell is, and the
        cell."""
        heads = self.rows[0]
        if not at:
            return [Content(" · ").join(cell.words for cell in heads)]
        return [
            Content.assemble(
                (heads[n].words if n < len(heads) else EMPTY_CONTENT).stylize(".head"),
                ": ",
                cell.words,
            )
            for n, cell in enumerate(self.rows[at])
        ]

    def _records(self, at: int, width: int, span: Span) -> list[Strip]:
        chosen = span and (0, -1)
        strips = [
            one for text in self._told(at) for one in self.drawn(self.chosen(text, chosen), width)
        ]
        return [*(one.apply_offsets(0, at) for one in strips), self._marks("─" * width)]


def _columns(wanted: Sequence[int], width: int) -> Columns | None:
    """Narrow columns have what they want, and the others the same of what is left.  What is too
    much is shared as Textual does it: each grows by the same part."""
    count = len(wanted)
    pad = 1
    room = width - (count + 1) - 2 * pad * count
    if room < NARROW * count and room < sum(wanted):
        pad, room = 0, width - (count + 1)
        if room < min(LEAST * count, sum(wanted)):
            return None
    if sum(wanted) <= room:
        whole = sum(wanted) + 2 * pad * count or 1
        space = room + 2 * pad * count
        ends = [0, *accumulate(one + 2 * pad for one in wanted)]
        ends = [end * space // whole for end in ends]
        return Columns([last - first - 2 * pad for first, last in pairwise(ends)], pad)
    rooms = [0] * count
    left = room
    for n, (one, at) in enumerate(sorted((one, at) for at, one in enumerate(wanted))):
        rooms[at] = max(min(one, left // (count - n)), 1)
        left -= rooms[at]
    return Columns(rooms, pad)
