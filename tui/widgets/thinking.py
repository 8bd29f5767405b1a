"""The thinking: one live line, and below it the text for whoever wants to read it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from runtimes.texts import Lang, Text
from tui.rendering.plain import joined, lead, seam
from tui.settable import TOKENS
from tui.turn.said import Thought
from tui.words import harmless, one_line, say

THINKING = Text("thinking", "正在思考")
THOUGHT = Text("thought", "思考过程")
SECONDS = Text("{0} s", "{0} 秒")


class ThoughtText(TextArea):
    """The text: of bounded height, with a scroll bar of its own, to be selected and copied."""

    def __init__(self) -> None:
        super().__init__(read_only=True, show_cursor=False, compact=True, classes="thought")

    def more(self, text: str) -> None:
        """More of it; whoever reads its end goes on reading there."""
        at_end = self.scroll_offset.y >= self.max_scroll_y
        self.insert(harmless(text), self.document.end, maintain_selection_offset=False)
        if at_end:
            self.scroll_end(animate=False)


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
        self._drawn = 0

    def compose(self) -> ComposeResult:
        """The line, and the text where it was unfolded before."""
        yield ThinkingLine(self._line(), markup=False)
        if self._thought.unfolded:
            yield ThoughtText()

    def on_mount(self) -> None:
        """Draw what is there."""
        self.draw()

    def draw(self) -> None:
        """The thought has grown; its line may not be there yet, or no more."""
        for line in self.query(ThinkingLine):
            line.update(self._line())
        for text in self.query(ThoughtText):
            parts = self._thought.parts
            fresh, self._drawn = "".join(parts[self._drawn :]), len(parts)
            if fresh:
                text.more(fresh)

    def use_language(self, lang: Lang) -> None:
        """Draw the line in this one; the text is the model's."""
        self._lang = lang
        self.draw()

    async def toggle(self) -> None:
        """Unfold or fold the text."""
        if self._thought.unfolded:
            self._thought.unfolded, self._drawn = False, 0
            await self.query(ThoughtText).remove()
        elif self._thought.parts:
            self._thought.unfolded = True
            await self.mount(ThoughtText())
        self.draw()

    def _line(self) -> Content:
        thought, lang = self._thought, self._lang
        arrow = lead("▾" if thought.unfolded else "▸")
        told = [(THOUGHT if thought.over else THINKING).template(lang)]
        if thought.seconds >= 0.5:
            told.append(SECONDS.template(lang).format(f"{thought.seconds:.0f}"))
        if thought.tokens:
            told.append(say(TOKENS.of(thought.tokens), lang))
        gist = ""
        if thought.gist is not None and not thought.over:
            gist = seam() + one_line(say(thought.gist, lang))
        return Content.assemble(arrow, joined(told), (gist, "italic"))
