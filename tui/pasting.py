"""What comes from the terminal: a paste is text and presses no key, and bytes that are no text are
no reason to end.

Textual takes an escape that is pasted for the beginning of a key, and all that follows, line ends
too, for keys that were pressed; a byte that is not UTF-8 ends the app.
"""

from __future__ import annotations

import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

START, END = "\x1b[200~", "\x1b[201~"
ESC, NO_SIGN = "\x1b", "\ufffd"


class Tame:
    """Takes the escapes out of what is pasted, wherever the pieces end in which it comes."""

    def __init__(self) -> None:
        self._pasting = False
        self._kept = ""
        """The end of the last piece: it may be the beginning of a mark.  What is typed has gone
        on all the same, what is pasted waits for the next."""
        self._rest = ""
        """What comes behind a mark."""

    def __call__(self, piece: str) -> str:
        """What may go on now."""
        out: list[str] = []
        while piece:
            out.append(self._pasted(piece) if self._pasting else self._typed(piece))
            piece = self._rest
        return "".join(out)

    def _typed(self, piece: str) -> str:
        known = len(self._kept)
        whole = self._kept + piece
        at = whole.find(START)
        if at < 0:
            self._kept, self._rest = whole[1 - len(START) :], ""
            return piece
        self._pasting, self._kept = True, ""
        self._rest = whole[at + len(START) :]
        return whole[known : at + len(START)]

    def _pasted(self, piece: str) -> str:
        whole = self._kept + piece
        at = whole.find(END)
        if at >= 0:
            self._pasting, self._kept = False, ""
            self._rest = whole[at + len(END) :]
            return whole[:at].replace(ESC, NO_SIGN) + END
        cut = next((n for n in range(len(END) - 1, 0, -1) if whole.endswith(END[:n])), 0)
        end = len(whole) - cut
        self._kept, self._rest = whole[end:], ""
        return whole[:end].replace(ESC, NO_SIGN)


class Parser(XTermParser):
    """Reads what is tame."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual calls it
        super().__init__(debug)
        self._tame = Tame()

    def feed(self, data: str) -> Iterable[Message]:
        """Nothing at all is the end, so that is what comes of nothing alone."""
        told = self._tame(data)
        return super().feed(told) if told or not data else ()


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
