"""How the app ends: in good order where the system asks for it, and with a word where it has to."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches

from runtimes.texts import Text

FAULT = Text(
    "something went wrong in the program itself, as told above; please report this",
    "程序自身出错，详情见上；请报告此错误",
)
GRACE = 10.0
"""Seconds."""
KEPT = Text("what you typed is there at the next start", "已输入的内容下次启动时仍在")


class EndingApp(App[None]):
    """An app that knows how it ends."""

    _before: Mapping[int, Any] = MappingProxyType({})
    """What signals did before."""

    def end_when_told(self) -> None:
        """By a signal, and where the terminal is closed: in good order, or if it is too busy for
        that, a little later all the same."""
        loop = asyncio.get_running_loop()

        def told(number: int, _frame: object) -> None:
            force = threading.Timer(GRACE, os._exit, (128 + number,))
            force.daemon = True
            force.start()
            loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

        with suppress(ValueError):  # only the main thread may
            names = {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}
            self._before = {number: signal.signal(number, told) for number in names}

    def end_no_more(self) -> None:
        """It ends; signals do what they did before."""
        for number, handler in self._before.items():
            if handler is not None:  # else it is none of Python's
                signal.signal(number, handler)

    @property
    def faulty(self) -> bool:
        """Did it end by a fault of its own?"""
        return self._exception is not None

    def _handle_exception(self, error: Exception) -> None:
        """What still comes while the screens are taken down finds no parts, which is no fault."""
        if not (self._exit and isinstance(error, NoMatches | ScreenStackError)):
            super()._handle_exception(error)
