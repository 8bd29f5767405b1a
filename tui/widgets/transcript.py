"""The conversation: what is near is mounted, what was said long ago is kept as a record."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widgets import Static

from runtimes.texts import Lang, Text
from tui.said import Said
from tui.widgets.exchange import Exchange
from tui.words import say, with_args

FIRST = 6
"""Turns that are mounted when a conversation is opened,"""
MORE = 6
"""and each time that its beginning is scrolled to."""
MOST = 30
"""Turns that stay mounted while new ones come."""
EARLIER = Text("↑ {0} earlier turns", "↑ 之前还有 {0} 轮")


class Transcript(VerticalScroll):
    """Exchanges, newest at the bottom, where it stays unless the user scrolls up."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="transcript")
        self._lang = lang
        self._earlier: list[Said] = []
        self._loading = False

    def on_mount(self) -> None:
        """Stay at the bottom."""
        self.anchor()

    @property
    def exchanges(self) -> list[Exchange]:
        """Those that are mounted, oldest first."""
        return [child for child in self.children if isinstance(child, Exchange)]

    @property
    def last(self) -> Exchange | None:
        """The newest."""
        exchanges = self.exchanges
        return exchanges[-1] if exchanges else None

    async def add(self, said: Said) -> Exchange:
        """A new question at the bottom."""
        await self._prune()
        exchange = Exchange(said, self._lang)
        await self.mount(exchange)
        self.anchor()
        return exchange

    async def show(self, turns: Sequence[Said]) -> None:
        """Another conversation."""
        await self.remove_children()
        near = list(turns[-FIRST:])
        self._earlier = list(turns[: -len(near)]) if near else []
        await self.mount_all([Exchange(said, self._lang) for said in near])
        await self._tell_earlier()
        self.anchor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Near the beginning of what is mounted, mount what was said before."""
        super().watch_scroll_y(old_value, new_value)
        if new_value < old_value and new_value <= 2 and self._earlier and not self._loading:
            self._loading = True
            self.call_next(self._load_earlier)

    async def _load_earlier(self) -> None:
        """What is in sight stays where it is."""
        try:
            first = self.exchanges[0] if self.exchanges else None
            more, self._earlier = self._earlier[-MORE:], self._earlier[:-MORE]
            height = self.virtual_size.height
            with self.app.batch_update():
                await self.mount_all([Exchange(said, self._lang) for said in more], before=first)
                await self._tell_earlier()
            self.call_after_refresh(self._keep_place, height)
        except BaseException:
            self._loading = False
            raise

    def _keep_place(self, height: int) -> None:
        self._loading = False
        grown = self.virtual_size.height - height
        self.scroll_to(y=self.scroll_y + grown, animate=False)

    async def _prune(self) -> None:
        """The oldest are kept as records alone."""
        mounted = self.exchanges
        gone = mounted[: max(len(mounted) + 1 - MOST, 0)]
        if gone:
            self._earlier += [exchange.said for exchange in gone]
            await self.remove_children(gone)
            await self._tell_earlier()

    async def _tell_earlier(self) -> None:
        await self.query("#earlier").remove()
        if self._earlier:
            told = say(with_args(EARLIER, len(self._earlier)), self._lang)
            await self.mount(Static(told, id="earlier", markup=False), before=0)
