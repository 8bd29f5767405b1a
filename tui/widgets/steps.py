"""The steps of an answer, each a row with its mark; Enter shows what is behind the mark."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.maths.showing.look import Badge, badge
from assistant.maths.types import (
    Doubt,
    Mark,
    Proved,
    Refuted,
    Supported,
    Undecided,
    Verdict,
)
from runtimes.texts import Lang, Text
from tui.rendering.lines import step_line
from tui.said import Row, Rows
from tui.words import say, with_args

CHECKING = Text("being checked", "正在检查")
STYLES = {
    Badge.PROVED: "$text-success",
    Badge.SUPPORTED: "$text-warning",
    Badge.UNDECIDED: "$text-muted",
    Badge.REFUTED: "bold $text-error",
    Badge.NEUTRAL: "$text-muted",
}
BY = Text("how: {0}", "方法：{0}")
POINTS = Text("the numbers agree at {0} points; this is no proof", "{0} 个点上数值吻合，并非证明")
COUNTER = Text("counterexample: {0}", "反例：{0}")
SIDES = Text("there the left side is {0}, and the right side {1}", "此时左边为 {0}，右边为 {1}")
DOUBTS = {
    Doubt.NO_METHOD: Text("no method decides it", "没有可判定的方法"),
    Doubt.TIME: Text("the time ran out", "检查超时"),
    Doubt.NO_POINTS: Text("no points to try it at were found", "找不到可供检验的取值"),
    Doubt.NOT_A_CLAIM: Text("nothing is claimed that could be checked", "没有可检查的断言"),
}
QUOTED = Text("{0}", "{0}")
MOST_TEXT = 4_000
"""Characters of a step that is unfolded."""
GROUP = 20
"""Rows of a list."""
NEWEST, LAST = -1, 5


def seal(verdict: Verdict | None, lang: Lang) -> tuple[str, str, str]:
    """Sign, word and style of a verdict."""
    mark = badge(verdict)
    word = "" if mark is Badge.NEUTRAL else mark.word.template(lang)
    return mark.sign, word, STYLES[mark]


def groups(rows: Rows) -> list[int]:
    """The numbers of the lists that show all rows: a list is kept short, for each mark has all of
    it laid out again."""
    return sorted({index // GROUP for index in rows.rows})


class StepList(OptionList):
    """Draws one group of ``Rows``, or (``NEWEST``) the last few, so that they leave room for the
    answer while it is written above them."""

    def __init__(self, rows: Rows, group: int, lang: Lang) -> None:
        super().__init__(classes="steps", compact=True)
        self._rows = rows
        self._group = group
        self._lang = lang
        self._shown: list[int] = []

    def on_mount(self) -> None:
        """Draw what is there."""
        self.draw()

    def draw(self) -> None:
        """Some rows are new, or gone."""
        shown = self._wanted()
        kept = [n for n in self._shown if n in self._rows.rows]
        if kept != self._shown:
            self.clear_options()
            kept = []
        self.add_options([Option(self._prompt(n)) for n in shown[len(kept) :]])
        self._shown = shown

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

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show or hide the details."""
        event.stop()
        index = self._shown[event.option_index]
        self._rows.unfolded ^= {index}
        self.marked([index])

    def _prompt(self, index: int) -> Content:
        row = self._rows.rows[index]
        lang = self._lang
        if row.mark is None:
            told = f"  {CHECKING.template(lang)}"
            return Content.assemble(("… ", "dim"), step_line(row.text), (told, "dim"))
        sign, word, style = seal(row.mark.verdict, lang)
        unfolded = index in self._rows.unfolded
        text = step_line(row.text, MOST_TEXT if unfolded else 200)
        head = Content.assemble((f"{sign} ", style), text, (f"  {word}", style))
        if isinstance(row.mark.verdict, Refuted) or index in self._rows.unfolded:
            why = say(row.mark.why, lang)
            if why:
                head = Content.assemble(head, "\n", (f"   {why}", style))
        if index in self._rows.unfolded:
            for line in details(row, row.mark, lang):
                head = Content.assemble(head, "\n", (f"   {line}", "dim"))
        return head


def details(row: Row, mark: Mark, lang: Lang) -> list[str]:
    """How a step was judged, a line each."""
    del row
    match mark.verdict:
        case Proved(method):
            told = [with_args(BY, method)] if method else []
        case Supported(points):
            told = [with_args(POINTS, points)]
        case Refuted(witness, left, right):
            told = [with_args(COUNTER, witness)] if witness else []
            if {left, right} - {"true", "false", ""}:
                told.append(with_args(SIDES, left, right))
        case Undecided(doubt, detail):
            told = [DOUBTS[doubt]]
            if detail:
                told.append(with_args(QUOTED, detail))
    return [say(line, lang) for line in told]
