"""The steps of an answer, each a row with its mark; Enter shows what is behind the mark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList

from assistant.maths.types import Refuted
from runtimes.texts import Lang, Text
from tui.keyboard.keys import bound
from tui.rendering.lines import step_line
from tui.rendering.plain import lead
from tui.rendering.verdicts import how, seal
from tui.turn.said import Rows
from tui.widgets.rowlist import Row, RowList
from tui.words import say

CHECKING = Text("being checked", "正在检查")
UNCHECKED = Text("not checked", "未检查")
MOST_TEXT = 4_000
"""Characters of a step that is unfolded."""
GROUP = 20
"""Rows of a list."""
NEWEST, LAST = -1, 5


def groups(rows: Rows) -> list[int]:
    """The numbers of the lists that show all rows: a list is kept short, for each mark has all of
    it laid out again."""
    return sorted({index // GROUP for index in rows.rows})


class StepList(RowList):
    """Draws one group of ``Rows``, or (``NEWEST``) the last few, so that they leave room for the
    answer while it is written above them."""

    BINDINGS: ClassVar[list[BindingType]] = [bound("solve.unfold", "select", show=True)]

    def __init__(self, rows: Rows, group: int, lang: Lang) -> None:
        super().__init__(classes="steps", compact=True)
        self._rows = rows
        self._group = group
        self._lang = lang
        self._shown: list[int] = []

    def on_mount(self) -> None:
        """Draw what is there."""
        self.draw()

    def on_focus(self) -> None:
        """The keys mean the first step, unless they mean another one already."""
        if self.highlighted is None:
            self.action_first()

    def draw(self) -> None:
        """Some rows are new, or gone; the highlighted one stays so."""
        shown, kept, at = self._wanted(), len(self._shown), self.highlighted
        chosen = None if at is None else self._shown[at]
        if shown[:kept] != self._shown:  # of the newest, too, the first go
            self.clear_options()
            kept = 0
        self.add_options([Row(self._prompt(n), n) for n in shown[kept:]])
        self._shown = shown
        if not kept and chosen in shown:
            self.highlighted = shown.index(chosen)

    def use_language(self, lang: Lang) -> None:
        """Draw all rows in this one."""
        self._lang = lang
        self.marked(self._shown)

    def _wanted(self) -> list[int]:
        if self._group == NEWEST:
            return sorted(self._rows.rows)[-LAST:]
        first = self._group * GROUP
        return [n for n in range(first, first + GROUP) if n in self._rows.rows]

    def marked(self, indices: Iterable[int]) -> None:
        """These have a mark, or another one."""
        place = {n: at for at, n in enumerate(self._shown)}
        for index in set(indices):
            if index in place:
                self.replace_option_prompt_at_index(place[index], self._prompt(index))

    def end(self) -> None:
        """What has no mark by now gets none."""
        self.marked(n for n in self._shown if self._rows.rows[n].mark is None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show or hide the details."""
        event.stop()
        if isinstance(event.option, Row) and (index := event.option.what) in self._rows.rows:
            self._rows.unfolded ^= {index}
            self.marked([index])

    def _prompt(self, index: int) -> Content:
        row = self._rows.rows[index]
        lang = self._lang
        if row.mark is None:
            over = self._rows.over
            told = f"  {(UNCHECKED if over else CHECKING).template(lang)}"
            start = lead("-" if over else "…")
            return Content.assemble((start, "dim"), step_line(row.text), (told, "dim"))
        sign, word, style = seal(row.mark.verdict, lang)
        unfolded = index in self._rows.unfolded
        text = step_line(row.text, MOST_TEXT if unfolded else 200)
        head = Content.assemble((f"{sign} ", style), text, (f"  {word}", style))
        if isinstance(row.mark.verdict, Refuted) or index in self._rows.unfolded:
            why = say(row.mark.why, lang)
            if why:
                head = Content.assemble(head, "\n", (f"   {why}", style))
        if index in self._rows.unfolded:
            for line in how(row.mark.verdict, lang):
                head = Content.assemble(head, "\n", (f"   {line}", "dim"))
        return head
