"""The answer: Markdown that is drawn while it is written, at the same cost a word to the end."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownStream

from tui.widgets.blocks import Block, BlockScroll
from tui.widgets.document import AnswerMarkdown
from tui.widgets.parts import Piece, Splitter
from tui.words import harmless


class Prose(AnswerMarkdown):
    """One part of an answer."""

    def __init__(self, text: str = "", *, follows: bool = False) -> None:
        """``follows``: there is a part before it, which ends with a line between them."""
        super().__init__(text, classes="-follows" if follows else "")
        self.auto_links = False  # no address is made a link


class Part(Block):
    """A part of the answer; seen or not, it takes more text.

    ``start`` is where it begins in the whole text; ``before`` is the splitter as it was there.
    """

    def __init__(self, piece: Piece, start: int, before: Splitter) -> None:
        super().__init__(self._prose)
        self.text = piece.prefix
        self.start = start
        self.before = before
        self._stream: MarkdownStream | None = None

    def _prose(self) -> Widget:
        return Prose(self.text, follows=self.start > 0)

    def guess(self) -> None:
        """How high it may be, before it is seen."""
        self.height = 2 + len(self.text) // 60 + self.text.count("\n")

    async def append(self, text: str) -> None:
        """More of it."""
        self.text += text
        if self.widget is None:
            return
        assert isinstance(self.widget, Prose)
        if self._stream is None:
            self._stream = Markdown.get_stream(self.widget)
        await self._stream.write(text)

    async def finish(self) -> None:
        """No more comes: it is drawn once as a whole, so that nothing of how it came (an open
        fence, half a table) stays on the screen."""
        if self._stream is not None:
            await self._stop()
            if isinstance(self.widget, Prose):
                await self.widget.update(harmless(self.text))

    async def leave(self) -> None:
        """It may come back."""
        await super().leave()
        await self._stop()

    async def _stop(self) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            await stream.stop()


class AnswerText:
    """A whole answer in its parts.  ``text`` is the source, as it came.

    ``place`` tells where in the column the next part belongs.
    """

    def __init__(self, column: BlockScroll, place: Callable[[], int | None]) -> None:
        self.text = ""
        self.parts: list[Part] = []
        self._column = column
        self._place = place
        self._splitter = Splitter()

    def split(self, text: str) -> list[Part]:
        """A text that is all there, in parts that are not yet in the column."""
        for piece in self._splitter.feed(text):
            if piece.opens or not self.parts:
                self.parts.append(self._begun(piece, len(self.text)))
            self.text += piece.text
            self.parts[-1].text += harmless(piece.text)
        for part in self.parts:
            part.guess()
        return self.parts

    async def append(self, text: str) -> None:
        """More of the answer.  What begins with it is drawn once, and only where it is in sight."""
        fresh: list[Part] = []
        place: int | None = None
        for piece in self._splitter.feed(text):
            if piece.opens or not self.parts:
                if not fresh:
                    await self.finish()
                    place = self._place()
                self.parts.append(self._begun(piece, len(self.text)))
                fresh.append(self.parts[-1])
            self.text += piece.text
            if fresh:
                fresh[-1].text += harmless(piece.text)
            else:
                await self.parts[-1].append(harmless(piece.text))
        for part in fresh:
            part.guess()
        if fresh:
            await self._column.insert(fresh, place)

    def part_at(self, end: int) -> Part | None:
        """The part in which what ends at a character stands."""
        return next((part for part in reversed(self.parts) if part.start < end), None)

    async def cut(self, offset: int) -> None:
        """Take back what stands after ``offset``."""
        kept = self.text[:offset]
        while self.parts:
            last = self.parts.pop()
            await self._column.remove_block(last)
            if last.start < offset:
                self.text, self._splitter = kept[: last.start], last.before
                await self.append(kept[last.start :])
                return
        self.text, self._splitter = "", Splitter()

    async def finish(self) -> None:
        """No more comes."""
        if self.parts:
            await self.parts[-1].finish()

    def _begun(self, piece: Piece, start: int) -> Part:
        return Part(piece, start, Splitter.within(piece.prefix))
