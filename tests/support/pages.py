"""An answer alone on a terminal that nobody sees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.style import Style
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from tui.widgets.document import AnswerMarkdown


class Page(App[None]):
    pilot: Pilot[None]
    kind: ClassVar[type[AnswerMarkdown]] = AnswerMarkdown

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield self.kind()

    @property
    def document(self) -> AnswerMarkdown:
        return self.query_one(AnswerMarkdown)

    def text(self) -> list[str]:
        """The lines on the screen."""
        return ["".join(sign for sign, *_ in line).rstrip() for line in self.cells()]

    def cells(self) -> list[list[tuple[str, object, object, object]]]:
        """Every sign on the screen, and how it looks."""
        lines = self.screen._compositor.render_strips()
        return [[_look(sign, style) for text, style, _ in line for sign in text] for line in lines]


def _look(sign: str, style: Style | None) -> tuple[str, object, object, object]:
    if style is None:
        return sign, None, None, None
    ink = (None, None) if sign == " " else (style.color, style.bold)
    return sign, style.bgcolor, *ink


def on_page(use: Callable[[Page], Awaitable[None]], page: Page | None = None) -> None:
    page = page or Page()

    async def run() -> None:
        async with page.run_test(size=(60, 40)) as page.pilot:
            await use(page)

    asyncio.run(run())
