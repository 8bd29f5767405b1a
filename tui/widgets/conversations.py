"""The list of earlier conversations."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import assert_never

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assistant.history import Branch, ConversationId, Hit, Listed, Role, Where
from runtimes.texts import Count, Lang, Text
from tui.conversations.remembered import Row
from tui.rendering.lines import excerpt_drawn, step_line
from tui.rendering.plain import joined, lead
from tui.widgets.rowlist import RowList
from tui.words import harmless, say

LEAD = 10
"""Characters before the first word that was found, in the list."""
NEAR_END = 20
"""Rows before the end at which more are wanted."""
FOUND = "bold underline $text-warning"
TURNS = Count(Text("{0} turn", "{0} 轮"), Text("{0} turns", "{0} 轮"))
BRANCHES = Text("{0} branches", "{0} 个分支")
SHOWN = Text("open now", "当前对话")
HERE = Text("the conversation stands here", "当前所在")
WHERE = {
    Where.QUESTION: Text("question", "问题"),
    Where.ANSWER: Text("answer", "回答"),
    Where.SUMMARY: Text("summary", "摘要"),
    Where.REASONING: Text("thinking", "思考"),
}
ROLES = {Role.QUESTION: WHERE[Where.QUESTION], Role.ANSWER: WHERE[Where.ANSWER]}


def moment(when: float) -> str:
    """Day and minute of this place."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(when))
    except (OverflowError, ValueError, OSError):
        return "–"


class Conversations(RowList, can_focus=False):
    """Two lines each: what it is, and when it was or what was found."""

    class Wanted(Message):
        """More of the list is wanted."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(id="found", compact=True)
        self._lang = lang
        self.rows: list[Row] = []
        self.current: int | None = None
        """The conversation that the chat shows."""

    @property
    def row(self) -> Row | None:
        """The one that is highlighted."""
        at = self.highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    def show(self, rows: Sequence[Row], wanted: ConversationId | None = None) -> None:
        """These, and no others; one that is wanted is highlighted, else what was so stays so, if
        it is there."""
        old, at = self.row, self.highlighted or 0
        self.clear_options()
        self.rows = []
        self.more(rows)
        keys = [row.key for row in self.rows]
        if old is not None and old.key in keys:
            at = keys.index(old.key)
        at = next((n for n, row in enumerate(self.rows) if row.conversation == wanted), at)
        if self.rows:
            self.highlighted = min(at, len(self.rows) - 1)

    def more(self, rows: Sequence[Row]) -> None:
        """These follow."""
        self.rows += rows
        self.add_options([Option(self._prompt(row)) for row in rows])

    def use_language(self, lang: Lang) -> None:
        """Draw the rows in this one."""
        self._lang = lang
        for at, row in enumerate(self.rows):
            self.replace_option_prompt_at_index(at, self._prompt(row))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Near the end more is wanted."""
        if event.option_index >= len(self.rows) - NEAR_END:
            self.post_message(self.Wanted())

    def _prompt(self, row: Row) -> Content:
        lang = self._lang
        match row.what:
            case Listed():
                one = row.what
                told = [moment(one.touched), say(TURNS.of(one.turns), lang)]
                if row.conversation == self.current:
                    told.append(SHOWN.template(lang))
                head = Content.styled(step_line(one.title), "bold")
                return Content.assemble(head, "\n", (f"  {joined(told)}", "dim"))
            case Hit():
                head = Content.styled(step_line(row.what.title), "bold")
                where = WHERE[row.what.where].template(lang)
                return Content.assemble(head, "\n", (f"  {where}  ", "dim"), _near(row.what))
            case Branch():
                branch = row.what
                told = [ROLES[branch.role].template(lang), moment(branch.made)]
                if branch.current:
                    told.append(HERE.template(lang))
                sign = lead("●" if branch.current else "○")
                head = Content.styled(f"{sign}{step_line(branch.start)}", "bold")
                return Content.assemble(head, "\n", (f"  {joined(told)}", "dim"))
            case _:
                assert_never(row.what)


def _near(hit: Hit) -> Content:
    """What was found, near the beginning of its line; formulas are drawn, but for those in whose
    source it was found."""
    text, spans = excerpt_drawn(hit.snippet), list(hit.spans)
    words = dict.fromkeys(hit.snippet[first:last] for first, last in spans)
    drawn = [found.span() for word in words for found in re.finditer(re.escape(word), text)]
    text, spans = (text, sorted(drawn)) if drawn else (hit.snippet, spans)
    start = max(spans[0][0] - LEAD, 0) if spans else 0
    places = [(first - start, last - start) for first, last in spans]
    return Content.assemble("…" if start else "", marked(text[start:], places))


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Content:
    """A text, made harmless, in which the words that were looked for stand out."""
    parts: list[str | tuple[str, str]] = []
    at = 0
    for start, end in spans:
        if at <= start and end <= len(text):
            parts += [harmless(text[at:start]), (harmless(text[start:end]), FOUND)]
            at = end
    return Content.assemble(*parts, harmless(text[at:]))
