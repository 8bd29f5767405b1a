"""Has formulas set, keeps their pictures, and tells who waits for one that it is there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from queue import SimpleQueue
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from textual.message import Message

from assistant.maths.showing.raster import Ink, Order
from tui.pictures.cells import CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Picture, Shelf
from tui.pictures.shows import Formula, Shows
from tui.rendering.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.maths.typesetter import Typesetter

EM = 0.9
"""The size of the font as a part of the height of a cell."""
MOST_KEPT = 64
"""Pictures that are kept although nobody shows them."""


class InkMade(Message):
    """A formula has been set, or cannot be."""

    def __init__(self, order: Order, ink: Ink | None) -> None:
        super().__init__()
        self.order = order
        self.ink = ink


class Studio:
    """For the thread of the screen; ``post`` takes messages from another one.

    One formula is set at a time, what was asked for first before what was asked for later, and
    nothing that nobody waits for any more.
    """

    def __init__(
        self, cell: Cell, typesetter: Typesetter, post: Callable[[Message], object]
    ) -> None:
        self.shelf = Shelf()
        self.on = True
        """Are pictures wanted?"""
        self._cell = cell
        self._typesetter = typesetter
        self._post = post
        self._kept: OrderedDict[Order, Picture | None] = OrderedDict()
        self._shown: WeakKeyDictionary[Shows, set[Picture]] = WeakKeyDictionary()
        self._waiting: dict[Order, tuple[str, WeakSet[Shows]]] = {}
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._busy = False

    def lines(self, formula: Formula, room: int, who: Shows) -> tuple[str, ...] | None:
        """The cells of a formula within so many columns; ``None`` where it is to be drawn as text,
        for ever or until ``who`` is told."""
        if not self.on or plain():
            return None
        order = self._order(formula)
        if order not in self._kept:
            self._waiting.setdefault(order, (formula.copied, WeakSet()))[1].add(who)
            self._next()
            return None
        self._kept.move_to_end(order)
        picture = self._kept[order]
        if picture is None or picture.columns > room:
            return None
        self._shown.setdefault(who, set()).add(picture)
        return picture.lines()

    def left(self, who: Shows) -> None:
        """It shows nothing any more."""
        self._shown.pop(who, None)
        for _, waiting in self._waiting.values():
            waiting.discard(who)

    def resized(self, cell: Cell) -> bool:
        """The cells of the terminal have another size: is that new?  Then all is to be drawn
        again."""
        if cell == self._cell:
            return False
        self._cell = cell
        self._kept.clear()
        self._waiting.clear()
        return True

    def copied(self, text: str) -> str:
        """A text with the sources of its formulas in place of their cells."""
        if CELLS.search(text) is None:
            return text
        lines = (self._spelled(line) for line in text.split("\n"))
        return "\n".join(line for line in lines if line is not None)

    def _spelled(self, line: str) -> str | None:
        """Nothing for a line that has only the lower parts of pictures."""
        runs = [run for found in CELLS.finditer(line) for run in self.shelf.runs(found[0])]
        upper = [run for run in runs if isinstance(run, str) or run.row == 0]
        if runs and not upper and not CELLS.sub("", line).strip():
            return None
        return CELLS.sub(
            lambda found: "".join(
                run if isinstance(run, str) else run.picture.source if run.row == 0 else ""
                for run in self.shelf.runs(found[0])
            ),
            line,
        )

    def arrived(self, message: InkMade) -> None:
        """Keep a picture, and tell who waits for it."""
        self._busy = False
        found = self._waiting.pop(message.order, None)
        if found is not None:
            copied, waiting = found
            ink = message.ink
            self._kept[message.order] = (
                None if ink is None else self.shelf.place(ink, self._cell, copied)
            )
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            if ink is not None:
                for who in tuple(waiting):
                    who.pictures_came()
        self._next()

    def close(self) -> None:
        """Give the process back that sets formulas."""
        self._orders.put(None)
        self._typesetter.close()

    def _order(self, formula: Formula) -> Order:
        return Order(
            source=formula.source,
            tex=formula.tex,
            em=EM * self._cell.height,
            widest=MOST_COLUMNS * self._cell.width,
            highest=MOST_ROWS * self._cell.height,
        )

    def _next(self) -> None:
        """Have the next formula set that somebody waits for."""
        if self._busy:
            return
        for order in [order for order, (_, waiting) in self._waiting.items() if not waiting]:
            del self._waiting[order]
        if not self._waiting:
            return
        self._busy = True
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._orders.put(next(iter(self._waiting)))

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            self._post(InkMade(order, self._typesetter.ink(order)))
