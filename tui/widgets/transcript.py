"""The conversation: of what was said long ago there is a record, drawn when it comes in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Static

from runtimes.errors import RuntimeFailure
from runtimes.texts import Count, Lang, Text
from tui.keyboard.keys import key_of, keys_of
from tui.messages import Told
from tui.rendering.plain import aloud
from tui.widgets.blocks import Block, BlockScroll
from tui.words import say

if TYPE_CHECKING:
    from tui.conversations.pages import Pages
    from tui.turn.said import Said
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

HINTS = (
    Text("Type a problem: it is solved exactly, and each step is checked.",
         "输入题目：由精确引擎求解，每一步都经过检验。"),
    Text("What needs words goes to the model.", "需要文字说明的问题交给模型。"),
    Text("/ lists commands · @ attaches a file", "/ 列出命令 · @ 附加文件"),
    Text("{0} begins a line · {1} opens your editor", "{0} 换行 · {1} 打开外部编辑器"),
    Text("{2} searches all commands · {3} tells all keys", "{2} 搜索全部命令 · {3} 查看全部按键"),
)  # fmt: skip
"""Where nothing was asked yet; the places are keys."""


class Transcript(BlockScroll):
    """Exchanges, newest at the bottom, where it stays unless the user scrolls up."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="transcript")
        self._lang = lang
        self._earlier: list[Said] = []
        self._pages: Pages | None = None
        self._head = Block(self._earlier_line)
        self._hint = Block(self._hint_lines, len(HINTS))
        self._followed = True
        self._loading = False
        self.exchanges: list[Exchange] = []

    @property
    def last(self) -> Exchange | None:
        """The newest."""
        return self.exchanges[-1] if self.exchanges else None

    async def add(self, said: Said) -> Exchange:
        """A new question at the bottom; it is scrolled to."""
        await self._prune()
        if self._hint in self.blocks:
            await self.remove_block(self._hint)
        exchange = self._drawn(said)
        self.exchanges.append(exchange)
        self.anchor()
        await self.insert(exchange.all_blocks())
        return exchange

    async def welcome(self) -> None:
        """Where nothing was asked yet, say what can be done."""
        if not self.blocks:
            await self.insert([self._hint])
            if self.exchanges:  # a question was quicker
                await self.remove_block(self._hint)

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
        await self.welcome()
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
        if isinstance(self._hint.widget, Static):
            self._hint.widget.update(self._hint_text())
        self.settle()

    def anchor(self, anchor: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Stay at the bottom, and no longer offer the way there."""
        super().anchor(anchor)
        self._tell_place()

    def release_anchor(self) -> None:
        """The user scrolls up: there is a way back."""
        super().release_anchor()
        self._tell_place()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """He has come back by himself, perhaps."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_place()

    def _tell_place(self) -> None:
        if self.is_attached and self._followed != self.at_bottom:
            self._followed = self.at_bottom
            self.screen.refresh_bindings()

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

    def _hint_text(self) -> str:
        newline = keys_of(self.app, "chat.newline").rpartition("  ")[2]  # all terminals have it
        keys = (key_of(self.app, one) for one in ("chat.editor", "app.palette", "app.help"))
        told = newline, *keys
        return "\n".join(say(aloud(line).of(*told), self._lang) for line in HINTS)

    def _hint_lines(self) -> Widget:
        return Static(self._hint_text(), classes="earlier", markup=False)

    def _earlier_text(self) -> str:
        return say(aloud(EARLIER.of(self._left)), self._lang)

    def _earlier_line(self) -> Widget:
        return Static(self._earlier_text(), classes="earlier", markup=False)
