"""The screens of the app, in one table.  A new one is a line here and a class in its own file.

A screen is made without arguments and finds what it works with in ``self.app``.  It is imported
when it is first opened, and stays as it was left while another one is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from runtimes.texts import Text

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Room:
    """``name`` is that of its key too (``app.<name>``); ``path`` is ``module:Class``."""

    name: str
    title: Text
    path: str

    def open(self) -> Screen[None]:
        """Its screen, new."""
        module, _, name = self.path.partition(":")
        screen: Screen[None] = getattr(import_module(module), name)()
        return screen


ROOMS = (
    Room("chat", Text("Chat", "对话"), "tui.screens.chat:ChatScreen"),
    Room("solve", Text("Solve", "求解"), "tui.screens.solve:SolveScreen"),
    Room("tutor", Text("Tutor", "辅导"), "tui.screens.tutor:TutorScreen"),
    Room("code", Text("Code", "代码"), "tui.screens.code:CodeScreen"),
    Room("models", Text("Models", "模型"), "tui.screens.models:ModelsScreen"),
    Room("history", Text("History", "历史"), "tui.screens.history:HistoryScreen"),
    Room("settings", Text("Settings", "设置"), "tui.screens.settings:SettingsScreen"),
)
