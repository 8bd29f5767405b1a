"""Keys that are typed behind the one that closes a dialog: they are meant for what lies below."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from textual.app import App
from textual.events import Event, Key

from tui.screens.base import Overlay

ROUNDS = 3
"""From the field to the screen to the app and back, until all is done that a key has begun."""
MOST = 0.5
"""Seconds that one of them is waited for."""


class TypedAhead(App[None]):
    """An app in which the next key waits, while a dialog is open, until the one before is done.

    Textual gives all that is typed to what has the focus at that moment, and what closes a dialog
    takes some messages to come about: keys that come in a bunch went down with it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[Key] = deque()
        self._passing: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """A key in its turn."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._passing is not None:
            self._ahead.append(event)
        else:
            in_dialog = self._in_dialog
            await super().on_event(event)
            if in_dialog:
                self._passing = asyncio.create_task(self._pass_on())

    @property
    def _in_dialog(self) -> bool:
        return bool(self._screen_stack) and isinstance(self.screen, Overlay)

    async def _pass_on(self) -> None:
        try:
            await self._settled()
            while self._ahead:
                await super().on_event(self._ahead.popleft())
                await self._settled()
        except Exception as fault:  # noqa: BLE001 - as a key at any other time
            self._handle_exception(fault)
        finally:
            self._passing = None

    async def _settled(self) -> None:
        for _ in range(ROUNDS):
            for pump in (self.focused, self.screen, self):
                if not self._in_dialog:
                    return
                reached = asyncio.Event()
                if pump is not None and pump.call_later(reached.set):
                    with suppress(TimeoutError):
                        await asyncio.wait_for(reached.wait(), MOST)
