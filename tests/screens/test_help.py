"""The help: every key is in it, in both languages, and can be found."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens import Screens, run, running
from textual.widgets import Input

from runtimes.texts import Lang
from tui.keyboard.keys import KEYS
from tui.screens.help import PARTS, HelpScreen, entries, found


async def opened(screens: Screens) -> HelpScreen:
    await screens.press("f1")
    await screens.until(lambda: isinstance(screens.app.screen, HelpScreen))
    screen = screens.app.screen
    assert isinstance(screen, HelpScreen)
    return screen


def test_every_key_has_a_line_under_a_heading_that_is_named() -> None:
    assert {name.partition(".")[0] for name in KEYS} <= set(PARTS)

    async def journey() -> None:
        async with running() as screens:
            lines = list(entries(screens.app))
            told = [entry.means for entry in lines]
            for key in KEYS.values():
                assert key.does.en in told
            for entry in lines:
                assert entry in found(lines, entry.means.replace(":", ""))

    run(journey)


@pytest.mark.parametrize("lang", list(Lang))
def test_marks_come_first_and_words_of_both_languages_find(lang: Lang) -> None:
    async def journey() -> None:
        async with running(lang=lang) as screens:
            screen = await opened(screens)
            for sign in "✓≈?✗•":
                assert f"{sign} " in screens.text
            for words in ("answer now", "立即回答", "ctrl+n"):
                screen.query_one(Input).value = words
                await screens.until_shown(KEYS["chat.answer_now"].does.template(lang))
                await screens.until(lambda: "≈" not in screens.text)
            screen.query_one(Input).value = "zzz"
            await screens.until_shown("nothing here" if lang is Lang.EN else "没有符合")

    run(journey)


@pytest.mark.slow
def test_it_is_scrolled_closed_and_typed_into_by_keys() -> None:
    async def journey() -> None:
        async with running(size=(80, 24)) as screens:
            await screens.press(*"draft")
            await opened(screens)
            first = screens.text
            await screens.press("pagedown")
            await screens.until(lambda: screens.text != first)
            await screens.press("pageup")
            await screens.until(lambda: screens.text == first)
            await screens.press("down", "down")
            assert screens.text != first
            await screens.press("up", "up", *"quit")
            await screens.until_shown("Ctrl-Q")
            await screens.press("escape")
            assert screens.chat.composer.text == "draft"
            await screens.press("f1")
            await screens.press("f1")
            assert screens.chat.composer.text == "draft"

    run(journey)


def test_the_users_own_keys_are_shown(own_home: Path) -> None:
    folder = own_home / "config"
    folder.mkdir(parents=True)
    (folder / "keys.toml").write_text('"app.quit" = "Ctrl-F12"\n')

    async def journey() -> None:
        async with running() as screens:
            await screens.press("f1", *"quit")
            await screens.until_shown("Ctrl-F12")
            assert "Ctrl-Q" not in screens.text.partition("Help")[2].partition("closes")[0]

    run(journey)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(40, 20), (20, 8), (160, 50)])
def test_it_can_be_read_at_any_size(size: tuple[int, int]) -> None:
    async def journey() -> None:
        async with running(size=size, lang=Lang.ZH) as screens:
            await opened(screens)
            for _ in range(3):
                await screens.pilot.resize_terminal(size[0] + 9, size[1] + 1)
                await screens.pilot.resize_terminal(*size)
            await screens.until_shown("标记")

    run(journey)


@pytest.mark.slow
def test_no_line_begins_with_what_closes_a_sentence() -> None:
    async def journey() -> None:
        for width in (40, 44, 60, 80):
            async with running(size=(width, 60), lang=Lang.ZH) as screens:
                await opened(screens)
                await screens.until_shown("标记")
                lines = [line.strip(" │") for line in screens.text.splitlines()]
                assert not [line for line in lines if line[:1] in set("，。；：、）”")]

    run(journey)
