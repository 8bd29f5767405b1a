"""A long column of blocks of which only those near the sight are widgets.

Whatever the screen lays out, it visits every widget that is mounted.  So what is far above or
below is taken off, and a spacer of its height stands in its place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, groupby

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

NEAR, FAR, HELD = 0.5, 1.0, 8.0
"""Screenfuls above and below the sight within which a block is mounted, and kept, and kept where
the user works in it, with all that stand between."""

TRIES = 5
"""How often a layout is waited for in which all that was mounted has its height."""
LOOKS, LOOK_EVERY = 20, 0.1
"""So often, and so many seconds apart, a place is gone to again: what is above it may still be
drawn, and grow."""


class Block:
    """Makes its widget when it comes near, and again when it comes back.

    ``height`` is what it took when it was last seen, else a guess.  The widget has no margins, so
    that heights add up.
    """

    def __init__(self, make: Callable[[], Widget], height: int = 1) -> None:
        self.make = make
        self.height = height
        self.widget: Widget | None = None

    def mounted(self) -> Widget:
        """Its widget, new."""
        self.widget = self.make()
        return self.widget

    async def leave(self) -> None:
        """Before its widget goes."""
        self.measure()

    def measure(self) -> None:
        """Look how high it is."""
        if self.widget is not None and self.widget.outer_size.height:
            self.height = self.widget.outer_size.height

    @property
    def held(self) -> bool:
        """Does the user work in it?"""
        return self.widget is not None and self.widget.has_focus_within


class BlockScroll(VerticalScroll):
    """The column.  Blocks may be added and removed at any time, seen or not."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.blocks: list[Block] = []
        self._low = self._high = 0
        self._above, self._below = Static(classes="spacer"), Static(classes="spacer")
        self._changing = asyncio.Lock()
        self._settling = False
        self._looked: Block | None = None

    def compose(self) -> list[Widget]:
        """Two spacers, and nothing between them yet."""
        return [self._above, self._below]

    def on_mount(self) -> None:
        """Stay at the bottom."""
        self._space()
        self.anchor()

    @property
    def at_bottom(self) -> bool:
        """Does it follow what is added at the bottom?"""
        return self.is_anchored and not self._anchor_released

    async def insert(self, blocks: Sequence[Block], at: int | None = None) -> None:
        """New blocks, at the bottom or before the block ``at``.

        Of many that come below what is in sight, or push it up, those alone become widgets that
        are then near: a thousand would take seconds.
        """
        async with self._changing:
            where = len(self.blocks) if at is None else at
            seen = self._low <= where <= self._high and (where > self._low or not self._low)
            below = self.at_bottom or self._top_of(where) > self.scroll_y
            self.blocks[where:where] = blocks
            if seen:
                self._high += len(blocks)
                if below:
                    await self._settled()
                else:
                    await self._mount_missing()
            else:
                if where < self._low:
                    self._low += len(blocks)
                    self._high += len(blocks)
                self._space()
        self.settle()

    async def remove_block(self, block: Block) -> None:
        """It is gone."""
        async with self._changing:
            at = self.blocks.index(block)
            del self.blocks[at]
            if at < self._low:
                self._low -= 1
            if at < self._high:
                self._high -= 1
            await self._take_off([block])
            self._space()

    async def clear(self) -> None:
        """All are gone."""
        async with self._changing:
            await self._take_off(self.blocks)
            self.blocks.clear()
            self._low = self._high = 0
            self._space()
        self.anchor()

    def look_at(self, block: Block) -> None:
        """Scroll to a block; again while what is above it turns out to be of another height, until
        the user scrolls."""
        super().release_anchor()
        self._looked = block
        self._look(TRIES + LOOKS)

    async def reach(self, block: Block) -> None:
        """Scroll to a block that is too far away to be a widget, and let it be one."""
        if block.widget is None:
            self.look_at(block)
            async with self._changing:
                await self._settled()

    def anchor(self, anchor: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Stay at the bottom from now on, whatever was looked at."""
        self._looked = None
        super().anchor(anchor)

    def release_anchor(self) -> None:
        """The user scrolls (Textual calls it then), or it is gone to another place.

        Where all of it is in sight there is nothing to scroll: let go of the bottom then, and what
        comes next grows out of sight, below.
        """
        if self.max_scroll_y <= 0 and self._looked is None:
            return
        super().release_anchor()
        self._looked = None

    def _look(self, tries: int) -> None:
        if self._looked is None or self._looked not in self.blocks:
            return
        above = self.blocks[: self.blocks.index(self._looked)]
        for one in above:
            one.measure()
        # not by ``scroll_to``, which lets go of the anchor later on, whatever it was asked
        self.scroll_target_y = self.scroll_y = sum(one.height for one in above)
        # and while nothing has its height yet, the place is the bottom too, which takes the anchor
        super().release_anchor()
        self.settle()
        if tries > LOOKS:
            self.call_after_refresh(self._look, tries - 1)
        elif tries:
            self.set_timer(LOOK_EVERY, partial(self._look, tries - 1))

    def settle(self) -> None:
        """Mount what is near and take off what is far, soon."""
        if not self._settling:
            self._settling = True
            self.call_after_refresh(self._settle)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other blocks are near now."""
        super().watch_scroll_y(old_value, new_value)
        self.settle()

    def on_resize(self) -> None:
        """More or fewer are near now."""
        self.settle()

    async def _settle(self) -> None:
        self._settling = False
        async with self._changing:
            await self._settled()

    async def _settled(self) -> None:
        for block in self.blocks[self._low : self._high]:
            block.measure()
        tops = [0, *accumulate(block.height for block in self.blocks)]
        near, kept, holding = (self._range(tops, screens) for screens in (NEAR, FAR, HELD))
        low, high = self._low, self._high
        if high <= near[0] or near[1] <= low:
            low = high = near[0]
        new_low = min(max(low, kept[0]), near[0])
        new_high = max(min(high, kept[1]), near[1])
        for at in range(max(self._low, holding[0]), min(self._high, holding[1])):
            if self.blocks[at].held:
                new_low, new_high = min(new_low, at), max(new_high, at + 1)
        missing = any(block.widget is None for block in self.blocks[new_low:new_high])
        if missing or (new_low, new_high) != (self._low, self._high):
            await self._change(new_low, new_high, tops)

    def _range(self, tops: Sequence[int], screens: float) -> tuple[int, int]:
        """The blocks within so many screenfuls of the sight."""
        height = self.size.height or self.app.size.height
        # what has just been added at the bottom is scrolled to when it is laid out
        at = max(tops[-1] - height, 0) if self.at_bottom else self.scroll_y
        first, last = at - screens * height, at + (screens + 1) * height
        count = len(self.blocks)
        low = next((n for n in range(count) if tops[n + 1] > first), count)
        high = next((n for n in range(low, count) if tops[n] >= last), count)
        return low, high

    async def _change(self, low: int, high: int, tops: Sequence[int]) -> None:
        """Mount the blocks from ``low`` to ``high`` and no others; what is in sight stays."""
        old = range(self._low, self._high)
        seen = next((n for n in old if low <= n < high and tops[n + 1] > self.scroll_y), None)
        offset = 0.0 if seen is None else tops[seen] - self.scroll_y
        with self.app.batch_update():
            gone = [self.blocks[n] for n in old if not low <= n < high]
            await self._take_off(gone)
            self._low, self._high = low, high
            await self._mount_missing()
            self._space()
        if seen is not None and low < old.start and not self.at_bottom:
            self.call_after_refresh(self._keep_place, self.blocks[seen], offset)

    async def _mount_missing(self) -> None:
        """Those that are near and no widgets yet."""
        at = self._low
        for missing, run in groupby(self.blocks[at : self._high], lambda one: one.widget is None):
            blocks = list(run)
            at += len(blocks)
            if missing:
                after = self._widget_from(at)
                await self.mount_all([block.mounted() for block in blocks], before=after)

    def _keep_place(self, block: Block, offset: float, tries: int = TRIES) -> None:
        """Blocks that were mounted above may be of another height than was guessed."""
        if self.at_bottom or block not in self.blocks:
            return
        above = self.blocks[: self.blocks.index(block)]
        fresh = [one.widget for one in above if one.widget is not None]
        if tries and not all(widget.outer_size.height for widget in fresh):
            self.call_after_refresh(self._keep_place, block, offset, tries - 1)
            return
        for one in above:
            one.measure()
        y = sum(one.height for one in above) - offset
        if round(y) != round(self.scroll_y):
            self.scroll_to(y=y, animate=False, release_anchor=False)

    async def _take_off(self, blocks: Sequence[Block]) -> None:
        widgets: list[Widget] = []
        for block in blocks:
            if block.widget is not None:
                await block.leave()
                widgets.append(block.widget)
                block.widget = None
        if widgets:
            await self.remove_children(widgets)

    def _widget_from(self, at: int) -> Widget:
        """The first mounted widget of the blocks from ``at`` on, else the lower spacer."""
        for block in self.blocks[at : self._high + 1]:
            if block.widget is not None:
                return block.widget
        return self._below

    def _top_of(self, at: int) -> int:
        """The line at which a block begins, as far as is known."""
        return sum(block.height for block in self.blocks[:at])

    def _space(self) -> None:
        above = sum(block.height for block in self.blocks[: self._low])
        below = sum(block.height for block in self.blocks[self._high :])
        self._above.styles.height, self._below.styles.height = above, below
