"""A field for code or for tests."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.theme import Theme
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from assistant.coding.sandbox.types import Language
from runtimes.texts import Lang, Text
from tui.keys import bound
from tui.words import harmless, say

MOST_CHARACTERS = 200_000
"""More would make the field slow."""
LIGHT = "css-light"
"""Textual's own colours of code are for a dark screen."""
TOO_LONG = Text("that text is too long for this field", "文字过长，无法放入此栏")
_TABBED = re.compile(r"^\t", re.MULTILINE)
COLOURED = {
    Language.PYTHON: ("python", "tree_sitter_python"),
    Language.JAVASCRIPT: ("javascript", "tree_sitter_javascript"),
    Language.SHELL: ("bash", "tree_sitter_bash"),
    Language.C: ("c", "tree_sitter_c"),
    Language.CPP: ("cpp", "tree_sitter_cpp"),
}
"""Languages with a grammar: Textual's name for it, and its module."""


def editable(text: str) -> str:
    """Text for a field, made harmless; its tabs stay, for they are the text's own."""
    return "\t".join(harmless(part) for part in text.split("\t"))


@cache
def _query(module: str) -> str:
    """How the grammar's makers colour it."""
    found = import_module(module)
    rules = str(found.HIGHLIGHTS_QUERY)
    if module == "tree_sitter_cpp":  # what it says of C++ stands on what is said of C
        return _query("tree_sitter_c") + rules
    return rules


class CodeEditor(TextArea):
    """Code with its colours and the numbers of its lines; a title on its border."""

    def __init__(self, name: str, title: str, *, numbers: bool = True, hint: str = "") -> None:
        super().__init__(
            id=name,
            show_line_numbers=numbers,
            tab_behavior="indent" if numbers else "focus",
            soft_wrap=not numbers,
            compact=True,
            highlight_cursor_line=False,
            placeholder=Content(hint),
        )
        self.border_title = Content(title)

    def name_it(self, title: str, hint: str) -> None:
        """In another language: the title, and what stands in it while it is empty."""
        self.border_title, self.placeholder = Content(title), Content(hint)

    def on_mount(self) -> None:
        """The colours of code go with those of the app."""
        light = TextAreaTheme.get_builtin_theme("github_light")
        assert light is not None
        self.register_theme(TextAreaTheme(name=LIGHT, syntax_styles=light.syntax_styles))
        self.app.theme_changed_signal.subscribe(self, self._wear)
        self._wear(self.app.current_theme)

    def _wear(self, theme: Theme) -> None:
        self.theme = "css" if theme.dark else LIGHT

    def speak(self, language: Language | None) -> None:
        """Colour it as a language; as none where there is no grammar."""
        name, module = COLOURED.get(language, ("", "")) if language else ("", "")
        if name and name not in self.available_languages:
            import tree_sitter

            grammar = tree_sitter.Language(import_module(module).language())
            self.register_language(name, grammar, _query(module))
        if (name or None) != self.language:  # it would begin at the top of the text again
            selection = self.selection
            self.language = name or None
            self.selection = selection

    def put(self, text: str) -> None:
        """Another text; what is typed into it is indented as it is."""
        if self.text != text:
            self.load_text(editable(text))
        self.indent_type = "tabs" if _TABBED.search(text) else "spaces"

    def action_newline(self) -> None:
        """Begin another line, whatever Enter does here."""
        self.replace("\n", *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        """A text area writes to the terminal what it holds, so nothing harmful may get into it."""
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > MOST_CHARACTERS:
            lang: Lang = getattr(self.app, "lang", Lang.EN)
            self.notify(say(TOO_LONG, lang), severity="warning", markup=False)
        else:
            self.move_cursor(self.replace(editable(event.text), *self.selection).end_location)


class TaskEditor(CodeEditor):
    """Where the task is told; Enter hands it over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("code.send", "screen.ask", priority=True),
        bound("code.newline", "newline", priority=True),
    ]
