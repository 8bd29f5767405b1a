"""The text of a question: several lines, what was asked before, long pastes told apart."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tui.keys import bound
from tui.widgets.choices import Choices

PASTED_LINES = 20
"""A longer paste becomes an attachment,"""
PASTED_CHARACTERS = 4_000
"""as does a larger one."""
REMEMBERED = 200


class Draft(TextArea):
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
        """The user wants it sent."""

    class Pasted(Message):
        """A text too long to stand among the words."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, placeholder: str, choices: Choices) -> None:
        """``choices`` is where something is offered for the word at the cursor."""
        super().__init__(
            id="draft", compact=True, highlight_cursor_line=False, placeholder=placeholder
        )
        self._asked: list[str] = []
        self._at = 0
        self._aside = ""
        self.choices = choices

    def remember(self, text: str) -> None:
        """It was asked."""
        if text and (not self._asked or self._asked[-1] != text):
            self._asked = [*self._asked[1 - REMEMBERED :], text]
        self._at = len(self._asked)

    def forget(self) -> None:
        """Another conversation: what was asked in it is remembered next."""
        self._asked, self._at = [], 0

    def take(self, text: str) -> None:
        """Put another text in its place."""
        self.text = text
        self.move_cursor(self.document.end)

    @property
    def before(self) -> str:
        """The text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    def put(self, text: str, start: int) -> None:
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
        self.choices.action_select()

    def action_choose_nothing(self) -> None:
        """None of them."""
        self.choices.offer(())

    def action_send(self) -> None:
        """Take what is offered; else ask for it to be sent."""
        if self.choices.adds_to(self.before):
            self.action_complete()
        else:
            self.choices.offer(())
            self.post_message(self.Sent())

    def action_newline(self) -> None:
        """Begin another line."""
        self.replace("\n", *self.selection)

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Up; from the first line to the question before."""
        if self.choices.offered:
            self.choices.action_cursor_up()
        elif select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        else:
            self.action_earlier()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Down; from the last line to the question after."""
        if self.choices.offered:
            self.choices.action_cursor_down()
        elif select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self.action_later()

    def action_earlier(self) -> None:
        """The question before."""
        self._go(self._at - 1)

    def action_later(self) -> None:
        """The question after; behind the last one stands what was being written."""
        self._go(self._at + 1)

    def _go(self, at: int) -> None:
        if not 0 <= at <= len(self._asked):
            return
        if self._at == len(self._asked):
            self._aside = self.text
        self._at = at
        self.take(self._aside if at == len(self._asked) else self._asked[at])

    async def _on_paste(self, event: events.Paste) -> None:
        if len(event.text) > PASTED_CHARACTERS or event.text.count("\n") > PASTED_LINES:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))
