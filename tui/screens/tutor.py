"""A problem to practise on: the student writes the lines, and help comes only when asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from assistant.maths.showing.fitting import wrapped
from assistant.maths.types import Failure, Text, Trouble
from assistant.teaching.tutor import Tutor
from assistant.teaching.types import Lesson, Standing
from runtimes import texts
from runtimes.texts import Lang
from tui.kept import NO_LESSON, LeftLesson
from tui.keyboard.keys import bound, key_of
from tui.messages import LessonMoved, LineSent, ProblemSent
from tui.rendering.lesson import problem_lines
from tui.rendering.reading import sentence, trouble_lines
from tui.screens.base import AppScreen
from tui.tutoring import Outcome, Task, Tutoring
from tui.widgets.drawn import Drawn
from tui.widgets.lesson import LessonView
from tui.widgets.line_field import LineField
from tui.widgets.problem_field import ProblemField
from tui.widgets.roombar import bars
from tui.words import before, harmless, one_line, say, typed_since

if TYPE_CHECKING:
    from tui.app import AssistantApp

ASK_HERE = Text(
    "Type a problem to practise: 2x + 3 = 11",
    "输入要练习的题目，如 2x + 3 = 11",
)
EMPTY = Text(
    "Type a problem, and solve it line by line, by any method: each line is checked at once. "
    "Help comes only when you ask for it ({0}), one level at a time.",
    "输入一道题，用任意方法逐行求解：每一行都会立即检查。需要时按 {0} 获取提示，每次只多一级。",
)
CHECKING = Text("checking… {0} stops", "正在检查……按 {0} 停止")
STOPPED = Text("Stopped.", "已停止。")
WRITE_FIRST = Text("enter a problem first", "请先输入题目")
NO_LINES = Text("there is no line to take back", "没有可撤回的行")
NO_EXAMPLE = Text("no line has a counterexample to show", "没有可显示的反例")
CHAT = Text(
    "In the chat ({0}) a model can explain it; its steps are checked.",
    "可以在对话（{0}）中让模型讲解；每一步都会检验。",
)
AGAIN = Text("Try it again, or a part of the problem.", "请重试，或先练习其中一部分。")
LEFT = Text(
    "Kept from the last time. Nothing here wears a mark before it is checked again ({0}).",
    "上次保留的内容；重新检查（{0}）之前不作任何标记。",
)
Move = Callable[[Tutor, Lesson], Outcome]


def _moved(how: Move, lesson: Lesson, tutor: Tutor) -> Outcome:
    return how(tutor, lesson)


class TutorScreen(AppScreen[None]):
    """The problem, the lesson, the field for the next line."""

    app: AssistantApp
    AUTO_FOCUS = "ProblemDraft"
    CSS_PATH = "../styles/tutor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("tutor.stop", "stop", show=True),
        bound("tutor.back", "back", show=True),
        bound("tutor.hint", "hint", show=True, priority=True),
        bound("tutor.why", "why", show=True, priority=True),
        bound("tutor.undo", "undo", show=True, priority=True),
        bound("tutor.new", "new", show=True, priority=True),
        bound("tutor.page_up", "page(-1)", priority=True),
        bound("tutor.page_down", "page(1)", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._left = NO_LESSON
        """What the last run has left, until it is checked again."""
        self._known = False
        """Is it known what that is?"""
        self._back: Task | None = None
        """The checking of it that nobody has asked for."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        app = self.app
        self.work = Tutoring(app.desk.means, self.post_message)
        field = ProblemField(app.lang, ASK_HERE, problem_lines)
        yield field
        yield LessonView(app.lang, self._key_of)
        yield Static(id="checking", markup=False)
        yield LineField(app.lang, field.reader)
        yield from bars(app.lang)

    async def on_mount(self) -> None:
        """Say what can be done here."""
        self._stage(asking=True)
        self._draw_checking()
        hint = EMPTY.of(self._key_of("tutor.hint"))

        def told(width: int) -> Content:
            return Content("\n".join(wrapped(sentence(hint, self.app.lang), max(width, 8))))

        await self.view.show_nothing(Drawn(told, classes="hint"))
        self.run_worker(self._come_back())

    async def _come_back(self) -> None:
        """The lesson that was left, judged anew."""
        kept = self.app.desk.kept
        left = NO_LESSON if kept is None else (await asyncio.to_thread(kept.left)).lesson
        if not self.is_running:
            return
        self._known = True
        if left.draft:
            self.field.draft.begin_with(before(left.draft, self.field.text))
        if left.problem and self.lesson is None and self.work.running is None:
            self._left = left
            await self._show_left()
            self._begin(left.problem)
            self._back = self.work.running
        self._keep()

    async def _show_left(self) -> None:
        lines = (self._left.problem, *self._left.lines)
        note = LEFT.of(self._key_of("problem.send"))

        def told(width: int) -> Content:
            width = max(width, 8)
            shown = [row for line in lines for row in wrapped(harmless(line), width)]
            return Content("\n".join([*wrapped(say(note, self.app.lang), width), "", *shown]))

        await self.view.show_nothing(Drawn(told, classes="hint"))

    def on_text_area_changed(self) -> None:
        """It outlasts the program."""
        self._keep()

    def _keep(self) -> None:
        kept, lesson, running = self.app.desk.kept, self.lesson, self.work.running
        if kept is None or not self._known:
            return
        draft, typed = self.field.text, self.line.text
        if running is not None and running is not self._back:
            if running.asked:
                draft = before(running.typed, draft)
            else:
                typed = before(running.typed, typed)
        if lesson is None:
            again = draft.strip() == self._left.problem.strip()
            kept.lesson(replace(self._left, draft="" if again else draft))
            return
        lines = tuple(line.text for line in lesson.written)
        level = int(lesson.level)
        kept.lesson(LeftLesson(lesson.source, lines, level, typed, draft))

    def use_language(self, lang: Lang) -> None:  # noqa: ARG002 - the app knows it
        """What is being done in this one; the parts see to themselves."""
        self._draw_checking()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self.work.stop()

    @property
    def field(self) -> ProblemField:
        """Where the problem is typed."""
        return self.query_one(ProblemField)

    @property
    def line(self) -> LineField:
        """Where the next line is typed."""
        return self.query_one(LineField)

    @property
    def view(self) -> LessonView:
        """The lesson as it is drawn."""
        return self.query_one(LessonView)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson as it is."""
        return self.view.lesson

    def _key_of(self, name: str) -> str:
        """The key of an action as the user has bound it."""
        return key_of(self.app, name)

    def _stage(self, *, asking: bool) -> None:
        """Ask for a problem, or for the next line of the lesson."""
        self.field.display = asking
        self.line.display = not asking
        (self.field.draft if asking else self.line.draft).focus()
        self.refresh_bindings()

    # --- the work ----------------------------------------------------------------------------

    def on_problem_sent(self, message: ProblemSent) -> None:
        """A lesson on another problem; what is typed meanwhile is for it."""
        message.stop()
        running = self.work.running
        if running is None or not running.asked or running is self._back:  # else it is a line
            self.field.draft.begin_with(typed_since(message.text, self.field.text))
            self._begin(message.text)

    def _begin(self, problem: str) -> None:
        left = self._left
        if problem.strip() == left.problem.strip():  # which was given up, or could not be checked
            self.work.start(
                lambda tutor: tutor.resumed(problem, left.lines, left.level), problem, asked=True
            )
        else:
            self.work.start(lambda tutor: tutor.begin(problem), problem, asked=True)
        self._draw_checking()

    def on_line_sent(self, message: LineSent) -> None:
        """Have it checked."""
        message.stop()
        lesson, text = self.lesson, message.text
        if lesson is None or self.work.running is not None:
            return
        self.line.remember(text)
        self.line.put(typed_since(text, self.line.text))
        self.work.start(lambda tutor: tutor.write(lesson, text), text)
        self._draw_checking()

    async def on_lesson_moved(self, message: LessonMoved) -> None:
        """Show what has come of it, unless it was given up meanwhile."""
        message.stop()
        if not self.work.ended(message.task):
            return
        self._draw_checking()
        match message.outcome:
            case Lesson() as lesson:
                await self._show(lesson, message.task)
            case Trouble() as trouble:
                self._give_back(message.task)
                await self._show_trouble(trouble, message.task)
            case told:
                self._give_back(message.task)
                self._tell(told)
        self._keep()
        self.refresh_bindings()

    async def _show(self, lesson: Lesson, task: Task) -> None:
        await self.view.show(lesson)
        if task.asked:
            self._enter(lesson, task)
            return
        refused = bool(lesson.written) and lesson.written[-1].standing is Standing.REFUSED
        if task.typed and refused and not self.line.text:
            self.line.put(task.typed)
            self.line.draft.select_all()

    def _enter(self, lesson: Lesson, task: Task) -> None:
        """A lesson begins.  What was typed meanwhile is a line of it, or, where it came back by
        itself, another problem."""
        self.field.remember(lesson.source)
        left, self._left = self._left, NO_LESSON
        if left.problem.strip() == lesson.source.strip():
            self.line.put(before(left.typed, self.line.text))
        typed = self.field.text
        if task is not self._back:
            self.line.put(before(self.line.text, " ".join(typed.split())))
            self.field.draft.begin_with("")
        self._stage(asking=task is self._back and bool(typed.strip()))

    def _give_back(self, task: Task) -> None:
        """What was typed is not lost."""
        draft = self.field.draft if task.asked else self.line.draft
        if task.typed:
            draft.begin_with(before(task.typed, draft.text))

    async def _show_trouble(self, trouble: Trouble, task: Task) -> None:
        if self.lesson is not None:  # it goes on as it was
            self._tell(trouble.message)
            return
        source = task.typed.strip()
        if self._left.problem.strip() == source != "":  # what was left stays in sight
            self._tell(trouble.message)
            return
        remedy: texts.Text | None = None
        if trouble.suggestion is None:
            readable = trouble.code in (Failure.UNSUPPORTED, Failure.UNREADABLE)
            remedy = CHAT.of(self._key_of("app.chat")) if readable else AGAIN

        def lines(width: int) -> Content:
            lang = self.app.lang
            told = trouble_lines(source, trouble, lang, width)
            if remedy is not None:
                told += wrapped(say(remedy, lang), max(width, 8))
            return Content("\n".join(told))

        await self.view.show_nothing(Drawn(lines, classes="trouble"))

    def _draw_checking(self) -> None:
        running = self.work.running
        panel = self.query_one("#checking", Static)
        panel.display = running is not None
        told = say(CHECKING.of(self._key_of("tutor.stop")), self.app.lang)
        typed = "" if running is None else one_line(running.typed, 60)
        panel.update(Content(f"{typed}  {told}" if typed else told))
        self.refresh_bindings()

    # --- actions -----------------------------------------------------------------------------

    def offers(self, action: str) -> bool:
        """What can be done depends on the lesson."""
        lesson = self.lesson
        at_work = self.work.running is not None
        match action:
            case "stop":
                return at_work
            case "back":
                return not at_work and lesson is not None and bool(self.field.display)
            case "hint":
                return lesson is not None and not lesson.reached and self.line.display
            case "why" | "undo":
                return lesson is not None and bool(lesson.written) and self.line.display
            case "new":
                return lesson is not None and self.line.display
        return True

    def action_stop(self) -> None:
        """Give up what runs; what was typed comes back."""
        given_up = self.work.stop()
        if given_up is not None:
            self._give_back(given_up)
            self._draw_checking()
            self._keep()
            self._tell(STOPPED)

    def action_back(self) -> None:
        """From the field for another problem to the lesson."""
        self._stage(asking=False)

    def action_hint(self) -> None:
        """One level more."""
        self._move(Tutor.help)

    def action_undo(self) -> None:
        """Take back what was typed; then the last line, which comes into the field, if that is
        empty."""
        if self.line.draft.history.undo_stack:
            self.line.draft.undo()
            return
        lesson = self.lesson
        if lesson is None or not lesson.written:
            self._tell(NO_LINES)
            return
        if not self.line.text:
            self.line.put(lesson.written[-1].text)
        else:
            self.line.remember(lesson.written[-1].text)
        self._move(Tutor.undo)

    def _move(self, how: Move) -> None:
        lesson = self.lesson
        if lesson is None:
            self._tell(WRITE_FIRST)
        elif self.work.running is None:
            self.work.start(partial(_moved, how, lesson))
            self._draw_checking()

    async def action_why(self) -> None:
        """Show or hide the counterexamples."""
        lesson = self.lesson
        if lesson is None:
            return
        if not any(line.counter is not None for line in lesson.written):
            self._tell(NO_EXAMPLE)
            return
        self.view.counters = not self.view.counters
        await self.view.show(lesson)

    def action_new(self) -> None:
        """Another problem; the lesson stays until it begins."""
        self._stage(asking=True)

    def action_page(self, direction: int) -> None:
        """A page up or down."""
        self.view.follow = direction > 0
        if direction < 0:
            self.view.scroll_page_up(animate=False)
        else:
            self.view.scroll_page_down(animate=False)

    def _tell(self, text: texts.Text) -> None:
        self.app.tell(text, seconds=6)
