"""A solution on the screen: its steps, one at a time or all, each with what is behind its mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.selection import Selection
from textual.widget import Widget

from assistant.maths.showing import words
from assistant.maths.showing.dots import terminal_plot
from assistant.maths.showing.plot import Picture
from assistant.maths.types import Trouble
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.messages import PictureMade
from tui.pictures.shows import Drawing, copied, left
from tui.rendering.solution import Node, Page, Work
from tui.solving.methods import methods_of
from tui.widgets.drawn import Drawn
from tui.widgets.steprows import LINES, StepRows, Worked
from tui.words import say

WIDEST_GRAPH = 100
NO_GRAPH = Text("there is nothing to draw here", "此题没有可画的图像")


class PageRow(Drawn):
    """A part of a page; its formulas are pictures where there are such."""

    def __init__(self, page: Page, lay: Callable[[Page, int], Content], *, classes: str) -> None:
        self._page = page
        self._lay = lay
        super().__init__(self._laid, classes=classes)

    def _laid(self, width: int) -> Content:
        page = replace(self._page, draw=Drawing(self, self.app, self._page.lang))
        return self._lay(page, width)

    def pictures_came(self) -> None:
        """Lay it out with them."""
        self.again(self._laid)

    def on_unmount(self) -> None:
        """Its pictures are not needed any more."""
        left(self, self.app)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, pictures as their sources."""
        return copied(super().get_selection(selection), self.app)


