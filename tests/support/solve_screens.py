"""The solve screen, driven by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from screens import Screens, running
from textual.screen import Screen

from runtimes.texts import Lang
from tui.messages import Solved
from tui.screens.solve import SolveScreen
from tui.widgets.solution import SolutionView


@dataclass
class SolveScreens:
    """The app with its solve screen open."""

    screens: Screens
    screen: SolveScreen

    @property
    def view(self) -> SolutionView:
        """Where the solution stands."""
        return self.screen.view

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.screens.text

    def front(self) -> Screen[object]:
        """The screen that is shown, or the list over it."""
        return self.screens.app.screen

    @property
    def whole(self) -> str:
        """All of the solution that is shown, in sight or not."""
        shown = [one for one in self.view.walk_children() if one.display]
        return "\n".join(one.fitted.content.plain for one in shown if hasattr(one, "fitted"))

    @property
    def rows(self) -> list[str]:
        """The numbers of the steps that are shown."""
        steps = self.view.steps
        return [] if steps is None else [row.told.number for row in steps.worked.rows]

    def line(self, words: str) -> int:
        """The number of the line on the screen that has these words."""
        return next(n for n, line in enumerate(self.text.split("\n")) if words in line)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.screens.press(*keys)

    async def until(self, words: str) -> None:
        """Wait until these words are on the screen."""
        await self.screens.until_shown(words)

    async def solve(self, text: str) -> None:
        """Type a problem, and wait for what comes of it."""
        before = self.screens.count(Solved)
        self.screen.field.draft.focus()
        self.screen.field.put(text)
        await self.press("enter")
        await self.solved(before + 1)

    async def solved(self, times: int) -> None:
        """Wait until so many problems came to an end, and are drawn."""
        await self.screens.until(lambda: self.screens.count(Solved) >= times, "the end")
        await self.screens.until(lambda: self.screen.solver.running is None, "the end")
        await self.screens.until(
            lambda: self.view.work is not None or self.view.query(".trouble"), "the result"
        )
        await self.screens.pilot.pause()


@asynccontextmanager
async def solving(
    *, lang: Lang = Lang.EN, size: tuple[int, int] = (80, 40), theme: str = "dark"
) -> AsyncIterator[SolveScreens]:
    """The app without a model, at its solve screen."""
    async with running(None, lang=lang, size=size, theme=theme) as screens:
        await screens.press("f3")
        await screens.until(lambda: isinstance(screens.app.screen, SolveScreen))
        screen = screens.app.screen
        assert isinstance(screen, SolveScreen)
        yield SolveScreens(screens, screen)
