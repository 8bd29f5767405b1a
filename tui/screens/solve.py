"""A problem is typed, read back, and solved exactly, step by step."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from assistant import paths
from assistant.maths.types import Failure, Problem, Task, Trouble
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound, key_of
from tui.messages import PictureMade, ProblemRead, ProblemSent, Solved
from tui.rendering.plain import aloud, seam
from tui.rendering.solution import Work
from tui.screens.base import AppScreen
from tui.solving.forms import Form, free_name, save, written
from tui.solving.methods import ANY, METHODS, NO_METHODS, methods_of
from tui.solving.problems import Problems
from tui.solving.solvable import EXAMPLES, TASKS, trouble_content
from tui.solving.work import FIRST_SECONDS, Order, Solver
from tui.widgets.choosing import Choice
from tui.widgets.drawn import Drawn
from tui.widgets.problem_field import ProblemField
from tui.widgets.roombar import bars
from tui.widgets.saving import SaveAs
from tui.widgets.sentence import Sentence
from tui.widgets.solution import SolutionView
from tui.words import around, before, one_line, say

if TYPE_CHECKING:
    from tui.app import AssistantApp

T = TypeVar("T")
TICK = 0.5
WIDE = 60
"""Columns from which it is told what the choices are."""
CHOSEN_TASK = Text("Task: {0}", "任务：{0}")
CHOSEN_METHOD = Text("Method: {0}", "方法：{0}")
FORGET = Text("(forget the recent problems)", "（清除最近的题目）")
FORGOTTEN = Text("the recent problems are forgotten", "已清除最近的题目")
TASK = Text("What is to be done", "要做什么")
METHOD = Text("Method", "解法")
COPY = Text("Copy", "复制")
EXPORT = Text("Export", "导出")
RECENT = Text("Recent problems and examples", "最近的题目与示例")
SOLVING = Text("Solving… {0} s of {1} s · {2} stops", "正在求解…… {0}/{1} 秒 · 按 {2} 停止")
STOPPED = Text("Stopped. The problem is still in the field.", "已停止。题目仍在输入框中。")
EMPTY = Text(
    "Type a problem, in formulas or in words; below it stands how it is read. {0} solves it; "
    "{1} shows examples.",
    "输入题目（算式或文字），下方会显示读取结果。按 {0} 求解，按 {1} 查看示例。",
)
NOTHING = Text("there is no solution yet; {0} solves a problem", "还没有解答；按 {0} 求解题目")
COPIED = Text("copied: {0}", "已复制：{0}")
WRITTEN = Text("written: {0}", "已写入：{0}")


class SolveScreen(AppScreen[None]):
    """Field, choices, solution."""

    app: AssistantApp
    AUTO_FOCUS = "ProblemDraft"
    CSS_PATH = "../styles/solve.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("solve.stop", "stop", show=True),
        bound("solve.edit", "edit", show=True),
        bound("solve.new", "edit", priority=True),
        bound("solve.task", "task", show=True, priority=True),
        bound("solve.method", "method", show=True, priority=True),
        bound("solve.copy", "copy", show=True, priority=True),
        bound("solve.export", "export", show=True, priority=True),
        bound("solve.recent", "recent", show=True, priority=True),
        bound("solve.page_up", "page(-1)", priority=True),
        bound("solve.page_down", "page(1)", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.seconds = FIRST_SECONDS
        """What the first try of a problem may take."""
        self._wanted: Task | None = None
        self._by = ""
        self._late: Order | None = None
        self._elapsed = 0.0

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        app = self.app
        field = ProblemField(app.lang)
        folder = None if app.desk.setup.incognito else paths.state_folder() / "app"
        self._problems = Problems(folder, app.post_message)
        self.solver = Solver(app.desk.means, field.reader, self.post_message)
        yield field
        yield Static(id="way", markup=False)
        yield SolutionView(app.lang, self._key_of)
        yield from bars(app.lang)

    async def on_mount(self) -> None:
        """Say what can be done here."""
        threading.Thread(target=self._warm, name="warm", daemon=True).start()
        self._draw_choices()
        self._ticks = self.set_interval(TICK, self._tick, pause=True)
        keys = self._key_of("problem.send"), self._key_of("solve.recent")
        await self._say(EMPTY.of(*keys), "hint")
        self.run_worker(self._come_back())  # one may type before the disk has answered

    async def _come_back(self) -> None:
        """What the last run has left."""
        left = await asyncio.to_thread(self._problems.read)
        for text in left.solved:
            self.field.remember(text)
        if left.draft:  # before what was typed meanwhile
            self.field.draft.begin_with(before(left.draft, self.field.text))

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the app knows it
        """The choices in this one; the parts see to themselves."""
        self._draw_choices()

    def _warm(self) -> None:
        """Have both processes load while the problem is being typed."""
        with suppress(Exception):  # who asks them next is told
            self.field.reader.start()
            self.app.desk.means().pool()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.solver.stop()
        self._problems.close()

    @property
    def field(self) -> ProblemField:
        """Where the problem is typed."""
        return self.query_one(ProblemField)

    @property
    def view(self) -> SolutionView:
        """Where its solution stands."""
        return self.query_one(SolutionView)

    def _key_of(self, name: str) -> str:
        """The key of an action as the user has bound it."""
        return key_of(self.app, name)

    # --- solving -----------------------------------------------------------------------------

    async def on_problem_sent(self, message: ProblemSent) -> None:
        """Solve it; the same problem again, after a timeout, with more time."""
        message.stop()
        order = Order(message.text, self._wanted, self._by, self.seconds)
        late = self._late
        if late is not None and replace(late, seconds=order.seconds) == order:
            order = late.longer()
        await self._solve(order)

    async def _solve(self, order: Order) -> None:
        self._late = None
        self._elapsed = 0.0
        self.field.remember(order.text)
        self._problems.solved(order.text)
        self.solver.start(order)
        self._ticks.resume()
        await self._say(None, "progress")
        self._draw_progress()
        self.refresh_bindings()

    def _tick(self) -> None:
        self._elapsed += TICK
        self._draw_progress()

    def _draw_progress(self) -> None:
        running = self.solver.running
        if running is None:
            return
        seconds = f"{running.order.seconds:g}"
        told = aloud(SOLVING).of(f"{self._elapsed:.0f}", seconds, self._key_of("solve.stop"))
        for progress in self.query(".progress").results(Sentence):
            progress.say(told)

    async def _say(self, text: Text | None, kind: str) -> None:
        """A sentence in the place of a solution."""
        await self.view.show_nothing(Sentence(text, self.app.lang, classes=kind))

    async def on_solved(self, message: Solved) -> None:
        """Show it, unless it was given up meanwhile."""
        message.stop()
        if not self.solver.ended(message.attempt):
            return
        self._ticks.pause()
        result, order = message.result, message.attempt.order
        if isinstance(result, Work):
            await self.view.show(result)
            self._compare()
            if self.focused is self.field.draft and self.field.text.strip() == order.text:
                self.view.focus()
        else:
            await self._show_trouble(order, result)
        self.refresh_bindings()

    async def _show_trouble(self, order: Order, trouble: Trouble) -> None:
        if trouble.code is Failure.TIMEOUT:
            self._late = order

        def lines(width: int) -> Content:
            return trouble_content(order, trouble, self._key_of, self.app.lang, width)

        await self.view.show_nothing(Drawn(lines, classes="trouble"))

    def on_problem_read(self, message: ProblemRead) -> None:
        """A method that the problem has not was meant for another one."""
        read = message.result
        if isinstance(read, Problem) and self._by not in dict((("", ANY), *methods_of(read))):
            self._by = ""
            self._draw_choices()

    def on_resize(self) -> None:
        """A narrow screen has no room for more than what was chosen."""
        self._draw_choices()

    def on_text_area_changed(self) -> None:
        """Another text, or again the one that is solved below."""
        self._problems.typed(self.field.text)
        self._compare()

    def _compare(self) -> None:
        """What is read back need not stand twice on a small screen."""
        shown = self.view.work
        same = shown is not None and shown.problem.source == self.field.text.strip()
        self.set_class(same, "-solved")

    # --- actions -----------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """Escape stops what runs, else it leads back to the field and marks what is there."""
        match action:
            case "stop":
                return self.solver.running is not None
            case "edit":
                return self.solver.running is None
            case _:
                return True

    async def action_stop(self) -> None:
        """Give up what runs; the problem is still in the field."""
        if self.solver.stop() is None:
            return
        self._ticks.pause()
        await self._say(STOPPED, "hint")
        self.refresh_bindings()

    def action_edit(self) -> None:
        """Back to the field; what is typed there replaces the problem."""
        self.field.draft.focus()
        self.field.draft.select_all()

    def action_task(self) -> None:
        """Choose what is to be done, whatever the problem says."""
        items = [(task or "", say(title, self.app.lang)) for task, title in TASKS]
        self._choose(TASK, items, self._wanted or "", self._use_task)

    async def _use_task(self, task: str) -> None:
        self._wanted = Task(task) if task else None
        self.field.use_task(self._wanted)
        await self._again()

    def action_method(self) -> None:
        """Choose by which method it is solved."""
        methods = methods_of(self.field.result)
        if not methods and not self._by:
            self.app.tell(NO_METHODS)
            return
        items = [("", ANY), *methods]
        shown = [(name, say(title, self.app.lang)) for name, title in items]
        self._choose(METHOD, shown, self._by, self._use_method)

    async def _use_method(self, name: str) -> None:
        self._by = name
        await self._again()

    async def _again(self) -> None:
        """What was solved is solved in the way that was just chosen."""
        self._draw_choices()
        text = self.field.text.strip()
        shown = self.view.work
        if text and shown is not None and shown.problem.source == text:
            await self._solve(Order(text, self._wanted, self._by, self.seconds))

    def _draw_choices(self) -> None:
        lang = self.app.lang
        short = self.size.width < WIDE and not self.app.has_class("-plain")
        task, method = dict(TASKS)[self._wanted], METHODS.get(self._by, ANY)
        named = ((CHOSEN_TASK, task, "task"), (CHOSEN_METHOD, method, "method"))
        parts = [
            (said, Style.from_meta({"@click": f"screen.{action}"}))
            for title, text, action in named
            for said in [say(text if short else around(title, text), lang)]
        ]
        self.query_one("#way", Static).update(Content.assemble(parts[0], seam(), parts[1]))

    def action_copy(self) -> None:
        """Copy the solution in one of its forms."""
        self._choose_form(COPY, list(Form), self._copy)

    def _copy(self, form: Form) -> None:
        if self.view.work is not None:
            self.app.copy_to_clipboard(written(self.view.work, form, self.app.lang))
            self.app.tell(around(COPIED, form.title))

    def action_export(self) -> None:
        """Write the solution to a file."""
        self._choose_form(EXPORT, [form for form in Form if form.suffix], self._export)

    def _export(self, form: Form) -> None:
        work, lang = self.view.work, self.app.lang
        if work is None:
            return
        plot = self.view.has_graph
        path = free_name(Path.cwd(), form.suffix)

        def done(written_to: Path | None) -> None:
            if written_to is not None:
                self.app.tell(WRITTEN.of(one_line(str(written_to.absolute()))))

        def write(path: Path, replace: bool) -> None:  # noqa: FBT001 - as it is called
            save(path, written(work, form, lang, plot=plot), replace=replace)

        self.app.push_screen(SaveAs(write, path, lang), done)

    def _choose_form(self, title: Text, forms: list[Form], then: Callable[[Form], None]) -> None:
        if self.view.work is None:
            self.app.tell(NOTHING.of(self._key_of("problem.send")))
            return
        items = [(form, say(form.title, self.app.lang)) for form in forms]
        self._choose(title, items, None, then)

    def action_recent(self) -> None:
        """Put a problem that was solved before, or an example, into the field."""
        sent = self.field.draft.recall.sent
        examples = [say(example, self.app.lang) for example in EXAMPLES]
        texts = dict.fromkeys((*reversed(sent), *examples))
        items = [(text, one_line(text, 60)) for text in texts]
        if sent:
            items.append(("", say(FORGET, self.app.lang)))
        self._choose(RECENT, items, None, self._take)

    def _take(self, text: str) -> None:
        if not text:
            self.field.draft.recall.forget()
            self._problems.forget()
            self.app.tell(FORGOTTEN)
            return
        self.field.put(text)
        self.field.draft.focus()

    def _choose(
        self,
        title: Text,
        items: list[tuple[T, str]],
        now: T | None,
        then: Callable[[T], object],
    ) -> None:
        async def chosen(value: T | None) -> None:
            if value is not None:
                done = then(value)
                if isawaitable(done):
                    await done

        lang = self.app.lang
        self.app.push_screen(Choice(say(title, lang), items, now, lang), chosen)

    def action_page(self, direction: int) -> None:
        """A page up or down."""
        if direction < 0:
            self.view.scroll_page_up(animate=False)
        else:
            self.view.scroll_page_down(animate=False)

    # --- the graph ---------------------------------------------------------------------------

    def on_solution_view_graph_wanted(self) -> None:
        """Draw it in another process."""
        if self.view.work is not None:
            self.solver.draw(self.view.work)

    async def on_picture_made(self, message: PictureMade) -> None:
        """Show it, if its solution is still shown."""
        message.stop()
        await self.view.show_picture(message)
