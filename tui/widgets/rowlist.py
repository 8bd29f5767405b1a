"""A list whose chosen row is told by its colour, and for a screen reader by a word."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from runtimes.texts import Lang, Text
from tui.keyboard.keys import done_in_turn
from tui.rendering.plain import plain

CHOSEN = Text("chosen:", "已选：")


def chosen_word(lang: Lang) -> str:
    """What stands before the chosen row; nothing where its colour tells it."""
    return f"{CHOSEN.template(lang)} " if plain() else ""


T = TypeVar("T")


class Row(Option, Generic[T]):
    """A row that knows what it stands for: when the choice of it arrives, the list may hold
    others, or none."""

    def __init__(self, shown: Content | str, what: T) -> None:
        super().__init__(shown)
        self.what = what


class RowList(OptionList):
    """The word stands before the row, and as much room before the others."""

    _room = 0
    """Cells that the word takes."""

    @property
    def _word(self) -> str:
        lang: Lang = getattr(self.app, "lang", Lang.EN)
        return chosen_word(lang)

    async def _on_key(self, event: Key) -> None:
        """Keys in the order in which they come: what is taken is what was gone to before."""
        await done_in_turn(self, event)

    def _get_left_gutter_width(self) -> int:
        return cell_len(self._word)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay the rows out anew where the word has come, or gone."""
        room, self._room = self._room, cell_len(self._word)
        if room != self._room:
            self._clear_caches()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The word, and what Textual draws; the colours of marks cannot be read on the cursor's."""
        strip, word = super().render_line(y), self._word
        at = self.scroll_offset.y + y
        row, part = self._lines[at] if at < len(self._lines) else (None, 0)
        if self.has_focus and row is not None and row == self.highlighted:
            strip = self._legible(strip)
        if not word:
            return strip
        first = row is not None and (row, part) == (self.highlighted, 0)
        style = next((segment.style for segment in strip), None)
        lead = Segment(word if first else " " * cell_len(word), style)
        return Strip.join([Strip([lead], cell_len(word)), strip])

    def _legible(self, strip: Strip) -> Strip:
        """The colour of the cursor's text for all that is on the cursor's ground."""
        cursor = self.get_component_rich_style("option-list--option-highlighted")
        colour = Style(color=cursor.color)
        return Strip(
            Segment(text, style + colour, control)
            if style is not None and style.bgcolor == cursor.bgcolor
            else Segment(text, style, control)
            for text, style, control in strip
        )
