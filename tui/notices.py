"""Notices that pass: each keeps its sentence, so that it can be said again in another language."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.geometry import Offset
from textual.notifications import Notification, Notify
from textual.widgets._toast import Toast, ToastRack

from runtimes.texts import Lang, Text
from tui.messages import Told
from tui.words import say

WIDEST = 60
"""Columns of a notice."""
TOLD_SECONDS = 8.0
"""Of a notice that nobody asked for."""


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


class NoticeApp(App[None]):
    """An app that tells things in passing, and never over the place where one types: in the half
    of the screen in which the cursor is not."""

    lang: Lang
    _cursor = Offset(0, 0)

    @property
    def cursor_position(self) -> Offset:
        """Where the cursor of the field is that has the focus; Textual sets it."""
        return self._cursor

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._cursor = place
        if self.is_running and self._notifications:
            self._place_notices()

    def _refresh_notifications(self) -> None:
        """There are others, or another screen shows them."""
        super()._refresh_notifications()
        self._place_notices()

    def _place_notices(self) -> None:
        try:
            rack = self.screen.get_child_by_type(ToastRack)
        except (NoMatches, ScreenStackError):
            return
        # what a field has told of its cursor may be from before it was laid out
        self._cursor = getattr(self.focused, "cursor_screen_offset", self._cursor)
        for toast in rack.query(Toast):  # its words break where the screen ends
            toast.styles.max_width = min(WIDEST, self.size.width)
        rack.set_class(self._cursor.y >= self.size.height // 2, "-above")

    def tell(self, text: Text, *, wrong: bool = False, seconds: float = 4.0) -> None:
        """Say it for so many seconds.  Any thread may call it."""
        self.post_message(Notify(notice(text, self.lang, wrong=wrong, seconds=seconds)))

    def on_told(self, message: Told) -> None:
        """Say it."""
        self.tell(message.text, wrong=message.wrong, seconds=TOLD_SECONDS)

    def say_notices_in(self, lang: Lang) -> None:
        """Those that are shown, in another language."""
        for one in self._notifications:
            if isinstance(one, Notice):
                one.say_in(lang)
        for stack in self._screen_stacks.values():
            for screen in stack:
                for toast in screen.query(Toast):
                    toast.refresh(layout=True)
