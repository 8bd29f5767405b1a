"""A solution on the screen: its steps, one at a time or all, each with what is behind its mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
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
from tui.keys import bound
from tui.messages import PictureMade
from tui.methods import methods_of
from tui.pictures.shows import Drawing, copied, left
from tui.rendering.solution import Node, Page, Work, told
from tui.widgets.drawn import Drawn
from tui.widgets.rowlist import chosen_word
from tui.words import say

LINES = 3
"""Of a row that is higher than the sight, so many go by with a key."""
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


class StepRow(PageRow):
    """One step; a click unfolds it."""

    class Clicked(Message):
        """The user has clicked it."""

        def __init__(self, row: StepRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, node: Node, page: Page) -> None:
        super().__init__(page, self._step, classes="step")
        self.node = node

    def _step(self, page: Page, width: int) -> Content:
        word = chosen_word(page.lang) if self.has_class("-current") else ""
        if not word:
            return page.step(self.node, width)
        return Content.assemble(word, page.step(self.node, width - cell_len(word)))

    def choose(self, chosen: bool) -> None:  # noqa: FBT001 - it is the only one
        """It is the one that the keys mean, or not."""
        if self.has_class("-current") != chosen:
            self.set_class(chosen, "-current")
            if chosen_word(self._page.lang):
                self.draw()

    def draw(self) -> None:
        """It is unfolded, or folded, now."""
        self.again(self._laid)

    def on_click(self, event: events.Click) -> None:
        """Unfold or fold it, unless text was selected by mouse."""
        event.stop()
        if self.screen.get_selected_text() is None:
            self.post_message(self.Clicked(self))


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
        self._steps: tuple[Node, ...] = ()
        self._row_of: dict[Node, StepRow] = {}
        self._at: Node | None = None
        self._revealed = 0
        self._drawing: Drawn | None = None
        self.stepwise = False
        self.work: Work | None = None

    @property
    def has_graph(self) -> bool:
        """Is the graph shown?"""
        return self._drawing is not None

    # --- what it shows -----------------------------------------------------------------------

    async def show(self, work: Work) -> None:
        """Another solution."""
        story, nodes = told(work)
        page = self._page
        key = self._key_of("solve.method") if methods_of(work.problem) else ""
        self.work, self._steps, self._row_of, self._drawing = work, nodes, {}, None
        self._at = nodes[0] if nodes else None
        self._revealed = min(1, len(nodes)) if self.stepwise else len(nodes)
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
        await self.mount_all([problem, more, answer, facts])
        await self._arrange()
        self.scroll_home(animate=False)

    def use_language(self, lang: Lang) -> None:
        """Its parts are drawn in this one."""
        self._lang = self._page.lang = lang
        for name, title in ((".answer", words.ANSWER), (".graph", words.PLOT)):
            for part in self.query(name):
                part.border_title = Content(say(title, lang))

    async def show_nothing(self, *notices: Widget) -> None:
        """No solution; something else in its place."""
        self.work, self._steps, self._row_of, self._drawing = None, (), {}, None
        self._at = None
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

    def _more_text(self, width: int) -> Content:
        left = len(self._steps) - self._revealed
        keys = self._key_of("solve.next"), self._key_of("solve.all")
        return self._page.more(left, *keys, width)

    @property
    def _in_sight(self) -> list[Node]:
        shown = self._steps[: self._revealed]
        return [one for node in shown for one in node.visible()]

    async def _arrange(self) -> None:
        """Mount the rows that are to be seen, in their order, and no others."""
        visible = self._in_sight
        gone = [row for node, row in self._row_of.items() if node not in visible]
        self._row_of = {node: row for node, row in self._row_of.items() if node in visible}
        await self.remove_children(gone)
        after: Widget = self.query_one(".problem")
        for node in visible:
            row = self._row_of.get(node)
            if row is None:
                row = self._row_of[node] = StepRow(node, self._page)
                await self.mount(row, after=after)
            after = row
        whole = self._revealed >= len(self._steps)
        for name in (".answer", ".facts"):
            self.query_one(name).display = whole
        more = self.query_one(".more", Drawn)
        more.display = not whole
        more.again(self._more_text)
        self._mark_row()
        self.refresh_bindings()

    def _mark_row(self) -> None:
        for node, row in self._row_of.items():
            row.choose(node is self._at)

    # --- actions -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with what is shown."""
        del parameters
        match action:
            case "unfold" | "stepwise":
                return bool(self._steps)
            case "next_step" | "all_steps":
                return self._revealed < len(self._steps)
            case "graph":
                return self.work is not None
            case _:
                return True

    async def action_unfold(self) -> None:
        """Show or hide what is behind the step, and the steps within it."""
        node = self._at
        row = None if node is None else self._row_of.get(node)
        if node is None or row is None:
            return
        node.unfolded = not node.unfolded
        row.draw()
        await self._arrange()
        self.call_after_refresh(self._keep_in_sight)

    async def on_step_row_clicked(self, event: StepRow.Clicked) -> None:
        """The same by mouse."""
        event.stop()
        self._at = event.row.node
        await self.action_unfold()

    async def action_next_step(self) -> None:
        """Show one more step; after the last the answer."""
        if self._revealed < len(self._steps):
            self._revealed += 1
            self._at = self._steps[self._revealed - 1]
            await self._arrange()
            self.call_after_refresh(self._keep_in_sight)

    async def action_all_steps(self) -> None:
        """Show all of it, now and from now on."""
        self.stepwise = False
        self._revealed = len(self._steps)
        await self._arrange()

    async def action_stepwise(self) -> None:
        """Begin again with the first step alone, and so from now on."""
        self.stepwise = True
        self._revealed = min(1, len(self._steps))
        self._at = self._steps[0] if self._steps else None
        for node in self._steps:
            node.unfolded = False
        for row in self._row_of.values():
            row.draw()
        await self._arrange()
        self.scroll_home(animate=False)

    async def action_graph(self) -> None:
        """Show or hide the graph."""
        if self._drawing is None:
            self.post_message(self.GraphWanted())
            return
        graph, self._drawing = self._drawing, None
        await graph.remove()

    def action_cursor(self, step: int) -> None:
        """To another step; past the ends, and within a row that is high, scroll."""
        visible = self._in_sight
        row = None if self._at is None else self._row_of.get(self._at)
        if row is None or self._at not in visible or not self._leaves(row, step):
            self.scroll_relative(y=step * LINES, animate=False)
            return
        at = visible.index(self._at) + step
        if not 0 <= at < len(visible):
            self.scroll_relative(y=step * LINES, animate=False)
            return
        self._at = visible[at]
        self._mark_row()
        self._keep_in_sight()

    def _leaves(self, row: StepRow, step: int) -> bool:
        """Is the end of the row in sight to which the cursor goes?"""
        region, sight = row.virtual_region, self.scrollable_content_region.size.height
        if step > 0:
            return region.bottom <= self.scroll_y + sight or region.y > self.scroll_y + sight
        return region.y >= self.scroll_y or region.bottom < self.scroll_y

    def _keep_in_sight(self) -> None:
        row = None if self._at is None else self._row_of.get(self._at)
        if row is not None:
            self.scroll_to_widget(row, animate=False)
