"""What every screen has in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.events import Event, MouseDown, Resize
from textual.screen import ModalScreen, Screen
from textual.timer import Timer, TimerCallback

from tui.compositing import WholeLetters
from tui.messages import Told
from tui.words import COPIED

T = TypeVar("T")
AT_ONCE = 0.001
"""Seconds."""


class _Steady(Screen[T]):
    """A screen that offers what can be done now, has the app's size, and is left once."""

    WAY_ON: ClassVar[str] = ""
    """The id of the key that leads on from here: a narrow line of keys keeps it."""
    _done = False
    _outcome: T | None = None

    def __init__(
        self,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's
        classes: str | None = None,
    ) -> None:
        super().__init__(name, id, classes)
        self._compositor = WholeLetters()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether it can be done now.

        Nothing can while the screen is put together or taken down: a key that comes early, or a
        line of keys that is drawn late, would be answered by parts that are not there.
        """
        del parameters
        there = self.is_mounted and self.display and not self.app._exit  # noqa: SLF001 - no reader
        return there and self.offers(action)

    def offers(self, action: str) -> bool:
        """Whether there is something for this action, all parts being there."""
        del action
        return True

    async def on_event(self, event: Event) -> None:
        """A size that is over is passed by.

        Textual lays a screen out for each size that is told, and then tells the screen so, behind
        what waits already: two sizes that wait would call one another up for ever.
        """
        if not isinstance(event, Resize) or event.size == self.app.size:
            await super().on_event(event)

    def _forward_event(self, event: Event) -> None:
        """A click on what has just been taken away, and is still to be seen, is none: Textual
        would look for what held it."""
        if isinstance(event, MouseDown):
            widget, _ = self.get_widget_and_offset_at(event.x, event.y)
            if widget is not None and widget.parent is None:
                return
        super()._forward_event(event)

    def action_copy_text(self) -> None:
        """What is selected on the screen into the clipboard, and say so."""
        super().action_copy_text()  # goes on to the next binding where nothing is
        self.app.post_message(Told(COPIED))

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Go off after so many seconds.  By none at all Textual would divide where it is late."""
        return super().set_timer(max(delay, AT_ONCE), callback, name=name, pause=pause)

    def leave(self, result: T | None = None) -> None:
        """Close it with this result: at once, or as soon as nothing lies over it.  A second time,
        by a key that was struck twice, nothing is closed: it would be what lies below."""
        if not self._done:
            self._done, self._outcome = True, result
            self._close_if_done()

    def on_screen_resume(self) -> None:
        """What lay over it is gone."""
        self._close_if_done()

    def _close_if_done(self) -> None:
        if self._done and self.is_active:
            self.dismiss(self._outcome)


class AppScreen(_Steady[T]):
    """One that fills the terminal."""


class Overlay(ModalScreen[T], _Steady[T]):
    """A small screen over the one that is shown.  The first base gives it its looks."""
