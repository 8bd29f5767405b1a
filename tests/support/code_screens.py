"""The code screen of a running app, for tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screens import Screens, running

from assistant.coding.sandbox import examine
from runtimes.texts import Lang
from tui.messages import CodeEnded
from tui.screens.code import CodeScreen

TASK = "write double(x); double(3) == 6"
WRONG = "```python\ndef double(x):\n    return x + 3 if x != 3 else 7\n```\n"
RIGHT = "```python\ndef double(x):\n    return 2 * x\n```\n"
isolated = pytest.mark.skipif(not examine().isolated, reason="this machine cannot isolate code")


class Coding:
    """The screen of a running app."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        self.press = screens.press
        self.until_shown = screens.until_shown

    @property
    def screen(self) -> CodeScreen:
        screen = self.screens.app.screen
        assert isinstance(screen, CodeScreen)
        return screen

    @property
    def text(self) -> str:
        return self.screens.text

    def put(self, **parts: str) -> None:
        for name, text in parts.items():
            self.screen.parts.editor(name).text = text

    async def ended(self, times: int = 1) -> None:
        await self.screens.until(lambda: self.screens.count(CodeEnded) >= times, "the end")
        await self.screens.until(lambda: self.screen.work.running is None, "the end shown")
        await asyncio.sleep(0.1)


@asynccontextmanager
async def coding(
    model: str | None = None, *, size: tuple[int, int] = (120, 40), lang: Lang = Lang.EN
) -> AsyncIterator[Coding]:
    async with running(model, size=size, lang=lang) as screens:
        await screens.press("f5")
        await screens.until(lambda: isinstance(screens.app.screen, CodeScreen), "the screen")
        one = Coding(screens)
        await screens.until(lambda: bool(one.screen.query("#report")), "its parts")
        await asyncio.sleep(0.1)
        yield one


async def opening(one: Coding, path: Path, *, asked: bool = False) -> None:
    """Ask for a file, unless that was done, and answer with its name."""
    if not asked:
        await one.press("ctrl+g")
    await one.until_shown("file to open")
    one.screen.query_one("#answer").value = str(path)  # type: ignore[attr-defined]
    await one.press("enter")
