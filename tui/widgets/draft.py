"""The text of a question: several lines, what was asked before, long pastes told apart."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.keyboard.keys import bound
from tui.widgets.choices import Choices
from tui.widgets.recall import RecallArea
from tui.words import editable

PASTED_LINES = 20
"""A longer paste becomes an attachment,"""
PASTED_CHARACTERS = 4_000
"""as does a larger one."""


class Draft(RecallArea):
    """The text itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("chat.send", "send", show=True, priority=True),
        bound("chat.newline", "newline", priority=True),
        bound("chat.earlier", "earlier", priority=True),
        bound("chat.later", "later", priority=True),
        bound("chat.complete", "complete"),
        Binding("escape", "choose_nothing", show=False),
    ]

    class Sent(Message):
        """The user wants this sent, whatever is typed meanwhile."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Pasted(Message):
        """A text too long to stand among the words."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, placeholder: str, choices: Choices) -> None:
        """``choices`` is where something is offered for the word at the cursor."""
        super().__init__(id="draft", placeholder=placeholder)
        self.choices = choices

    @property
    def before(self) -> str:
        """The text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    def complete(self, text: str, start: int) -> None:
        """Put a text in the place of what stands from a character on up to the cursor."""
        lines = self.before[:start].split("\n")
        self.replace(text, (len(lines) - 1, len(lines[-1])), self.cursor_location)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Suggestions are taken or refused while there are some."""
        if action in ("complete", "choose_nothing"):
            return self.choices.offered
        return super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Take what is highlighted."""
        self.choices.take(self.text)

    def action_choose_nothing(self) -> None:
        """None of them."""
        self.choices.offer(())

    def send(self) -> None:
        """Take what is offered; else ask for it to be sent."""
        if not self.choices.is_late(self.text) and self.choices.adds_to(self.before):
            self.action_complete()
        else:
            self.choices.offer(())
            self.post_message(self.Sent(self.text))

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Up in what is offered, else in the text."""
        if self.choices.offered:
            self.choices.action_cursor_up()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Down in what is offered, else in the text."""
        if self.choices.offered:
            self.choices.action_cursor_down()
        else:
            super().action_cursor_down(select)

    async def _on_paste(self, event: events.Paste) -> None:
        """A text area writes to the terminal what it holds, so nothing harmful may get into it."""
        event.stop()
        event.prevent_default()
        if len(event.text) > PASTED_CHARACTERS or event.text.count("\n") > PASTED_LINES:
            self.post_message(self.Pasted(event.text))
        else:
            self.move_cursor(self.replace(editable(event.text), *self.selection).end_location)
