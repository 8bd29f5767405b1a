"""A list whose chosen row is told by its colour, and for a screen reader by a word."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

from runtimes.texts import Lang, Text
from tui.rendering.plain import plain

CHOSEN = Text("chosen:", "已选：")


class Rows(OptionList):
    """The word stands before the row, and as much room before the others."""

    @property
    def _word(self) -> str:
        if not plain():
            return ""
        lang: Lang = getattr(self.app, "lang", Lang.EN)
        return f"{CHOSEN.template(lang)} "

    def _get_left_gutter_width(self) -> int:
        return cell_len(self._word)

    def render_line(self, y: int) -> Strip:
        """The word, and what Textual draws."""
        strip, word = super().render_line(y), self._word
        if not word:
            return strip
        at = self.scroll_offset.y + y
        lines = self._lines
        first = at < len(lines) and lines[at] == (self.highlighted, 0)
        style = next((segment.style for segment in strip), None)
        lead = Segment(word if first else " " * cell_len(word), style)
        return Strip.join([Strip([lead], cell_len(word)), strip])
