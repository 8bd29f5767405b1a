"""A lesson on the screen: the problem, the student's lines, the help that was asked for."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.teaching.types import Lesson, Stage, Standing, Written
from runtimes.texts import Lang
from tui.rendering.lesson import LessonPage, problem_lines
from tui.widgets.drawn import Drawn


class LessonView(VerticalScroll, can_focus=False):
    """Draws a lesson; ``key_of`` tells the key of an action as the user knows it."""

    def __init__(self, lang: Lang, key_of: Callable[[str], str]) -> None:
        super().__init__(id="lesson")
        self._lang = lang
        self._page = LessonPage(lang)
        self._key_of = key_of
        self.counters = False
        """Are the counterexamples shown?"""
        self.follow = True
        """Is the end to be kept in sight?"""
        self.lesson: Lesson | None = None

    def use_language(self, lang: Lang) -> None:
        """Its parts are drawn in this one."""
        self._lang, self._page = lang, LessonPage(lang)
        for hints in self.query(".hints"):
            if self.lesson is not None:
                hints.border_title = Content(self._page.hints_title(self.lesson))

    async def show(self, lesson: Lesson) -> None:
        """The lesson as it is now; its end is in sight."""
        self.lesson = lesson
        await self.remove_children()
        await self.mount_all(self._parts(lesson))
        self.follow = True
        self._to_end()

    def on_resize(self) -> None:
        """Where the field below grows, the end stays in sight."""
        self._to_end()

    def _to_end(self) -> None:
        if self.follow and self.lesson is not None:
            self.call_after_refresh(self.scroll_end, animate=False)

    def on_mouse_scroll_up(self) -> None:
        """The user looks at what stands above."""
        self.follow = False

    async def show_nothing(self, *notices: Widget) -> None:
        """No lesson; something else in its place."""
        self.lesson = None
        await self.remove_children()
        await self.mount_all(notices)

    def _parts(self, lesson: Lesson) -> list[Widget]:
        def problem(width: int) -> Content:
            return Content(
                "\n".join(problem_lines(lesson.source, lesson.problem, self._lang, width))
            )

        parts: list[Widget] = [Drawn(problem, classes="problem")]
        parts += [self._row(line) for line in lesson.written]
        if lesson.level and not lesson.reached:
            key = self._key_of("tutor.hint")
            hints = Drawn(lambda width: self._page.hints(lesson, key, width), classes="hints")
            hints.border_title = Content(self._page.hints_title(lesson))
            parts.append(hints)
        if lesson.progress.stage is not Stage.WORKING:
            stage = lesson.progress.stage.value
            new = self._key_of("tutor.new")
            told = Drawn(
                lambda width: self._page.progress(lesson, new, width), classes=f"progress -{stage}"
            )
            parts.append(told)
        return parts

    def _row(self, line: Written) -> Drawn:
        def draw(width: int) -> Content:
            return self._page.line(line, width, counter=self.counters)

        wrong = " -refused" if line.standing is Standing.REFUSED else ""
        return Drawn(draw, classes=f"written{wrong}")
