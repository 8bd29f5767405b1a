"""Text that is laid out anew for every width."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.css.styles import RulesMap
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from runtimes.texts import Lang


class Fitted(Visual):
    """``make`` lays it out for so many columns; the last layout is kept."""

    def __init__(self, make: Callable[[int], Content]) -> None:
        self.make = make
        self._width = 0
        self.content = Content("")

    def within(self, width: int) -> Content:
        """The layout for a width."""
        if width != self._width:
            self._width, self.content = width, self.make(width)
        return self.content

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """As Textual draws it."""
        return self.within(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """All that there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Lines within a width."""
        return self.within(width).get_height(rules, width)


class Drawn(Static):
    """Shows it; a selection takes the lines as they are laid out."""

    def __init__(self, make: Callable[[int], Content], *, classes: str = "") -> None:
        self.fitted = Fitted(make)
        super().__init__(self.fitted, classes=classes, markup=False)

    def again(self, make: Callable[[int], Content]) -> None:
        """What it shows is different now."""
        self.fitted = Fitted(make)
        self.update(self.fitted)

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - its maker asks for it
        """Lay it out anew."""
        self.again(self.fitted.make)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected."""
        return selection.extract(self.fitted.content.plain), "\n"
