"""The answer: Markdown that is drawn while it is written, at the same cost a word to the end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from textual.containers import Vertical
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownStream

from tui.widgets.parts import Piece, Splitter
from tui.words import harmless

if TYPE_CHECKING:
    from collections.abc import Callable


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """One parser for all: to make one takes longer than to read a paragraph.

    No raw HTML is understood, and no bare word is made a link.
    """
    return MarkdownIt("gfm-like", {"linkify": False, "html": False})


class Prose(Markdown):
    """One part of an answer."""

    make_parser: Callable[[], MarkdownIt] = staticmethod(_parser)

    def __init__(self, text: str = "") -> None:
        super().__init__(text, parser_factory=self.make_parser, open_links=False)

    def on_mount(self) -> None:
        """No address is made a link by the terminal."""
        self.auto_links = False


@dataclass(eq=False, slots=True)
class _Part:
    """``start`` is where it begins in the whole text, ``text`` what is drawn; ``before`` is the
    splitter as it was there."""

    prose: Prose
    start: int
    text: str
    before: Splitter
    stream: MarkdownStream | None = None


class AnswerText(Vertical):
    """A whole answer.  ``text`` is the source, as it came."""

    def __init__(self, text: str = "") -> None:
        super().__init__(classes="answer")
        self.text = ""
        self._initial = text
        self._splitter = Splitter()
        self._parts: list[_Part] = []

    async def on_mount(self) -> None:
        """A text that is there already is drawn at once."""
        for piece in self._splitter.feed(self._initial):
            if piece.opens or not self._parts:
                self._begin(piece, len(self.text))
            self.text += piece.text
            self._parts[-1].text += harmless(piece.text)
        for part in self._parts:
            await self.mount(part.prose)
            await part.prose.update(part.text)

    async def append(self, text: str) -> None:
        """More of the answer."""
        start = len(self.text)
        self.text += text
        for piece in self._splitter.feed(text):
            if piece.opens or not self._parts:
                await self.finish()
                self._begin(piece, start)
                await self.mount(self._parts[-1].prose)
                if piece.prefix:
                    await self._write(piece.prefix)
            shown = harmless(piece.text)
            self._parts[-1].text += shown
            await self._write(shown)
            start += len(piece.text)

    async def cut(self, offset: int) -> None:
        """Take back what stands after ``offset``."""
        kept = self.text[:offset]
        await self.finish(redraw=False)
        while self._parts and self._parts[-1].start >= offset:
            await self._parts.pop().prose.remove()
        if not self._parts:
            self.text, self._splitter = "", Splitter()
            return
        last = self._parts.pop()
        self.text, self._splitter = self.text[: last.start], last.before.copy()
        await last.prose.remove()
        await self.append(kept[last.start :])

    async def finish(self, *, redraw: bool = True) -> None:
        """No more comes to the last part: it is drawn once as a whole, so that nothing of how it
        came (an open fence, half a table) stays on the screen."""
        if not self._parts:
            return
        part = self._parts[-1]
        if part.stream is None:
            return
        await part.stream.stop()
        part.stream = None
        if redraw:
            await part.prose.update(harmless(part.text))

    def _begin(self, piece: Piece, start: int) -> None:
        prose = Prose()
        prose.set_class(bool(piece.prefix), "-goes-on")
        before = Splitter(fence=piece.prefix.rstrip("\n"))
        self._parts.append(_Part(prose, start, piece.prefix, before))

    async def _write(self, text: str) -> None:
        part = self._parts[-1]
        if part.stream is None:
            part.stream = Markdown.get_stream(part.prose)
        await part.stream.write(text)
