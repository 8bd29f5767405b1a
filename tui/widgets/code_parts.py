"""Task, code, tests and result, side by side or one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Static, TextArea

from runtimes.texts import Lang, Text
from tui.kept import Kept
from tui.rendering.plain import plain
from tui.widgets.code_editor import CodeEditor, Editor, TaskEditor
from tui.words import before, say

PARTS = ("task", "code", "tests", "result")
KEPT = PARTS[:3]
TASK = Text("Task", "任务")
CODE = Text("Code", "代码")
TESTS = Text("Tests", "测试")
RESULT = Text("Result", "结果")
TASK_HINT = Text(
    "What shall the code do? Examples in it are tests: two_sum([2, 7], 9) == [0, 1]",
    "代码要做什么？其中的示例会作为测试：two_sum([2, 7], 9) == [0, 1]",
)
TESTS_HINT = Text("assert two_sum([3, 3], 6) == [0, 1]", "assert two_sum([3, 3], 6) == [0, 1]")
EARLIER = Text("of what stood here before your last edit", "以下结果来自最后一次修改之前")
FIELDS = {
    "task": (TASK, TASK_HINT),
    "tests": (TESTS, TESTS_HINT),
    "code": (CODE, Text("", "")),
}
TITLES = {"task": TASK, "code": CODE, "tests": TESTS, "result": RESULT}
"""In the order of the grid: row by row, before the result."""
Telling = Callable[[Lang], Content]
"""Says it in a language."""
Texts = dict[str, str]
"""What stands in the fields, by their names."""


class CodeParts(Container):
    """Where there is room for one part alone, it is that which had the focus last."""

    def __init__(self, lang: Lang, kept: Kept | None = None) -> None:
        """``kept`` is what outlasts the program."""
        super().__init__(id="parts")
        self._lang = lang
        self._kept = kept
        self._known = False
        self._texts = dict.fromkeys(KEPT, "")
        self._told: Telling | None = None
        self._of: Texts | None = None
        """What it is told of."""

    def compose(self) -> ComposeResult:
        """The fields and the result."""
        lang = self._lang
        for name, (title, hint) in FIELDS.items():
            words = say(title, lang), say(hint, lang)
            if name == "task":
                field: Editor = TaskEditor(name, *words)
                field.add_class("-shown")
            else:
                field = CodeEditor(name, *words)
            yield field
        with VerticalScroll(id="result", can_focus=True) as result:
            result.border_title = Content(say(RESULT, lang))
            earlier = Static(say(EARLIER, lang), id="earlier", markup=False)
            earlier.display = False
            yield earlier
            yield Static(id="report", markup=False)

    def on_mount(self) -> None:
        """What was left in the fields by the last run, as soon as that is known."""
        if self._kept is not None:
            self.run_worker(self._come_back(self._kept))

    def on_resize(self) -> None:
        """There is room for all parts, or for one alone."""
        self._name_them()

    def _name_them(self) -> None:
        """Where one part alone is seen, its title tells of the others too."""
        alone = self.screen.has_class("-narrow") and not plain()
        names = {part: say(title, self._lang) for part, title in TITLES.items()}
        for part, name in names.items():
            told = [f"[{one}]" if one == name else one for one in names.values()]
            self.query_one(f"#{part}").border_title = Content(" ".join(told) if alone else name)

    async def _come_back(self, kept: Kept) -> None:
        left = (await asyncio.to_thread(kept.left)).code
        if self.is_running:
            for name, text in zip(KEPT, left, strict=True):
                editor = self.editor(name)
                typed = editor.text
                if text:
                    editor.begin_with(before(text, typed))
                if typed or name == "task":
                    editor.move_cursor(editor.document.end)
            self._known = True
            self._keep()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """It outlasts the program; of a long text only the field that was changed is read."""
        self._texts[event.text_area.id or ""] = event.text_area.text
        self._mark_earlier()
        self._keep()

    def _keep(self) -> None:
        """But not before it is known what was left."""
        if self._kept is not None and self._known:
            self._kept.code(*(self._texts[name] for name in KEPT))

    def use_language(self, lang: Lang) -> None:
        """Name the parts, and tell the result, in this one."""
        self._lang = lang
        for name, (_, hint) in FIELDS.items():
            self.editor(name).placeholder = Content(say(hint, lang))
        self._name_them()
        self.query_one("#earlier", Static).update(say(EARLIER, lang))
        if self._told is not None:
            self.report(self._told, self._of)

    def editor(self, name: str) -> Editor:
        """One of the fields: ``task``, ``code``, ``tests``."""
        return self.query_one(f"#{name}", Editor)

    def text(self, name: str) -> str:
        """What stands in it."""
        return self.editor(name).text

    def texts(self) -> Texts:
        """What stands in the fields."""
        return {name: self.text(name) for name in KEPT}

    def report(self, told: Telling, of: Texts | None = None) -> None:
        """Show it in the part for results.  Where it is told ``of`` some texts, it is marked as of
        an earlier version while others stand in the fields."""
        self._told, self._of = told, of
        if of is not None:
            self._texts = self.texts()
        self._mark_earlier()
        self.query_one("#report", Static).update(told(self._lang))

    def _mark_earlier(self) -> None:
        earlier = self._of is not None and self._of != self._texts
        self.query_one("#earlier").display = earlier
        self.query_one("#report").set_class(earlier, "-earlier")

    def show(self, name: str) -> None:
        """The part to be seen where there is room for one."""
        for part in PARTS:
            self.query_one(f"#{part}").set_class(part == name, "-shown")

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """It is the part with the focus."""
        if event.widget.id in PARTS:
            self.show(event.widget.id)

    def turn_to(self, name: str) -> None:
        """To a part that has news, where one alone is to be seen."""
        if self.screen.has_class("-narrow"):  # later: a question gives the focus back first
            self.call_after_refresh(self._at, name)

    def _at(self, name: str) -> None:
        self.show(name)
        self.query_one(f"#{name}").focus()

    def next(self) -> None:
        """To the part after it."""
        shown = [part for part in PARTS if self.query_one(f"#{part}").has_class("-shown")]
        name = PARTS[(PARTS.index(shown[0]) + 1) % len(PARTS)] if shown else PARTS[0]
        self._at(name)
