"""Lists, in which items that are nothing but words are drawn together.

Textual makes four widgets of an item, and whatever is laid out visits each of them: a list of a
few hundred would keep the keys waiting for seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from markdown_it.token import Token
from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import EMPTY_CONTENT, Content
from textual.events import Click
from textual.geometry import Offset
from textual.selection import Selection
from textual.strip import Strip
from textual.widgets import Markdown
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBullet,
    MarkdownBulletList,
    MarkdownList,
    MarkdownListItem,
    MarkdownOrderedList,
)

from tui.widgets.lined import Lined, Span, place_of, source_of
from tui.widgets.sentences import RULES, Paragraph

if TYPE_CHECKING:
    _List = MarkdownList
else:
    _List = object  # Textual takes the style of a class from its first base that is a widget


@dataclass(frozen=True, slots=True)
class Line:
    """A line of items: what stands before it, and the line ``number`` of a paragraph, of which
    ``text`` is what is drawn."""

    lead: str
    text: Content = EMPTY_CONTENT
    paragraph: Paragraph | None = None
    number: int = 0

    def same(self, other: Line) -> bool:
        """Does it look the same?"""
        return self.lead == other.lead and self.text.is_same(other.text)

    @property
    def room(self) -> int:
        """Columns that the lead takes."""
        return Content(self.lead).cell_length


class Items(Lined):
    """Items of a list, and of the lists within it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bullet"}
    SCOPED_CSS = False
    DEFAULT_CSS = """
    Items > .bullet { color: $text-primary; }
    Items:light > .bullet { color: $text-secondary; }
    """

    def __init__(self, markdown: Markdown, token: Token, lines: Sequence[Line]) -> None:
        super().__init__(markdown, token)
        self.lines = lines

    def take(self, other: Items) -> None:
        """Show the lines of another one; what is there already was measured."""
        self._copy_context(other)
        old = self.lines
        self.lines = [
            old[n] if n < len(old) and old[n].same(line) else line
            for n, line in enumerate(other.lines)
        ]
        if len(old) != len(self.lines) or old[-1:] != self.lines[-1:]:
            self.changed_lines()

    @property
    def count(self) -> int:
        """The lines of all items."""
        return len(self.lines)

    def heights(self, width: int) -> list[int]:
        """An item without words has its bullet."""
        return [
            line.text.get_height(RULES, _room(line, width)) if line.text else 1
            for line in self.lines
        ]

    def plain(self, at: int) -> str:
        """The bullet and the words."""
        return self.lines[at].lead + self.lines[at].text.plain

    def copied(self, at: int, start: int, end: int) -> str:
        """The same; formulas as they were written."""
        line, width = self.lines[at], len(self.lines[at].lead)
        text = ""
        if line.paragraph is not None:
            text = source_of(line.paragraph, line.number, max(start - width, 0), end - width)
        return line.lead[start:end] + text

    def restyle(self, style: Callable[[Content], Content]) -> bool:
        """The words, not the bullets."""
        lines = [replace(line, text=style(line.text)) for line in self.lines]
        found = any(new.text is not old.text for new, old in zip(lines, self.lines, strict=True))
        self.lines = lines
        self.changed_lines()
        return found

    def strips(self, at: int, width: int, span: Span) -> list[Strip]:
        """The words beside the bullet, and below one another."""
        line = self.lines[at]
        whole = self.chosen(Content.assemble((line.lead, ".bullet"), line.text), span)
        signs = len(line.lead)
        lead, text = whole[:signs], whole[signs:]
        room = _room(line, width)
        (before,) = self.drawn(lead, line.room)
        before = before.apply_offsets(0, at).crop(line.room - (width - room))
        out: list[Strip] = []
        for strip in self.drawn(text, room):
            place = signs + place_of(strip)
            beside = _gap(before, place, at) if out else before
            out.append(Strip.join([beside, strip.apply_offsets(place, at)]))
        return out or [before]

    def on_click(self, event: Click) -> None:
        """Twice: the one that is pointed at is selected, as any other paragraph is."""
        if event.chain != 2 or not self.lines:
            return
        event.prevent_default()
        at = min(self.line_at(event.y), len(self.lines) - 1)
        own = self.lines[at].paragraph
        if own is None:
            return
        first = at - self.lines[at].number
        last = max(n for n, line in enumerate(self.lines) if line.paragraph is own)
        start, end = Offset(len(self.lines[first].lead), first), Offset(len(self.plain(last)), last)
        self.screen.selections = {self: Selection(start, end)}


