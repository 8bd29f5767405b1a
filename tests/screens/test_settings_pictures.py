"""What the settings and the help look like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot
from textual.widgets import Input
from turns import means

from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup

pytestmark = pytest.mark.slow
Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [
        ((80, 24), "dark", Lang.EN),
        ((120, 40), "light", Lang.EN),
        ((40, 20), "contrast", Lang.ZH),
    ],
)


def app(lang: Lang, theme: str, monkeypatch: pytest.MonkeyPatch) -> AssistantApp:
    monkeypatch.setattr("tui.screens.settings._short", lambda path: f"~/.config/{path.name}")
    setup = Setup(lang=lang, model="", incognito=True, theme=theme, means=lambda: means(None))
    return AssistantApp(setup)


def pressed(keys: Sequence[str]) -> Callable[[Pilot[None]], object]:
    async def journey(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        await asyncio.sleep(0.5)
        await pilot.pause()

    return journey


@SIZES
def test_the_settings(
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    lang: Lang,
) -> None:
    keys = ("f8", "down", "down", "down", "right", "right")
    made = app(lang, theme, monkeypatch)
    assert snap_compare(made, terminal_size=size, run_before=pressed(keys))


@SIZES
def test_the_help(
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    lang: Lang,
) -> None:
    keys = ("f1", *"settings") if size[1] == 40 else ("f1",)  # the keys of others may change
    made = app(lang, theme, monkeypatch)
    assert snap_compare(made, terminal_size=size, run_before=pressed(keys))


def test_a_number_that_cannot_be(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ("f8", "down", "down", "down", "enter", *"12x")
    made = app(Lang.EN, "dark", monkeypatch)
    assert snap_compare(made, terminal_size=(80, 24), run_before=pressed(keys))
