"""What the app does when its terminal goes away in the middle of a sentence.

Textual writes in a thread of its own, behind a short queue.  An error there would end the thread;
the queue would fill, and the app wait for ever for room in it, deaf even to the signal that tells
it of the end.
"""

from __future__ import annotations

import os
import signal
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver


class Lasting:
    """A terminal's file.  Once the terminal is gone what is written is dropped, and the process is
    told as the system tells it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> int:
        """Never raises ``OSError``."""
        return self._unless_gone(self._file.write, text) or len(text)

    def flush(self) -> None:
        """The same."""
        self._unless_gone(self._file.flush)

    def _unless_gone(self, do: Any, *args: str) -> Any:
        if self._gone:
            return None
        try:
            return do(*args)
        except OSError:
            self._gone = True
            os.kill(os.getpid(), signal.SIGHUP)
            return None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def lasting(base: type[Driver]) -> type[Driver]:
    """A driver of Textual whose writing survives its terminal, where it writes to one."""
    if not hasattr(signal, "SIGHUP"):
        return base

    class LastingDriver(base):  # type: ignore[valid-type, misc]
        """Writes to a file that lasts."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            file = getattr(self, "_file", None)
            if file is not None and file.isatty():
                self._file = Lasting(file)

    return LastingDriver
