"""A field over the screen in which a value of a setting is typed; it is looked at key by key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound, key_of, shown_key
from tui.rendering.plain import aloud
from tui.screens.base import Overlay
from tui.settable import Setting, Value, read_value
from tui.widgets.field import Field
from tui.widgets.sentence import Sentence

HINT = Text("{0} takes it · {1} closes · empty: as at first", "{0} 确认 · {1} 关闭 · 留空：默认值")


class TypeIn(Overlay[None]):
    """``take`` gets what was typed; its result is what is wrong with it."""

    BINDINGS: ClassVar[list[BindingType]] = [bound("settings.close", "close")]

    def __init__(
        self,
        setting: Setting,
        value: str,
        take: Callable[[Value], Awaitable[Text | None]],
        lang: Lang,
    ) -> None:
        super().__init__()
        self._setting = setting
        self._value = value
        self._take = take
        self._lang = lang

    def compose(self) -> ComposeResult:
        """The field, what is wrong, how to leave."""
        with Vertical() as box:
            box.border_title = Content(self._setting.title.template(self._lang))
            yield Field(self._value, compact=True)
            yield Sentence(None, self._lang, classes="said")
            hint = aloud(HINT).of(shown_key(self.app, "enter"), key_of(self.app, "settings.close"))
            yield Sentence(hint, self._lang, classes="hint")

    def use_language(self, lang: Lang) -> None:
        """What is typed, in this one."""
        self.query_one(Vertical).border_title = Content(self._setting.title.template(lang))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what cannot be."""
        read = read_value(self._setting, event.value)
        self._say(read if isinstance(read, Text) else None)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, if it can be."""
        event.stop()
        read = read_value(self._setting, event.value)
        wrong = read if isinstance(read, Text) else await self._take(read)
        if wrong is None:
            self.leave()
        else:
            self._say(wrong)

    def _say(self, text: Text | None) -> None:
        self.query_one(".said", Sentence).say(text)

    def action_close(self) -> None:
        """Leave it as it was."""
        self.leave()
