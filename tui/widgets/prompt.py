"""One line in which the app asks for a word: a new title, the name of a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.widgets.field import Field
from tui.widgets.sentence import Sentence

Taken = Callable[[str], Awaitable[Text | None]]
"""What is done with the answer; where there is a text it is asked next, and the answer stays."""


class Prompt(Horizontal):
    """Not to be seen while nothing is asked."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        padding: 0 1;
        background: $boost;
        & > .question {
            width: auto;
            height: 1;
            padding: 0 1 0 0;
            color: $text-accent;
            border: none;
            background: transparent;
        }
        & > Input { width: 1fr; height: 1; background: $panel; border: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("history.take", "take", show=True, priority=True),
        bound("history.back", "leave", show=True),
    ]

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="prompt")
        self._lang = lang
        self.display = False
        self._taken: Taken | None = None
        self._before: Widget | None = None

    def compose(self) -> ComposeResult:
        """The question and the field."""
        yield Sentence(None, self._lang, classes="question")
        yield Field(id="answer", compact=True, select_on_focus=False)

    @property
    def asking(self) -> bool:
        """Is something asked?"""
        return self._taken is not None

    def ask(self, question: Text, value: str, taken: Taken) -> None:
        """Ask; ``value`` stands in the field."""
        if self._taken is None:
            self._before = self.screen.focused
        self._taken = taken
        self.query_one(Sentence).say(question)
        self.display = True
        field = self.query_one(Input)
        field.value = value
        field.focus()
        field.cursor_position = len(value)
        self.screen.refresh_bindings()

    def action_take(self) -> None:
        """The answer, once what was typed before the key has come into the field."""
        self.query_one(Input).call_later(self._take)

    async def _take(self) -> None:
        if self._taken is None:
            return
        more = await self._taken(self.query_one(Input).value)
        if more is not None:
            self.query_one(Sentence).say(more)
        else:
            self.action_leave()

    def on_input_changed(self, event: Input.Changed) -> None:
        """It is no word to search for."""
        event.stop()

    def action_leave(self) -> None:
        """Ask nothing any more."""
        self._taken = None
        self.display = False
        self.screen.refresh_bindings()
        if self._before is not None:
            self._before.focus()
