"""A field in which one types what is looked for; the keys that move go to the list below it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.widgets.field import Field


class Finder(Field):
    """The screen has ``action_move``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move('cursor_up')", show=False),
        Binding("down", "screen.move('cursor_down')", show=False),
        Binding("pageup", "screen.move('page_up')", show=False),
        Binding("pagedown", "screen.move('page_down')", show=False),
    ]
