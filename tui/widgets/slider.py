"""A slider for the window of a model, moved by keys and by the mouse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from runtimes.texts import Lang, Text
from tui.messages import ContextChosen
from tui.words import say

NAME = Text("context", "上下文")
AT = Text("{0} of {1} tokens", "{0} / {1} 词元")
USUAL = Text("{0} of {1} tokens, as is useful", "{0} / {1} 词元（自动）")
SHORT, SHORT_USUAL = Text("{0}/{1}", "{0}/{1}"), Text("{0}/{1} auto", "{0}/{1} 自动")
RAIL, DONE, KNOB = "─", "━", "●"
NARROW = 6


class ContextSlider(Static):
    """Stands at one of several windows.  It says so by ``ContextChosen``."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(classes="slider", markup=False)
        self._lang = lang
        self._steps: Sequence[int] = ()
        self._tokens = 0
        self._chosen = False
        self._rail = (0, 0)
        self._held = False

    def show(self, steps: Sequence[int], tokens: int, *, chosen: bool) -> None:
        """Stand at so many tokens; ``chosen``: by the user, not by the planner."""
        self._steps, self._tokens, self._chosen = steps, tokens, chosen
        self.display = len(steps) > 1
        self._draw()

    def move(self, by: int) -> None:
        """To the next window, or the one before."""
        if self._steps:
            at = bisect_left(self._steps, self._tokens)
            exact = at < len(self._steps) and self._steps[at] == self._tokens
            self._go(at + by if exact or by < 0 else at)

    def usual(self) -> None:
        """As is useful."""
        self._chosen = False
        self.post_message(ContextChosen(None))

    def _go(self, at: int) -> None:
        tokens = self._steps[min(max(at, 0), len(self._steps) - 1)]
        if tokens == self._tokens and self._chosen:
            return
        self._tokens, self._chosen = tokens, True
        self._draw()
        self.post_message(ContextChosen(tokens))

    # --- the mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the knob."""
        event.stop()
        self._held = True
        self.capture_mouse()
        self._to(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move it."""
        if self._held:
            self._to(event.x)

    def on_mouse_up(self) -> None:
        """Let it go."""
        self._held = False
        self.release_mouse()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A step more."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A step less."""
        event.stop()
        self.move(-1)

    def _to(self, x: int) -> None:
        start, width = self._rail
        if width > 1 and self._steps:
            share = (x - start - self.styles.padding.left) / (width - 1)
            self._go(round(share * (len(self._steps) - 1)))

    # --- drawing -------------------------------------------------------------------------------

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._lang = lang
        self._draw()

    def on_resize(self) -> None:
        """Draw it for the width."""
        self._draw()

    def _draw(self) -> None:
        if not self._steps:
            return
        lang, width = self._lang, self.content_size.width or self.app.size.width - 2
        name = NAME.template(lang) + " "
        texts = (AT, SHORT) if self._chosen else (USUAL, SHORT_USUAL)
        for text in texts:
            told = " " + say(text.of(self._tokens, self._steps[-1]), lang)
            room = min(width - cell_len(name) - cell_len(told), 48)
            if room >= NARROW:
                break
        if room < NARROW or self.app.has_class("-plain"):
            self._rail = (0, 0)
            self.update(Content(name + told.lstrip()))
            return
        self._rail = (cell_len(name), room)
        at = bisect_left(self._steps, self._tokens)
        knob = round(min(at, len(self._steps) - 1) * (room - 1) / (len(self._steps) - 1))
        self.update(
            Content.assemble(
                name,
                (DONE * knob, "$primary"),
                (KNOB, "bold $primary"),
                (RAIL * (room - 1 - knob), "$text-muted"),
                told,
            )
        )
