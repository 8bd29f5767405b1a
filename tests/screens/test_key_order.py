"""Keys that come in a bunch, as over a slow line, count in the order in which they were pressed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from screens import Screens, run, running
from textual import events
from textual.widget import Widget
from textual.widgets import Input, TextArea

from assistant.session.options import TurnOptions
from runtimes.texts import Lang
from tui.screens.base import Overlay
from tui.screens.chat import ChatScreen

BUNCH = ("t", "e", "h", "backspace", "backspace", "h", "e", "left", "left", "x", "end", "!")
READS = "txhe!"


def at_once(screens: Screens, *keys: str) -> None:
    """Press them so fast that none is done before the next one is there."""
    for key in keys:
        event = events.Key(key, key if len(key) == 1 else None)
        event.set_sender(screens.app)
        screens.app.post_message(event)


def text_of(field: Widget | None) -> str:
    assert isinstance(field, TextArea | Input)
    return field.text if isinstance(field, TextArea) else field.value


@pytest.mark.slow
@pytest.mark.parametrize("room", ["chat", "solve", "tutor", "code", "history"])
def test_a_backspace_takes_the_letter_before_it(room: str) -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.app.action_room(room)
            await screens.until(lambda: isinstance(screens.app.focused, TextArea | Input), room)
            at_once(screens, *BUNCH)
            await screens.until(lambda: "!" in text_of(screens.app.focused), "the last key")
            await asyncio.sleep(0.1)
            assert text_of(screens.app.focused) == READS

    run(journey)


def test_what_is_typed_after_a_line_was_emptied_is_kept() -> None:
    async def journey() -> None:
        async with running() as screens:
            at_once(screens, "a", "b", "ctrl+a", "ctrl+k", "1", "+", "2")
            await screens.until(lambda: "2" in screens.chat.composer.text, "the last key")
            await asyncio.sleep(0.1)
            assert screens.chat.composer.text == "1+2"

    run(journey)


def test_a_line_is_sent_as_it_was_typed_and_what_follows_stays() -> None:
    async def journey() -> None:
        async with running() as screens:
            at_once(screens, "2", "+", "3", "backspace", "2", "enter", "n", "e", "x", "t")
            await screens.until(lambda: screens.chat.composer.text == "next", "what follows")
            await screens.until_shown("2+2")

    run(journey)


@pytest.mark.parametrize("leads_out", [("escape",), ()])
def test_what_is_typed_beside_the_field_is_sent_as_it_was_typed(leads_out: tuple[str, ...]) -> None:
    async def journey() -> None:
        async with running(options=TurnOptions(lang=Lang.EN)) as screens:
            await screens.ask("2x + 3 = 11")
            await screens.answered()
            await screens.press("ctrl+t")
            await screens.until_shown("█ ✓ 1.")
            at_once(screens, *leads_out, "5", "x", "backspace", "+", "1", "enter", "n", "o", "w")
            await screens.answered(2)
            await screens.until_shown("5 + 1")
            assert screens.chat.composer.text == "now"
            assert "rule: " not in screens.text

    run(journey)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("ctrl+p", (*"earlier", "escape")),
        ("ctrl+p", (*"conversation", "enter")),
        ("f1", ("escape",)),
    ],
)
def test_what_is_typed_behind_a_dialog_is_meant_for_what_lies_below(
    opens: str, closes: tuple[str, ...]
) -> None:
    async def journey() -> None:
        async with running() as screens:
            await screens.press(opens)
            await screens.until(lambda: isinstance(screens.app.screen, Overlay), "the dialog")
            at_once(screens, *closes, "1", "+", "2")
            await screens.until(lambda: isinstance(screens.app.screen, ChatScreen), "the chat")
            await screens.until(lambda: "2" in screens.chat.composer.text, "the last key")
            assert screens.chat.composer.text.strip() == "1+2"

    run(journey)


def test_what_is_completed_is_what_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("aaa.txt", "notes.txt"):
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)

    async def journey() -> None:
        async with running() as screens:
            await screens.press("@")
            await screens.until_shown("aaa.txt")
            at_once(screens, "n", "o", "tab")
            await screens.until(lambda: "notes.txt" in screens.chat.composer.text, "the file")
            assert "aaa" not in screens.chat.composer.text
            screens.chat.composer.draft.text = ""
            await screens.press("/")
            await screens.until_shown("/model NAME")
            at_once(screens, "e", "x", "tab")
            await screens.until(lambda: "/export" in screens.chat.composer.text, "the command")

    run(journey)
