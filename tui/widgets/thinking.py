"""The thinking: one live line, and below it the text for whoever wants to read it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from runtimes.texts import Lang, Text
from tui.said import Thought
from tui.words import harmless, one_line, say

PIECE = 2_000
"""Characters of a widget of plain text."""
THINKING = Text("thinking", "正在思考")
THOUGHT = Text("thought", "思考过程")
TOKENS = Text("{0} tokens", "{0} 个词元")
SECONDS = Text("{0} s", "{0} 秒")


class PlainText(Vertical):
    """A long text without any markup, in widgets of bounded size."""

    def __init__(self) -> None:
        super().__init__(classes="plain")
        self._last = ""
        self._static: Static | None = None

    async def append(self, text: str) -> None:
        """More of it."""
        for at in range(0, len(text), PIECE):
            await self._add(text[at : at + PIECE])

    async def _add(self, text: str) -> None:
        if self._static is not None and len(self._last) + len(text) > PIECE:
            head, line, rest = (self._last + text).rpartition("\n")
            whole, self._last = (head, rest) if line else (rest, "")
            self._static.update(Content(harmless(whole)))
            self._static = None
            text = ""
        self._last += text
        if not self._last:
            return
        if self._static is None:
            self._static = Static(markup=False)
            await self.mount(self._static)
        self._static.update(Content(harmless(self._last)))


class ThinkingLine(Static, can_focus=True):
    """The live line; Enter or a click unfolds what is below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "unfold", show=False),
    ]

    def action_unfold(self) -> None:
        """Unfold or fold."""
        fold = self.parent
        assert isinstance(fold, Thinking)
        fold.call_next(fold.toggle)

    def on_click(self) -> None:
        """The same."""
        self.action_unfold()


class Thinking(Vertical):
    """Draws a ``Thought``; its text is mounted when it is first unfolded."""

    def __init__(self, thought: Thought, lang: Lang) -> None:
        super().__init__(classes="thinking")
        self._thought = thought
        self._lang = lang
        self._plain: PlainText | None = None
        self._drawn = 0

    def compose(self) -> ComposeResult:
        """The line alone."""
        yield ThinkingLine(self._line(), markup=False)

    @property
    def unfolded(self) -> bool:
        """Is the text to be seen?"""
        return self._plain is not None and bool(self._plain.display)

    async def draw(self) -> None:
        """The thought has grown."""
        self.query_one(ThinkingLine).update(self._line())
        if self.unfolded:
            await self._draw_text()

    async def toggle(self) -> None:
        """Unfold or fold the text."""
        if self._plain is None:
            if not self._thought.parts:
                return
            self._plain = PlainText()
            await self.mount(self._plain)
        else:
            self._plain.display = not self._plain.display
        await self.draw()

    async def _draw_text(self) -> None:
        assert self._plain is not None
        parts = self._thought.parts
        fresh, self._drawn = "".join(parts[self._drawn :]), len(parts)
        if fresh:
            await self._plain.append(fresh)

    def _line(self) -> Content:
        thought, lang = self._thought, self._lang
        arrow = "▾" if self.unfolded else "▸"
        told = [(THOUGHT if thought.over else THINKING).template(lang)]
        if thought.seconds >= 0.5:
            told.append(SECONDS.template(lang).format(f"{thought.seconds:.0f}"))
        if thought.tokens:
            told.append(TOKENS.template(lang).format(thought.tokens))
        gist = ""
        if thought.gist is not None and not thought.over:
            gist = f" · {one_line(say(thought.gist, lang))}"
        return Content.assemble(f"{arrow} ", " · ".join(told), (gist, "italic"))
