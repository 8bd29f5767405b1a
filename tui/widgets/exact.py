"""The exact solver's solution in the conversation: its steps are rows, and Enter shows what is
behind a mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.selection import Selection

from assistant.maths.showing import words
from assistant.maths.showing.boxes import columns
from runtimes.texts import Lang
from tui.keys import bound
from tui.pictures.shows import Drawing, copied, left
from tui.rendering.plain import plain
from tui.rendering.solution import INDENT, Node, Page, Work, told
from tui.rendering.verdicts import STYLES
from tui.said import Exact
from tui.widgets.drawn import Drawn
from tui.widgets.rowlist import chosen_word
from tui.words import say

NARROWEST = 20
LINES = 3
"""Of a row that is higher than the sight, so many go by with a key."""
GUTTER, HERE = "  ", "█ "
"""Before each line; and before those of the row that the keys mean."""


class Worked:
    """A solution as it is told, which of its steps are unfolded, and which one the keys mean: it
    outlasts the widget, which goes when it is scrolled away."""

    def __init__(self, exact: Exact) -> None:
        self.problem = exact.problem
        self.story, self.steps = told(Work(exact.problem, exact.solution))
        self.at = self.steps[0] if self.steps else None

    @property
    def rows(self) -> list[Node]:
        """The steps that are to be seen."""
        return [one for node in self.steps for one in node.visible()]


class ExactSolution(Drawn, can_focus=True):
    """The problem, the steps, the answer, drawn again when the width changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bound("solve.unfold", "unfold", show=True),
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
    ]

    def __init__(self, worked: Worked, lang: Lang) -> None:
        self._worked = worked
        self._page = Page(lang)
        self._kept: dict[tuple[object, int], Sequence[Content]] = {}
        self._places: dict[Node, tuple[int, int]] = {}
        self.can_focus = bool(worked.steps)
        super().__init__(self._laid, classes="exact")

    # --- drawing -----------------------------------------------------------------------------

    def pictures_came(self) -> None:
        """Draw it with them."""
        self._draw(anew=True)

    def on_unmount(self) -> None:
        """Its pictures are not needed any more."""
        left(self, self.app)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, pictures as their sources."""
        return copied(super().get_selection(selection), self.app)

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._page.lang = lang
        self._draw(anew=True)

    def on_focus(self) -> None:
        """The keys mean one of its rows now."""
        self._draw()
        self.call_after_refresh(self._keep_in_sight)

    def on_blur(self) -> None:
        """None any more."""
        self._draw()

    def _draw(self, *, anew: bool = False) -> None:
        if anew:
            self._kept.clear()
        self.again(self._laid)

    def _laid(self, width: int) -> list[Content]:
        width = max(width, NARROWEST)
        page, worked, lang = self._page, self._worked, self._page.lang
        page.draw = Drawing(self, self.app, lang)
        lines = list(self._once("problem", width, lambda room: page.problem(worked.problem, room)))
        self._places.clear()
        for node in worked.rows:
            row = self._row(node, width)
            self._places[node] = len(lines) + 1, len(row)
            lines += [Content(""), *row]
        lines += [Content(""), *self._once("answer", width, self._answer)]
        lines += self._once("facts", width, lambda room: page.facts(worked.story, "", room))
        return lines

    def _once(self, what: object, width: int, lay: Callable[[int], Content]) -> Sequence[Content]:
        """Lines behind the gutter, which are laid out but once."""
        key = what, width
        if key not in self._kept:
            gutter = "" if plain() else GUTTER
            self._kept[key] = _set_in(lay(width - len(gutter)), gutter)
        return self._kept[key]

    def _row(self, node: Node, width: int) -> Sequence[Content]:
        """A step, with a sign before it (for a screen reader a word) if the keys mean it."""
        here = node is self._worked.at and self.has_focus
        word = chosen_word(self._page.lang) if here else ""
        lines = self._once(
            (node, node.unfolded), width - columns(word), lambda room: self._page.step(node, room)
        )
        if word:
            return [Content.assemble(word, lines[0]), *lines[1:]]
        if here:
            return [Content.assemble((HERE, "$primary"), line[len(GUTTER) :]) for line in lines]
        return lines

    def _answer(self, width: int) -> Content:
        """The answer in a frame, as wide as it is."""
        story, lang = self._worked.story, self._page.lang
        title = say(words.ANSWER, lang)
        if plain():
            colon = "：" if lang is Lang.ZH else ":"
            told = _set_in(self._page.answer(story, width - INDENT), " " * INDENT)
            return Content("\n").join([Content(f"{title}{colon}"), *told])
        rows = self._page.answer(story, width - 4).split("\n")
        inside = max(columns(title) + 1, *(columns(row.plain) for row in rows))
        style = STYLES[story.mark]
        head = f"╭─ {title} {'─' * (inside - columns(title) - 1)}╮"
        return Content("\n").join(
            [
                Content.styled(head, style),
                *(
                    Content.assemble(
                        ("│ ", style), row, " " * (inside - columns(row.plain)), (" │", style)
                    )
                    for row in rows
                ),
                Content.styled(f"╰{'─' * (inside + 2)}╯", style),
            ]
        )

    # --- keys --------------------------------------------------------------------------------

    def action_unfold(self) -> None:
        """Show or hide what is behind the step, and the steps within it."""
        if (node := self._worked.at) is not None:
            node.unfolded = not node.unfolded
            self._draw()
            self.call_after_refresh(self._keep_in_sight)

    def action_cursor(self, step: int) -> None:
        """To another step; past the ends, and within a row that is high, scroll."""
        worked = self._worked
        rows = worked.rows
        if worked.at is None:
            return
        at = rows.index(worked.at) + step
        if not 0 <= at < len(rows) or not self._leaves(step):
            self._column.scroll_relative(y=step * LINES, animate=False)
            return
        worked.at = rows[at]
        self._draw()
        self.call_after_refresh(self._keep_in_sight)

    def on_click(self, event: events.Click) -> None:
        """Unfold or fold the step that is pointed at, unless text was selected by mouse."""
        if self.screen.get_selected_text() is not None:
            return
        y = event.get_content_offset_capture(self).y
        for node, (top, height) in self._places.items():
            if top <= y < top + height:
                self._worked.at = node
                self.action_unfold()

    @property
    def _column(self) -> VerticalScroll:
        """What it is scrolled in."""
        return next(one for one in self.ancestors if isinstance(one, VerticalScroll))

    @property
    def _region(self) -> Region:
        """Of the row that the keys mean, in the column."""
        at = self._worked.at
        top, height = (0, 0) if at is None else self._places.get(at, (0, 0))
        inside = self.virtual_region.shrink(self.gutter)
        return Region(inside.x, inside.y + top, inside.width, height)

    def _leaves(self, step: int) -> bool:
        """Is the end of the row in sight to which the cursor goes?"""
        column, region = self._column, self._region
        low, high = column.scroll_y, column.scroll_y + column.scrollable_content_region.height
        if step > 0:
            return region.bottom <= high or region.y > high
        return region.y >= low or region.bottom < low

    def _keep_in_sight(self) -> None:
        if self.is_attached and self.has_focus:
            self._column.scroll_to_region(self._region, animate=False)


def _set_in(text: Content, lead: str, style: str = "") -> list[Content]:
    """The lines of a text behind a sign."""
    return [Content.assemble((lead, style), line) for line in text.split("\n")]
