"""The tutor screen as pictures: sizes, themes, languages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from screens import PATIENCE
from textual.pilot import Pilot
from turns import means

from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.screens.tutor import TutorScreen

pytestmark = pytest.mark.slow


async def until(holds: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not holds():
        assert loop.time() < end
        await asyncio.sleep(0.05)


def made(lang: Lang, theme: str) -> AssistantApp:
    return AssistantApp(
        Setup(lang=lang, model="", incognito=True, theme=theme, means=lambda: means(None))
    )


async def practised(pilot: Pilot[None], problem: str, lines: tuple[str, ...], helps: int) -> None:
    app = pilot.app
    await app._press_keys(["f4"])
    await until(lambda: isinstance(app.screen, TutorScreen))
    screen = app.screen
    assert isinstance(screen, TutorScreen)
    screen.field.put(problem)
    await app._press_keys(["enter"])
    await until(lambda: screen.lesson)
    for n, line in enumerate(lines, 1):
        screen.line.put(line)
        await app._press_keys(["enter"])
        await until(lambda n=n: screen.lesson and len(screen.lesson.written) == n)  # type: ignore[misc]
    await app._press_keys(["ctrl+r"])
    for n in range(1, helps + 1):
        await app._press_keys(["ctrl+t"])
        await until(lambda n=n: screen.lesson and screen.lesson.level == n)  # type: ignore[misc]
    screen.line.put("")
    screen.line.draft.cursor_blink = False
    await asyncio.sleep(0.5)
    await pilot.pause()


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [
        ((80, 24), "dark", Lang.EN),
        ((120, 40), "light", Lang.EN),
        ((40, 20), "dark", Lang.ZH),
    ],
    ids=["80x24", "120x40", "40x20"],
)
def test_a_lesson_with_a_wrong_line_and_help(
    snap_compare: Callable[..., bool], size: tuple[int, int], theme: str, lang: Lang
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await practised(pilot, "2(x-3) = x/2 + 1", ("2x - 3 = x/2 + 1",), helps=3)

    assert snap_compare(made(lang, theme), terminal_size=size, run_before=before)
