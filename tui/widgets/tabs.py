"""A tab of a screen with two pages: its name, to be clicked; the key is in the footer."""

from __future__ import annotations

from textual import events

from runtimes.texts import Lang, Text
from tui.widgets.sentence import Sentence


class Tab(Sentence):
    """``page`` is what it stands for."""

    def __init__(self, title: Text, lang: Lang, page: str, *, chosen: bool = False) -> None:
        super().__init__(title, lang, classes="tab")
        self.page = page
        self.choose(chosen)

    def choose(self, chosen: bool) -> None:  # noqa: FBT001 - it is or it is not
        """Is its page shown?"""
        self.set_class(chosen, "-chosen")

    async def on_click(self, event: events.Click) -> None:
        """Show it."""
        event.stop()
        if not self.has_class("-chosen"):
            await self.run_action("screen.engines")
