"""What the chat and the earlier conversations look like, as a person has looked at them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from screens import Screens
from talks import talks
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from turns import means

from assistant import paths
from assistant.history import ConversationId
from runtimes.texts import Lang
from tui.app import AssistantApp
from tui.desk import Setup
from tui.screens.chat import ChatScreen
from tui.widgets.keybar import KeyBar

Compare = Callable[..., bool]
Journey = Callable[[Pilot[None]], Coroutine[Any, Any, None]]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def number(own_home: object, monkeypatch: pytest.MonkeyPatch) -> ConversationId:
    return talks(paths.history_file(), monkeypatch)


def app(lang: Lang, theme: str) -> AssistantApp:
    return AssistantApp(Setup(lang=lang, model="", theme=theme, means=lambda: means(None)))


def journey(*keys: str, words: str, opened: ConversationId | None = None) -> Journey:
    """Open a conversation, press keys, wait for words, and hide what belongs to all screens."""

    async def before(pilot: Pilot[None]) -> None:
        shown: Any = pilot.app
        screens = Screens(shown, pilot)
        await asyncio.sleep(1.0)
        if opened is not None:
            assert isinstance(shown.screen, ChatScreen)
            await shown.screen.open(opened)
        for key in keys:
            await screens.press(key)
            await asyncio.sleep(0.3)
        await screens.until_shown(words)
        await asyncio.sleep(1.0)
        for field in shown.screen.query(Input):
            field.cursor_blink = False
        for field in shown.screen.query(TextArea):
            field.cursor_blink = False
        shown.screen.query_one(KeyBar).display = False
        await pilot.pause()

    return before


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [((80, 24), "dark", Lang.EN), ((120, 40), "light", Lang.EN), ((40, 20), "contrast", Lang.ZH)],
)
def test_the_list(snap_compare: Compare, size: tuple[int, int], theme: str, lang: Lang) -> None:
    run_before = journey("f7", words="3x - 5 = 10")
    assert snap_compare(app(lang, theme), terminal_size=size, run_before=run_before)


def test_what_was_found(snap_compare: Compare) -> None:
    run_before = journey("f7", *"移项", words="移项，再除以 2")
    assert snap_compare(app(Lang.ZH, "dark"), terminal_size=(100, 20), run_before=run_before)


@pytest.mark.parametrize(
    ("size", "theme", "lang"),
    [((80, 40), "dark", Lang.EN), ((120, 40), "light", Lang.ZH), ((40, 20), "contrast", Lang.ZH)],
)
def test_a_conversation(
    snap_compare: Compare, number: ConversationId, size: tuple[int, int], theme: str, lang: Lang
) -> None:
    run_before = journey(words="r1-qwen-1.5b ·", opened=number)
    assert snap_compare(app(lang, theme), terminal_size=size, run_before=run_before)


def test_commands_are_offered(snap_compare: Compare, number: ConversationId) -> None:
    run_before = journey("/", "t", words="/think", opened=number)
    assert snap_compare(app(Lang.ZH, "dark"), terminal_size=(80, 24), run_before=run_before)
