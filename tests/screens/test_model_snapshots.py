"""How the models and the first run look, as they were looked at by a person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from model_screens import app_for, on_machine, small_machine
from screens import Screens
from textual.pilot import Pilot
from textual.widgets import Input

from runtimes.texts import Lang
from tui.widgets.keybar import KeyBar

Compare = Callable[..., bool]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    on_machine(monkeypatch, small_machine())


def after(*keys: str, words: str) -> Callable[[Pilot[None]], Coroutine[Any, Any, None]]:
    """Press keys, wait for words, and hide what belongs to all screens."""

    async def before(pilot: Pilot[None]) -> None:
        app: Any = pilot.app
        screens = Screens(app, pilot)
        for key in keys:
            await screens.press(key)
            await asyncio.sleep(1.0)
        await screens.until_shown(words)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        app.screen.query_one(KeyBar).display = False
        await pilot.pause()

    return before


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [((80, 24), "dark", Lang.EN), ((120, 40), "light", Lang.EN), ((40, 20), "contrast", Lang.ZH)],
)
def test_the_models(snap_compare: Compare, size: tuple[int, int], theme: str, lang: Lang) -> None:
    words = "weights" if lang is Lang.EN else "权重"
    assert snap_compare(
        app_for(theme=theme, lang=lang), terminal_size=size, run_before=after("f6", words=words)
    )


def test_the_first_problem(snap_compare: Compare) -> None:
    app = app_for(welcome=True, lang=Lang.ZH)
    assert snap_compare(app, terminal_size=(80, 24), run_before=after(words="欢迎"))


def test_the_first_model(snap_compare: Compare) -> None:
    app = app_for(welcome=True, theme="light")
    assert snap_compare(app, terminal_size=(80, 24), run_before=after("ctrl+n", words="weights"))
