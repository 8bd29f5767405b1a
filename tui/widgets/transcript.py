"""The conversation: of what was said long ago there is a record, drawn when it comes in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from runtimes.errors import RuntimeFailure
from runtimes.texts import Count, Lang, Text
from tui.messages import Told
from tui.rendering.plain import aloud
from tui.widgets.blocks import Block, BlockScroll
from tui.words import say

if TYPE_CHECKING:
    from tui.pages import Pages
    from tui.said import Said
    from tui.widgets.exchange import Exchange

FIRST = 4
"""Turns of a conversation that are looked at when it is opened,"""
MORE = 3
"""and each time that the beginning of what is drawn is scrolled to."""
MOST = 40
"""Turns that stay drawn while new ones come."""
EARLIER = Count(
    Text("↑ {0} earlier turn", "↑ 之前还有 {0} 轮"),
    Text("↑ {0} earlier turns", "↑ 之前还有 {0} 轮"),
)


class Transcript(BlockScroll):
    """Exchanges, newest at the bottom, where it stays unless the user scrolls up."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="transcript")
        self._lang = lang
        self._earlier: list[Said] = []
        self._pages: Pages | None = None
        self._head = Block(self._earlier_line)
        self._loading = False
        self.exchanges: list[Exchange] = []

    @property
    def last(self) -> Exchange | None:
        """The newest."""
        return self.exchanges[-1] if self.exchanges else None

    async def add(self, said: Said) -> Exchange:
        """A new question at the bottom; it is scrolled to."""
        await self._prune()
        exchange = self._drawn(said)
        self.exchanges.append(exchange)
        self.anchor()
        await self.insert(exchange.all_blocks())
        return exchange

    async def show(
        self, turns: Sequence[Said], pages: Pages | None = None, sought: Said | None = None
    ) -> None:
        """Another conversation; ``pages`` reads what was said before these turns, and
        ``sought``, one of them, is looked at."""
        await self.clear()
        self._pages = pages
        first = max(len(turns) - FIRST, 0)
        if sought is not None:
            first = min(first, max(turns.index(sought) - 1, 0))
        self._earlier = list(turns[:first])
        self.exchanges = [self._drawn(said) for said in turns[first:]]
        if self._left:
            await self.insert([self._head])
        await self.insert([block for one in self.exchanges for block in one.all_blocks()])
        self.anchor()
        for one in self.exchanges:
            if one.said is sought:
                self.look_at(one.blocks[0])

    def use_language(self, lang: Lang) -> None:
        """Say what is ours in this one, drawn or not; what was asked and answered stays."""
        self._lang = lang
        if self._pages is not None:
            self._pages.lang = lang
        for said in self._earlier:
            said.say_in(lang)
        for one in self.exchanges:
            one.use_language(lang)
        if isinstance(self._head.widget, Static):
            self._head.widget.update(self._earlier_text())
        self.settle()

    async def cut(self, first: Exchange) -> None:
        """An exchange and all that follow it are gone."""
        at = self.exchanges.index(first)
        gone, self.exchanges = self.exchanges[at:], self.exchanges[:at]
        for one in gone:
            for block in one.blocks:
                if block in self.blocks:
                    await self.remove_block(block)

    @property
    def _left(self) -> int:
        """How many turns are not drawn."""
        return len(self._earlier) + (0 if self._pages is None else self._pages.left)

    async def _settled(self) -> None:
        await super()._settled()
        if self._left and not self._loading and self._head.widget is not None:
            self._loading = True
            self.call_next(self._load_earlier)

    async def _load_earlier(self) -> None:
        """More of what was said before."""
        pages = self._pages
        if pages is not None and pages.left and len(self._earlier) < MORE:
            try:
                page = await pages.read()
            except RuntimeFailure as failure:
                page, pages.left = [], 0
                self.app.post_message(Told(failure.message, wrong=True))
            if pages is not self._pages:  # another conversation is shown meanwhile
                self._loading = False
                return
            self._earlier[:0] = page
        more, self._earlier = self._earlier[-MORE:], self._earlier[:-MORE]
        fresh = [self._drawn(said) for said in more]
        self.exchanges[:0] = fresh
        await self.insert([block for one in fresh for block in one.all_blocks()], 1)
        if isinstance(self._head.widget, Static):
            self._head.widget.update(self._earlier_text())
        if not self._left:
            await self.remove_block(self._head)
        self._loading = False

    async def _prune(self) -> None:
        """The oldest are kept as records alone."""
        while len(self.exchanges) >= MOST:
            oldest = self.exchanges.pop(0)
            if not self._left:
                await self.insert([self._head], 0)
            self._earlier.append(oldest.said)
            for block in oldest.blocks:
                await self.remove_block(block)

    def holding(self, widget: Widget | None) -> Exchange | None:
        """The exchange to which a widget belongs."""
        for one in self.exchanges:
            if any(block.widget is not None and block.widget is widget for block in one.blocks):
                return one
        return None

    def _drawn(self, said: Said) -> Exchange:
        from tui.widgets.exchange import Exchange  # what it needs delays the first frame

        return Exchange(said, self, self._lang)

    def _earlier_text(self) -> str:
        return say(aloud(EARLIER.of(self._left)), self._lang)

    def _earlier_line(self) -> Widget:
        return Static(self._earlier_text(), classes="earlier", markup=False)
