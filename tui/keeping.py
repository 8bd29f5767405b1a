"""What the chat has the disk keep: the draft, what was asked and is in no history yet, and where
one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.screens.chat import ChatScreen


class Keeping:
    """For one chat, on the screen's thread."""

    def __init__(self, chat: ChatScreen) -> None:
        self._chat = chat
        self._desk = chat.app.desk

    def draft(self) -> None:
        """What is written, and not sent."""
        if self._desk.kept is not None:
            self._desk.kept.draft(*self._chat.composer.unsent)

    def asked(self) -> None:
        """What was sent, until the history has it: a question that waits for its turn, and one
        that has just begun."""
        if self._desk.kept is not None:
            self._desk.kept.asked(
                tuple((one.text, one.pasted) for one in self._chat.turns.unstored)
            )

    def place(self) -> None:
        """The conversation that is shown."""
        if self._desk.kept is not None:
            self._desk.kept.conversation(self._desk.conversation)

    def all_of_the_turn(self) -> None:
        """The turn is further."""
        self.asked()
        self.place()
