"""A sentence of ours on the screen, in whatever language is spoken."""

from __future__ import annotations

from textual.widgets import Static

from runtimes.texts import Lang, Text
from tui.words import say

NOTHING = Text("", "")


class Sentence(Static):
    """Says a text; ``None`` is nothing."""

    def __init__(
        self,
        text: Text | None,
        lang: Lang,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str = "",
    ) -> None:
        self._text, self._lang = text or NOTHING, lang
        super().__init__(say(self._text, lang), id=id, classes=classes, markup=False)

    def say(self, text: Text | None) -> None:
        """Another one."""
        self._text = text or NOTHING
        self.update(say(self._text, self._lang))

    def use_language(self, lang: Lang) -> None:
        """The same in this one."""
        self._lang = lang
        self.say(self._text)
