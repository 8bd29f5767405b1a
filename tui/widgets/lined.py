"""A block of an answer that draws many lines of its own, where Textual would have a widget for each
and more: whatever is laid out visits every widget, and keys would wait for seconds."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from textual.content import Content
from textual.geometry import Offset, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widgets._markdown import MarkdownBlock

from tui.widgets.sentences import SourceSelection

Span = tuple[int, int] | None
"""Selected signs of a line, from one to another; -1 is the end."""


class Lined(MarkdownBlock):
    """Its lines are numbered from the top, selected by their number and the sign in them, and
    broken where the width asks for it.  However many there are, it draws what is in sight."""

    SCOPED_CSS = False

    @property
    @abstractmethod
    def count(self) -> int:
        """How many lines there are."""

    @abstractmethod
    def heights(self, width: int) -> Sequence[int]:
        """How many lines of the screen each takes within so many columns, at least 1."""

    @abstractmethod
    def strips(self, at: int, width: int, span: Span) -> list[Strip]:
        """A line, as high as that; each sign knows its place."""

    @abstractmethod
    def plain(self, at: int) -> str:
        """A line as it is drawn, unbroken."""

    @abstractmethod
    def copied(self, at: int, start: int, end: int) -> str:
        """What of a line is copied."""

    @abstractmethod
    def restyle(self, style: Callable[[Content], Content]) -> bool:
        """Give its texts other styles; whether any of them has."""

    def __init__(self, *args: object) -> None:
        self._width = 0
        self._ends: list[int] = []
        self._latest: tuple[object, list[Strip]] = None, []
        super().__init__(*args)  # type: ignore[arg-type]  # its maker's

    @property
    def text(self) -> str:
        """All that is drawn."""
        return "\n".join(map(self.plain, range(self.count)))

    def changed_lines(self) -> None:
        """It shows others; the screen is laid out anew only where that takes another height."""
        height, width = sum(self._ends[-1:]), self._width
        self._forget()
        self.refresh(layout=not width or sum(self.measured(width)[-1:]) != height)

    def notify_style_update(self) -> None:
        """Other colours."""
        self._forget()
        super().notify_style_update()

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines within a width."""
        return sum(self.measured(width)[-1:]) if width else 0

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, style = self.size.width, self.visual_style
        ends = self.measured(width)
        at = self.line_at(y)
        if at >= len(ends):
            return Strip.blank(width, style.rich_style)
        selection = self.text_selection
        span = None if selection is None else selection.get_span(at)
        key = at, width, style, span
        if self._latest[0] != key:
            self._latest = key, self.strips(at, width, span)
        within = y - (ends[at - 1] if at else 0)
        strips = self._latest[1]
        strip = strips[within] if within < len(strips) else Strip([])
        return strip.adjust_cell_length(width, style.rich_style)

    def line_at(self, y: int) -> int:
        """Which line is there on the screen."""
        return bisect_right(self.measured(self.size.width), y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, line by line."""
        out: list[str] = []
        for at in range(self.count):
            if (span := selection.get_span(at)) is not None:
                end = len(self.plain(at))
                out.append(self.copied(at, span[0], end if span[1] < 0 else min(span[1], end)))
        return "\n".join(out), "\n"

    def measured(self, width: int) -> list[int]:
        """Where each line ends, in lines of the screen."""
        if width != self._width or not self._ends:
            self._width, self._ends = width, list(accumulate(self.heights(width)))
        return self._ends

    def drawn(self, text: Content, width: int) -> list[Strip]:
        """A text within so many columns."""
        return Visual.to_strips(self, text, width, None, self.visual_style, apply_selection=False)

    def chosen(self, text: Content, span: Span) -> Content:
        """With what is selected of it."""
        if span is None:
            return text
        colours = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        return text.stylize(colours, max(span[0], 0), None if span[1] < 0 else span[1])

    def _forget(self) -> None:
        self._width, self._ends, self._latest = 0, [], (None, [])


def place_of(strip: Strip) -> int:
    """Which sign of its text begins a strip that was drawn."""
    for segment in strip:
        if segment.style is not None and "offset" in segment.style.meta:
            return int(segment.style.meta["offset"][0])
    return 0


def source_of(block: SourceSelection, line: int, start: int, end: int) -> str:
    """A part of a line of a text; formulas as they were written."""
    if end <= start:
        return ""
    found = block.get_selection(Selection(Offset(start, line), Offset(end, line)))
    return "" if found is None else found[0]
