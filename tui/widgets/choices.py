"""What is offered for the word at the cursor: a short list above the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from tui.widgets.rowlist import Row, RowList
from tui.words import one_line

if TYPE_CHECKING:
    from tui.commands.completing import Choice


class Choices(RowList, can_focus=False):
    """Nothing to be seen while nothing is offered."""

    class Chosen(Message):
        """The user has taken one."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(id="choices", compact=True)
        self._choices: Sequence[Choice] = ()
        self._of: str | None = None
        self._wanted: str | None = None
        self.display = False

    @property
    def offered(self) -> bool:
        """Is there anything?"""
        return bool(self._choices)

    def adds_to(self, before: str) -> bool:
        """Would taking what is highlighted change a text?"""
        if not self._choices or self.highlighted is None:
            return False
        choice = self._choices[self.highlighted]
        return before[choice.start :] != choice.text.rstrip()

    def is_late(self, text: str) -> bool:
        """Was more typed since this was offered?"""
        return self._of is not None and self._of != text

    def take(self, text: str) -> None:
        """What is highlighted; where it comes late, what will be."""
        if self.is_late(text):
            self._wanted = text
        else:
            self.action_select()

    def offer(self, choices: Sequence[Choice], of: str | None = None) -> None:
        """These, and no others; ``of`` is the text that they are for."""
        wanted = self._wanted is not None and self._wanted == of
        self._of, self._wanted = of, None
        self._show(choices)
        if wanted and choices:
            self.action_select()

    def _show(self, choices: Sequence[Choice]) -> None:
        if list(choices) == list(self._choices):
            return
        self._choices = choices
        self.clear_options()
        wide = max((len(choice.shown) for choice in choices), default=0)
        for choice in choices:
            shown = one_line(choice.shown, 100)
            note = f"  {' ' * (wide - len(shown))}{choice.note}" if choice.note else ""
            self.add_option(Row(Content.assemble(shown, (note, "dim")), choice))
        self.display = bool(choices)
        if choices:
            self.highlighted = 0
        self.screen.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Taken; the key may have been struck twice before it came here."""
        event.stop()
        if self._choices and isinstance(event.option, Row):
            self.offer(())
            self.post_message(self.Chosen(event.option.what))