class SolutionView(VerticalScroll):
    """The problem, the steps that are shown, the graph, the answer.

    ``stepwise``: the steps come one at a time, and the answer after the last.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("solve.unfold", "unfold", show=True),
        bound("solve.next", "next_step", show=True),
        bound("solve.all", "all_steps", show=True),
        bound("solve.stepwise", "stepwise", show=True),
        bound("solve.graph", "graph", show=True),
        bound("solve.up", "cursor(-1)"),
        bound("solve.down", "cursor(1)"),
    ]

    class GraphWanted(Message):
        """The user wants to see the graph."""

    def __init__(self, lang: Lang, key_of: Callable[[str], str]) -> None:
        """``key_of`` tells the key of an action as the user knows it."""
        super().__init__(id="solution")
        self._lang = lang
        self._page = Page(lang)
        self._key_of = key_of
        self._drawing: Drawn | None = None
        self.steps: StepRows | None = None
        """The steps of what is shown."""
        self.stepwise = False

    @property
    def work(self) -> Work | None:
        """What is shown; nothing, or something else in its place."""
        return None if self.steps is None else self.steps.worked.work

    @property
    def has_graph(self) -> bool:
        """Is the graph shown?"""
        return self._drawing is not None

    # --- what it shows -----------------------------------------------------------------------

    async def show(self, work: Work) -> None:
        """Another solution."""
        page = self._page
        key = self._key_of("solve.method") if methods_of(work.problem) else ""
        worked = Worked(work)
        story = worked.story
        self._drawing = None
        self.steps = StepRows(worked, self._lang, classes="worked")
        self.steps.display = bool(worked.steps)
        if self.stepwise:
            worked.revealed = min(1, len(worked.steps))
        await self.remove_children()
        problem = PageRow(
            page, lambda page, width: page.problem(work.problem, width), classes="problem"
        )
        answer = PageRow(
            page,
            lambda page, width: page.answer(story, width),
            classes=f"answer -{story.mark.code}",
        )
        answer.border_title = Content(say(words.ANSWER, self._lang))
        facts = Drawn(lambda width: page.facts(story, key, width), classes="facts")
        more = Drawn(self._more_text, classes="more")
        await self.mount_all([problem, self.steps, more, answer, facts])
        self._arrange()
        self.steps.light(on=self.has_focus)
        self.scroll_home(animate=False)

    def use_language(self, lang: Lang) -> None:
        """Its parts are drawn in this one."""
        self._lang = self._page.lang = lang
        for name, title in ((".answer", words.ANSWER), (".graph", words.PLOT)):
            for part in self.query(name):
                part.border_title = Content(say(title, lang))

    async def show_nothing(self, *notices: Widget) -> None:
        """No solution; something else in its place."""
        self.steps = self._drawing = None
        await self.remove_children()
        await self.mount_all(notices)
        self.scroll_home(animate=False)
        self.refresh_bindings()

    async def show_picture(self, message: PictureMade) -> None:
        """The graph that was asked for, if its solution is still shown; else say why not."""
        if message.work is not self.work:
            return
        match message.picture:
            case None:
                self.notify(say(NO_GRAPH, self._lang), markup=False, timeout=4)
            case Trouble(_, why):
                self.notify(say(why, self._lang), markup=False, timeout=4)
            case picture:
                await self.show_graph(picture)

    async def show_graph(self, picture: Picture) -> None:
        """The graph, above the answer."""

        def lines(width: int) -> Content:
            return Content("\n".join(terminal_plot(picture, min(width, WIDEST_GRAPH))))

        if self.work is None or self._drawing is not None:
            return
        self._drawing = Drawn(lines, classes="graph")
        self._drawing.border_title = Content(say(words.PLOT, self._lang))
        await self.mount(self._drawing, before=self.query_one(".more"))
        self.call_after_refresh(self.scroll_to_widget, self._drawing, animate=False)

    @property
    def _left(self) -> int:
        """Steps that are not shown yet."""
        if self.steps is None:
            return 0
        return len(self.steps.worked.steps) - self.steps.worked.revealed

    def _more_text(self, width: int) -> Content:
        keys = self._key_of("solve.next"), self._key_of("solve.all")
        return self._page.more(self._left, *keys, width)

    def _arrange(self) -> None:
        """After the last step stands the answer, before it that there are more."""
        whole = not self._left
        for name in (".answer", ".facts"):
            self.query_one(name).display = whole
        more = self.query_one(".more", Drawn)
        more.display = not whole
        more.again(self._more_text)
        self.refresh_bindings()

    def _reveal(self, count: int, at: Node | None) -> None:
        """So many steps are shown now, and the keys mean this one."""
        if self.steps is not None:
            self.steps.worked.revealed, self.steps.worked.at = count, at
            self.steps.draw()
            self._arrange()

    def on_focus(self) -> None:
        """The keys mean one of the steps now."""
        if self.steps is not None:
            self.steps.light(on=True)

    def on_blur(self) -> None:
        """None any more."""
        if self.steps is not None:
            self.steps.light(on=False)

    # --- actions -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with what is shown."""
        del parameters
        match action:
            case "unfold" | "stepwise":
                return self.steps is not None and bool(self.steps.worked.steps)
            case "next_step" | "all_steps":
                return self._left > 0
            case "graph":
                return self.work is not None
            case _:
                return True

    def action_unfold(self) -> None:
        """Show or hide what is behind the step, and the steps within it."""
        if self.steps is not None:
            self.steps.unfold()

    def action_next_step(self) -> None:
        """Show one more step; after the last the answer."""
        if self.steps is not None and self._left:
            worked = self.steps.worked
            self._reveal(worked.revealed + 1, worked.steps[worked.revealed])
            self.call_after_refresh(self.steps.keep_in_sight)

    def action_all_steps(self) -> None:
        """Show all of it, now and from now on."""
        self.stepwise = False
        if self.steps is not None:
            worked = self.steps.worked
            self._reveal(len(worked.steps), worked.at)

    def action_stepwise(self) -> None:
        """Begin again with the first step alone, and so from now on."""
        self.stepwise = True
        if self.steps is not None:
            steps = self.steps.worked.steps
            for node in steps:
                node.unfolded = False
            self._reveal(min(1, len(steps)), steps[0] if steps else None)
            self.scroll_home(animate=False)

    async def action_graph(self) -> None:
        """Show or hide the graph."""
        if self._drawing is None:
            self.post_message(self.GraphWanted())
            return
        graph, self._drawing = self._drawing, None
        await graph.remove()

    def action_cursor(self, step: int) -> None:
        """To another step; without one, scroll."""
        if self.steps is None:
            self.scroll_relative(y=step * LINES, animate=False)
        else:
            self.steps.go(step)
