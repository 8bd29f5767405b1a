"""A field for code or for tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.theme import Theme
from textual.widgets.text_area import Selection, TextAreaTheme

from assistant.coding.sandbox.types import Language
from runtimes.texts import Lang, Text
from tui.indenting import CLOSING, dedented, indented, newline, unit_of
from tui.keyboard.keys import bound, bound_keys
from tui.widgets.recall import SteadyArea
from tui.words import editable, say

MOST_CHARACTERS = 200_000
"""More would make the field slow."""
MOST_COLOURED = 1_500
"""Lines: with each key all of them are coloured anew."""
CLOSERS = frozenset(CLOSING)
LIGHT = "css-light"
"""Textual's own colours of code are for a dark screen."""
TOO_LONG = Text("that text is too long for this field", "文字过长，无法放入此栏")
COLOURED = {
    Language.PYTHON: ("python", "tree_sitter_python"),
    Language.JAVASCRIPT: ("javascript", "tree_sitter_javascript"),
    Language.SHELL: ("bash", "tree_sitter_bash"),
    Language.C: ("c", "tree_sitter_c"),
    Language.CPP: ("cpp", "tree_sitter_cpp"),
}
"""Languages with a grammar: Textual's name for it, and its module."""


@cache
def _query(module: str) -> str:
    """How the grammar's makers colour it."""
    found = import_module(module)
    rules = str(found.HIGHLIGHTS_QUERY)
    if module == "tree_sitter_cpp":  # what it says of C++ stands on what is said of C
        return _query("tree_sitter_c") + rules
    return rules


class Editor(SteadyArea):
    """A field of the code screen; a title on its border.  ``code``: with the numbers of its lines,
    and Tab sets them in."""

    def __init__(self, name: str, title: str, hint: str, *, code: bool) -> None:
        super().__init__(
            id=name,
            show_line_numbers=code,
            tab_behavior="indent" if code else "focus",
            soft_wrap=not code,
            compact=True,
            highlight_cursor_line=False,
            placeholder=Content(hint),
        )
        self.border_title = Content(title)
        self._language: Language | None = None

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
        """Colour it as a language; as none where there is no grammar, or it is long."""
        self._language = language
        if self.document.line_count > MOST_COLOURED:
            language = None
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
        """Another text, which can be taken back with the typing; what is typed into it is indented
        as it is."""
        if self.text != text:
            end = self.document.end
            self.replace(editable(text), (0, 0), end, maintain_selection_offset=False)
            self.move_cursor((0, 0))
        self._learn()

    def begin_with(self, text: str) -> None:
        """The same where no typing is to be undone."""
        self.load_text(editable(text))
        self._learn()

    def _learn(self) -> None:
        """Set lines in as the text does; one that is long has no colours."""
        self.speak(self._language)
        unit = unit_of(self.text)
        self.indent_type = "tabs" if unit == "\t" else "spaces"
        if unit != "\t":
            self.indent_width = len(unit)

    async def _on_paste(self, event: events.Paste) -> None:
        """A text area writes to the terminal what it holds, so nothing harmful may get into it."""
        event.stop()
        event.prevent_default()
        if len(event.text) + len(self.text) > MOST_CHARACTERS:
            lang: Lang = getattr(self.app, "lang", Lang.EN)
            self.notify(say(TOO_LONG, lang), severity="warning", markup=False)
        else:
            self.move_cursor(self.replace(editable(event.text), *self.selection).end_location)
            self._learn()


class CodeEditor(Editor):
    """Code; its lines are set in as one types.

    Its keys are no bindings, which would overtake what is typed, or come after it.
    """

    def __init__(self, name: str, title: str, hint: str = "") -> None:
        super().__init__(name, title, hint, code=True)

    @property
    def _unit(self) -> str:
        """One level."""
        return "\t" if self.indent_type == "tabs" else " " * self.indent_width

    async def _on_key(self, event: events.Key) -> None:
        """Enter goes on as the line is set in; a bracket that closes its line goes one level back.
        A paste comes by another way, and stays as it is."""
        if self.read_only or self._sets_in(event):
            return
        start, end = sorted(self.selection)
        before, after = self.document[start[0]][: start[1]], self.document[end[0]][end[1] :]
        at = len(before)
        if event.key == "enter":
            told, at = newline(before, after, self._unit)
            line, column = start[0] + 1, at - 1
        elif event.character in CLOSERS and before and not before.strip():
            before = dedented([before], self._unit)[0]
            told, start = f"{before}{event.character}", (start[0], 0)
            line, column = start[0], len(told)
        else:
            return
        _done(event)
        self.replace(told, start, end, maintain_selection_offset=False)
        self.move_cursor((line, column))

    def _sets_in(self, event: events.Key) -> bool:
        """The lines that are selected one level further in, or out, where the key means that."""
        names = ("code.dedent",) if self.selection.is_empty else ("code.indent", "code.dedent")
        for name in names:
            if event.key in bound_keys(self.app, name).split(","):
                _done(event)
                self._set_in(indented if name == "code.indent" else dedented)
                return True
        return False

    def action_delete_left(self) -> None:
        """The character before; where only blanks stand before the cursor, a whole level."""
        row, column = self.cursor_location
        blanks = self.document[row][:column]
        alone = self.selection.is_empty and not self.read_only
        if alone and blanks and not blanks.strip(" "):
            self.delete((row, (column - 1) // self.indent_width * self.indent_width), (row, column))
        else:
            super().action_delete_left()

    def _set_in(self, change: Callable[[list[str], str], list[str]]) -> None:
        """Change the lines of the selection in one step; the same of them stays selected."""
        start, end = self.selection
        first, last = sorted((start, end))
        rows = range(first[0], last[0] + (last[1] > 0 or last[0] == first[0]))
        old = [self.document[row] for row in rows]
        new = change(old, self._unit)
        if new == old:
            return
        self.replace("\n".join(new), (rows.start, 0), (rows.stop - 1, len(old[-1])))
        moved = {row: len(b) - len(a) for row, a, b in zip(rows, old, new, strict=True)}
        start, end = (
            (row, max(column + moved.get(row, 0), 0) if column else 0)
            for row, column in (start, end)
        )
        self.selection = Selection(start, end)


def _done(event: events.Key) -> None:
    """Nobody else is to act on it."""
    event.stop()
    event.prevent_default()


class TaskEditor(Editor):
    """Where the task is told; Enter hands it over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("code.send", "send", priority=True),
        bound("code.newline", "newline", priority=True),
    ]

    def __init__(self, name: str, title: str, hint: str) -> None:
        super().__init__(name, title, hint, code=False)

    def action_send(self) -> None:
        """Hand over what was typed before the key, which overtakes it."""
        self.call_later(self.run_action, "screen.ask")

    def action_newline(self) -> None:
        """Begin another line."""
        self.call_later(lambda: self.replace("\n", *self.selection))
