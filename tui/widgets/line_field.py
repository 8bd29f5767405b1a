"""Where the next line of a lesson is written; below it stands how it is read."""

from __future__ import annotations

import threading
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from assistant.maths.reader import Reader
from assistant.maths.reading.claims.line import Line
from assistant.teaching.reading import drawn_of
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.messages import LineRead, LineSent
from tui.rendering.lesson import LessonPage
from tui.widgets.recall import RecallArea
from tui.words import harmless, say

PAUSE = 0.15
"""Seconds without a key before the line is read."""
MOST_CHARACTERS = 1000
WRITE_HERE = Text("Write your next line", "写出下一行")
TOO_LONG = Text(
    "that is too long for one line; it is still in the clipboard",
    "内容过长，不能作为一行；仍在剪贴板中",
)


class LineDraft(RecallArea):
    """The line itself; a paste with several lines becomes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("tutor.send", "send", show=True, priority=True),
        bound("tutor.earlier", "earlier", priority=True),
        bound("tutor.later", "later", priority=True),
    ]

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        super().__init__(placeholder=WRITE_HERE.template(lang))

    def use_language(self, lang: Lang) -> None:
        """Ask in this one."""
        self._lang = lang
        self.placeholder = WRITE_HERE.template(lang)

    def send(self) -> None:
        """Have it checked."""
        text = self.text.strip()
        if text:
            self.post_message(LineSent(text))

    async def _on_paste(self, event: events.Paste) -> None:
        """A text area writes to the terminal what it holds, so nothing harmful may get into it."""
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > MOST_CHARACTERS:
            self.notify(say(TOO_LONG, self._lang), severity="warning", markup=False)
            return
        text = " ".join(harmless(event.text).split())
        self.move_cursor(self.replace(text, *self.selection).end_location)


class LineField(Vertical):
    """The draft and its reading, by the process of ``reader``."""

    DEFAULT_CSS = """
    LineField {
        height: auto;
        & > LineDraft {
            height: auto;
            max-height: 3;
            padding: 0 1;
            background: $background;
        }
        & > .reading {
            display: none;
            height: auto;
            max-height: 7;
            padding: 0 1;
            color: $text-muted;
        }
    }
    """

    def __init__(self, lang: Lang, reader: Reader) -> None:
        super().__init__(classes="line-field")
        self._lang = lang
        self._reader = reader
        self._page = LessonPage(lang)
        self._pause: Timer | None = None
        self._asked: str | None = None

    def compose(self) -> ComposeResult:
        """The draft above what was understood."""
        yield LineDraft(self._lang)
        yield Static(classes="reading", markup=False)

    def use_language(self, lang: Lang) -> None:
        """Tell how the line is read in this one."""
        self._lang, self._page = lang, LessonPage(lang)
        self.on_text_area_changed()

    def on_unmount(self) -> None:
        """Read no more."""
        if self._pause is not None:
            self._pause.stop()

    @property
    def draft(self) -> LineDraft:
        """The text area."""
        return self.query_one(LineDraft)

    @property
    def text(self) -> str:
        """What is written."""
        return self.draft.text.strip()

    def put(self, text: str) -> None:
        """Another text, with the cursor behind it; there is no typing to be undone."""
        self.draft.begin_with(harmless(text))

    def remember(self, text: str) -> None:
        """It was sent, or taken back."""
        self.draft.recall.remember(text)

    def on_text_area_changed(self) -> None:
        """Read it when the typing pauses."""
        if self._pause is not None:
            self._pause.stop()
        if self.text:
            self._pause = self.set_timer(PAUSE, self._read)
        else:
            self.query_one(".reading").display = False

    def _read(self) -> None:
        """One text at a time: who comes meanwhile is read after it."""
        if self._asked is None and self.text:
            self._asked = self.text
            args = (self._asked,)
            threading.Thread(target=self._work, args=args, name="read", daemon=True).start()

    def _work(self, text: str) -> None:
        try:
            line = self._reader.line(text)
        except Exception:  # noqa: BLE001 - it is shown unread; the checker reads it all the same
            line = Line(text, ())
        self.post_message(LineRead(line))

    def on_line_read(self, message: LineRead) -> None:
        """Show it, unless it is out of date already."""
        message.stop()
        asked, self._asked = self._asked, None
        if asked != self.text:
            self._read()
            return
        panel = self.query_one(".reading", Static)
        width = panel.content_size.width or self.app.size.width - 4
        panel.update(self._shown(message.line, width))
        panel.display = True

    def _shown(self, line: Line, width: int) -> Content:
        return self._page.read(drawn_of(line), width)
