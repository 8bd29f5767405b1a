"""What is written to the terminal, with the pictures in it."""

from __future__ import annotations

import random
import re
from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol, TypeAlias

from tui.pictures import kitty, sixel
from tui.pictures.cells import CELLS, Run, Shelf
from tui.pictures.colours import Colour, Colours, before
from tui.pictures.terminal import Way

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

_PARTS = re.compile(rf"\x1b\[(?P<line>\d+);\d+H|{CELLS.pattern}")
"""Where the cursor goes to, and cells; Textual goes to every line before it writes there."""
MOST_COLOURS = 4
"""Images that a picture has at a time, one for each colour in which it was shown last: a dialog
dims what is behind it."""
MOST_SLICES = 512


class Paint(Protocol):
    """Draws runs of cells for one kind of terminal."""

    def run(self, run: Run, colours: Colours, *, last: bool) -> str:
        """The cells where the cursor is, which goes on behind them; ``last``: they are on the last
        line of the terminal."""

    def first(self) -> str:
        """What must be written before all that was drawn since the last time."""

    def forget(self, first: int) -> str:
        """A picture is gone."""

    def end(self) -> str:
        """Leave nothing behind."""


class KittyPaint:
    """Images are sent once for each colour, and then shown by placeholders."""

    def __init__(self) -> None:
        self._number = random.randrange(1 << 16, 1 << 23)  # noqa: S311 - not those of others
        self._images: dict[int, OrderedDict[Colour, int]] = {}
        self._first: list[str] = []

    def run(self, run: Run, colours: Colours, *, last: bool) -> str:
        """See ``Paint``."""
        del last
        images = self._images.setdefault(run.picture.first, OrderedDict())
        number = images.get(colours.ink)
        if number is None:
            self._number += 1
            number = images[colours.ink] = self._number
            self._first.append(kitty.sent(number, run.picture, colours.ink))
        images.move_to_end(colours.ink)
        if len(images) > MOST_COLOURS:
            self._first.append(kitty.deleted(images.popitem(last=False)[1]))
        return f"{kitty.shown(number, run)}\x1b[0m{colours.sgr}"

    def first(self) -> str:
        """See ``Paint``."""
        text = "".join(self._first)
        self._first.clear()
        return text

    def forget(self, first: int) -> str:
        """See ``Paint``."""
        return "".join(map(kitty.deleted, self._images.pop(first, {}).values()))

    def end(self) -> str:
        """See ``Paint``."""
        return "".join([self.forget(first) for first in tuple(self._images)])


_Slice: TypeAlias = tuple[int, int, int, int, Colour, Colour]
"""Row, column and columns of a run, the rows of pixels, ink and paper."""


class SixelPaint:
    """Each run is drawn over spaces; the terminal keeps nothing."""

    def __init__(self) -> None:
        self._drawn: dict[int, dict[_Slice, str]] = {}

    def run(self, run: Run, colours: Colours, *, last: bool) -> str:
        """See ``Paint``.

        What ends within the last line must not reach below it, or all lines move up; so there
        only whole bands of six rows of pixels are drawn.
        """
        cell = run.picture.cell
        height = cell.height - (cell.height % sixel.BAND if last else 0)
        drawn = self._drawn.setdefault(run.picture.first, {})
        key = run.row, run.column, run.count, height, colours.ink, colours.paper
        if key not in drawn:
            if len(drawn) > MOST_SLICES:
                drawn.clear()
            cover, width = _cut(run, height), run.count * cell.width
            drawn[key] = sixel.sixels(cover, width, colours.ink, colours.paper)
        return f"\x1b7{' ' * run.count}\x1b8{drawn[key]}\x1b8\x1b[{run.count}C"

    def first(self) -> str:
        """See ``Paint``."""
        return ""

    def forget(self, first: int) -> str:
        """See ``Paint``."""
        self._drawn.pop(first, None)
        return ""

    def end(self) -> str:
        """See ``Paint``."""
        return ""


def _cut(run: Run, height: int) -> bytes:
    """So many rows of pixels of the cells of a run."""
    picture, cell = run.picture, run.picture.cell
    left, right = run.column * cell.width, (run.column + run.count) * cell.width
    top = run.row * cell.height
    starts = (row * picture.width for row in range(top, top + height))
    return b"".join(picture.cover[at + left : at + right] for at in starts)


def paint_for(way: Way) -> Paint:
    """What draws for such a terminal."""
    match way:
        case Way.KITTY:
            return KittyPaint()
        case Way.SIXEL:
            return SixelPaint()


class Painter:
    """Puts pictures into what is written to the terminal."""

    def __init__(self, shelf: Shelf, paint: Paint, dark: Callable[[], bool]) -> None:
        """``dark``: what the terminal's own colours are, where it is to use those."""
        self._shelf = shelf
        self._paint = paint
        self._dark = dark

    def painted(self, text: str, height: int) -> str:
        """The same text, with pictures in place of their cells; ``height``: lines of the
        terminal."""
        gone = "".join(self._paint.forget(first) for first in self._shelf.gone)
        self._shelf.gone.clear()
        if CELLS.search(text) is None:
            return gone + text
        out: list[str] = []
        at = line = 0
        dark = self._dark()
        for found in _PARTS.finditer(text):
            if found["line"]:
                line = int(found["line"])
                continue
            out.append(text[at : found.start()])
            at = found.end()
            colours = before(text, found.start(), dark=dark)
            for run in self._shelf.runs(found[0]):
                if isinstance(run, str):
                    out.append(run)
                else:
                    out.append(self._paint.run(run, colours, last=line >= height))
        out.append(text[at:])
        return "".join([gone, self._paint.first(), *out])

    def end(self) -> str:
        """Leave nothing behind."""
        return self._paint.end()


def with_pictures(base: type[Driver], painter: Painter) -> type[Driver]:
    """A driver of Textual that writes pictures."""

    class PictureDriver(base):  # type: ignore[valid-type, misc]
        """Writes text with pictures."""

        def write(self, data: str) -> None:
            """Put pictures into it."""
            super().write(painter.painted(data, self._app.size.height))

        def stop_application_mode(self) -> None:
            """Leave the terminal as it was."""
            super().write(painter.end())
            super().stop_application_mode()

    return PictureDriver
