"""Small screens over another one: a question that yes or no answers, and a new model's name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from runtimes.errors import RuntimeFailure
from runtimes.texts import Text
from tui.keyboard.keys import bound, key_of
from tui.remedies import with_remedy
from tui.rendering.plain import aloud
from tui.screens.base import Overlay
from tui.widgets.field import Field
from tui.widgets.keybar import KeyBar
from tui.widgets.sentence import Sentence

if TYPE_CHECKING:
    from tui.app import AssistantApp

SOURCE = Text(
    "file:PATH, ollama:NAME, server:URL#NAME or hf:org/repo[:FILE]",
    "file:路径、ollama:名称、server:URL#名称 或 hf:组织/仓库[:文件]",
)
ADD = Text("Add a model of your own", "添加自己的模型")
NAME = Text("its id (made of its name where this is left empty)", "标识（留空则由名称生成）")
EMPTY = Text("which model?", "哪个模型？")
HINT = Text("{0} yes · {1} no", "{0} 是 · {1} 否")


LOOKS = """
YesNo, AddModel {
    align: center middle;
    .asking {
        width: 72;
        max-width: 100%;
        height: auto;
        padding: 1 2;
        background: $surface;
        border: round $primary;
        & > Static { height: auto; }
        & > .title { text-style: bold; }
        & > .hint { color: $text-muted; margin: 1 0 0 0; }
        & > .wrong { color: $text-error; margin: 1 0 0 0; }
        & > Input { border: none; background: $boost; }
    }
}
"""


class YesNo(Overlay[bool]):
    """Asks before something that cannot be undone."""

    app: AssistantApp
    DEFAULT_CSS = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("ask.yes", "answer(True)", show=True),
        bound("ask.no", "answer(False)", show=True),
    ]

    def __init__(self, question: Text) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question, and the keys."""
        with Vertical(classes="asking"):
            yield Sentence(self._question, self.app.lang)
            keys = key_of(self.app, "ask.yes"), key_of(self.app, "ask.no")
            yield Sentence(aloud(HINT).of(*keys), self.app.lang, classes="hint")
        yield KeyBar(self.app.lang)

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 - it is the answer
        """Go back with it."""
        self.leave(yes)


class AddModel(Overlay[str | None]):
    """Asks for the name of a model; ``add`` writes it into the catalogue and gives its id, or
    raises ``RuntimeFailure``: then what was typed stays."""

    app: AssistantApp
    DEFAULT_CSS = LOOKS
    AUTO_FOCUS = "#source"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("add.save", "save", show=True, priority=True),
        bound("add.leave", "leave", show=True, priority=True),
    ]

    def __init__(self, add: Callable[[str, str], str]) -> None:
        super().__init__()
        self._add = add

    def compose(self) -> ComposeResult:
        """Two fields, and what is wrong with them."""
        lang = self.app.lang
        with Vertical(classes="asking"):
            yield Sentence(ADD, lang, classes="title")
            yield Sentence(SOURCE, lang, classes="hint")
            yield Field(id="source", compact=True)
            yield Sentence(NAME, lang, classes="hint")
            yield Field(id="name", compact=True)
            yield Sentence(None, lang, classes="wrong")
        yield KeyBar(lang)

    def action_save(self) -> None:
        """Add it, once what was typed before the key has come into the field."""
        field = (
            self.focused if isinstance(self.focused, Input) else self.query_one("#source", Input)
        )
        field.call_later(self._save)

    async def _save(self) -> None:
        source = self.query_one("#source", Input).value.strip()
        name = self.query_one("#name", Input).value.strip()
        if not source:
            self._complain(EMPTY)
            return
        try:
            added = await asyncio.to_thread(self._add, source, name)
        except RuntimeFailure as failure:
            self._complain(with_remedy(failure, self.app))
        else:
            self.leave(added)

    def action_leave(self) -> None:
        """Add nothing."""
        self.leave()

    def _complain(self, told: Text) -> None:
        self.query_one(".wrong", Sentence).say(told)
