"""The exact solver's solution: steps with formulas in two dimensions, drawn to the width."""

from __future__ import annotations

from rich.text import Text as RichText
from textual import events
from textual.content import Content
from textual.selection import Selection
from textual.widgets import Static

from assistant.maths.showing.look import Look
from assistant.maths.showing.terminal import terminal_text
from runtimes.texts import Lang
from tui.pictures.shows import Drawing, copied, left
from tui.rendering.plain import plain
from tui.said import Exact

NARROWEST = 20


class ExactSolution(Static):
    """Drawn again when the width changes."""

    def __init__(self, exact: Exact, lang: Lang) -> None:
        super().__init__(classes="exact", markup=False)
        self._exact = exact
        self._lang = lang
        self._drawn = 0

    def on_mount(self) -> None:
        """Draw for the width that there will be."""
        self._draw(self.app.size.width - 4)

    def on_resize(self, event: events.Resize) -> None:
        """Draw for the width that there is."""
        self._draw(self.content_size.width or event.size.width)

    def pictures_came(self) -> None:
        """Draw it with them."""
        self._again()

    def on_unmount(self) -> None:
        """Its pictures are not needed any more."""
        left(self, self.app)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, pictures as their sources."""
        return copied(super().get_selection(selection), self.app)

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._again()

    def _again(self) -> None:
        width, self._drawn = self._drawn, 0
        if width:
            self._draw(width)

    def _draw(self, width: int) -> None:
        width = max(width, NARROWEST)
        if width == self._drawn:
            return
        self._drawn = width
        draw, aloud = Drawing(self, self.app, self._lang), plain()
        look = Look(lang=self._lang, width=width, colour=not aloud, aloud=aloud, draw=draw)
        text = terminal_text(self._exact.problem, self._exact.solution, look)
        self.update(Content.from_rich_text(RichText.from_ansi(text.rstrip("\n"))))
