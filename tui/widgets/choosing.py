"""A short list over the screen, of which one is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound, key_of, shown_key
from tui.rendering.plain import aloud
from tui.screens.base import Overlay
from tui.widgets.rowlist import RowList
from tui.widgets.sentence import Sentence

T = TypeVar("T")
HINT = Text("{0} takes it · {1} closes", "{0} 选择 · {1} 关闭")


class Choice(Overlay[T | None], Generic[T]):
    """``items`` are the values with their labels, already in the user's language and harmless."""

    DEFAULT_CSS = """
    Choice {
        align: center middle;
        & > Vertical {
            width: auto;
            min-width: 30;
            max-width: 90%;
            height: auto;
            max-height: 90%;
            border: round $primary;
            background: $surface;
            padding: 0 1;
        }
        OptionList {
            width: auto;
            min-width: 26;
            height: auto;
            max-height: 16;
            border: none;
            padding: 0;
            background: $surface;
        }
        .hint { color: $text-muted; width: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bound("box.close", "close")]

    def __init__(
        self, title: str, items: Sequence[tuple[T, str]], now: T | None, lang: Lang
    ) -> None:
        """``now`` is the value where the list begins."""
        super().__init__()
        self._heading = title
        self._items = items
        self._now = now
        self._lang = lang

    def compose(self) -> ComposeResult:
        """The list and how to leave it."""
        with Vertical() as box:
            box.border_title = Content(self._heading)
            yield RowList(*(Option(Content(label)) for _, label in self._items), compact=True)
            hint = aloud(HINT).of(shown_key(self.app, "enter"), key_of(self.app, "box.close"))
            yield Sentence(hint, self._lang, classes="hint")

    def on_mount(self) -> None:
        """Begin where one is."""
        values = [value for value, _ in self._items]
        self.query_one(OptionList).highlighted = (
            values.index(self._now) if self._now in values else 0
        )

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the list is in the other one
        """It is closed; who wants it opens it in this one."""
        self.action_close()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take it."""
        event.stop()
        self.leave(self._items[event.option_index][0])

    def action_close(self) -> None:
        """Take none."""
        self.leave()
