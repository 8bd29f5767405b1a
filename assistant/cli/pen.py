"""Writes what a model thinks and says as it comes, and lines of ours between."""

from __future__ import annotations

import sys

from assistant.cli import diagnostics, render
from assistant.maths.showing.look import COLOURS, Badge
from assistant.visible import visible

DIM, BOLD, PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Pen:
    """``seen``: words and lines go to stdout, else to stderr, where the thinking is in any case.

    ``colour``: they may be coloured; ``live``: stderr is a terminal that shows colours.
    """

    def __init__(self, *, seen: bool, colour: bool, live: bool) -> None:
        self._seen = seen
        self._colour = colour
        self._live = live
        self._newline = True
        self._thinking = False

    def thinks(self, text: str) -> None:
        """A piece of what a model thinks."""
        self._thinking = True
        self.aside(visible(text))
        self._newline = text.endswith("\n")
        sys.stderr.flush()

    def says(self, text: str) -> None:
        """A piece of its answer; a blank line keeps it from what it thought."""
        if self._thinking:
            diagnostics.write("\n" if self._newline else "\n\n")
            self._thinking = False
        self._write(visible(text))
        self._newline = text.endswith("\n")

    def break_line(self) -> None:
        """End the line on which a model stopped; what comes next is no answer to a thought."""
        self._thinking = False
        if not self._newline:
            self._newline = True
            self._write("\n")

    def line(self, text: str, shade: str = "") -> None:
        """A line of ours, which is clean already; ``shade`` is an escape."""
        self._write(f"{shade}{text}{PLAIN}\n" if shade and self._colour else f"{text}\n")

    def sealed(self, badge: Badge, text: str) -> None:
        """A line with a mark before it, in the colour of the mark."""
        self.line(f"{badge.sign} {text}", f"\x1b[{COLOURS[badge]}m")

    def aside(self, text: str) -> None:
        """Dim, on stderr; it is clean already."""
        diagnostics.write(f"{DIM}{text}{PLAIN}" if self._live else text)

    def _write(self, text: str) -> None:
        if self._seen:
            render.write(text)
            sys.stdout.flush()
        else:
            diagnostics.write(text)
