"""Notices that pass: each keeps its sentence, so that it can be said again in another language."""

from __future__ import annotations

from dataclasses import dataclass

from textual.notifications import Notification

from runtimes.texts import Lang, Text
from tui.words import say


@dataclass
class Notice(Notification):
    """``text`` is what it says."""

    text: Text = Text("", "")  # noqa: RUF009 - it is frozen

    def say_in(self, lang: Lang) -> None:
        """Say it in a language."""
        self.message = say(self.text, lang)


def notice(text: Text, lang: Lang, *, wrong: bool = False, seconds: float = 4.0) -> Notice:
    """A new one, which goes away after so many seconds."""
    made = Notice("", severity="warning" if wrong else "information", timeout=seconds, text=text)
    made.say_in(lang)
    return made
