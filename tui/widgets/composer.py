"""Where a question is written: several lines, what was asked before, pasted texts beside it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from runtimes.texts import Lang, Text
from tui.keys import bound
from tui.messages import Asked, Submitted
from tui.words import with_args

PASTED_LINES = 20
"""A longer paste becomes an attachment,"""
PASTED_CHARACTERS = 4_000
"""as does a larger one."""
REMEMBERED = 200

PASTED = Text("pasted {0}", "粘贴 {0}")
CHIP = Text("▤ {0} · {1} lines", "▤ {0} · {1} 行")
ASK_HERE = Text("Ask something, or type a problem", "输入问题或题目")
READ_THIS = Text("Read the attached text.", "请阅读附件。")


class Draft(TextArea):
    """The text itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("chat.send", "send", show=True, priority=True),
        bound("chat.newline", "newline", priority=True),
        bound("chat.earlier", "earlier", priority=True),
        bound("chat.later", "later", priority=True),
    ]

    class Sent(Message):
        """The user wants it sent."""

    class Pasted(Message):
        """A text too long to stand among the words."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            id="draft", compact=True, highlight_cursor_line=False, placeholder=placeholder
        )
        self._asked: list[str] = []
        self._at = 0
        self._aside = ""

    def remember(self, text: str) -> None:
        """It was asked."""
        if text and (not self._asked or self._asked[-1] != text):
            self._asked = [*self._asked[1 - REMEMBERED :], text]
        self._at = len(self._asked)

    def action_send(self) -> None:
        """Ask for it to be sent."""
        self.post_message(self.Sent())

    def action_newline(self) -> None:
        """Begin another line."""
        self.replace("\n", *self.selection)

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Up; from the first line to the question before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        else:
            self.action_earlier()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's
        """Down; from the last line to the question after."""
        if select or not self.navigator.is_last_wrapped_line(self.cursor_location):
            super().action_cursor_down(select)
        else:
            self.action_later()

    def action_earlier(self) -> None:
        """The question before."""
        self._go(self._at - 1)

    def action_later(self) -> None:
        """The question after; behind the last one stands what was being written."""
        self._go(self._at + 1)

    def _go(self, at: int) -> None:
        if not 0 <= at <= len(self._asked):
            return
        if self._at == len(self._asked):
            self._aside = self.text
        self._at = at
        self.text = self._aside if at == len(self._asked) else self._asked[at]
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        if len(event.text) > PASTED_CHARACTERS or event.text.count("\n") > PASTED_LINES:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


class Composer(Vertical):
    """The draft, and the texts that go with it.

    It is emptied by ``accept`` alone: a question that nobody took is still there.
    """

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="composer")
        self._lang = lang
        self._pasted: list[tuple[str, str]] = []
        self._count = 0

    def compose(self) -> ComposeResult:
        """The chips above the draft."""
        yield Static(id="chips", markup=False)
        yield Draft(ASK_HERE.template(self._lang))

    @property
    def draft(self) -> Draft:
        """The text area."""
        return self.query_one(Draft)

    @property
    def text(self) -> str:
        """What is written."""
        return self.draft.text

    @property
    def pasted(self) -> tuple[tuple[str, str], ...]:
        """The texts beside it, by name."""
        return tuple(self._pasted)

    def accept(self) -> None:
        """The question was taken."""
        self.draft.remember(self.text.strip())
        self.draft.text = ""
        self.drop_pasted()

    def restore(self, asked: Asked) -> None:
        """A question comes back, before what was written since."""
        rest = self.text
        self.draft.text = f"{asked.text}\n{rest}" if rest.strip() else asked.text
        self.draft.move_cursor(self.draft.document.end)
        self._pasted = [*asked.pasted, *self._pasted]
        self._show_chips()

    def drop_pasted(self) -> None:
        """Nothing goes with the question any more."""
        self._pasted.clear()
        self._show_chips()

    def on_draft_sent(self, event: Draft.Sent) -> None:
        """Send what is there, if there is anything."""
        event.stop()
        text = self.text.strip()
        if not text and not self._pasted:
            return
        asked = text or READ_THIS.template(self._lang)
        self.post_message(Submitted(Asked(asked, self.pasted)))

    def on_draft_pasted(self, event: Draft.Pasted) -> None:
        """Keep it beside the draft."""
        event.stop()
        self._count += 1
        name = with_args(PASTED, self._count)
        self._pasted.append((name.template(self._lang).format(self._count), event.text))
        self._show_chips()

    def _show_chips(self) -> None:
        chips = self.query_one("#chips", Static)
        label = CHIP.template(self._lang)
        chips.update(
            Content("  ".join(label.format(n, t.count("\n") + 1) for n, t in self._pasted))
        )
        chips.display = bool(self._pasted)
