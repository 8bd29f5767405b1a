"""Markdown with mathematics, drawn while it is written.

Textual's ``Markdown`` with some differences.  Formulas are drawn; lists and tables are few widgets,
where Textual has one and more for each item and cell.  What is drawn is what the whole text would
give, however it was cut: Textual takes up the text at its last line after an ``update``, and
replaces one block where a formula and the words around it are several.  And a block that grows is
changed in place, so that nothing flickers.
"""

from __future__ import annotations

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownBlock, MarkdownFence, MarkdownHeader

from tui.rendering.maths import BLOCK
from tui.rendering.parser import markdown_parser
from tui.rendering.plain import plain
from tui.widgets import items, sentences, table
from tui.widgets.formula import FormulaBlock
from tui.widgets.growing import changed

_BATCH = 200
"""Blocks that are mounted at once."""


class Fence(MarkdownFence):
    """A block of code; of one that names no language Textual guesses it, which takes longer than
    to draw it, and colours text as it comes."""

    @classmethod
    def highlight(
        cls,
        code: str,
        language: str,
        ansi: bool = False,  # noqa: FBT001, FBT002 - as Textual has it
        dark: bool = False,  # noqa: FBT001, FBT002 - the same
    ) -> Content:
        """Its colours."""
        return super().highlight(code, language or "text", ansi, dark)


class AnswerMarkdown(Markdown):
    """A Markdown text with mathematics; used like Textual's ``Markdown``."""

    BLOCKS = Markdown.BLOCKS | {
        "paragraph_open": sentences.Paragraph,
        "bullet_list_open": items.BulletList,
        "ordered_list_open": items.OrderedList,
        "table_open": table.Table,
        "th_open": table.Head,
        "td_open": table.Cell,
        "fence": Fence,
        "code_block": Fence,
        "h1": sentences.H1,
        "h2": sentences.H2,
        "h3": sentences.H3,
        "h4": sentences.H4,
        "h5": sentences.H5,
        "h6": sentences.H6,
    }

    def __init__(
        self,
        markdown: str | None = None,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - as Textual has it
        classes: str | None = None,
        parser_factory: Callable[[], MarkdownIt] = markdown_parser,
        open_links: bool = False,
    ) -> None:
        super().__init__(
            markdown,
            name=name,
            id=id,
            classes=classes,
            parser_factory=parser_factory,
            open_links=open_links,
        )
        self._make_parser = parser_factory
        self.flat = plain()
        if self.flat:
            self.BULLETS = ["- "]
        """Formulas on one line, for a screen reader."""
        self._drawn = 0
        self._tail_at = 0
        self._tail_line = 0
        self._tail: list[MarkdownBlock] = []

    def unhandled_token(self, token: Token) -> MarkdownBlock | None:
        """The widget of a formula."""
        return FormulaBlock(self, token, flat=self.flat) if token.type == BLOCK else None

    def update(self, markdown: str) -> AwaitComplete:
        """Show another text; await it to have it drawn."""
        self._theme = self.app.theme
        text = markdown.replace("\r", "")
        if text == self.source and self._is_whole():
            return AwaitComplete()
        self._markdown, self._drawn = text, -1
        return AwaitComplete(self._draw_all())

    def append(self, markdown: str) -> AwaitComplete:
        """Show more of the text; await it to have it drawn."""
        self._markdown = self.source + markdown.replace("\r", "")
        return AwaitComplete(self._draw_more())

    def _is_whole(self) -> bool:
        """Whether to draw the text anew would change nothing.

        What came in pieces is drawn as the whole is, but for a link that is defined below its use.
        """
        return self._drawn == len(self.source) and "]:" not in self.source

    async def _draw_all(self) -> None:
        async with self.lock:
            if not self.is_attached:
                return
            source = self.source
            self._drawn = len(source)
            self._tail_at = self._tail_line = 0
            blocks = self._blocks(source)
            with self.app.batch_update():
                await self.query_children(MarkdownBlock).remove()
                for start in range(0, len(blocks), _BATCH):
                    await self.mount_all(blocks[start : start + _BATCH])
            self._settle(blocks, source)
            self._tell_headings()

    async def _draw_more(self) -> None:
        async with self.lock:
            source = self.source
            if len(source) == self._drawn or not self.is_attached:
                return
            self._drawn = len(source)
            blocks = self._blocks(source[self._tail_at :])
            with self.app.batch_update():
                shown = await changed(self, self._tail, blocks)
            self._settle(shown, source)
            if any(isinstance(block, MarkdownHeader) for block in shown):
                self._tell_headings()

    def _blocks(self, text: str) -> list[MarkdownBlock]:
        """The blocks of the text from the tail on, their lines counted from the beginning."""
        blocks = list(self._parse_markdown(self._make_parser().parse(text)))
        for block in blocks:
            start, end = block.source_range
            block.source_range = start + self._tail_line, end + self._tail_line
        return blocks

    def _settle(self, blocks: list[MarkdownBlock], source: str) -> None:
        """Leave alone all but the last block and those that share a line with it."""
        first, begins = 0, self._tail_line
        end = begins
        for n, block in enumerate(blocks):
            start, stop = block.source_range
            if start >= end:
                first, begins = n, start
            end = max(end, stop)
        at = self._tail_at
        for _ in range(begins - self._tail_line):
            at = source.index("\n", at) + 1
        self._tail_at, self._tail_line = at, begins
        self._tail = blocks[first:]

    def _tell_headings(self) -> None:
        self._table_of_contents = None
        told = Markdown.TableOfContentsUpdated(self, self.table_of_contents)
        self.post_message(told.set_sender(self))