def _room(line: Line, width: int) -> int:
    """Columns for the text; however deep a list is, at least half of all."""
    return max(width - line.room, (width + 1) // 2, 1)


def _gap(before: Strip, place: int, at: int) -> Strip:
    """The columns before a line that goes on; to point at them is to point at its beginning."""
    style = next((segment.style for segment in before), None)
    cells = [Strip([Segment(" ", style)], 1) for _ in range(before.cell_length)]
    return Strip.join([cell.apply_offsets(place, at) for cell in cells])


class Row(Horizontal):
    """An item in which there is more than words."""

    def __init__(self, symbol: str, blocks: Sequence[MarkdownBlock]) -> None:
        super().__init__()
        self.symbol = symbol
        self.blocks = list(blocks)
        """What is in it when it is made."""

    def compose(self) -> ComposeResult:
        """The bullet, and the blocks beside it."""
        bullet = MarkdownBullet()
        bullet.symbol = self.symbol
        yield bullet
        yield Vertical(*self.blocks)


class Listed(_List):
    """A list that draws its items so."""

    def compose(self) -> ComposeResult:
        """Runs of items that are words, and the others."""
        yield from self.rows()
        self._blocks.clear()

    def rows(self) -> Iterator[Items | Row]:
        """The same, as new widgets."""
        for words, run in groupby(_items(self), lambda one: _is_words(one[1])):
            if words:
                yield Items(
                    self._markdown, self._token, [line for one in run for line in _lines(*one)]
                )
            else:
                yield from (Row(symbol, item._blocks) for symbol, item in run)  # noqa: SLF001


class BulletList(Listed, MarkdownBulletList):
    """One with bullets."""


class OrderedList(Listed, MarkdownOrderedList):
    """One with numbers."""


def _items(block: MarkdownList) -> list[tuple[str, MarkdownListItem]]:
    """The items of a list and what stands before them; numbers end in the same column."""
    items = [one for one in block._blocks if isinstance(one, MarkdownListItem)]  # noqa: SLF001
    if not isinstance(block, MarkdownOrderedList):
        return [(item.bullet, item) for item in items]
    first = items[0].bullet if items else ""
    start = int(first) if first.isdecimal() else 1
    signs = [f"{number}. " for number in range(start, start + len(items))]
    width = max(map(len, signs), default=0) + 1
    return [(sign.rjust(width), item) for sign, item in zip(signs, items, strict=True)]


def _is_words(item: MarkdownBlock) -> bool:
    """Is it nothing but paragraphs and lists of such items, a paragraph first?"""
    blocks = item._blocks  # noqa: SLF001
    return not isinstance(next(iter(blocks), None), MarkdownList) and all(
        isinstance(block, Paragraph)
        or (isinstance(block, MarkdownList) and all(map(_is_words, block._blocks)))  # noqa: SLF001
        for block in blocks
    )


def _lines(lead: str, item: MarkdownBlock) -> Iterator[Line]:
    blocks: Iterable[MarkdownBlock] = item._blocks  # noqa: SLF001
    blank = " " * Content(lead).cell_length
    begun = False
    for block in blocks:
        if isinstance(block, Paragraph):
            texts = block._content.split("\n", allow_blank=True)  # noqa: SLF001
            for number, text in enumerate(texts):
                yield Line(blank if begun else lead, text, block, number)
                begun = True
        elif isinstance(block, MarkdownList):
            for sign, inner in _items(block):
                yield from _lines(blank + sign, inner)
    if not begun:
        yield Line(lead)
