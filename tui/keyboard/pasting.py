"""What comes from the terminal: a paste is text and presses no key, and bytes that are no text are
no reason to end.

Textual reads a paste sign by sign, takes an escape in it for the beginning of a key, and all that
follows, line ends too, for keys that were pressed; a byte that is not UTF-8 ends the app.
"""

from __future__ import annotations

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Generator, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

START, END = "\x1b[200~", "\x1b[201~"
ESC, NO_SIGN = "\x1b", "\ufffd"


class Parser(XTermParser):
    """Gives a paste as one message, wherever the pieces end in which it comes."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual calls it
        super().__init__(debug)
        self._text: list[str] | None = None
        """What of a paste has come."""
        self._kept = ""
        """The end of the last piece: it may be the beginning of a mark.  What is typed has gone
        on all the same, what is pasted waits for the next."""

    def feed(self, data: str) -> Iterable[Message]:
        """What was typed goes to Textual, and of a paste its marks alone: sign by sign, the text
        would take seconds."""
        if not data:  # the end
            yield from super().feed(data)
        while data:
            data = yield from (self._typed(data) if self._text is None else self._pasted(data))

    def _typed(self, data: str) -> Generator[Message, None, str]:
        whole = self._kept + data
        at = whole.find(START)
        if at < 0:
            self._kept = whole[1 - len(START) :]
            yield from super().feed(data)
            return ""
        end = at + len(START)
        yield from super().feed(whole[len(self._kept) : end])
        self._text, self._kept = [], ""
        return whole[end:]

    def _pasted(self, data: str) -> Generator[Message, None, str]:
        whole, text = self._kept + data, self._text or []
        at = whole.find(END)
        if at < 0:
            cut = next((n for n in range(len(END) - 1, 0, -1) if whole.endswith(END[:n])), 0)
            end = len(whole) - cut
            text.append(whole[:end])
            self._text, self._kept = text, whole[end:]
            return ""
        self._text, self._kept = None, ""
        for message in super().feed(END):
            if not isinstance(message, events.Paste):
                yield message
        # ours comes in any case: Textual knows of no paste whose first mark came in two pieces,
        # far apart
        yield events.Paste("".join((*text, whole[:at])).replace(ESC, NO_SIGN).replace("\0", ""))
        return whole[at + len(END) :]


def reading(driver: type[Driver]) -> type[Driver]:
    """The driver; what it reads is tame.  It makes its parser and its decoder by these names."""
    module = sys.modules[driver.__module__]
    if getattr(module, "XTermParser", None) is XTermParser:
        module.XTermParser = Parser  # type: ignore[attr-defined]
    if getattr(module, "getincrementaldecoder", None) is getincrementaldecoder:
        module.getincrementaldecoder = _lenient  # type: ignore[attr-defined]
    return driver


def _lenient(encoding: str) -> Callable[[], IncrementalDecoder]:
    return partial(getincrementaldecoder(encoding), errors="replace")
