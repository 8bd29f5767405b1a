"""The screens of the app in a line at the top, with the key of each; and the two lines that every
screen has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import MouseDown
from textual.widget import Widget
from textual.widgets import Static

from runtimes.texts import Lang
from tui.keyboard.keys import key_of
from tui.rooms import ROOMS, Room
from tui.widgets.keybar import KeyBar


class RoomBar(Static):
    """Where one is, and where else one can go; a screen that is clicked is shown.

    A low terminal has no line to spare for it.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"roombar--here", "roombar--key"}
    DEFAULT_CSS = """
    RoomBar {
        dock: top;
        height: 1;
        max-height: 4.6vh;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
        .roombar--key { color: $footer-key-foreground; }
        .roombar--here { text-style: bold reverse; }
    }
    """

    def __init__(self, lang: Lang) -> None:
        super().__init__(markup=False)
        self._lang = lang
        self._places: tuple[tuple[int, Room], ...] = ()

    def on_resize(self) -> None:
        """As many as there is room for."""
        self._draw()

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._draw()

    async def on_mouse_down(self, event: MouseDown) -> None:
        """Show the screen that is pointed at."""
        for end, room in self._places:
            if event.x < end:
                await self.app.run_action(f"app.room('{room.name}')")
                return

    def _draw(self) -> None:
        here = type(self.screen).__name__
        key_style = self.get_visual_style("roombar--key", partial=True)
        here_style = self.get_visual_style("roombar--here", partial=True)
        parts: list[object] = []
        places: list[tuple[int, Room]] = []
        at = 0
        for room in ROOMS:
            key, title = key_of(self.app, f"app.{room.name}"), room.title.template(self._lang)
            at += cell_len(key) + cell_len(title) + 3
            if at > self.size.width:
                break
            chosen = room.path.endswith(f":{here}")
            parts += [
                (f" {key}", key_style),
                (f" {title} ", here_style) if chosen else f" {title} ",
            ]
            places.append((at, room))
        self._places = tuple(places)
        self.update(Content.assemble(*parts))  # type: ignore[arg-type]


def bars(lang: Lang) -> Iterator[Widget]:
    """The screens at the top, the keys at the bottom."""
    yield RoomBar(lang)
    yield KeyBar(lang)
