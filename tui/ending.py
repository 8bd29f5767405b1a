"""How the app ends: in good order where the system asks for it, and with a word where it has to."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches

from runtimes.texts import Text

FAULT = Text(
    "something went wrong in the program itself, as told above; please report this",
    "程序自身出错，详情见上；请报告此错误",
)
KEPT = Text("what you typed is there at the next start", "已输入的内容下次启动时仍在")


class EndingApp(App[None]):
    """An app that knows how it ends."""

    def end_when_told(self) -> None:
        """By a signal, and where the terminal is closed."""
        with suppress(NotImplementedError, RuntimeError):  # not in every loop and thread
            for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
                end = partial(self.exit, return_code=128 + number)
                asyncio.get_running_loop().add_signal_handler(number, end)

    @property
    def faulty(self) -> bool:
        """Did it end by a fault of its own?"""
        return self._exception is not None

    def _handle_exception(self, error: Exception) -> None:
        """What still comes while the screens are taken down finds no parts, which is no fault."""
        if not (self._exit and isinstance(error, NoMatches | ScreenStackError)):
            super()._handle_exception(error)
