"""What the solve screen looks like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from turns import means

from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.screens.solve import SolveScreen

pytestmark = pytest.mark.slow
SECONDS = 20.0
Compare = Callable[..., bool]


def app(lang: Lang, theme: str) -> AssistantApp:
    setup = Setup(lang=lang, model="", incognito=True, theme=theme, means=lambda: means(None))
    return AssistantApp(setup)


async def solve(pilot: Pilot[None], text: str) -> SolveScreen:
    """Type a problem on the solve screen, and wait for its solution."""
    await pilot.press("f3")
    screen = pilot.app.screen
    assert isinstance(screen, SolveScreen)
    screen.field.put(text)
    await pilot.press("enter")
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while screen.view.work is None or screen.field.result is None:
        assert loop.time() < end
        await asyncio.sleep(0.05)
    await pilot.pause()
    return screen


def test_dark_with_the_details_of_a_step(snap_compare: Compare) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await solve(pilot, "x^2/2 - 5x + 6 = 0")
        await pilot.press("down", "enter")

    assert snap_compare(app(Lang.EN, "dark"), terminal_size=(80, 24), run_before=journey)


def test_light_with_a_graph(snap_compare: Compare) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await solve(pilot, "x^2 - 5x + 6 = 0")
        await pilot.press("g")
        while not screen.view.has_graph or not screen.view.scroll_y:
            await asyncio.sleep(0.05)
        await pilot.pause()
        await pilot.pause()

    assert snap_compare(app(Lang.EN, "light"), terminal_size=(120, 40), run_before=journey)


def test_chinese_on_a_small_screen(snap_compare: Compare) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await solve(pilot, "求 x^3 sin x 的导数")
        await pilot.press("o", "space")

    assert snap_compare(app(Lang.ZH, "contrast"), terminal_size=(40, 20), run_before=journey)


def test_a_text_that_is_not_readable_yet(snap_compare: Compare) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        await pilot.press("f3")
        screen = pilot.app.screen
        assert isinstance(screen, SolveScreen)
        screen.field.draft.cursor_blink = False
        screen.field.put("solve x + ) = 2")
        while screen.field.result is None:
            await asyncio.sleep(0.05)
        await pilot.pause()
        await pilot.pause()

    assert snap_compare(app(Lang.EN, "dark"), terminal_size=(80, 24), run_before=journey)
