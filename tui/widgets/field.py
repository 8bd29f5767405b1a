"""A field of one line in which nothing is drawn that a terminal would obey."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tui.keyboard.keys import done_in_turn
from tui.messages import Told
from tui.words import COPIED, one_line

LONGEST = 4_000
"""Characters; more is no name and no problem of one line."""


class Field(Input):
    """Textual's own draws what is pasted into it as it is, escapes included."""

    def validate_value(self, value: str) -> str:
        """Signs that would be obeyed, or hide, are shown as ``�``."""
        return one_line(value, LONGEST)

    def action_copy(self) -> None:
        """What is selected into the clipboard, and say so."""
        super().action_copy()
        self.app.post_message(Told(COPIED))

    async def _on_key(self, event: events.Key) -> None:
        """Keys in the order in which they come."""
        await done_in_turn(self, event)
