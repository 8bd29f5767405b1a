"""The steps of an exact solution: rows that are drawn as one; Enter shows what is behind a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.selection import Selection
from textual.timer import Timer

from assistant.maths.showing.boxes import columns
from runtimes.texts import Lang
from tui.pictures.shows import Drawing, copied, left
from tui.rendering.plain import plain
from tui.rendering.solution import Node, Page, Work, told
from tui.widgets.drawn import Drawn, folded
from tui.widgets.rowlist import chosen_word

SETTLED = 0.15
"""Seconds without another width."""
LINES = 3
"""Of a row that is higher than the sight, so many go by with a key."""
HERE = "█"
"""In the gutter of the row that the keys mean."""
_SIGN = re.compile(f"^{HERE}", re.MULTILINE)


class Worked:
    """A solution as it is told, how many of its steps are shown, which of them are unfolded, and
    which one the keys mean: it outlasts the widget, which goes when it is scrolled away."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.story, self.steps = told(work)
        self.revealed = len(self.steps)
        self.at = self.steps[0] if self.steps else None

    @property
    def rows(self) -> list[Node]:
        """The steps that are to be seen."""
        return [one for node in self.steps[: self.revealed] for one in node.visible()]


class StepRows(Drawn):
    """However many they are, a key costs no more than what it changes, and what is in sight."""

    GUTTER: ClassVar[str] = " "
    """Before each line, but for a screen reader."""

    def __init__(self, worked: Worked, lang: Lang, *, classes: str) -> None:
        self.worked = worked
        self._page = Page(lang)
        self._kept: dict[object, tuple[int, Sequence[Content]]] = {}
        """The width and the lines of what is laid out."""
        self._places: dict[Node, tuple[int, int]] = {}
        """The first line and the number of lines of each row."""
        self._lit = False
        self._width = 0
        self._near: list[Node] = []
        """The rows in sight when the width changed, and what lays out the others."""
        self._later: Timer | None = None
        self._held = False
        super().__init__(self._laid, classes=classes)

    # --- drawing -----------------------------------------------------------------------------

    def pictures_came(self) -> None:
        """Draw it with them."""
        self._kept.clear()
        self.draw()

    def on_unmount(self) -> None:
        """Its pictures are not needed any more."""
        left(self, self.app)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, pictures as their sources, without the sign of the row."""
        text = _SIGN.sub(" ", self.fitted.content.plain)
        return copied((selection.extract(text), "\n"), self.app)

    def use_language(self, lang: Lang) -> None:
        """Draw it in this one."""
        self._page.lang = lang
        self._kept.clear()
        self.draw()

    def light(self, *, on: bool) -> None:
        """The keys mean one of its rows now, or none."""
        self._lit = on
        self.draw()

    def draw(self) -> None:
        """Something of it is different now."""
        self.again(self._laid)

    def _laid(self, width: int) -> list[Content]:
        """All lines; for another width at first only those in sight, for whoever drags the edge of
        a window does not wait for what nobody sees."""
        self._page.draw = Drawing(self, self.app, self._page.lang)
        if width != self._width:
            self._width, self._near = width, self._in_sight()
            self._hold()
            self._settled_later()
        lines = self._above(width)
        self._places.clear()
        for node in self.worked.rows:
            if lines:
                lines.append(Content(""))
            row = self._row(node, width)
            self._places[node] = len(lines), len(row)
            lines += row
        return [*lines, *self._below(width)]

    def _in_sight(self) -> list[Node]:
        """The rows of the last layout that are to be seen."""
        column = self._column
        low = column.scroll_y - self._region_of(None).y
        high = low + column.scrollable_content_region.height
        return [one for one, (top, many) in self._places.items() if low < top + many and top < high]

    def _settled_later(self) -> None:
        """The other rows are laid out when the width has settled."""
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(SETTLED, self._settle) if self._near else None

    def _settle(self) -> None:
        """Lay out all rows."""
        self._later = None
        self._hold()
        self.draw()

    def _hold(self) -> None:
        """The first row in sight stays there, whatever is laid out above it."""
        first = next((node for node in self._near if node in self._places), None)
        if first is None or self._held:
            return
        self._held, before = True, self._region_of(first).y

        def back() -> None:
            self._held = False
            if self.is_attached and (moved := self._region_of(first).y - before):
                self._column.scroll_relative(y=moved, animate=False)

        self.call_after_refresh(back)

    def _above(self, width: int) -> list[Content]:  # noqa: ARG002 - for those who have some
        return []

    def _below(self, width: int) -> list[Content]:  # noqa: ARG002
        return []

    def _once(
        self, what: object, width: int, lay: Callable[[int], Content | Sequence[Content]]
    ) -> Sequence[Content]:
        """Lines behind the gutter, which are laid out but once for a width."""
        kept = self._kept.get(what)
        if kept is not None and kept[0] == width:
            return kept[1]
        if kept is not None and self._waits(what):
            return folded(kept[1], width)
        gutter = "" if plain() else self.GUTTER
        room = width - len(gutter)
        lines = set_in(folded(lay(room), room), gutter)
        self._kept[what] = width, lines
        return lines

    def _waits(self, what: object) -> bool:
        """Is it a row out of sight while the width changes?"""
        return self._later is not None and isinstance(what, tuple) and what[0] not in self._near

    def _row(self, node: Node, width: int) -> Sequence[Content]:
        """A step, with a sign before it (for a screen reader a word) if the keys mean it."""
        here = node is self.worked.at and self._lit
        word = chosen_word(self._page.lang) if here else ""
        lines = self._once(
            (node, node.unfolded), width - columns(word), lambda room: self._page.step(node, room)
        )
        if word:
            return [Content.assemble(word, lines[0]), *lines[1:]]
        if here:
            return [_marked(line, width) for line in lines]
        return lines

    # --- keys --------------------------------------------------------------------------------

    def unfold(self) -> None:
        """Show or hide what is behind the step, and the steps within it."""
        if (node := self.worked.at) is not None:
            node.unfolded = not node.unfolded
            self.draw()
            self.call_after_refresh(self.keep_in_sight)

    def go(self, step: int) -> None:
        """To another step; past the ends, and within a row that is high, scroll."""
        worked = self.worked
        rows = worked.rows
        at = rows.index(worked.at) + step if worked.at in rows else -1
        if not 0 <= at < len(rows) or not self._leaves(step):
            self._column.scroll_relative(y=step * LINES, animate=False)
            return
        worked.at = rows[at]
        self.draw()
        self.call_after_refresh(self.keep_in_sight)

    def on_click(self, event: events.Click) -> None:
        """Unfold or fold the step that is pointed at, unless text was selected by mouse."""
        if self.screen.get_selected_text() is not None:
            return
        y = event.get_content_offset_capture(self).y
        for node, (top, height) in self._places.items():
            if top <= y < top + height:
                self.worked.at = node
                self.unfold()

    @property
    def _column(self) -> VerticalScroll:
        """What it is scrolled in."""
        return next(one for one in self.ancestors if isinstance(one, VerticalScroll))

    def _region_of(self, node: Node | None) -> Region:
        """Of a row in the column."""
        top, height = (0, 0) if node is None else self._places.get(node, (0, 0))
        inside = self.virtual_region.shrink(self.gutter)
        return Region(inside.x, inside.y + top, inside.width, height)

    def _leaves(self, step: int) -> bool:
        """Is the end of the row in sight to which the cursor goes?"""
        column, region = self._column, self._region_of(self.worked.at)
        low, high = column.scroll_y, column.scroll_y + column.scrollable_content_region.height
        if step > 0:
            return region.bottom <= high or region.y > high
        return region.y >= low or region.bottom < low

    def keep_in_sight(self) -> None:
        """The row that the keys mean, while they mean one."""
        if self.is_attached and self._lit:
            self._column.scroll_to_region(self._region_of(self.worked.at), animate=False)


def set_in(lines: Iterable[Content], lead: str, style: str = "") -> list[Content]:
    """Lines behind a sign."""
    return [Content.assemble((lead, style), line) for line in lines]


def _marked(line: Content, width: int) -> Content:
    """A line of the row that the keys mean."""
    filled = line.pad_right(max(width - line.cell_length, 0))
    return Content.assemble((HERE, "$primary"), filled[len(HERE) :]).stylize("on $boost")
