"""What the code screen looks like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static
from turns import means

from assistant.coding.sandbox import examine
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.screens.code import CodeScreen

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not examine().isolated, reason="this machine cannot isolate code"),
]
SECONDS = 30.0
TASK = {
    Lang.EN: "Write mean(xs): the mean of some numbers.\nmean([1, 2, 6]) == 3",
    Lang.ZH: "编写 mean(xs)，求平均数。\nmean([1, 2, 6]) == 3",
}
WRONG = "def mean(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n"
Compare = Callable[..., bool]


def app(lang: Lang, theme: str) -> AssistantApp:
    setup = Setup(lang=lang, model="", incognito=True, theme=theme, means=lambda: means(None))
    return AssistantApp(setup)


async def failed(pilot: Pilot[None], lang: Lang) -> CodeScreen:
    """Run code that is wrong, and wait for what is said of it."""
    await pilot.press("f5")
    screen = pilot.app.screen
    assert isinstance(screen, CodeScreen)
    for name, text in (("task", TASK[lang]), ("code", WRONG)):
        screen.parts.editor(name).cursor_blink = False
        screen.parts.editor(name).text = text
    await pilot.press("f12")
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while screen.work.running is not None:
        assert loop.time() < end
        await asyncio.sleep(0.05)
    screen.query_one("#result").focus()
    await pilot.pause()
    await pilot.pause()
    return screen


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [((80, 24), "dark", Lang.EN), ((120, 40), "light", Lang.EN), ((40, 20), "contrast", Lang.ZH)],
)
def test_a_failing_example(
    snap_compare: Compare, size: tuple[int, int], theme: str, lang: Lang
) -> None:
    async def journey(pilot: Pilot[None]) -> None:
        screen = await failed(pilot, lang)
        held = screen._versions[-1][1].layers
        if held:  # how code is held is this machine's matter
            report = screen.query_one("#report", Static)
            drawn = report.visual
            assert isinstance(drawn, Content)
            report.update(drawn[: drawn.plain.rindex(held[0])])
            await pilot.pause()

    assert snap_compare(app(lang, theme), terminal_size=size, run_before=journey)
