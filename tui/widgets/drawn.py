"""Text that is laid out anew for every width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from runtimes.texts import Lang

Laid = Content | Sequence[Content]
"""A text, or its lines."""


class Fitted:
    """``make`` lays it out for so many columns; the last layout is kept."""

    def __init__(self, make: Callable[[int], Laid]) -> None:
        self.make = make
        self._width = 0
        self._lines: Sequence[Content] = ()

    def within(self, width: int) -> Sequence[Content]:
        """The lines for a width; what is wider than that goes on in the next one."""
        if width != self._width:
            self._width, self._lines = width, folded(self.make(width), width)
        return self._lines

    @property
    def content(self) -> Content:
        """The last layout."""
        return Content("\n").join(self._lines)


def folded(laid: Laid, width: int) -> list[Content]:
    """Its lines; what is wider than so many columns goes on in the next one."""
    lines = laid.split("\n", allow_blank=True) if isinstance(laid, Content) else laid
    fitting: list[Content] = []
    for line in lines:
        if line.cell_length <= width and "\t" not in line.plain:
            fitting.append(line)
        else:
            fitting += line.expand_tabs().wrap(width)
    return fitting


class Drawn(Widget):
    """Shows it; a selection takes the lines as they are laid out.

    However long it is, drawing it costs what is in sight: a visual of Textual's is drawn as a whole
    whenever anything in it changes.
    """

    DEFAULT_CSS = "Drawn { height: auto; }"

    def __init__(self, make: Callable[[int], Laid], *, classes: str = "") -> None:
        self.fitted = Fitted(make)
        super().__init__(classes=classes)

    def again(self, make: Callable[[int], Laid]) -> None:
        """What it shows is different now."""
        self.fitted = Fitted(make)
        self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All that there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines within a width."""
        return len(self.fitted.within(width)) if width else 0

    def render_line(self, y: int) -> Strip:
        """One line; blank below the last."""
        width, style = self.size.width, self.visual_style
        lines = self.fitted.within(width)
        if y >= len(lines):
            return Strip.blank(width, style.rich_style)
        line, selection = lines[y], self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            chosen = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            line = line.stylize(chosen, start, None if end == -1 else end)
        (strip,) = Visual.to_strips(self, line, width, 1, style, apply_selection=False)
        return strip.apply_offsets(0, y)

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - its maker asks for it
        """Lay it out anew."""
        self.again(self.fitted.make)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected."""
        return selection.extract(self.fitted.content.plain), "\n"
