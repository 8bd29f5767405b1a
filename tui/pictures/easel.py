"""An app whose formulas are pictures, where the terminal draws such; light to load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import App
from textual.widget import Widget

from runtimes.texts import Text
from tui.pictures.shows import Shows

if TYPE_CHECKING:
    from tui.pictures.studio import InkMade, Studio
    from tui.pictures.terminal import Graphics


class PictureApp(App[None]):
    """``studio`` is where formulas become pictures; ``None`` on a terminal that draws none."""

    studio: Studio | None = None

    def open_studio(self, graphics: Graphics | Text | None) -> None:
        """Before the app starts: have pictures drawn in the terminal's way, if it has one."""
        if graphics is None or isinstance(graphics, Text):
            return
        from assistant.maths.typesetter import Typesetter
        from tui.pictures.output import Painter, paint_for, with_pictures
        from tui.pictures.studio import Studio

        studio = self.studio = Studio(graphics.cell, Typesetter(), self.post_message)
        painter = Painter(studio.shelf, paint_for(graphics.way), lambda: self.current_theme.dark)
        self.driver_class = with_pictures(self.driver_class, painter)

    def on_resize(self) -> None:
        """The cells of the terminal may have another size now."""
        if self.studio is not None:
            from tui.pictures.terminal import cell_size

            cell = cell_size()
            if cell is not None and self.studio.resized(cell):
                self._draw_formulas()

    def use_pictures(self, on: bool) -> None:  # noqa: FBT001 - it is the only one
        """Formulas as pictures, or as text; nothing where the terminal draws no pictures."""
        if self.studio is not None and self.studio.on != on:
            self.studio.on = on
            self._draw_formulas()

    def _draw_formulas(self) -> None:
        for widget in self.all_widgets():
            if isinstance(widget, Shows):
                widget.pictures_came()

    def all_widgets(self) -> Iterator[Widget]:
        """Those of all screens that are open, whichever is shown."""
        for stack in self._screen_stacks.values():
            for screen in stack:
                yield from screen.walk_children(Widget, with_self=True)

    def on_ink_made(self, message: InkMade) -> None:
        """A formula is a picture now."""
        message.stop()
        if self.studio is not None:
            self.studio.arrived(message)

    async def on_unmount(self) -> None:
        """Give the process back that sets formulas."""
        if self.studio is not None:
            self.studio.close()
