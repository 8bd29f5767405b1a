"""Where a problem is written; below it stands, while one types, how it is read.

The text is read in a process with a deadline: what takes long, or is hostile, holds up nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from assistant.maths.reader import Reader
from assistant.maths.types import Failure, Problem, Question, Task, Text, Trouble
from runtimes.texts import Lang
from tui.keyboard.keys import bound
from tui.messages import ProblemRead, ProblemSent
from tui.rendering.reading import typed_lines
from tui.widgets.recall import RecallArea
from tui.words import harmless, one_line, say

PAUSE = 0.15
"""Seconds without a key before the text is read."""
MOST_CHARACTERS = 20_000
"""More is read by nobody, and would make the field slow."""
ASK_HERE = Text("Type a problem: x^2 - 5x + 6 = 0", "输入题目，如 x^2 - 5x + 6 = 0")
TOO_LONG = Text(
    "that text is too long for a problem; it is still in the clipboard",
    "文字过长，不能作为题目；内容仍在剪贴板中",
)

UNREAD = Text("the text could not be read while it was typed", "输入时未能读取这段文字")
SEND = Text("press Enter to solve it all the same", "按 Enter 仍可求解")
Lines = Callable[[str, Problem | Trouble, Lang, int], list[str]]
"""Draws how a text was read, in a language, within so many columns."""


class ProblemDraft(RecallArea):
    """The text itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("problem.send", "send", show=True, priority=True),
        bound("problem.newline", "newline", priority=True),
        bound("problem.earlier", "earlier", priority=True),
        bound("problem.later", "later", priority=True),
    ]

    class Sent(Message):
        """The user wants this solved, whatever is typed meanwhile."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Refused(Message):
        """A paste was too long."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder)

    def put(self, text: str) -> None:
        """Another text, made harmless."""
        super().put(harmless(text))

    def send(self) -> None:
        """Ask for it to be solved."""
        self.post_message(self.Sent(self.text))

    async def _on_paste(self, event: events.Paste) -> None:
        """A text area writes to the terminal what it holds, so nothing harmful may get into it."""
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > MOST_CHARACTERS:
            self.post_message(self.Refused())
        else:
            self.move_cursor(self.replace(harmless(event.text), *self.selection).end_location)


class ProblemField(Vertical):
    """The draft and its reading.  It tells ``ProblemRead`` and ``ProblemSent``.

    ``reader`` is its process, which others may use too; it ends with the field.
    """

    DEFAULT_CSS = """
    ProblemField {
        height: auto;
        & > ProblemDraft {
            height: auto;
            max-height: 6;
            padding: 0 1;
            background: $background;
        }
        & > .reading {
            height: auto;
            max-height: 9;
            padding: 0 1;
            color: $text-muted;
            scrollbar-size-vertical: 1;
            &.-trouble { color: $text-warning; }
            &.-empty { display: none; }
        }
        & > .reading > Static { height: auto; }
    }
    """

    def __init__(
        self, lang: Lang, placeholder: Text = ASK_HERE, lines: Lines = typed_lines
    ) -> None:
        """``lines`` draws how a text was read."""
        super().__init__(classes="problem-field")
        self._lines = lines
        self._lang = lang
        self._placeholder = placeholder
        self._chosen: Task | None = None
        self._pause: Timer | None = None
        self._asked: Question | None = None
        self._width = 0
        self._known: tuple[Question, Problem | Trouble] | None = None
        self.reader = Reader()

    def compose(self) -> ComposeResult:
        """The draft above what was understood."""
        yield ProblemDraft(self._placeholder.template(self._lang))
        with VerticalScroll(classes="reading -empty", can_focus=False):
            yield Static(markup=False)

    def use_language(self, lang: Lang) -> None:
        """Ask, and tell how the text is read, in this one."""
        self._lang = lang
        self.draft.placeholder = self._placeholder.template(lang)
        self._later()

    def on_unmount(self) -> None:
        """Give the process back."""
        if self._pause is not None:
            self._pause.stop()
        threading.Thread(target=self.reader.close, daemon=True).start()

    @property
    def draft(self) -> ProblemDraft:
        """The text area."""
        return self.query_one(ProblemDraft)

    @property
    def text(self) -> str:
        """What is written."""
        return self.draft.text

    @property
    def question(self) -> Question:
        """What is to be read."""
        return Question(self.text.strip(), self._chosen)

    @property
    def result(self) -> Problem | Trouble | None:
        """How the text was read; ``None`` while that is not known."""
        known = self._known
        return known[1] if known is not None and known[0] == self.question else None

    def put(self, text: str) -> None:
        """Another text."""
        self.draft.put(text)

    def remember(self, text: str) -> None:
        """It was solved."""
        self.draft.recall.remember(text)

    def use_task(self, task: Task | None) -> None:
        """What is asked, whatever the text says."""
        if task is not self._chosen:
            self._chosen = task
            self._later()

    def on_problem_draft_sent(self, event: ProblemDraft.Sent) -> None:
        """Solve what is there, if there is anything."""
        event.stop()
        text = event.text.strip()
        if text:
            self.post_message(ProblemSent(text))

    def on_problem_draft_refused(self, event: ProblemDraft.Refused) -> None:
        """Say why nothing was pasted."""
        event.stop()
        self.notify(say(TOO_LONG, self._lang), severity="warning", markup=False)

    def on_text_area_changed(self) -> None:
        """It is another text now."""
        self._later()

    def on_resize(self) -> None:
        """Draw it for another width."""
        if self._known is not None and self._columns != self._width:
            self._later()

    @property
    def _columns(self) -> int:
        return max(self.query_one(".reading").content_size.width or self.app.size.width - 4, 1)

    def _later(self) -> None:
        """Read it when the typing pauses."""
        if self._pause is not None:
            self._pause.stop()
        if self.question.text:
            self._pause = self.set_timer(PAUSE, self._read)
        else:
            self._draw([])

    def _read(self) -> None:
        """One text at a time: who comes meanwhile is read after it."""
        if self._asked is None:
            self._asked = self.question
            args = (self._work, self._asked, self._columns)
            work = copy_context().run  # how things are drawn depends on the app
            threading.Thread(target=work, args=args, name="read", daemon=True).start()

    def _work(self, question: Question, width: int) -> None:
        try:
            result = self.reader.read(question)
            lines = self._lines(question.text, result, self._lang, width)
        except Exception as wrong:  # noqa: BLE001 - told in the panel; the field goes on
            result = Trouble(Failure.INTERNAL, UNREAD, suggestion=SEND)
            lines = [say(UNREAD, self._lang), one_line(repr(wrong))]
        self.post_message(ProblemRead(question, result, lines, width))

    def on_problem_read(self, message: ProblemRead) -> None:
        """Show it, unless it is out of date already."""
        self._asked = None
        if message.question != self.question:
            message.stop()
            if self.question.text:
                self._read()
            return
        self._known = message.question, message.result
        self._width = message.width
        self._draw(message.lines, trouble=isinstance(message.result, Trouble))

    def _draw(self, lines: list[str], *, trouble: bool = False) -> None:
        panel = self.query_one(".reading", VerticalScroll)
        panel.set_class(trouble, "-trouble")
        panel.set_class(not lines, "-empty")
        panel.query_one(Static).update(Content("\n".join(lines)))
        panel.scroll_home(animate=False)
