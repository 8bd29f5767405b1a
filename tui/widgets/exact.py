"""The exact solver's solution in the conversation: its steps are rows, and Enter shows what is
behind a mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from assistant.maths.showing import words
from assistant.maths.showing.boxes import columns
from runtimes.texts import Lang
from tui.keyboard.keys import bound
from tui.rendering.plain import plain
from tui.rendering.solution import INDENT
from tui.rendering.verdicts import STYLES
from tui.widgets.steprows import StepRows, Worked, set_in
from tui.words import say


class ExactSolution(StepRows, can_focus=True):
    """The problem, the steps, the answer, drawn again when the width changes."""

    GUTTER = "  "
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("solve.unfold", "unfold", show=True),
        Binding("up", "cursor(-1)", show=False),
        Binding("down", "cursor(1)", show=False),
    ]

    def __init__(self, worked: Worked, lang: Lang) -> None:
        self.can_focus = bool(worked.steps)
        super().__init__(worked, lang, classes="exact")

    def on_focus(self) -> None:
        """The keys mean one of its rows now."""
        self.light(on=True)
        self.call_after_refresh(self.keep_in_sight)

    def on_blur(self) -> None:
        """None any more."""
        self.light(on=False)

    def action_unfold(self) -> None:
        """Show or hide what is behind the step, and the steps within it."""
        self.unfold()

    def action_cursor(self, step: int) -> None:
        """To another step."""
        self.go(step)

    def _above(self, width: int) -> list[Content]:
        problem = self.worked.work.problem
        return list(self._once("problem", width, lambda room: self._page.problem(problem, room)))

    def _below(self, width: int) -> list[Content]:
        page, story = self._page, self.worked.story
        answer = self._once("answer", width, self._answer)
        facts = self._once("facts", width, lambda room: page.facts(story, "", room))
        return [Content(""), *answer, *facts]

    def _answer(self, width: int) -> Sequence[Content]:
        """The answer in a frame, as wide as it is."""
        story, lang = self.worked.story, self._page.lang
        title = say(words.ANSWER, lang)
        if plain():
            colon = "：" if lang is Lang.ZH else ":"
            told = self._page.answer(story, width - INDENT).split("\n")
            return [Content(f"{title}{colon}"), *set_in(told, " " * INDENT)]
        rows = self._page.answer(story, width - 4).split("\n")
        inside = max(columns(title) + 1, *(columns(row.plain) for row in rows))
        style = STYLES[story.mark]
        head = f"╭─ {title} {'─' * (inside - columns(title) - 1)}╮"
        return [
            Content.styled(head, style),
            *(
                Content.assemble(
                    ("│ ", style), row, " " * (inside - columns(row.plain)), (" │", style)
                )
                for row in rows
            ),
            Content.styled(f"╰{'─' * (inside + 2)}╯", style),
        ]
